import { PPM } from '../../base/rates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { divideRounded } from '../../base/rounding.ts';
import { recordOf, textOf, wholeOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type {
  Facts,
  OperationInput,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import {
  accountIn,
  balance,
  type DepositAccount,
  glCode,
  missingIn,
  moving,
  outcome,
  ownAccount,
  split,
} from './postings.ts';
import {
  beforeMaturity,
  billNeeded,
  happen,
  type KnownBill,
  knownBill,
  readFace,
  registration,
} from './register.ts';

const bankName = { kind: 'parameter', name: 'bill.bank_name' } as const;
const termMonths = { kind: 'parameter', name: 'bill.term_months_max' } as const;

/** The drawer's account. Refused: one that is unknown, or of another customer than the case's. */
function drawersAccount(input: OperationInput, facts: Facts): Result<DepositAccount> {
  const { accountNumber, customerNumber } = input.values;
  const account = accountIn(facts, 'account', accountNumber);
  if (!account.ok) return account;
  const isOther =
    typeof customerNumber === 'string' && account.value.customerNumber !== customerNumber;
  return isOther
    ? refuse('bill_account_of_other', { account: account.value.accountNumber })
    : account;
}

/**
 * A customer asks the bank to accept a bill (承兑申请). Values: billNumber, medium, payeeName,
 * faceMinor, issuedOn, maturesOn, accountNumber (the drawer's). The bill comes into the register,
 * not yet accepted; the drawer is who holds the account. Refused: a number that is registered, a
 * maturity before the issue or too late after it, an account of somebody else.
 */
export const applyForAcceptance: ServiceOperation = {
  name: 'bill.apply_acceptance',
  needs: (input) => ({
    ...{ account: balance(input, 'accountNumber'), bill: billNeeded(input) },
    ...{ bankName, termMonths },
  }),
  decide(input, facts) {
    const account = drawersAccount(input, facts);
    if (!account.ok) return account;
    const missing = missingIn(facts, ['bankName']);
    if (missing !== null) return missing;
    const { name, currency, accountNumber } = account.value;
    const written = { drawerName: name, acceptorName: String(facts.bankName) };
    const values = { ...input.values, ...written, billKind: 'bank_acceptance', elsewhere: false };
    const monthsMost = Number(facts.termMonths ?? 6n);
    const face = readFace({ ...input, values }, { monthsMost, acceptedHere: true, currency });
    if (!face.ok) return face;
    const { billNumber, maturesOn } = face.value;
    if (recordOf(facts, 'bill') !== null) {
      return refuse('bill_registered_already', { bill: billNumber });
    }
    const inTime = beforeMaturity({ billNumber, maturesOn }, input.context.accountingDate);
    if (!inTime.ok) return inTime;
    return outcome(written, null, registration(face.value, accountNumber).records);
  },
};

/**
 * What an acceptance costs by the bank's table. Values: faceMinor, acceptanceTerms { marginPpm,
 * feePpm }. Answers marginMinor (rounded up to the fen) and feeMinor (half up). Posts nothing.
 */
export const priceAcceptance: ServiceOperation = {
  name: 'bill.price_acceptance',
  needs: () => ({}),
  decide({ values }) {
    const face = wholeOf(values, 'faceMinor');
    if (!face.ok) return face;
    const terms = recordOf(values, 'acceptanceTerms') ?? {};
    const margin = wholeOf(terms, 'marginPpm');
    if (!margin.ok) return margin;
    const fee = wholeOf(terms, 'feePpm');
    if (!fee.ok) return fee;
    const marginMinor = divideRounded(face.value * margin.value, PPM, 'up');
    const feeMinor = divideRounded(face.value * fee.value, PPM, 'half_up');
    return outcome({ marginMinor, feeMinor }, null, []);
  },
};

/**
 * The bank accepts a customer's bill (承兑). Values: billNumber, accountNumber (drawer),
 * marginAccountNumber (none: the unit's own margin account), marginMinor, feeMinor, guarantee.
 * Posts: debit the drawer, credit margin 2002; debit the drawer, credit fee income 6021; off
 * balance 7201 in with the face. Refused: a bill that is not in the register, is accepted or due, a
 * margin above the face.
 */
export const acceptBill: ServiceOperation = {
  name: 'bill.accept',
  needs: (input) => ({
    ...{ bill: billNeeded(input), account: balance(input, 'accountNumber') },
    ...{ margin: balance(input, 'marginAccountNumber'), marginGl: glCode('margin') },
    acceptance: glCode('acceptance'),
    feeIncome: { kind: 'parameter', name: 'deposit.fee_income_gl_code' },
  }),
  decide(input, facts) {
    const { values, context } = input;
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const { billNumber, faceMinor, maturesOn } = known.value;
    const inTime = beforeMaturity({ billNumber, maturesOn }, context.accountingDate);
    if (!inTime.ok) return inTime;
    const accepted = happen(known.value, 'accepted', { amountMinor: faceMinor });
    if (!accepted.ok) return accepted;
    const account = drawersAccount(input, facts);
    if (!account.ok) return account;
    const missing = missingIn(facts, ['acceptance', 'feeIncome', 'marginGl']);
    if (missing !== null) return missing;
    const secured = securedBy(input, facts, known.value);
    if (!secured.ok) return secured;
    const { marginMinor, feeMinor, marginAccountNumber, marginPlace } = secured.value;
    const { accountNumber, currency, customerNumber } = account.value;
    const debit = { accountNumber };
    const unitId = context.caseUnitId;
    const fee = ownAccount(unitId, facts.feeIncome);
    const transfers = moving([
      { debit, credit: marginPlace, amountMinor: marginMinor, currency },
      { debit, credit: fee, amountMinor: feeMinor, currency },
    ]);
    const off = { account: ownAccount(unitId, facts.acceptance), direction: 'in' } as const;
    const memoranda = [{ ...off, amountMinor: faceMinor, currency }];
    const guarantee = typeof values.guarantee === 'string' ? values.guarantee : '';
    const kept = {
      ...{ billNumber, accountNumber, customerNumber, marginAccountNumber, marginMinor },
      ...{ feeMinor, guarantee, unitId },
    };
    return outcome({}, { narrative: 'bill_acceptance', transfers, memoranda }, [
      accepted.value.record,
      { kind: 'bill_acceptance', values: kept },
    ]);
  },
};

/** Margin and fee of an acceptance, and the account the margin goes to. */
function securedBy({ values, context }: OperationInput, facts: Facts, bill: KnownBill) {
  const marginMinor = wholeOrZero(values, 'marginMinor');
  const feeMinor = wholeOrZero(values, 'feeMinor');
  if (marginMinor < 0n || feeMinor < 0n) {
    return refuse('amount_not_positive', { name: marginMinor < 0n ? 'marginMinor' : 'feeMinor' });
  }
  if (marginMinor > bill.faceMinor) {
    return refuse('bill_margin_exceeds_face', { bill: bill.billNumber });
  }
  const { marginAccountNumber: wanted } = values;
  if (typeof wanted !== 'string' || wanted === '') {
    const marginPlace = ownAccount(context.caseUnitId, facts.marginGl);
    return ok({ marginMinor, feeMinor, marginPlace, marginAccountNumber: null });
  }
  const margin = accountIn(facts, 'margin', wanted);
  if (!margin.ok) return margin;
  const { accountNumber } = margin.value;
  return ok({
    ...{ marginMinor, feeMinor, marginPlace: { accountNumber } },
    marginAccountNumber: accountNumber,
  });
}

/** A bill that is not accepted after all leaves the register. Values: billNumber. */
export const cancelBill: ServiceOperation = {
  name: 'bill.cancel',
  needs: (input) => ({ bill: billNeeded(input) }),
  decide(input, facts) {
    const bill = knownBill(input, facts);
    if (!bill.ok) return bill;
    const cancelled = happen(bill.value, 'cancelled');
    return cancelled.ok ? outcome({}, null, [cancelled.value.record]) : cancelled;
  },
};

/**
 * The bank pays what it accepted (到期付款). Values: billNumber; accountNumber and marginMinor only
 * where the register does not say them. Posts: debit the margin, then what the drawer's deposit
 * has, then the bank's own advance (垫款 1303, a loan overdue from today); credit clearing 3001 with
 * the face; off balance 7201 out. Answers advanceMinor. Refused: before maturity, a second time, a
 * margin below zero or above the face.
 */
export const payAcceptedBill: ServiceOperation = {
  name: 'bill.pay_accepted',
  needs: (input) => ({
    ...{ bill: billNeeded(input), account: balance(input, 'accountNumber') },
    ...{ marginGl: glCode('margin'), acceptance: glCode('acceptance') },
    ...{ advance: glCode('advance'), clearing: glCode('clearing') },
  }),
  decide(input, facts) {
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const bill = known.value;
    const { billNumber, faceMinor, acceptance, maturesOn } = bill;
    if (acceptance === null) return refuse('bill_not_accepted_here', { bill: billNumber });
    if (bill.honoured) return refuse('bill_paid_already', { bill: billNumber });
    const { accountingDate } = input.context;
    if (accountingDate < maturesOn) {
      return refuse('bill_not_yet_due', { bill: billNumber, date: maturesOn });
    }
    const account = accountIn(facts, 'account', acceptance.accountNumber);
    if (!account.ok) return account;
    if (account.value.accountNumber !== acceptance.accountNumber) {
      return refuse('bill_account_of_other', { account: account.value.accountNumber });
    }
    const missing = missingIn(facts, ['acceptance', 'advance', 'clearing', 'marginGl']);
    if (missing !== null) return missing;
    const paid = payment(bill, acceptance, facts, account.value);
    if (!paid.ok) return paid;
    const { transfers, advanceMinor, unitId } = paid.value;
    const { accountNumber, currency } = account.value;
    const off = { account: ownAccount(unitId, facts.acceptance), direction: 'out' } as const;
    const subject = String(acceptance.caseNumber ?? '');
    const memoranda = [{ ...off, amountMinor: faceMinor, currency, subject }];
    const honoured = happen(bill, 'honoured', { amountMinor: faceMinor });
    if (!honoured.ok) return honoured;
    const debt = { billNumber, debtKind: 'advance', accountNumber, unitId };
    const owed = { kind: 'bill_debt', values: { ...debt, changeMinor: advanceMinor } } as const;
    return outcome({ advanceMinor }, { narrative: 'bill_payment', transfers, memoranda }, [
      honoured.value.record,
      ...(advanceMinor > 0n ? [owed] : []),
    ]);
  },
};

/** The transfers that pay a bill, margin first, and what the bank has to advance. */
function payment(
  { billNumber, faceMinor }: KnownBill,
  acceptance: NonNullable<KnownBill['acceptance']>,
  facts: Facts,
  { accountNumber, currency, available }: DepositAccount,
) {
  const marginMinor = wholeOrZero(acceptance, 'marginMinor');
  if (marginMinor < 0n) return refuse('amount_not_positive', { name: 'marginMinor' });
  if (marginMinor > faceMinor) return refuse('bill_margin_exceeds_face', { bill: billNumber });
  const margin = textOf(acceptance, 'marginAccountNumber');
  const unitId = String(acceptance.unitId);
  const { own, short } = split(faceMinor - marginMinor, available);
  const credit = ownAccount(unitId, facts.clearing);
  const marginPlace = margin.ok
    ? { accountNumber: margin.value }
    : ownAccount(unitId, facts.marginGl);
  const transfers: TransferRequest[] = moving([
    { debit: marginPlace, credit, amountMinor: marginMinor, currency },
    { debit: { accountNumber }, credit, amountMinor: own, currency },
    { debit: ownAccount(unitId, facts.advance), credit, amountMinor: short, currency },
  ]);
  return ok({ transfers, advanceMinor: short, unitId });
}

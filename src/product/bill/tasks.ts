import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  amountOf,
  dateOf,
  recordOf,
  textOf,
  wholeOf,
  wholeOrZero,
} from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  OperationInput,
  PostingRequest,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import { discountOf, earnedTo } from './discount.ts';

const glCode = (name: string) => ({ kind: 'parameter', name: `bill.${name}_gl_code` }) as const;
const balance = ({ values }: OperationInput, name: string): FactRequest => ({
  kind: 'account_balance',
  accountNumber: String(values[name] ?? ''),
});
const bookOf = (input: OperationInput, code: unknown) => ({
  unitId: input.context.performerUnitId,
  glCode: String(code),
});

/**
 * The bank buys a bill before it is due (贴现). Values: billNumber, faceMinor, issuedOn, maturesOn,
 * ratePpm, medium (electronic, paper), elsewhere, accountNumber. Answers payableOn, days,
 * interestMinor, paidMinor, countedTo. Posts: debit 1301 with the face; credit the holder's deposit
 * with what is paid and 1301 interest adjustment with the interest.
 */
export const discountBill: ServiceOperation = {
  name: 'bill.discount',
  needs: (input) => ({
    account: balance(input, 'accountNumber'),
    payableOn: { kind: 'working_day', date: String(input.values.maturesOn ?? '') },
    termMonths: { kind: 'parameter', name: 'bill.term_months_max' },
    ...{ face: glCode('face'), interest: glCode('interest') },
  }),
  decide(input, facts) {
    const bill = readBill(input, facts);
    if (!bill.ok) return bill;
    const account = accountIn(input, facts, 'accountNumber', 'account');
    if (!account.ok) return account;
    const missing = missingOf(facts, ['face', 'interest']);
    if (missing !== null) return refuse('parameter_missing', { name: missing });
    const discount = discountOf(bill.value, Number(facts.termMonths ?? 6n));
    if (!discount.ok) return discount;
    const { interestMinor, paidMinor, days, countedTo } = discount.value;
    const debit = bookOf(input, facts.face);
    const { accountNumber, currency } = account.value;
    const paid = { debit, credit: { accountNumber }, amountMinor: paidMinor, currency };
    const kept = { debit, credit: bookOf(input, facts.interest) };
    const transfers = [
      paid,
      ...(interestMinor > 0n ? [{ ...kept, amountMinor: interestMinor, currency }] : []),
    ];
    const { payableOn } = bill.value;
    const told = { payableOn, days: BigInt(days), interestMinor, paidMinor, countedTo };
    return done(told, { narrative: 'bill_discount', transfers, memoranda: [] });
  },
};

function readBill(input: OperationInput, facts: Facts): Result<Parameters<typeof discountOf>[0]> {
  const { values, context } = input;
  const billNumber = textOf(values, 'billNumber');
  if (!billNumber.ok) return billNumber;
  const face = amountOf(values, 'faceMinor');
  if (!face.ok) return face;
  const issuedOn = dateOf(values, 'issuedOn');
  if (!issuedOn.ok) return issuedOn;
  const maturesOn = dateOf(values, 'maturesOn');
  if (!maturesOn.ok) return maturesOn;
  const rate = wholeOf(values, 'ratePpm');
  if (!rate.ok) return rate;
  if (rate.value < 0n) return refuse('amount_not_positive', { name: 'ratePpm' });
  if (typeof facts.payableOn !== 'string') {
    return refuse('calendar_not_known', { calendar: 'day.calendar', date: maturesOn.value });
  }
  return ok({
    billNumber: billNumber.value,
    faceMinor: face.value,
    issuedOn: issuedOn.value,
    discountedOn: context.accountingDate,
    maturesOn: maturesOn.value,
    payableOn: facts.payableOn,
    ratePpm: rate.value,
    medium: values.medium === 'paper' ? 'paper' : 'electronic',
    elsewhere: values.elsewhere === true,
  });
}

/**
 * Interest of a discounted bill earned up to today is taken into income (摊销). Values:
 * interestMinor, discountedOn, countedTo, earnedMinor (taken before), currency. Answers
 * earnedMinor. Posts: debit 1301 interest adjustment, credit 6011.
 */
export const amortiseBill: ServiceOperation = {
  name: 'bill.amortise',
  needs: () => ({
    interest: glCode('interest'),
    income: { kind: 'parameter', name: 'loan.interest_income_gl_code' },
  }),
  decide(input, facts) {
    const { values, context } = input;
    const interest = amountOf(values, 'interestMinor');
    if (!interest.ok) return interest;
    const discountedOn = dateOf(values, 'discountedOn');
    if (!discountedOn.ok) return discountedOn;
    const countedTo = dateOf(values, 'countedTo');
    if (!countedTo.ok) return countedTo;
    const missing = missingOf(facts, ['interest', 'income']);
    if (missing !== null) return refuse('parameter_missing', { name: missing });
    const span = { discountedOn: discountedOn.value, countedTo: countedTo.value };
    const earnedMinor = earnedTo(interest.value, { ...span, to: context.accountingDate });
    const amountMinor = earnedMinor - wholeOrZero(values, 'earnedMinor');
    if (amountMinor <= 0n) return ok({ values: {}, postings: [], records: [] });
    const [debit, credit] = [bookOf(input, facts.interest), bookOf(input, facts.income)];
    const currency = typeof values.currency === 'string' ? values.currency : 'CNY';
    const transfers = [{ debit, credit, amountMinor, currency }];
    return done({ earnedMinor }, { narrative: 'bill_interest', transfers, memoranda: [] });
  },
};

/**
 * The bank accepts a customer's bill (承兑). Values: billNumber, faceMinor, accountNumber (drawer),
 * marginAccountNumber, marginMinor, feeMinor. Posts: debit the drawer, credit the margin account
 * 2002; debit the drawer, credit fee income 6021; off balance 7201 in with the face. Refused: a
 * margin above the face.
 */
export const acceptBill: ServiceOperation = {
  name: 'bill.accept',
  needs: (input) => ({
    account: balance(input, 'accountNumber'),
    margin: balance(input, 'marginAccountNumber'),
    acceptance: glCode('acceptance'),
    feeIncome: { kind: 'parameter', name: 'deposit.fee_income_gl_code' },
  }),
  decide(input, facts) {
    const { values } = input;
    const billNumber = textOf(values, 'billNumber');
    if (!billNumber.ok) return billNumber;
    const face = amountOf(values, 'faceMinor');
    if (!face.ok) return face;
    const account = accountIn(input, facts, 'accountNumber', 'account');
    if (!account.ok) return account;
    const missing = missingOf(facts, ['acceptance', 'feeIncome']);
    if (missing !== null) return refuse('parameter_missing', { name: missing });
    const [marginMinor, feeMinor] = [
      wholeOrZero(values, 'marginMinor'),
      wholeOrZero(values, 'feeMinor'),
    ];
    if (marginMinor < 0n || feeMinor < 0n) {
      return refuse('amount_not_positive', { name: marginMinor < 0n ? 'marginMinor' : 'feeMinor' });
    }
    if (marginMinor > face.value) {
      return refuse('bill_margin_exceeds_face', { bill: billNumber.value });
    }
    const { accountNumber, currency } = account.value;
    const transfers: TransferRequest[] = [];
    if (marginMinor > 0n) {
      const margin = accountIn(input, facts, 'marginAccountNumber', 'margin');
      if (!margin.ok) return margin;
      const credit = { accountNumber: margin.value.accountNumber };
      transfers.push({ debit: { accountNumber }, credit, amountMinor: marginMinor, currency });
    }
    if (feeMinor > 0n) {
      const credit = bookOf(input, facts.feeIncome);
      transfers.push({ debit: { accountNumber }, credit, amountMinor: feeMinor, currency });
    }
    const memorandum = { account: bookOf(input, facts.acceptance), direction: 'in' } as const;
    const memoranda = [{ ...memorandum, amountMinor: face.value, currency }];
    return done({}, { narrative: 'bill_acceptance', transfers, memoranda });
  },
};

/**
 * An accepted bill is paid at maturity. Values: billNumber, faceMinor, accountNumber (drawer),
 * marginAccountNumber, marginMinor. Posts: debit the margin, then what the drawer's deposit has,
 * then the bank's own advance (垫款, a loan overdue from today); credit clearing 3001 with the
 * whole; off balance 7201 out. Answers advanceMinor.
 */
export const payAcceptedBill: ServiceOperation = {
  name: 'bill.pay_accepted',
  needs: (input) => ({
    account: balance(input, 'accountNumber'),
    margin: balance(input, 'marginAccountNumber'),
    ...{ acceptance: glCode('acceptance'), advance: glCode('advance') },
    clearing: glCode('clearing'),
  }),
  decide(input, facts) {
    const { values } = input;
    const face = amountOf(values, 'faceMinor');
    if (!face.ok) return face;
    const account = accountIn(input, facts, 'accountNumber', 'account');
    if (!account.ok) return account;
    const missing = missingOf(facts, ['acceptance', 'advance', 'clearing']);
    if (missing !== null) return refuse('parameter_missing', { name: missing });
    const marginMinor = wholeOrZero(values, 'marginMinor');
    if (marginMinor > face.value) {
      return refuse('bill_margin_exceeds_face', { bill: String(values.billNumber ?? '') });
    }
    const rest = face.value - marginMinor;
    const { available, currency, accountNumber } = account.value;
    const own = available < 0n ? 0n : available < rest ? available : rest;
    const advanceMinor = rest - own;
    const credit = bookOf(input, facts.clearing);
    const transfers: TransferRequest[] = [];
    if (marginMinor > 0n) {
      const margin = accountIn(input, facts, 'marginAccountNumber', 'margin');
      if (!margin.ok) return margin;
      const debit = { accountNumber: margin.value.accountNumber };
      transfers.push({ debit, credit, amountMinor: marginMinor, currency });
    }
    if (own > 0n) {
      transfers.push({ debit: { accountNumber }, credit, amountMinor: own, currency });
    }
    if (advanceMinor > 0n) {
      const debit = bookOf(input, facts.advance);
      transfers.push({ debit, credit, amountMinor: advanceMinor, currency });
    }
    const memorandum = { account: bookOf(input, facts.acceptance), direction: 'out' } as const;
    const memoranda = [{ ...memorandum, amountMinor: face.value, currency }];
    return done({ advanceMinor }, { narrative: 'bill_payment', transfers, memoranda });
  },
};

function done(values: Values, posting: PostingRequest) {
  return ok({ values, postings: [posting], records: [] });
}

function accountIn(input: OperationInput, facts: Facts, value: string, fact: string) {
  const account = recordOf(facts, fact);
  if (account === null) {
    return refuse('account_unknown', { account: String(input.values[value] ?? '') });
  }
  const { availableMinor } = account;
  return ok({
    accountNumber: String(account.accountNumber),
    currency: String(account.currency),
    available: typeof availableMinor === 'bigint' ? availableMinor : 0n,
  });
}

/** The first of these parameters that is not set. */
function missingOf(facts: Facts, names: readonly string[]): string | null {
  return names.find((name) => typeof facts[name] !== 'string') ?? null;
}

/** What a process may ask of bills. */
export const billOperations: readonly ServiceOperation[] = [
  discountBill,
  amortiseBill,
  acceptBill,
  payAcceptedBill,
];

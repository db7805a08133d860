import { ok, type Result, refuse } from '../../base/result.ts';
import { recordOf, textOf, wholeOf } from '../../ledger/operation-values.ts';
import type { Facts, OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { type Discount, discountOf } from './discount.ts';
import { accountIn, balance, glCode, missingIn, moving, outcome, ownAccount } from './postings.ts';
import {
  beforeMaturity,
  billNeeded,
  happen,
  heldBy,
  type KnownBill,
  knownBill,
  readFace,
  registration,
} from './register.ts';

const bankName = { kind: 'parameter', name: 'bill.bank_name' } as const;
const termMonths = { kind: 'parameter', name: 'bill.term_months_max' } as const;

/** The face of a bill must be written as the register has it. */
const faceFields = ['medium', 'drawerName', 'payeeName', 'faceMinor', 'issuedOn', 'maturesOn'];

/**
 * A bill is brought to the bank (受理). Values: billNumber, billKind, medium, drawerName,
 * acceptorName, payeeName, faceMinor, issuedOn, maturesOn, elsewhere, accountNumber (of who brings
 * it). One that the register does not know comes into it, held by its payee. Refused: a face that
 * is
 * written otherwise than the register has it, a bill that who brings it does not hold, one that is
 * due, one that names the bank as acceptor and was never accepted.
 */
export const takeInBill: ServiceOperation = {
  name: 'bill.take_in',
  needs: (input) => ({
    ...{ account: balance(input, 'accountNumber'), bill: billNeeded(input) },
    ...{ bankName, termMonths },
  }),
  decide(input, facts) {
    const { values, context } = input;
    const account = accountIn(facts, 'account', values.accountNumber);
    if (!account.ok) return account;
    const { currency, customerNumber } = account.value;
    const isOther =
      typeof values.customerNumber === 'string' && values.customerNumber !== customerNumber;
    if (isOther) return refuse('bill_account_of_other', { account: account.value.accountNumber });
    const monthsMost = Number(facts.termMonths ?? 6n);
    const face = readFace(input, { monthsMost, acceptedHere: false, currency });
    if (!face.ok) return face;
    const { billNumber } = face.value;
    const inTime = beforeMaturity(face.value, context.accountingDate);
    if (!inTime.ok) return inTime;
    const known = recordOf(facts, 'bill');
    if (known === null) {
      if (face.value.acceptorName === facts.bankName) {
        return refuse('bill_not_accepted_here', { bill: billNumber });
      }
      const { bill, records } = registration(face.value, null);
      const held = heldBy(bill, account.value.name);
      return held.ok ? outcome({}, null, records) : held;
    }
    const written = { ...face.value } as Readonly<Record<string, unknown>>;
    const differs = faceFields.find((name) => known[name] !== written[name]);
    if (differs !== undefined) {
      return refuse('bill_written_otherwise', { bill: billNumber, name: differs });
    }
    const bill = knownBill(input, facts);
    if (!bill.ok) return bill;
    const held = heldBy(bill.value, account.value.name);
    if (!held.ok) return held;
    const possible = happen(bill.value, 'discounted');
    return possible.ok ? outcome({}, null, []) : possible;
  },
};

/**
 * Days, interest and price of the bill of the facts on the accounting date. Refused: a maturity
 * written otherwise than the register has it, and what refuses a discount.
 */
export function priceOf(
  { values, context }: OperationInput,
  facts: Facts,
  bill: KnownBill,
): Result<Discount & { readonly payableOn: string; readonly ratePpm: bigint }> {
  const rate = wholeOf(values, 'ratePpm');
  if (!rate.ok) return rate;
  if (rate.value < 0n) return refuse('amount_not_positive', { name: 'ratePpm' });
  // The working day it is paid on was looked up by the date that was written down.
  if (values.maturesOn !== bill.maturesOn) {
    return refuse('bill_written_otherwise', { bill: bill.billNumber, name: 'maturesOn' });
  }
  const { payableOn } = facts;
  if (typeof payableOn !== 'string') {
    return refuse('calendar_not_known', { calendar: 'day.calendar', date: bill.maturesOn });
  }
  const { billNumber, faceMinor, issuedOn, maturesOn, medium, elsewhere } = bill;
  const discount = discountOf(
    {
      ...{ billNumber, faceMinor, issuedOn, maturesOn, payableOn, medium, elsewhere },
      ...{ ratePpm: rate.value, discountedOn: context.accountingDate },
    },
    Number(facts.termMonths ?? 6n),
  );
  return discount.ok ? ok({ ...discount.value, payableOn, ratePpm: rate.value }) : discount;
}

const working = ({ values }: OperationInput) =>
  ({ kind: 'working_day', date: String(values.maturesOn ?? '') }) as const;

function told({
  days,
  interestMinor,
  paidMinor,
  countedTo,
  payableOn,
}: Discount & {
  readonly payableOn: string;
}) {
  return { payableOn, days: BigInt(days), interestMinor, paidMinor, countedTo };
}

/**
 * What a discount comes to today, before it is decided. Values: billNumber, maturesOn, ratePpm.
 * Answers payableOn, days, interestMinor, paidMinor, countedTo. Posts nothing.
 */
export const priceDiscount: ServiceOperation = {
  name: 'bill.price_discount',
  needs: (input) => ({ bill: billNeeded(input), payableOn: working(input), termMonths }),
  decide(input, facts) {
    const bill = knownBill(input, facts);
    if (!bill.ok) return bill;
    const price = priceOf(input, facts, bill.value);
    return price.ok ? outcome(told(price.value), null, []) : price;
  },
};

/**
 * The bank buys a bill before it is due (贴现). Values: billNumber, maturesOn, ratePpm,
 * accountNumber (of who holds it). Answers payableOn, days, interestMinor, paidMinor, countedTo.
 * Posts: debit 1301 with the face; credit the holder's deposit with what is paid and 1301 interest
 * adjustment with the interest. Refused: a bill that is not held by the account's name, is due, or
 * stands where it cannot be discounted.
 */
export const discountBill: ServiceOperation = {
  name: 'bill.discount',
  needs: (input) => ({
    ...{ bill: billNeeded(input), account: balance(input, 'accountNumber') },
    ...{ payableOn: working(input), termMonths, bankName },
    ...{ face: glCode('face'), interest: glCode('interest') },
  }),
  decide(input, facts) {
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const account = accountIn(facts, 'account', input.values.accountNumber);
    if (!account.ok) return account;
    const { accountNumber, currency, name } = account.value;
    const held = heldBy(known.value, name);
    if (!held.ok) return held;
    const missing = missingIn(facts, ['face', 'interest', 'bankName']);
    if (missing !== null) return missing;
    const price = priceOf(input, facts, known.value);
    if (!price.ok) return price;
    const { interestMinor, paidMinor, countedTo, ratePpm } = price.value;
    const to = String(facts.bankName);
    const bought = happen(known.value, 'discounted', { from: name, to, amountMinor: paidMinor });
    if (!bought.ok) return bought;
    const unitId = input.context.caseUnitId;
    const debit = ownAccount(unitId, facts.face);
    const credit = ownAccount(unitId, facts.interest);
    const transfers = moving([
      { debit, credit: { accountNumber }, amountMinor: paidMinor, currency },
      { debit, credit, amountMinor: interestMinor, currency },
    ]);
    const { billNumber } = known.value;
    const kept = {
      ...{ billNumber, side: 'earned', unitId, accountNumber, counterparty: name, currency },
      ...{ ratePpm, interestMinor, countedTo },
    };
    return outcome(told(price.value), { narrative: 'bill_discount', transfers, memoranda: [] }, [
      bought.value.record,
      { kind: 'bill_interest', values: kept },
    ]);
  },
};

/**
 * The bank sells a discounted bill on: to another bank (转贴现) or the central bank (再贴现). Values:
 * billNumber, maturesOn, counterparty, ratePpm. Answers days, interestMinor, paidMinor, countedTo.
 * Posts: debit clearing 3001 with what is received and 2021 interest adjustment with the interest;
 * credit 2021 with the face: until maturity the bank owes it if the acceptor does not pay.
 */
export const rediscountBill: ServiceOperation = {
  name: 'bill.rediscount',
  needs: (input) => ({
    ...{ bill: billNeeded(input), payableOn: working(input), termMonths, bankName },
    ...{ clearing: glCode('clearing'), sold: glCode('rediscount') },
    soldInterest: glCode('rediscount_interest'),
  }),
  decide(input, facts) {
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const counterparty = textOf(input.values, 'counterparty');
    if (!counterparty.ok) return counterparty;
    const missing = missingIn(facts, ['clearing', 'sold', 'soldInterest', 'bankName']);
    if (missing !== null) return missing;
    const price = priceOf(input, facts, known.value);
    if (!price.ok) return price;
    const { interestMinor, paidMinor, countedTo, ratePpm } = price.value;
    const names = { from: String(facts.bankName), to: counterparty.value };
    const sold = happen(known.value, 'rediscounted', { ...names, amountMinor: paidMinor });
    if (!sold.ok) return sold;
    const { billNumber, currency, discount } = known.value;
    const unitId = String(discount?.unitId ?? input.context.caseUnitId);
    const credit = ownAccount(unitId, facts.sold);
    const received = ownAccount(unitId, facts.clearing);
    const kept = ownAccount(unitId, facts.soldInterest);
    const transfers = moving([
      { debit: received, credit, amountMinor: paidMinor, currency },
      { debit: kept, credit, amountMinor: interestMinor, currency },
    ]);
    const row = {
      ...{ billNumber, side: 'paid', unitId, accountNumber: null, currency, ratePpm },
      ...{ counterparty: counterparty.value, interestMinor, countedTo },
    };
    return outcome(told(price.value), { narrative: 'bill_rediscount', transfers, memoranda: [] }, [
      sold.value.record,
      { kind: 'bill_interest', values: row },
    ]);
  },
};

/**
 * A bill that was sold on is due and paid by its acceptor to who bought it. Values: billNumber.
 * Posts: debit 2021, credit 1301 with the face. Refused: before maturity, a bill not sold on.
 */
export const matureRediscounted: ServiceOperation = {
  name: 'bill.mature',
  needs: (input) => ({
    ...{ bill: billNeeded(input), sold: glCode('rediscount'), face: glCode('face') },
  }),
  decide(input, facts) {
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const { billNumber, maturesOn, faceMinor, currency, discount, status } = known.value;
    if (input.context.accountingDate < maturesOn) {
      return refuse('bill_not_yet_due', { bill: billNumber, date: maturesOn });
    }
    if (status !== 'rediscounted') {
      return refuse('bill_status_forbids', { bill: billNumber, status, wanted: 'matured' });
    }
    const missing = missingIn(facts, ['sold', 'face']);
    if (missing !== null) return missing;
    const over = happen(known.value, 'matured', { amountMinor: faceMinor });
    if (!over.ok) return over;
    const unitId = String(discount?.unitId ?? input.context.caseUnitId);
    const [debit, credit] = [ownAccount(unitId, facts.sold), ownAccount(unitId, facts.face)];
    const transfers = [{ debit, credit, amountMinor: faceMinor, currency }];
    const posting = { narrative: 'bill_rediscount_end', transfers, memoranda: [] };
    return outcome({}, posting, [over.value.record]);
  },
};

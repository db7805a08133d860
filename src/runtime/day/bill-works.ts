import { addDays } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { earnedTo } from '../../product/bill/discount.ts';
import {
  acceptancesDue,
  addInterestDays,
  type DueBill,
  interestBooks,
  type OpenInterest,
  openInterest,
  rediscountedDue,
} from '../../store/bills/nights.ts';
import type { Transaction } from '../../store/database.ts';
import { parameterOn } from '../../store/products/parameters.ts';
import { systemActor } from '../actor.ts';
import { startCase } from '../cases.ts';
import type { Parts } from '../parts.ts';
import { type GlAmount, postGlAmounts } from './posting.ts';
import type { Day, DayWork, WorkDone } from './step.ts';

/** Bills taken up in one night; the next night goes on. */
const dueMax = 10_000;

/**
 * Bills that are due are paid by the bank that accepted them, or leave its books where they were
 * sold on, each as a case of its own. One that is refused stays due, and is told.
 */
const payDueBills: DayWork = {
  step: 'due_items',
  name: 'bill.due_items',
  kind: 'beyond',
  run: async (parts, day) => {
    const of = { cellId: day.cellId, date: day.accountingDate, max: dueMax };
    const accepted = await acceptancesDue(parts.database, of);
    const sold = await rediscountedDue(parts.database, of);
    const refused: string[] = [];
    const paid = await startAll(parts, 'bill_payment', accepted, refused);
    const ended = await startAll(parts, 'bill_rediscount_end', sold, refused);
    const facts = { billsPaid: BigInt(paid), rediscountsEnded: BigInt(ended), refused };
    return ok({ items: paid + ended, facts });
  },
};

async function startAll(
  parts: Parts,
  processId: string,
  due: readonly DueBill[],
  refused: string[],
): Promise<number> {
  let begun = 0;
  for (const { billNumber, unitCode, accountNumber, customerNumber } of due) {
    const started = await startCase(parts, {
      ...{ actor: systemActor, processId, unitCode, values: { billNumber, accountNumber } },
      ...(customerNumber === null ? {} : { customerNumber }),
    });
    if (started.ok) begun += 1;
    else refused.push(started.code);
  }
  return begun;
}

const sides = {
  earned: ['bill.interest_gl_code', 'loan.interest_income_gl_code'],
  paid: ['bill.interest_expense_gl_code', 'bill.rediscount_interest_gl_code'],
} as const;

/**
 * Interest taken in advance is booked for the days that the date stands for: a row for each bill,
 * one posting for each book, pair of GL accounts and currency.
 */
const spreadInterest: DayWork = {
  step: 'accrual',
  name: 'bill.spread_interest',
  kind: 'within',
  parts: async (queries, { cellId, accountingDate: date }) =>
    await interestBooks(queries, { cellId, date }),
  run: async (transaction, day, bookId): Promise<Result<WorkDone>> => {
    const { cellId, accountingDate: date } = day;
    const open = await openInterest(transaction, { cellId, date, bookId });
    const rows = open
      .map((interest) => ({ ...interest, amountMinor: dueOf(day, interest) }))
      .filter(({ amountMinor }) => amountMinor > 0n);
    await addInterestDays(transaction, { cellId, date }, rows);
    const amounts = new Map<string, GlAmount>();
    for (const { side, currency, amountMinor } of rows) {
      const codes = await codesOf(transaction, day, side);
      if (!codes.ok) return codes;
      const key = `${side} ${currency}`;
      const total = (amounts.get(key)?.amountMinor ?? 0n) + amountMinor;
      amounts.set(key, { bookId, ...codes.value, currency, amountMinor: total });
    }
    const what = { work: 'bill_interest', narrative: 'bill_interest' };
    const posted = await postGlAmounts(transaction, day, what, [...amounts.values()]);
    if (!posted.ok) return posted;
    const spreadMinor = rows.reduce((sum, row) => sum + row.amountMinor, 0n);
    return ok({ items: rows.length, facts: { spreadMinor } });
  },
};

/** What is to be booked of a bill's interest: all of it once the bill has left the bank. */
function dueOf({ accountingDate, days }: Day, interest: OpenInterest): bigint {
  const { interestMinor, bookedMinor, begunOn, countedTo, over } = interest;
  const to = over ? countedTo : addDays(days.at(-1) ?? accountingDate, 1);
  return earnedTo(interestMinor, { discountedOn: begunOn, countedTo, to }) - bookedMinor;
}

async function codesOf(
  transaction: Transaction,
  { cellId, accountingDate: date }: Day,
  side: OpenInterest['side'],
): Promise<Result<{ readonly debitGlCode: string; readonly creditGlCode: string }>> {
  const codes: string[] = [];
  for (const name of sides[side]) {
    const code = await parameterOn(transaction, { cellId, date, name });
    if (typeof code !== 'string') return refuse('parameter_missing', { name });
    codes.push(code);
  }
  const [debitGlCode = '', creditGlCode = ''] = codes;
  return ok({ debitGlCode, creditGlCode });
}

/** What the end of day does for bills. */
export const billWorks: readonly DayWork[] = [payDueBills, spreadInterest];

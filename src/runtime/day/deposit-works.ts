import { present } from '../../base/assert.ts';
import { ok, type Result } from '../../base/result.ts';
import type { PostingEvent } from '../../ledger/posting.ts';
import type { Transaction } from '../../store/database.ts';
import { postEvents } from '../../store/ledger/post.ts';
import {
  accountSlices,
  accrueDemand,
  sliceName,
  sliceOf,
} from '../../store/products/demand-accrual.ts';
import {
  accrualBooks,
  accrualTotals,
  type InterestDue,
  interestDue,
  interestSlices,
  markInterestPaid,
} from '../../store/products/deposit-interest.ts';
import { depositProductsOn } from '../../store/products/deposit-products.ts';
import { dayId } from './ids.ts';
import { dayContext, dayKeyWindow, type GlAmount, ownAccount, postGlAmounts } from './posting.ts';
import type { Day, DayWork, WorkDone } from './step.ts';

/** Accounts accrued in one transaction: a few seconds of work, less than a statement may take. */
const accrualSliceMax = 50_000;

/**
 * Accounts to which interest is paid in one transaction: they are locked for less than a second.
 */
const paymentSliceMax = 2_000;

/** Accrues demand deposits, slice by slice. */
const accrueDemandWork: DayWork = {
  step: 'accrual',
  name: 'deposit.accrue_demand',
  kind: 'within',
  parts: async (queries, { cellId }) =>
    (await accountSlices(queries, cellId, accrualSliceMax)).map(sliceName),
  run: async (transaction, { cellId, accountingDate, days }, part) => {
    const order = { cellId, accountingDate, days, slice: sliceOf(part) };
    return ok({ items: await accrueDemand(transaction, order), facts: {} });
  },
};

const accrual = { work: 'deposit_accrual', narrative: 'deposit_interest_accrual' };

/** Posts the accrual: one posting for each book, pair of GL accounts and currency. */
const postAccrualWork: DayWork = {
  step: 'accrual',
  name: 'deposit.post_accrual',
  kind: 'within',
  parts: async (queries, { cellId, accountingDate }) =>
    await accrualBooks(queries, cellId, accountingDate),
  run: async (transaction, day, bookId) => {
    const { cellId, accountingDate: date } = day;
    const products = await depositProductsOn(transaction, cellId, date);
    const amounts = new Map<string, GlAmount>();
    let accruedMinor = 0n;
    for (const total of await accrualTotals(transaction, { cellId, date, bookId })) {
      const product = present(products.get(total.productCode), 'the product of an accrual');
      const { expenseGlCode: debitGlCode, payableGlCode: creditGlCode } = product;
      const { currency, changeMinor } = total;
      const key = `${debitGlCode} ${creditGlCode} ${currency}`;
      const amountMinor = (amounts.get(key)?.amountMinor ?? 0n) + changeMinor;
      amounts.set(key, { bookId, debitGlCode, creditGlCode, currency, amountMinor });
      accruedMinor += changeMinor;
    }
    const posted = await postGlAmounts(transaction, day, accrual, [...amounts.values()]);
    return posted.ok ? ok({ items: posted.value, facts: { accruedMinor } }) : posted;
  },
};

/**
 * Pays settled interest that is due (付息), on the date that begins, value the day it was due. An
 * account that takes no money keeps its interest due; the next start of day tries again.
 */
const payInterestWork: DayWork = {
  step: 'start_of_day',
  name: 'deposit.pay_interest',
  kind: 'within',
  oneAtATime: true,
  parts: async (queries, { cellId, nextDate: date }) => {
    const of = { cellId, date, accountsMax: paymentSliceMax };
    return (await interestSlices(queries, of)).map(sliceName);
  },
  run: payInterest,
};

async function payInterest(
  transaction: Transaction,
  day: Day,
  part: string,
): Promise<Result<WorkDone>> {
  const { cellId, nextDate: date } = day;
  const due = await interestDue(transaction, { cellId, date, slice: sliceOf(part) });
  if (due.length === 0) return ok({ items: 0, facts: {} });
  const products = await depositProductsOn(transaction, cellId, day.accountingDate);
  const payable = new Map<string, string>();
  const events: PostingEvent[] = [];
  for (const interest of due) {
    const { bookId, currency, product } = interest;
    const glCode = present(products.get(product), 'the product of the interest').payableGlCode;
    const key = `${bookId} ${glCode} ${currency}`;
    if (!payable.has(key)) {
      const account = await ownAccount(transaction, day, { bookId, glCode, currency });
      if (!account.ok) return account;
      payable.set(key, account.value);
    }
    events.push(paymentOf(day, interest, payable.get(key) ?? ''));
  }
  const order = { cellId, now: day.at, events, keyWindow: dayKeyWindow };
  const posted = await postEvents(transaction, order);
  if (!posted.ok) return posted;
  const paid = due.filter((_, index) => posted.value[index]?.ok === true);
  await markInterestPaid(transaction, { cellId, date, paid });
  const paidMinor = paid.reduce((sum, { interestMinor }) => sum + interestMinor, 0n);
  return ok({
    items: paid.length,
    facts: { paidMinor, refused: BigInt(due.length - paid.length) },
  });
}

function paymentOf(day: Day, interest: InterestDue, payableId: string): PostingEvent {
  const { accountId, bookId, currency, countedTo, number, interestMinor } = interest;
  const valueDate = interest.valueDate < day.nextDate ? interest.valueDate : day.nextDate;
  const payment = { work: 'deposit_interest', narrative: 'deposit_interest_payment' };
  return {
    eventId: dayId({ ...day, accountingDate: countedTo }, `interest ${accountId} ${number}`),
    accountingDate: day.nextDate,
    context: dayContext(day, bookId, payment),
    postings: [
      {
        bookId,
        transfers: [
          {
            ...{ debitAccountId: payableId, creditAccountId: accountId },
            ...{ amountMinor: interestMinor, currency, valueDate },
          },
        ],
      },
    ],
  };
}

/** What the end of day does for deposits. */
export const depositWorks: readonly DayWork[] = [
  accrueDemandWork,
  postAccrualWork,
  payInterestWork,
];

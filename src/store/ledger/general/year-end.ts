import { ok, type Result } from '../../../base/result.ts';
import type { KeyWindow } from '../../../ledger/decide.ts';
import { type ResultAccount, yearEndTransfers } from '../../../ledger/general/year-end.ts';
import {
  type PostingContext,
  type PostingEvent,
  TRANSFERS_PER_POSTING_MAX,
} from '../../../ledger/posting.ts';
import type { Queries, Transaction } from '../../database.ts';
import { internalAccountOf } from '../accounts.ts';
import { postEvents } from '../post.ts';

/** idOf gives the same id for the same words, so that closing again does nothing twice. */
export type YearEndOrder = {
  readonly cellId: number;
  readonly bookId: string;
  /** The last accounting date of the year; it must be open. */
  readonly date: string;
  readonly profitGlCode: string;
  readonly distributionGlCode: string;
  readonly context: PostingContext;
  readonly now: number;
  readonly keyWindow?: KeyWindow;
  readonly idOf: (words: string) => string;
};

/**
 * Carries the result of the year over in one book (年终结转): each profit-and-loss account to 0
 * against 本年利润, that into 利润分配, in each currency. Posted in the transaction of the caller.
 * Gives the number of accounts closed. Refusals: those of posting and of opening an account.
 */
export async function closeYear(
  transaction: Transaction,
  order: YearEndOrder,
): Promise<Result<number>> {
  const accounts = await resultAccounts(transaction, order);
  let closed = 0;
  for (const currency of new Set(accounts.map((account) => account.currency))) {
    const ofCurrency = accounts.filter((account) => account.currency === currency);
    const done = await closeCurrency(transaction, order, currency, ofCurrency);
    if (!done.ok) return done;
    closed += ofCurrency.length;
  }
  return ok(closed);
}

/** Profit-and-loss accounts of the book that are not at 0 at the end of the date. */
async function resultAccounts(
  queries: Queries,
  { cellId, bookId, date }: YearEndOrder,
): Promise<readonly ResultAccount[]> {
  return await queries.query<ResultAccount>(
    `select * from (
       select a.account_id as "accountId", a.currency,
         case a.normal_side when 'debit' then 1 else -1 end
           * case when b.balance_date <= $3 then b.balance_minor
               else coalesce((select d.closing_minor from account_day d
                 where d.cell_id = a.cell_id and d.account_id = a.account_id
                   and d.accounting_date <= $3 order by d.accounting_date desc limit 1), 0) end
           as "debitsLessCreditsMinor"
       from account a
         join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
         join gl_account g on g.cell_id = a.cell_id and g.gl_code = a.gl_code
           and g.gl_class = 'profit_and_loss' and g.effective_from <= $3
           and (g.effective_to is null or g.effective_to > $3)
       where a.cell_id = $1 and a.book_id = $2 and a.kind <> 'off_balance') r
     where r."debitsLessCreditsMinor" <> 0 order by r.currency, r."accountId"`,
    [cellId, bookId, date],
  );
}

/** Accounts closed by one posting; one more transfer carries their result on. */
const accountsMax = TRANSFERS_PER_POSTING_MAX - 1;

async function closeCurrency(
  transaction: Transaction,
  order: YearEndOrder,
  currency: string,
  accounts: readonly ResultAccount[],
): Promise<Result<null>> {
  const { cellId, bookId, date, context, idOf } = order;
  const own = async (glCode: string) =>
    await internalAccountOf(transaction, {
      ...{ cellId, bookId, glCode, currency, openedOn: date, openedLogin: context.makerLogin },
      accountId: idOf(`account ${bookId} ${glCode} ${currency}`),
    });
  const profit = await own(order.profitGlCode);
  if (!profit.ok) return profit;
  const distribution = await own(order.distributionGlCode);
  if (!distribution.ok) return distribution;
  const target = {
    profitAccountId: profit.value.accountId,
    distributionAccountId: distribution.value.accountId,
  };
  const events: PostingEvent[] = [];
  for (let from = 0; from < accounts.length; from += accountsMax) {
    const transfers = yearEndTransfers(accounts.slice(from, from + accountsMax), target);
    const eventId = idOf(`year ${bookId} ${currency} ${from}`);
    events.push({ eventId, accountingDate: date, context, postings: [{ bookId, transfers }] });
  }
  const { now, keyWindow } = order;
  const window = keyWindow === undefined ? {} : { keyWindow };
  const posted = await postEvents(transaction, { cellId, now, events, ...window });
  if (!posted.ok) return posted;
  const refused = posted.value.find((answer) => !answer.ok);
  return refused === undefined || refused.ok ? ok(null) : refused;
}

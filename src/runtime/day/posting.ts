import { present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { UuidV7 } from '../../base/uuid.ts';
import type { KeyWindow } from '../../ledger/decide.ts';
import {
  type BookedAccount,
  interBranchAccountsNeeded,
  interBranchText,
  routePostings,
  type WantedPostings,
} from '../../ledger/inter-branch.ts';
import type { BookPosting, PostingContext, PostingEvent } from '../../ledger/posting.ts';
import type { AccountReference, TransferRequest } from '../../ledger/service-operation.ts';
import type { Transaction } from '../../store/database.ts';
import { interBranchAccountOf, internalAccountOf } from '../../store/ledger/accounts.ts';
import { postEvents } from '../../store/ledger/post.ts';
import { accountPlaces } from '../../store/products/account-places.ts';
import { dayId } from './ids.ts';
import type { Day } from './step.ts';

/**
 * Ids of the end of day come from its date and are kept for ever, so their age says nothing: a day
 * may be closed late, or ahead of the clock on the wall.
 */
export const dayKeyWindow: KeyWindow = {
  keptMs: 100 * 366 * 86_400_000,
  aheadMs: 100 * 366 * 86_400_000,
};

/** An amount between two of a book's own GL accounts; below zero it goes the other way. */
export type GlAmount = {
  readonly bookId: string;
  readonly debitGlCode: string;
  readonly creditGlCode: string;
  readonly currency: string;
  readonly amountMinor: bigint;
};

/** What the end of day posts: the code of the work, and the words of the narrative. */
export type DayNarrative = { readonly work: string; readonly narrative: string };

/** Who and why of a posting of the end of day: the machine, in the name of the date. */
export function dayContext(
  day: Day,
  unitCode: string,
  { work, narrative }: DayNarrative,
): PostingContext {
  return {
    businessReference: `EOD-${day.accountingDate}`,
    transactionCode: `eod.${work}`,
    narrative,
    operatingUnitCode: unitCode,
    makerLogin: 'system',
    ...{ authoriserLogin: null, processInstanceId: null, activity: null, taskId: null },
  };
}

/** A book's own account of a GL code, opened when there is none. */
export async function ownAccount(
  transaction: Transaction,
  day: Day,
  of: { readonly bookId: string; readonly glCode: string; readonly currency: string },
): Promise<Result<string>> {
  const account = await internalAccountOf(transaction, {
    ...{ ...of, cellId: day.cellId, openedOn: day.accountingDate, openedLogin: 'system' },
    accountId: dayId(day, `account ${of.bookId} ${of.glCode} ${of.currency}`),
  });
  return account.ok ? ok(account.value.accountId) : account;
}

/**
 * Posts amounts on the accounting date that is closed: one posting for each book, pair of GL
 * accounts and currency. Posting them again gives the first answer. Gives the number of postings.
 */
export async function postGlAmounts(
  transaction: Transaction,
  day: Day,
  what: DayNarrative,
  amounts: readonly GlAmount[],
): Promise<Result<number>> {
  const events: PostingEvent[] = [];
  for (const amount of amounts) {
    if (amount.amountMinor === 0n) continue;
    const event = await eventOf(transaction, day, what, amount);
    if (!event.ok) return event;
    events.push(event.value);
  }
  if (events.length === 0) return ok(0);
  const order = { cellId: day.cellId, now: day.at, events, keyWindow: dayKeyWindow };
  const posted = await postEvents(transaction, order);
  if (!posted.ok) return posted;
  const refused = posted.value.find((answer) => !answer.ok);
  return refused === undefined || refused.ok ? ok(events.length) : refused;
}

async function eventOf(
  transaction: Transaction,
  day: Day,
  what: DayNarrative,
  amount: GlAmount,
): Promise<Result<PostingEvent>> {
  const { bookId, currency, amountMinor, debitGlCode, creditGlCode } = amount;
  const accounts: string[] = [];
  for (const glCode of [debitGlCode, creditGlCode]) {
    const account = await ownAccount(transaction, day, { bookId, glCode, currency });
    if (!account.ok) return account;
    accounts.push(account.value);
  }
  const [debit = '', credit = ''] = amountMinor > 0n ? accounts : [...accounts].reverse();
  const words = `${what.work} ${bookId} ${debitGlCode} ${creditGlCode} ${currency}`;
  const transfer = {
    debitAccountId: present(debit, 'the debited account'),
    creditAccountId: present(credit, 'the credited account'),
    amountMinor: amountMinor > 0n ? amountMinor : -amountMinor,
    currency,
  };
  return ok({
    eventId: dayId(day, words),
    accountingDate: day.accountingDate,
    context: dayContext(day, bookId, what),
    postings: [{ bookId, transfers: [transfer] }],
  });
}

/** What is to be posted under an id of its own; accounts by number, or a unit's by GL code. */
export type DayRequest = {
  readonly eventId: UuidV7;
  readonly bookId: string;
  readonly transfers: readonly TransferRequest[];
  /** Value date of its transfers; the accounting date when it is later. */
  readonly maturityDate: string;
};

/**
 * Posts requests on the date that is closed, each by itself, in one or several books. Gives for
 * each null, or the code it was refused with; one without transfers has nothing to be refused.
 */
export async function postRequests(
  transaction: Transaction,
  day: Day,
  what: DayNarrative,
  requests: readonly DayRequest[],
): Promise<Result<readonly (string | null)[]>> {
  const numbers = requests.flatMap(({ transfers }) => transfers.flatMap(numbersOf));
  const known = await accountPlaces(transaction, day.cellId, [...new Set(numbers)]);
  const events: PostingEvent[] = [];
  const at: (number | string)[] = [];
  for (const request of requests) {
    const wanted = await wantedOf(transaction, day, request, known);
    if (!wanted.ok) at.push(wanted.code);
    else if (wanted.value.transfers.length === 0) at.push('');
    else {
      const between = await accountsBetween(transaction, day, wanted.value);
      if (!between.ok) return between;
      const postings = routePostings(wanted.value, between.value);
      const context = dayContext(day, request.bookId, what);
      const { eventId } = request;
      at.push(events.length);
      events.push({
        eventId,
        accountingDate: day.accountingDate,
        context,
        postings,
      });
    }
  }
  const order = { cellId: day.cellId, now: day.at, events, keyWindow: dayKeyWindow };
  const posted = await postEvents(transaction, order);
  if (!posted.ok) return posted;
  return ok(
    at.map((place) => {
      if (typeof place === 'string') return place === '' ? null : place;
      const answer = present(posted.value[place], 'the answer of an event');
      return answer.ok ? null : answer.code;
    }),
  );
}

function numbersOf({ debit, credit }: TransferRequest): string[] {
  return [debit, credit].flatMap((one) => ('accountNumber' in one ? [one.accountNumber] : []));
}

/** A request's transfers between accounts of the books. */
async function wantedOf(
  transaction: Transaction,
  day: Day,
  { transfers, bookId, maturityDate }: DayRequest,
  known: ReadonlyMap<string, BookedAccount>,
): Promise<Result<WantedPostings>> {
  const find = async (of: AccountReference, currency: string): Promise<Result<BookedAccount>> => {
    if ('accountNumber' in of) {
      const found = known.get(of.accountNumber);
      return found === undefined
        ? refuse('account_unknown', { account: of.accountNumber })
        : ok(found);
    }
    const own = await ownAccount(transaction, day, { bookId, glCode: of.glCode, currency });
    return own.ok ? ok({ accountId: own.value, bookId }) : own;
  };
  const valueDate = maturityDate < day.accountingDate ? maturityDate : day.accountingDate;
  const all: WantedPostings['transfers'][number][] = [];
  for (const { debit, credit, amountMinor, currency } of transfers) {
    const from = await find(debit, currency);
    if (!from.ok) return from;
    const to = await find(credit, currency);
    if (!to.ok) return to;
    all.push({ debit: from.value, credit: to.value, amountMinor, currency, valueDate });
  }
  return ok({ transfers: all, memoranda: [] });
}

/** Routes several requests, each account between two books looked up once. */
export async function routeAll(
  transaction: Transaction,
  day: Day,
  wanted: readonly WantedPostings[],
): Promise<Result<readonly BookPosting[][]>> {
  const all = { transfers: wanted.flatMap(({ transfers }) => transfers), memoranda: [] };
  const between = await accountsBetween(transaction, day, all);
  if (!between.ok) return between;
  return ok(wanted.map((one) => routePostings(one, between.value)));
}

type AccountBetween = Parameters<typeof routePostings>[1];

/** The accounts between the books of what is wanted, opened where there is none. */
async function accountsBetween(
  transaction: Transaction,
  day: Day,
  wanted: WantedPostings,
): Promise<Result<AccountBetween>> {
  const between = new Map<string, string>();
  for (const key of interBranchAccountsNeeded(wanted)) {
    const text = interBranchText(key);
    const account = await interBranchAccountOf(transaction, {
      ...{ ...key, cellId: day.cellId, openedOn: day.accountingDate, openedLogin: 'system' },
      accountId: dayId(day, `between ${text}`),
    });
    if (!account.ok) return account;
    between.set(text, account.value.accountId);
  }
  return ok((key) => present(between.get(interBranchText(key)), 'the account between two books'));
}

import { assert, present } from '../../base/assert.ts';
import { addDays, type CalendarDate, daysBetween } from '../../base/dates.ts';
import { ok, type Result } from '../../base/result.ts';
import {
  type BookedAccount,
  interBranchAccountsNeeded,
  interBranchText,
  routePostings,
  type WantedPostings,
} from '../../ledger/inter-branch.ts';
import type { PostingEvent } from '../../ledger/posting.ts';
import type { Transaction } from '../../store/database.ts';
import { interBranchAccountOf, internalAccountOf } from '../../store/ledger/accounts.ts';
import { postEvents } from '../../store/ledger/post.ts';
import type { Day } from '../day/step.ts';
import { closeWithin } from '../day/within.ts';
import { dayWorks } from '../day/works.ts';
import type { DemoAccounts } from './open-books.ts';
import type { DemoOpening } from './open-people.ts';
import {
  type DemoPayment,
  demoRounds,
  openingPayments,
  type Place,
  paymentsOf,
} from './payments.ts';
import { demoLoginOf } from './people.ts';
import { demoOutlets } from './units.ts';

/** GL code of fee income (手续费及佣金收入). */
const feeGlCode = '6021';
/** A payment of this amount or more is authorised by the outlet's supervisor. */
const authorisedFromMinor = 20_000_000n;

/** What is known of accounts while the month is posted, so that each is looked up once. */
type Accounts = {
  readonly customers: DemoAccounts;
  readonly own: Map<string, BookedAccount>;
};

/**
 * Posts the demo bank's month, day by day, as its tellers would have: the first day's balances,
 * then five rounds a day, and the end of day to the next working day.
 */
export async function postDemoMonth(
  transaction: Transaction,
  opening: DemoOpening,
  month: { readonly dates: readonly CalendarDate[]; readonly accounts: DemoAccounts },
): Promise<Result<null>> {
  const accounts: Accounts = { customers: month.accounts, own: new Map() };
  for (const [index, date] of month.dates.entries()) {
    const before = month.dates[index - 1];
    if (before !== undefined) {
      const closed = await closeWithin(transaction, dayOf(opening, before, date), dayWorks);
      if (!closed.ok) return closed;
    }
    const rounds = demoRounds.map((_time, round) =>
      demoOutlets.flatMap(({ unitCode }) => paymentsOf(unitCode, date, round)),
    );
    const day = index === 0 ? [openingPayments(), [], ...rounds.slice(2)] : rounds;
    for (const [round, payments] of day.entries()) {
      const posted = await postRound(transaction, opening, accounts, { date, round, payments });
      if (!posted.ok) return posted;
    }
  }
  return ok(null);
}

/** The evening of a day, when it is closed and the next one opens. */
function dayOf({ cellId }: DemoOpening, accountingDate: CalendarDate, nextDate: CalendarDate): Day {
  const count = daysBetween(accountingDate, nextDate);
  const days = Array.from({ length: count }, (_, index) => addDays(accountingDate, index));
  const at = Date.parse(`${accountingDate}T23:00:00+08:00`);
  return { cellId, accountingDate, nextDate, days, at };
}

type Round = {
  readonly date: CalendarDate;
  readonly round: number;
  readonly payments: readonly DemoPayment[];
};

async function postRound(
  transaction: Transaction,
  opening: DemoOpening,
  accounts: Accounts,
  { date, round, payments }: Round,
): Promise<Result<null>> {
  const { cellId } = opening;
  const now = Date.parse(`${date}T${demoRounds[round] ?? '17:00'}:00+08:00`);
  const events: PostingEvent[] = [];
  for (const [index, payment] of payments.entries()) {
    const serial = String(round * 1_000 + index + 1).padStart(6, '0');
    const reference = `${date.replaceAll('-', '')}${payment.outletCode}${serial}`;
    const given = { date, now, payment, reference };
    const event = await eventOf(transaction, opening, accounts, given);
    if (!event.ok) return event;
    events.push(event.value);
  }
  if (events.length === 0) return ok(null);
  const posted = await postEvents(transaction, { cellId, now, events });
  if (!posted.ok) return posted;
  // A payment that its payer cannot cover is refused, as it would be at the counter.
  const refused = posted.value.find((answer) => !answer.ok && answer.code !== 'available_exceeded');
  return refused === undefined || refused.ok ? ok(null) : refused;
}

async function eventOf(
  transaction: Transaction,
  opening: DemoOpening,
  accounts: Accounts,
  given: {
    readonly date: CalendarDate;
    readonly now: number;
    readonly payment: DemoPayment;
    readonly reference: string;
  },
): Promise<Result<PostingEvent>> {
  const { date, payment } = given;
  const { amountMinor, feeMinor, outletCode } = payment;
  const debit = await accountAt(transaction, opening, accounts, { date, place: payment.debit });
  if (!debit.ok) return debit;
  const credit = await accountAt(transaction, opening, accounts, { date, place: payment.credit });
  if (!credit.ok) return credit;
  const transfers: WantedPostings['transfers'][number][] = [
    { debit: debit.value, credit: credit.value, amountMinor, currency: 'CNY' },
  ];
  if (feeMinor > 0n) {
    const place = { unit: outletCode, glCode: feeGlCode };
    const income = await accountAt(transaction, opening, accounts, { date, place });
    if (!income.ok) return income;
    const fee = { amountMinor: feeMinor, currency: 'CNY', narrative: 'fee' };
    transfers.push({ debit: debit.value, credit: income.value, ...fee });
  }
  const wanted: WantedPostings = { transfers, memoranda: [] };
  for (const key of interBranchAccountsNeeded(wanted)) {
    if (accounts.own.has(interBranchText(key))) continue;
    const order = { cellId: opening.cellId, openedOn: date, openedLogin: 'system' };
    const account = { ...order, accountId: opening.newId(), ...key };
    const opened = await interBranchAccountOf(transaction, account);
    if (!opened.ok) return opened;
    accounts.own.set(interBranchText(key), opened.value);
  }
  const postings = routePostings(
    wanted,
    (key) => present(accounts.own.get(interBranchText(key)), interBranchText(key)).accountId,
  );
  return ok({
    eventId: opening.newIdAt(given.now),
    accountingDate: date,
    context: contextOf(payment, given.reference),
    postings,
  });
}

function contextOf(payment: DemoPayment, businessReference: string): PostingEvent['context'] {
  const { narrative, transactionCode, outletCode, amountMinor } = payment;
  const isOutlet = demoOutlets.some((outlet) => outlet.unitCode === outletCode);
  const isAuthorised = isOutlet && amountMinor >= authorisedFromMinor;
  return {
    ...{ businessReference, narrative, transactionCode, operatingUnitCode: outletCode },
    makerLogin: demoLoginOf(isOutlet ? 'teller' : 'accountant', outletCode),
    authoriserLogin: isAuthorised ? demoLoginOf('supervisor', outletCode) : null,
    ...{ processInstanceId: null, activity: null, taskId: null },
  };
}

async function accountAt(
  transaction: Transaction,
  opening: DemoOpening,
  accounts: Accounts,
  at: { readonly date: CalendarDate; readonly place: Place },
): Promise<Result<BookedAccount>> {
  const { place, date } = at;
  if ('customer' in place) {
    const account = accounts.customers.get(place.customer);
    assert(account !== undefined, `customer ${place.customer} has an account`);
    return ok(account);
  }
  const key = `${place.unit} ${place.glCode}`;
  const known = accounts.own.get(key);
  if (known !== undefined) return ok(known);
  const opened = await internalAccountOf(transaction, {
    ...{ cellId: opening.cellId, openedOn: date, openedLogin: 'system' },
    ...{ accountId: opening.newId(), bookId: place.unit, glCode: place.glCode, currency: 'CNY' },
  });
  if (opened.ok) accounts.own.set(key, opened.value);
  return opened;
}

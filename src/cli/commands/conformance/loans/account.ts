import { addDays } from '../../../../base/dates.ts';
import { accruedTill } from '../../../../product/loan/progressive/accruals.ts';
import { openTotal, sumOf } from '../../../../product/loan/progressive/instalment.ts';
import {
  type LoanEvent,
  type ProgressiveLoan,
  replay,
  type Settlement,
} from '../../../../product/loan/progressive/replay.ts';
import type {
  Component,
  FutureRule,
  ProgressiveTerms,
} from '../../../../product/loan/progressive/terms.ts';

/** A row of the transactions: what moved, and how it was used. */
export type Entry = {
  /** Number of the event; null for accruals, which change nothing else. */
  readonly number: number | null;
  readonly date: string;
  readonly type: string;
  readonly amountMinor: bigint;
  portions: Readonly<Record<Component, bigint>>;
  overpaidMinor: bigint;
  balanceMinor: bigint;
  reverted: boolean;
  replayed: boolean;
};

/** One loan of a scenario. Every change replays the whole loan from its events. */
export type Account = {
  readonly terms: ProgressiveTerms;
  readonly accruesActivity: boolean;
  readonly approvedMinor: bigint;
  readonly expectedOn: string;
  readonly events: LoanEvent[];
  readonly entries: Entry[];
  /** Names of the charges, by the numbers of their events. */
  readonly charges: Map<number, string>;
  /** Where the product sends payments that are no repayments, by their type. */
  readonly otherFutures: ReadonlyMap<string, FutureRule>;
  readonly refundsInterest: boolean;
  loan: ProgressiveLoan;
  /** The last day closed by the end of day (COB); null before the first. */
  closedTill: string | null;
  accruedTill: string | null;
  /** The last day up to which instalments that fell due were told as activity. */
  activityTill: string | null;
  /** A charge is earned on its due date, or on the day it was entered. */
  readonly chargesBy: 'due' | 'entered';
};

export const noPortions: Readonly<Record<Component, bigint>> = {
  penalty: 0n,
  fee: 0n,
  interest: 0n,
  principal: 0n,
};

const nothingClosed = { closedTill: null, accruedTill: null, activityTill: null };

/** An account before its first disbursement shows the plan it is expected to have. */
export function openAccount(
  given: Omit<Account, 'events' | 'entries' | 'charges' | 'loan' | keyof typeof nothingClosed>,
): Account {
  const expected = {
    kind: 'disbursed',
    number: 0,
    enteredOn: given.expectedOn,
    date: given.expectedOn,
    amountMinor: given.approvedMinor,
  } as const;
  const loan = replay(given.terms, [expected], given.expectedOn);
  return { ...given, ...nothingClosed, events: [], entries: [], charges: new Map(), loan };
}

type New = LoanEvent extends infer Each
  ? Each extends LoanEvent
    ? Omit<Each, 'number' | 'enteredOn'>
    : never
  : never;

/** Enters an event on a business date; type: its name among the transactions, null for none. */
export function enter(account: Account, today: string, event: New, type: string | null): void {
  const number = account.events.reduce((most, { number: n }) => (n > most ? n : most), 0) + 1;
  account.events.push({ ...event, number, enteredOn: today } as LoanEvent);
  if (type !== null && 'amountMinor' in event) {
    account.entries.push({
      number,
      date: event.date,
      type,
      amountMinor: event.amountMinor,
      portions: noPortions,
      overpaidMinor: 0n,
      balanceMinor: 0n,
      reverted: false,
      replayed: false,
    });
  }
  review(account, today, number);
  closeWhenPaid(account, today);
  tellActivity(account, today);
}

/** Takes an event back. */
export function revert(account: Account, today: string, entry: Entry): void {
  entry.reverted = true;
  const at = account.events.findIndex(({ number }) => number === entry.number);
  if (at >= 0) account.events.splice(at, 1);
  review(account, today, null);
  closeWhenPaid(account, today);
  tellActivity(account, today);
}

/** Replays the loan as of a business date; settlements that changed are marked as replayed. */
export function review(account: Account, today: string, newest: number | null): void {
  if (!account.events.some(({ kind }) => kind === 'disbursed')) return;
  account.loan = replay(account.terms, account.events, today);
  for (const entry of account.entries) {
    if (entry.reverted || entry.number === null) continue;
    const settled = account.loan.settlements.get(entry.number);
    if (settled === undefined) continue;
    if (entry.number !== newest && differs(entry, settled)) entry.replayed = true;
    entry.portions = settled.portions;
    entry.overpaidMinor = settled.overpaidMinor;
  }
  let balanceMinor = 0n;
  for (const entry of inDateOrder(account).filter(({ reverted }) => !reverted)) {
    if (entry.number === null) continue;
    if (entry.type === 'Disbursement') balanceMinor += entry.amountMinor;
    balanceMinor -= entry.portions.principal;
    entry.balanceMinor = balanceMinor;
  }
}

function differs(entry: Entry, settled: Settlement): boolean {
  const { portions: was, overpaidMinor } = entry;
  const { portions: now } = settled;
  return (
    was.principal !== now.principal ||
    was.interest !== now.interest ||
    was.fee !== now.fee ||
    was.penalty !== now.penalty ||
    overpaidMinor !== settled.overpaidMinor
  );
}

/** Entries by the day they take effect on; on one day in the order they were entered. */
export function inDateOrder({ entries }: Account): Entry[] {
  return [...entries].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** All that is open. */
export function openOfLoan({ loan }: Account): bigint {
  return loan.instalments.reduce((total, instalment) => total + openTotal(instalment), 0n);
}

/** 'ACTIVE', 'CLOSED_OBLIGATIONS_MET', 'OVERPAID', or before the first disbursement 'APPROVED'. */
export function statusOf(account: Account): string {
  if (!account.events.some(({ kind }) => kind === 'disbursed')) return 'APPROVED';
  if (account.loan.overpaidMinor > 0n) return 'OVERPAID';
  return openOfLoan(account) === 0n ? 'CLOSED_OBLIGATIONS_MET' : 'ACTIVE';
}

function accruedSoFar(account: Account): Record<Component, bigint> {
  const total = { ...noPortions };
  for (const { type, portions, reverted } of account.entries) {
    if (reverted || !type.startsWith('Accrual') || type === 'Accrual Activity') continue;
    const sign = type === 'Accrual Adjustment' ? -1n : 1n;
    for (const key of ['penalty', 'fee', 'interest'] as const) total[key] += sign * portions[key];
  }
  return total;
}

/** Books what was earned up to a day and not yet accrued; what was too much is taken back. */
function accrue(account: Account, date: string, wanted: Record<Component, bigint>): void {
  const so = accruedSoFar(account);
  const more = { ...noPortions };
  const less = { ...noPortions };
  for (const key of ['penalty', 'fee', 'interest'] as const) {
    const gap = wanted[key] - so[key];
    if (gap > 0n) more[key] = gap;
    else less[key] = -gap;
  }
  for (const [type, portions] of [
    ['Accrual Adjustment', less],
    ['Accrual', more],
  ] as const) {
    if (sumOf(portions) === 0n) continue;
    account.entries.push({ ...accrualEntry(date, type, portions) });
    account.accruedTill = date;
  }
}

function accrualEntry(date: string, type: string, portions: Record<Component, bigint>): Entry {
  return {
    number: null,
    date,
    type,
    amountMinor: sumOf(portions),
    portions,
    overpaidMinor: 0n,
    balanceMinor: 0n,
    reverted: false,
    replayed: false,
  };
}

/** A loan that is paid off has earned all it will ever earn. */
function closeWhenPaid(account: Account, today: string): void {
  const status = statusOf(account);
  if (status !== 'CLOSED_OBLIGATIONS_MET' && status !== 'OVERPAID') return;
  const due = account.loan.instalments.at(-1)?.due ?? today;
  const earned = { ...noPortions };
  for (const { asked } of account.loan.instalments) {
    for (const key of ['penalty', 'fee', 'interest'] as const) earned[key] += asked[key];
  }
  accrue(account, due < today ? due : today, earned);
}

/** The end of day before a business date (COB): overdue interest, accrual. */
export function closeDays(account: Account, today: string): void {
  const last = addDays(today, -1);
  const start = account.closedTill === null ? last : addDays(account.closedTill, 1);
  for (let day = start; day <= last; day = addDays(day, 1)) closeDay(account, today, day);
  if (start <= last) account.closedTill = last;
}

/** Tells the activity of all instalments that fell due before a business date. */
export function postActivity(account: Account, today: string): void {
  account.activityTill = addDays(today, -1);
  tellActivity(account, today);
}

/** What each day that fell due has earned, told once: of a paid loan all of it. */
function tellActivity(account: Account, today: string): void {
  if (!account.accruesActivity) return;
  const wanted = activityWanted(account, today);
  const told = account.entries.filter(({ type }) => type === 'Accrual Activity');
  const stale = told.filter(({ date, portions }) => !samePortions(wanted.get(date), portions));
  for (const { date } of told.filter((one) => !stale.includes(one))) wanted.delete(date);
  for (const entry of stale) account.entries.splice(account.entries.indexOf(entry), 1);
  for (const [date, portions] of wanted) {
    const entry = accrualEntry(date, 'Accrual Activity', portions);
    account.entries.push({ ...entry, replayed: stale.some((one) => one.date === date) });
  }
}

function activityWanted(account: Account, today: string): Map<string, Record<Component, bigint>> {
  const { instalments } = account.loan;
  const wanted = new Map<string, Record<Component, bigint>>();
  const told = account.entries.some(({ type }) => type === 'Accrual Activity');
  const status = statusOf(account);
  const over = status === 'CLOSED_OBLIGATIONS_MET' || status === 'OVERPAID';
  const paidOn = lastPayment(account);
  const rest = { ...noPortions };
  for (const { kind, due, asked } of instalments) {
    if (kind === 'down_payment') continue;
    const fell = due <= (account.activityTill ?? '') || (told && due < today);
    const own = over ? kind === 'regular' && due < paidOn : fell;
    if (own) addTo(wanted, due, asked);
    else for (const key of earning) rest[key] += asked[key];
  }
  if (over) addTo(wanted, paidOn, rest);
  return wanted;
}

const earning = ['penalty', 'fee', 'interest'] as const;

function addTo(
  wanted: Map<string, Record<Component, bigint>>,
  date: string,
  asked: Readonly<Record<Component, bigint>>,
): void {
  const total = { ...(wanted.get(date) ?? noPortions) };
  for (const key of earning) total[key] += asked[key];
  if (sumOf(total) > 0n) wanted.set(date, total);
}

function samePortions(
  a: Readonly<Record<Component, bigint>> | undefined,
  b: Readonly<Record<Component, bigint>>,
): boolean {
  return a !== undefined && earning.every((key) => a[key] === b[key]);
}

/** The day of the payment that closed the loan; null while it is open. */
export function closedOn(account: Account): string | null {
  const status = statusOf(account);
  const over = status === 'CLOSED_OBLIGATIONS_MET' || status === 'OVERPAID';
  return over ? lastPayment(account) : null;
}

function lastPayment({ events }: Account): string {
  return events.findLast(({ kind }) => kind === 'paid')?.date ?? '';
}

function closeDay(account: Account, today: string, day: string): void {
  if (statusOf(account) !== 'ACTIVE') return;
  const overdue = account.loan.instalments.some(({ due, met }) => due < today && !met);
  if (overdue && account.terms.recalculates !== null) review(account, today, null);
  const maturity = account.loan.instalments.at(-1)?.due ?? day;
  const till = day > maturity ? maturity : day;
  if (account.accruedTill === null || till > account.accruedTill) {
    const earned = accruedTill(account.loan, account.events, till, account.chargesBy);
    accrue(account, till, earned);
  }
  account.activityTill = day;
  tellActivity(account, today);
}

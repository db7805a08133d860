import type { Value } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { TrialBalance } from '../../ledger/trial-balance.ts';
import { noteCutOff } from '../../store/day/closing.ts';
import { runningTransactions } from '../../store/day/cut-off.ts';
import { channelTotals, signOffState } from '../../store/day/facts.ts';
import { type ProofLine, tieTotals, writeProof } from '../../store/day/proof.ts';
import { classTotals, productsUnknown } from '../../store/day/reports.ts';
import { keepGlBalances } from '../../store/day/snapshot.ts';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import {
  accountingDates,
  closePreviousDate,
  rollAccountingDate,
} from '../../store/ledger/books.ts';
import { parameterOn } from '../../store/products/parameters.ts';
import type { Parts } from '../parts.ts';
import type { Day, DayWork, WorkDone } from './step.ts';

/** Outlets sign off (网点签退): who has not is told, and nobody waits for them. */
const signOff: DayWork = {
  step: 'sign_off',
  name: 'day.sign_off',
  kind: 'within',
  run: async (transaction, { cellId, accountingDate: date }) => {
    const name = 'deposit.cash_gl_code';
    const cashGlCode = String(await parameterOn(transaction, { cellId, name, date }));
    const state = await signOffState(transaction, { cellId, date, cashGlCode });
    return ok({ items: Number(state.cashBooks), facts: state });
  },
};

/** The roll (日切): one instant, for the whole legal entity. */
const cutOff: DayWork = {
  step: 'cut_off',
  name: 'day.cut_off',
  kind: 'within',
  run: async (transaction, { cellId, accountingDate, nextDate, at }) => {
    const dates = await accountingDates(transaction, cellId);
    if (dates?.previousDate !== accountingDate) {
      const rolled = await rollAccountingDate(transaction, cellId, nextDate);
      if (!rolled.ok) return rolled;
    }
    await noteCutOff(transaction, cellId, accountingDate, at);
    return ok({ items: 1, facts: { nextDate } });
  },
};

const pollMs = 20;
const pollsMax = 3_000;

/**
 * A transaction that began before the roll may have taken the old date and may still post on it.
 * Those are waited for, so that every total below is of all that the date will ever hold; whoever
 * begins later reads the new date. Refused when one does not end within a minute.
 */
async function awaitTransactions({ database }: Parts): Promise<Result<WorkDone>> {
  const before = new Set(await runningTransactions(database));
  const waitedFor = before.size;
  for (let poll = 0; before.size > 0; poll += 1) {
    if (poll === pollsMax)
      return refuse('day_transactions_pending', { count: String(before.size) });
    const now = new Set(await runningTransactions(database));
    for (const id of before) if (!now.has(id)) before.delete(id);
    if (before.size > 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return ok({ items: waitedFor, facts: {} });
}

const totalsOfChannels: DayWork = {
  step: 'channel_totals',
  name: 'day.channel_totals',
  kind: 'within',
  run: async (transaction, { cellId, accountingDate }) => {
    const totals = await channelTotals(transaction, cellId, accountingDate);
    const facts: Value = totals.map((total) => ({ ...total }));
    return ok({ items: totals.length, facts: { totals: facts } });
  },
};

/** What step 8 has read for a run; the date is shut by then, so step 9 would read the same. */
const trials = new WeakMap<Day, TrialBalance>();

/**
 * Ties every total and keeps the report: debits and credits, the accounts between books, and what
 * store/day/proof.ts lists. Refused while any line differs; the lines stay for people to look at.
 */
async function prove({ database, clock }: Parts, day: Day): Promise<Result<WorkDone>> {
  const { cellId, accountingDate: date } = day;
  const [trial, tied] = await Promise.all([
    readTrialBalance(database, cellId, date),
    database.transaction<readonly ProofLine[], never>(
      async (transaction) => ok(await tieTotals(transaction, day)),
      { snapshot: true },
    ),
  ]);
  if (!tied.ok) return tied;
  trials.set(day, trial);
  const lines: ProofLine[] = [
    ...trial.totals.map(({ bookId, currency, debitMinor, creditMinor }) => ({
      ...{ rule: 'debits_equal_credits', place: bookId, currency },
      ...{ leftMinor: debitMinor, rightMinor: creditMinor },
    })),
    ...trial.interBranch.map(({ currency, sumMinor }) => ({
      ...{ rule: 'inter_branch_zero', place: '', currency, leftMinor: sumMinor, rightMinor: 0n },
    })),
    ...tied.value,
  ];
  const written = await database.transaction<null, string>(async (transaction) => {
    await writeProof(transaction, { cellId, date, at: clock() }, lines);
    return ok(null);
  });
  if (!written.ok) return written;
  const differs = lines.filter(({ leftMinor, rightMinor }) => leftMinor !== rightMinor);
  const [first] = differs;
  if (first !== undefined) {
    const { rule, place } = first;
    return refuse('day_does_not_tie', { date, rule, place, count: String(differs.length) });
  }
  return ok({ items: lines.length, facts: { lines: BigInt(lines.length) } });
}

const snapshot: DayWork = {
  step: 'snapshot',
  name: 'day.snapshot',
  kind: 'within',
  run: async (transaction, day) => {
    const { cellId, accountingDate: date } = day;
    const { rows } = trials.get(day) ?? (await readTrialBalance(transaction, cellId, date));
    return ok({ items: await keepGlBalances(transaction, { cellId, date }, rows), facts: {} });
  },
};

/** The day's report (日计表): each class of the chart, and products that have no rules. */
const report: DayWork = {
  step: 'reports',
  name: 'day.report',
  kind: 'within',
  run: async (transaction, { cellId, accountingDate }) => {
    const totals = await classTotals(transaction, cellId, accountingDate);
    const unknown = await productsUnknown(transaction, cellId, accountingDate);
    const classes: Value = totals.map((total) => ({ ...total }));
    return ok({ items: totals.length, facts: { classes, productsUnknown: [...unknown] } });
  },
};

const closeDate: DayWork = {
  step: 'close_date',
  name: 'day.close_date',
  kind: 'within',
  run: async (transaction, { cellId }) => {
    await closePreviousDate(transaction, cellId);
    return ok({ items: 1, facts: {} });
  },
};

/** What the end of day does in the ledger, whatever the bank sells. */
export const ledgerWorks: readonly DayWork[] = [
  signOff,
  cutOff,
  { step: 'cut_off', name: 'day.await_transactions', kind: 'beyond', run: awaitTransactions },
  totalsOfChannels,
  { step: 'proof', name: 'day.prove', kind: 'beyond', run: prove },
  snapshot,
  report,
  closeDate,
];

import { decodeValues, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  type ClosingStatus,
  newestClosings,
  type PartRow,
  readClosing,
  readParts,
} from '../../store/day/closing.ts';
import { type ProofLine, readProof } from '../../store/day/proof.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import type { Parts } from '../parts.ts';
import { nextAccountingDate } from './next-date.ts';
import { type DayStep, daySteps } from './step.ts';

/** empty: the step has no work on this date. */
export type StepStatus = 'waiting' | 'running' | 'done' | 'stopped' | 'empty';

/** A piece of work with its parts counted. items: what it worked on so far. */
export type WorkReport = {
  readonly work: string;
  readonly status: StepStatus;
  readonly parts: number;
  readonly partsDone: number;
  readonly items: number;
  readonly code: string | null;
  readonly facts: Values;
};

export type StepReport = {
  readonly number: number;
  readonly step: DayStep;
  readonly status: StepStatus;
  readonly items: number;
  readonly begunAt: number | null;
  readonly endedAt: number | null;
  readonly works: readonly WorkReport[];
};

/** How far the closing of a date has come, and what it proved. */
export type DayReport = {
  readonly accountingDate: string;
  readonly nextDate: string | null;
  readonly status: ClosingStatus | 'not_begun';
  readonly begunAt: number | null;
  readonly begunLogin: string | null;
  readonly cutOffAt: number | null;
  readonly closedAt: number | null;
  readonly steps: readonly StepReport[];
  readonly proof: readonly ProofLine[];
  readonly differences: number;
};

/**
 * The report of a date; without one, of the date that is being closed, else of the open one.
 * Refused: a date that is neither open nor was ever closed here.
 */
export async function readDayReport(parts: Parts, date?: string): Promise<Result<DayReport>> {
  const { database, cellId } = parts;
  const dates = await accountingDates(database, cellId);
  if (dates === null) return refuse('books_not_open');
  const wanted = date ?? dates.previousDate ?? dates.accountingDate;
  const closing = await readClosing(database, cellId, wanted);
  if (closing === null && wanted !== dates.accountingDate) {
    return refuse('accounting_date_not_open', { date: wanted });
  }
  const rows = await readParts(database, cellId, wanted);
  const proof = await readProof(database, cellId, wanted);
  const next = closing === null ? await nextAccountingDate(database, cellId, wanted) : null;
  return ok({
    accountingDate: wanted,
    nextDate: closing?.nextDate ?? (next?.ok ? next.value : null),
    status: closing?.status ?? 'not_begun',
    begunAt: closing?.begunAt ?? null,
    begunLogin: closing?.begunLogin ?? null,
    cutOffAt: closing?.cutOffAt ?? null,
    closedAt: closing?.closedAt ?? null,
    steps: daySteps.map((step, index) => stepReport(step, index + 1, rows, closing?.status)),
    proof,
    differences: proof.filter((line) => line.leftMinor !== line.rightMinor).length,
  });
}

/** The days whose closing began, newest first. */
export async function readClosings(parts: Parts, limit: number) {
  return await newestClosings(parts.database, parts.cellId, limit);
}

function stepReport(
  step: DayStep,
  number: number,
  all: readonly PartRow[],
  closing: ClosingStatus | undefined,
): StepReport {
  const rows = all.filter((row) => row.step === number);
  const works = [...Map.groupBy(rows, (row) => row.work)].map(([work, own]) =>
    workReport(work, own),
  );
  const reached = all.some((row) => row.step > number) || closing === 'closed';
  const begun = rows.flatMap(({ begunAt }) => (begunAt === null ? [] : [begunAt]));
  const ended = rows.flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]));
  const status = rows.length === 0 ? (reached ? 'empty' : 'waiting') : statusOf(rows);
  return {
    ...{ number, step, status, works },
    items: works.reduce((sum, { items }) => sum + items, 0),
    begunAt: begun.length === 0 ? null : Math.min(...begun),
    endedAt: status === 'done' && ended.length > 0 ? Math.max(...ended) : null,
  };
}

function workReport(work: string, rows: readonly PartRow[]): WorkReport {
  const stopped = rows.find((row) => row.status === 'stopped');
  const [first] = rows;
  return {
    work,
    status: statusOf(rows),
    parts: rows.length,
    partsDone: rows.filter(({ status }) => status === 'done').length,
    items: rows.reduce((sum, { items }) => sum + Number(items), 0),
    code: stopped?.code ?? null,
    facts: stopped !== undefined || rows.length === 1 ? factsOf(stopped ?? first) : {},
  };
}

function factsOf(row: PartRow | undefined): Values {
  return row === undefined ? {} : decodeValues(row.facts);
}

function statusOf(rows: readonly PartRow[]): StepStatus {
  if (rows.some(({ status }) => status === 'stopped')) return 'stopped';
  if (rows.every(({ status }) => status === 'done')) return 'done';
  return rows.every(({ status }) => status === 'waiting') ? 'waiting' : 'running';
}

import { encodeValues, type Values } from '../../base/data.ts';
import type { Queries, Transaction } from '../database.ts';

/** How far the closing of an accounting date has come. */
export type ClosingStatus = 'running' | 'stopped' | 'closed';

export type ClosingRow = {
  readonly accountingDate: string;
  readonly nextDate: string;
  readonly status: ClosingStatus;
  readonly begunAt: number;
  readonly begunLogin: string;
  readonly cutOffAt: number | null;
  readonly closedAt: number | null;
};

export type PartStatus = 'waiting' | 'running' | 'done' | 'stopped';

/** A checkpoint: one part of one piece of work. facts: encoded Values. */
export type PartRow = {
  readonly work: string;
  readonly part: string;
  readonly step: number;
  readonly position: number;
  readonly status: PartStatus;
  readonly attempts: number;
  readonly items: bigint;
  readonly begunAt: number | null;
  readonly endedAt: number | null;
  readonly code: string | null;
  readonly facts: string;
};

/** The closing of a date; null when it has not begun. */
export async function readClosing(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<ClosingRow | null> {
  const [row] = await closings(queries, cellId, 'and accounting_date = $2', [date]);
  return row ?? null;
}

/** The newest closings, newest first. */
export async function newestClosings(
  queries: Queries,
  cellId: number,
  limit: number,
): Promise<readonly ClosingRow[]> {
  return await closings(queries, cellId, 'order by accounting_date desc limit $2', [limit]);
}

async function closings(
  queries: Queries,
  cellId: number,
  rest: string,
  values: readonly (string | number)[],
): Promise<ClosingRow[]> {
  type Row = Omit<ClosingRow, 'begunAt' | 'cutOffAt' | 'closedAt'> & {
    begunAt: bigint;
    cutOffAt: bigint | null;
    closedAt: bigint | null;
  };
  const rows = await queries.query<Row>(
    `select accounting_date as "accountingDate", next_date as "nextDate", status,
       begun_at as "begunAt", begun_login as "begunLogin", cut_off_at as "cutOffAt",
       closed_at as "closedAt"
     from day_close where cell_id = $1 ${rest}`,
    [cellId, ...values],
  );
  return rows.map(({ begunAt, cutOffAt, closedAt, ...row }) => ({
    ...row,
    ...{ begunAt: Number(begunAt), cutOffAt: instant(cutOffAt), closedAt: instant(closedAt) },
  }));
}

function instant(at: bigint | null): number | null {
  return at === null ? null : Number(at);
}

/** Begins the closing of a date, once; one that was begun keeps its next date. */
export async function beginClosing(
  transaction: Transaction,
  cellId: number,
  closing: Pick<ClosingRow, 'accountingDate' | 'nextDate' | 'begunAt' | 'begunLogin'>,
): Promise<void> {
  await transaction.query(
    `insert into day_close
       (cell_id, accounting_date, next_date, status, begun_at, begun_login)
     values ($1, $2, $3, 'running', $4, $5) on conflict do nothing`,
    [cellId, closing.accountingDate, closing.nextDate, closing.begunAt, closing.begunLogin],
  );
}

/** One program works at a closing at a time: `runner` until a moment. */
export type Lease = { readonly runner: string; readonly now: number; readonly until: number };

/** Takes or keeps the closing for this runner; false when another has it. */
export async function holdClosing(
  queries: Queries,
  cellId: number,
  date: string,
  lease: Lease,
): Promise<boolean> {
  const rows = await queries.query(
    `update day_close set status = 'running', runner = $3, runner_until = $4
     where cell_id = $1 and accounting_date = $2 and status <> 'closed'
       and (runner is null or runner = $3 or runner_until < $5)
     returning 1`,
    [cellId, date, lease.runner, lease.until, lease.now],
  );
  return rows.length === 1;
}

/** Lets the closing go: it stopped, or another may go on with it. */
export async function releaseClosing(
  queries: Queries,
  cellId: number,
  date: string,
  end: { readonly runner: string; readonly status: 'stopped' | 'running' },
): Promise<void> {
  await queries.query(
    `update day_close set status = $4, runner = null, runner_until = null
     where cell_id = $1 and accounting_date = $2 and runner = $3 and status <> 'closed'`,
    [cellId, date, end.runner, end.status],
  );
}

/** Notes the instant of the cut-off. */
export async function noteCutOff(
  transaction: Transaction,
  cellId: number,
  date: string,
  at: number,
): Promise<void> {
  await transaction.query(
    `update day_close set cut_off_at = $3
     where cell_id = $1 and accounting_date = $2 and cut_off_at is null`,
    [cellId, date, at],
  );
}

/** The date is closed, all twelve steps are done. */
export async function endClosing(
  queries: Queries,
  cellId: number,
  date: string,
  at: number,
): Promise<void> {
  await queries.query(
    `update day_close set status = 'closed', closed_at = $3, runner = null, runner_until = null
     where cell_id = $1 and accounting_date = $2 and status <> 'closed'`,
    [cellId, date, at],
  );
}

const partColumns = `work, part, step::int as step, position::int as position, status, attempts,
  items, begun_at as "begunAt", ended_at as "endedAt", code, facts`;

/** All checkpoints of a date, in the order of the work. */
export async function readParts(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly PartRow[]> {
  type Row = Omit<PartRow, 'begunAt' | 'endedAt'> & {
    begunAt: bigint | null;
    endedAt: bigint | null;
  };
  const rows = await queries.query<Row>(
    `select ${partColumns} from day_part where cell_id = $1 and accounting_date = $2
     order by step, position, part`,
    [cellId, date],
  );
  return rows.map(({ begunAt, endedAt, ...row }) => ({
    ...{ ...row, begunAt: instant(begunAt), endedAt: instant(endedAt) },
  }));
}

/** Where a piece of work stands in its day. */
export type WorkPlace = {
  readonly cellId: number;
  readonly date: string;
  readonly work: string;
  readonly step: number;
  readonly position: number;
};

/** Keeps the parts of a piece of work, once; those that are kept already stay. */
export async function planParts(
  transaction: Transaction,
  place: WorkPlace,
  parts: readonly string[],
): Promise<void> {
  await transaction.query(
    `insert into day_part (cell_id, accounting_date, work, part, step, position, status, attempts,
       items, facts)
     select $1, $2, $3, part, $4, $5, 'waiting', 0, 0, '{}'
     from unnest($6::text[]) as part
     on conflict do nothing`,
    [place.cellId, place.date, place.work, place.step, place.position, parts],
  );
}

/** Says that a part is being worked at. */
export async function markRunning(
  queries: Queries,
  place: WorkPlace,
  part: string,
  at: number,
): Promise<void> {
  await queries.query(
    `update day_part set status = 'running', attempts = attempts + 1, code = null,
       begun_at = coalesce(begun_at, $5)
     where cell_id = $1 and accounting_date = $2 and work = $3 and part = $4
       and status <> 'done'`,
    [place.cellId, place.date, place.work, part, at],
  );
}

/** Locks a part for its work; false when it is done already. */
export async function lockPart(
  transaction: Transaction,
  place: WorkPlace,
  part: string,
): Promise<boolean> {
  const [row] = await transaction.query<{ status: PartStatus }>(
    `select status from day_part
     where cell_id = $1 and accounting_date = $2 and work = $3 and part = $4 for update`,
    [place.cellId, place.date, place.work, part],
  );
  return row !== undefined && row.status !== 'done';
}

/** How a part ended. */
export type PartEnd =
  | { readonly status: 'done'; readonly items: number; readonly facts: Values }
  | { readonly status: 'stopped'; readonly code: string; readonly facts: Values };

/** Writes the checkpoint; with the work of the part when it is of one transaction. */
export async function endPart(
  queries: Queries,
  place: WorkPlace,
  part: string,
  end: PartEnd & { readonly at: number },
): Promise<void> {
  await queries.query(
    `update day_part set status = $5, items = $6, ended_at = $7, code = $8, facts = $9::jsonb
     where cell_id = $1 and accounting_date = $2 and work = $3 and part = $4
       and status <> 'done'`,
    [
      place.cellId,
      place.date,
      place.work,
      part,
      end.status,
      end.status === 'done' ? end.items : 0,
      end.at,
      end.status === 'stopped' ? end.code : null,
      encodeValues(end.facts),
    ],
  );
}

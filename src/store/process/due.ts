import type { Queries, Transaction } from '../database.ts';
import type { JobRow, SubscriptionRow, TimerRow } from './rows.ts';

type StoredTimer = Omit<TimerRow, 'timer' | 'due_at'> & {
  readonly timer: bigint;
  readonly due_at: bigint;
};

const timerColumns = 'd.id, d.instance_id, d.path, d.timer, d.element_id, d.due_at';

function timerFromStored(row: StoredTimer): TimerRow {
  return { ...row, timer: Number(row.timer), due_at: Number(row.due_at) };
}

/** Timers that are due, the oldest first; reading them claims nothing. */
export async function dueTimers(
  queries: Queries,
  cellId: number,
  now: number,
  limit: number,
): Promise<TimerRow[]> {
  const rows = await queries.query<StoredTimer>(
    `select ${timerColumns} from timer d
     where d.cell_id = $1 and d.due_at <= $2 order by d.due_at, d.id limit $3`,
    [cellId, now, limit],
  );
  return rows.map(timerFromStored);
}

/** A timer that is still wanted, read after its instance was locked; else null. */
export async function timerById(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<TimerRow | null> {
  const [row] = await queries.query<StoredTimer>(
    `select ${timerColumns} from timer d where d.cell_id = $1 and d.id = $2`,
    [cellId, id],
  );
  return row === undefined ? null : timerFromStored(row);
}

/** Puts off a timer whose firing was refused, so that it does not keep the others waiting. */
export async function postponeTimer(
  queries: Queries,
  cellId: number,
  id: string,
  dueAt: number,
): Promise<void> {
  await queries.query('update timer set due_at = $3 where cell_id = $1 and id = $2', [
    cellId,
    id,
    dueAt,
  ]);
}

/** The next instant at which a timer of the cell is due, or null. */
export async function nextTimerAt(queries: Queries, cellId: number): Promise<number | null> {
  const [row] = await queries.query<{ at: bigint | null }>(
    'select min(due_at) as at from timer where cell_id = $1',
    [cellId],
  );
  return row?.at === null || row === undefined ? null : Number(row.at);
}

/** A message goes to who waits for it under a correlation, a signal to all who wait for it. */
export type Delivery =
  | { readonly kind: 'message'; readonly name: string; readonly correlation: string }
  | { readonly kind: 'signal'; readonly name: string };

/** Who waits for a message or a signal, the oldest first; reading them locks nothing. */
export async function subscriptionsFor(
  queries: Queries,
  cellId: number,
  delivery: Delivery,
  limit: number,
): Promise<SubscriptionRow[]> {
  const rows = await queries.query<
    Omit<SubscriptionRow, 'subscription' | 'created_at'> & {
      subscription: bigint;
      created_at: bigint;
    }
  >(
    `select id, instance_id, path, case_number, kind, subscription, element_id, message_name,
       correlation, created_at
     from message_subscription
     where cell_id = $1 and kind = $2 and message_name = $3
       and ($4::text is null or correlation = $4) order by id limit $5`,
    [
      cellId,
      delivery.kind,
      delivery.name,
      delivery.kind === 'message' ? delivery.correlation : null,
      limit,
    ],
  );
  return rows.map((row) => ({
    ...row,
    subscription: Number(row.subscription),
    created_at: Number(row.created_at),
  }));
}

/** A job under lease: only who holds this fence may end it. */
export type LeasedJob = JobRow & { readonly attempts: number; readonly fence: number };

/**
 * Claims jobs that are due and under nobody's lease. Several workers ask at once and never get the
 * same job; a worker that dies loses its lease when it has run out.
 */
export async function leaseJobs(
  queries: Queries,
  cellId: number,
  lease: { readonly owner: string; readonly now: number; readonly until: number },
  limit: number,
): Promise<LeasedJob[]> {
  const rows = await queries.query<
    Omit<LeasedJob, 'run_at' | 'created_at' | 'fence'> & {
      run_at: bigint;
      created_at: bigint;
      fence: bigint;
    }
  >(
    `update job j set lease_owner = $2, lease_until = $4, fence = j.fence + 1,
       attempts = j.attempts + 1
     from (select id from job
       where cell_id = $1 and status = 'waiting' and run_at <= $3
         and (lease_until is null or lease_until <= $3)
       order by run_at, id limit $5 for update skip locked) due
     where j.cell_id = $1 and j.id = due.id
     returning j.id, j.kind, j.facts, j.run_at, j.created_at, j.attempts, j.fence`,
    [cellId, lease.owner, lease.now, lease.until, limit],
  );
  return rows
    .map((row) => ({
      ...row,
      run_at: Number(row.run_at),
      created_at: Number(row.created_at),
      fence: Number(row.fence),
    }))
    .sort((a, b) => a.run_at - b.run_at || (a.id < b.id ? -1 : 1));
}

/** Asks for one job, beside what an action writes. */
export async function insertJob(
  transaction: Transaction,
  cellId: number,
  job: JobRow,
): Promise<void> {
  await transaction.query(
    `insert into job (cell_id, id, kind, facts, status, run_at, attempts, fence, created_at)
     values ($1, $2, $3, $4::jsonb, 'waiting', $5, 0, 0, $6)`,
    [cellId, job.id, job.kind, job.facts, job.run_at, job.created_at],
  );
}

/** How a job's attempt ended; waiting again means at `runAt`. */
export type JobEnd =
  | { readonly status: 'done'; readonly at: number }
  | { readonly status: 'failed'; readonly at: number; readonly code: string }
  | { readonly status: 'waiting'; readonly runAt: number; readonly code: string };

/** Ends a leased job; false when the lease was lost to another worker, who then answers for it. */
export async function endJob(
  transaction: Transaction,
  cellId: number,
  job: LeasedJob,
  end: JobEnd,
): Promise<boolean> {
  const rows = await transaction.query(
    `update job set status = $4, run_at = coalesce($5, run_at), ended_at = $6, last_code = $7,
       lease_owner = null, lease_until = null
     where cell_id = $1 and id = $2 and fence = $3 and status = 'waiting' returning id`,
    [
      cellId,
      job.id,
      job.fence,
      end.status,
      end.status === 'waiting' ? end.runAt : null,
      end.status === 'waiting' ? null : end.at,
      end.status === 'done' ? null : end.code,
    ],
  );
  return rows.length === 1;
}

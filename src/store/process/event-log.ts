import type { Queries } from '../database.ts';
import type { InstanceStatus } from './rows.ts';

/** A case for the event log, with the events that tell of work. */
export type LoggedCase = {
  readonly id: string;
  readonly caseNumber: string;
  readonly processId: string;
  readonly unitCode: string;
  readonly line: string | null;
  readonly status: InstanceStatus;
  readonly outcome: string | null;
  readonly events: readonly LoggedEvent[];
};

/** `facts` is JSON text of values (base/data.ts); `at` is ms since epoch, UTC. */
export type LoggedEvent = {
  readonly instanceId: string;
  readonly n: number;
  readonly kind: string;
  readonly elementId: string;
  readonly activityInstance: number;
  readonly modelId: string;
  readonly at: number;
  readonly login: string;
  readonly role: string | null;
  readonly unitCode: string | null;
  readonly facts: string;
};

type CaseRow = Omit<LoggedCase, 'events'>;
type EventRow = Omit<LoggedEvent, 'n' | 'activityInstance' | 'at'> & {
  readonly rootId: string;
  readonly n: bigint;
  readonly activityInstance: bigint;
  readonly at: bigint;
};

/**
 * `limit` cases of a cell after the case `after` in the order of their ids, which is that of their
 * beginning, each with its events about activities in the order they happened.
 */
export async function loggedCases(
  queries: Queries,
  cellId: number,
  wanted: {
    readonly processId: string | null;
    readonly after: string;
    readonly limit: number;
    /** Only these; null: all. */
    readonly only: readonly string[] | null;
  },
): Promise<readonly LoggedCase[]> {
  const cases = await queries.query<CaseRow>(
    `select i.id, i.case_number as "caseNumber", i.process_id as "processId",
       i.unit_code as "unitCode", i.line, i.status, i.outcome
     from process_instance i
     where i.cell_id = $1 and i.parent_id is null and i.id > $2
       and ($3::text is null or i.process_id = $3)
       and ($5::uuid[] is null or i.id = any($5))
     order by i.id limit $4`,
    [cellId, wanted.after, wanted.processId, wanted.limit, wanted.only],
  );
  const rows = await queries.query<EventRow>(
    `select e.root_id as "rootId", e.instance_id as "instanceId", e.n, e.kind,
       e.element_id as "elementId", e.activity_instance as "activityInstance",
       e.model_id as "modelId", e.at, e.login, e.role, e.unit_code as "unitCode", e.facts
     from business_event e
     where e.cell_id = $1 and e.root_id = any($2::uuid[])
       and e.element_id is not null and e.activity_instance is not null
     order by e.root_id, e.n`,
    [cellId, cases.map((each) => each.id)],
  );
  const byCase = Map.groupBy(rows, (row) => row.rootId);
  return cases.map((each) => ({
    ...each,
    events: (byCase.get(each.id) ?? []).map(({ rootId: _root, ...event }) => ({
      ...event,
      n: Number(event.n),
      activityInstance: Number(event.activityInstance),
      at: Number(event.at),
    })),
  }));
}

/** A case as far as it must be known to tell whether anything happened in it since. */
export type CaseMark = {
  readonly id: string;
  readonly caseNumber: string;
  /** Changes whenever something happens in the case or in what it called. */
  readonly mark: string;
  readonly ended: boolean;
};

/**
 * The marks of the cases that began after the case `after`, and of those named in `open`, by id. No
 * event is read for it. What has ended stays as it is, so it need not be asked for again.
 */
export async function caseMarks(
  queries: Queries,
  cellId: number,
  wanted: {
    readonly processId: string | null;
    readonly after: string;
    readonly open: readonly string[];
  },
): Promise<readonly CaseMark[]> {
  return await queries.query<CaseMark>(
    `select r.id, r.case_number as "caseNumber",
       sum(i.version)::text || '.' || sum(i.event_count)::text as mark,
       bool_and(i.ended_at is not null) as ended
     from process_instance r
     join process_instance i on i.cell_id = r.cell_id and i.root_id = r.id
     where r.cell_id = $1 and r.parent_id is null and (r.id > $2 or r.id = any($3::uuid[]))
       and ($4::text is null or r.process_id = $4)
     group by r.id, r.case_number order by r.id`,
    [cellId, wanted.after, wanted.open, wanted.processId],
  );
}

/** How many cases a cell has, of one process or of all. */
export async function countCases(
  queries: Queries,
  cellId: number,
  processId: string | null,
): Promise<number> {
  const rows = await queries.query<{ readonly cases: bigint }>(
    `select count(*) as cases from process_instance
     where cell_id = $1 and parent_id is null and ($2::text is null or process_id = $2)`,
    [cellId, processId],
  );
  return Number(rows[0]?.cases ?? 0n);
}

/** The first case a cell ever had: no two databases share it. Null: there is none yet. */
export async function firstCase(queries: Queries, cellId: number): Promise<string | null> {
  const rows = await queries.query<{ readonly id: string }>(
    'select id from process_instance where cell_id = $1 order by id limit 1',
    [cellId],
  );
  return rows[0]?.id ?? null;
}

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
  wanted: { readonly processId: string | null; readonly after: string; readonly limit: number },
): Promise<readonly LoggedCase[]> {
  const cases = await queries.query<CaseRow>(
    `select i.id, i.case_number as "caseNumber", i.process_id as "processId",
       i.unit_code as "unitCode", i.line, i.status, i.outcome
     from process_instance i
     where i.cell_id = $1 and i.parent_id is null and i.id > $2
       and ($3::text is null or i.process_id = $3)
     order by i.id limit $4`,
    [cellId, wanted.after, wanted.processId, wanted.limit],
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

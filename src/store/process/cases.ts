import type { Queries } from '../database.ts';
import type { DecisionRow, InstanceStatus, StepRow } from './rows.ts';

/** A case as a row of a list. */
export type CaseRow = {
  readonly caseNumber: string;
  readonly processId: string;
  readonly modelId: string;
  readonly status: InstanceStatus;
  readonly outcome: string | null;
  readonly unitCode: string;
  readonly customerId: string | null;
  readonly startedAt: number;
  readonly dueAt: number | null;
  readonly endedAt: number | null;
};

/** Which cases are asked for; a null does not restrict. `units`: those the reader may see. */
export type CaseFilter = {
  readonly units: readonly string[] | null;
  readonly customerId: string | null;
  /** Cases in which this person holds or has done a task are seen whatever their unit. */
  readonly person: string | null;
  readonly status: InstanceStatus | null;
  readonly processId: string | null;
  readonly limit: number;
  readonly offset: number;
};

/** One page of cases, the newest first, and how many there are in all. */
export async function listCaseRows(
  queries: Queries,
  cellId: number,
  wanted: CaseFilter,
): Promise<{ cases: CaseRow[]; total: number }> {
  const [row] = await queries.query<{ listed: string }>(
    `with chosen as (
       select i.id, i.case_number as "caseNumber", i.process_id as "processId",
         i.model_id as "modelId", i.status, i.outcome, i.unit_code as "unitCode",
         i.customer_id as "customerId", i.started_at as "startedAt", i.due_at as "dueAt",
         i.ended_at as "endedAt"
       from process_instance i
       where i.cell_id = $1 and i.parent_id is null
         and ($2::text[] is null or i.unit_code = any($2)
           or $4::text is not null and exists (select 1 from task t
             where t.cell_id = $1 and t.root_id = i.id and t.assignee_person = $4))
         and ($3::text is null or i.customer_id = $3)
         and ($5::text is null or i.status = $5)
         and ($6::text is null or i.process_id = $6))
     select json_build_object(
       'total', (select count(*) from chosen),
       'cases', (select coalesce(json_agg(to_jsonb(p) - 'id'), '[]') from (
         select * from chosen order by id desc limit $7 offset $8) p))::text as listed`,
    [
      cellId,
      wanted.units,
      wanted.customerId,
      wanted.person,
      wanted.status,
      wanted.processId,
      wanted.limit,
      wanted.offset,
    ],
  );
  return JSON.parse(row?.listed ?? '{"cases":[],"total":0}') as {
    cases: CaseRow[];
    total: number;
  };
}

/** Decisions taken in a case, in order. */
export async function decisionsOfCase(
  queries: Queries,
  cellId: number,
  caseNumber: string,
): Promise<DecisionRow[]> {
  const rows = await queries.query<
    Omit<DecisionRow, 'at' | 'activity_instance'> & { at: bigint; activity_instance: bigint }
  >(
    `select d.id, d.root_id, d.instance_id, d.activity_instance, d.decision_id, d.model_id,
       d.version_id, d.file_name, d.file_hash, d.inputs, d.matched, d.output, d.reasons, d.at
     from decision_taken d
     where d.cell_id = $1 and d.root_id = (select id from process_instance
       where cell_id = $1 and case_number = $2 and parent_id is null)
     order by d.id`,
    [cellId, caseNumber],
  );
  return rows.map((row) => ({
    ...row,
    at: Number(row.at),
    activity_instance: Number(row.activity_instance),
  }));
}

/** The steps of some instances, in the order they were taken. */
export async function stepsOfInstances(
  queries: Queries,
  cellId: number,
  instanceIds: readonly string[],
): Promise<StepRow[]> {
  const rows = await queries.query<Omit<StepRow, 'n' | 'at'> & { n: bigint; at: bigint }>(
    `select instance_id, n, at, command, events from step_log
     where cell_id = $1 and instance_id = any($2::uuid[]) order by instance_id, n`,
    [cellId, instanceIds],
  );
  return rows.map((row) => ({ ...row, n: Number(row.n), at: Number(row.at) }));
}

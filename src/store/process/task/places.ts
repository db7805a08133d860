import type { Queries } from '../../database.ts';
import { taskColumns } from '../load.ts';
import type { TaskRow } from '../rows.ts';

/** The task of an activity instance, or null. */
export async function taskAt(
  queries: Queries,
  cellId: number,
  place: { readonly instanceId: string; readonly activityInstance: number },
): Promise<TaskRow | null> {
  const [row] = await queries.query<{ task: string }>(
    `select to_json(r)::text as task from (
       select ${taskColumns} from task t
       where t.cell_id = $1 and t.instance_id = $2 and t.activity_instance = $3) r`,
    [cellId, place.instanceId, place.activityInstance],
  );
  return row === undefined ? null : (JSON.parse(row.task) as TaskRow);
}

/** Tasks of these activities, and all tasks of these instances whatever their status. */
export async function tasksTaken(
  queries: Queries,
  cellId: number,
  of: {
    readonly places: readonly {
      readonly instance_id: string;
      readonly activity_instance: number;
    }[];
    readonly instanceIds: readonly string[];
  },
): Promise<TaskRow[]> {
  const [row] = await queries.query<{ tasks: string }>(
    `select coalesce(json_agg(r order by r.id), '[]')::text as tasks from (
       select ${taskColumns} from task t
       where t.cell_id = $1 and (t.instance_id = any($2::uuid[])
         or (t.instance_id, t.activity_instance) in (
           select p.instance_id, p.activity_instance
           from json_to_recordset($3::json) as p(instance_id uuid, activity_instance bigint)))) r`,
    [cellId, of.instanceIds, JSON.stringify(of.places)],
  );
  return JSON.parse(row?.tasks ?? '[]') as TaskRow[];
}

/** A user task or a called process that some instances of a case have completed. */
export type PassedStep = {
  readonly n: number;
  readonly instance_id: string;
  readonly element_id: string;
  readonly activity_instance: number;
  readonly login: string | null;
  readonly person: string | null;
  readonly ended_at: number;
};

/**
 * Activities completed in instances of a case, oldest first, with who did those that people do.
 */
export async function stepsPassed(
  queries: Queries,
  cellId: number,
  within: { readonly rootId: string; readonly instanceIds: readonly string[] },
): Promise<PassedStep[]> {
  const [row] = await queries.query<{ steps: string }>(
    `select coalesce(json_agg(r order by r.n), '[]')::text as steps from (
       select e.n, e.instance_id, e.element_id, e.activity_instance, e.at as ended_at,
         t.assignee_login as login, t.assignee_person as person
       from business_event e
         left join task t on t.cell_id = e.cell_id and t.instance_id = e.instance_id
           and t.activity_instance = e.activity_instance
       where e.cell_id = $1 and e.root_id = $2 and e.kind = 'activity_completed'
         and e.instance_id = any($3::uuid[])
         and not exists (select 1 from task_handling h
           where h.cell_id = e.cell_id and h.task_id = t.id and h.signs_for is not null
             and h.place <> 'beside')) r`,
    [cellId, within.rootId, within.instanceIds],
  );
  return JSON.parse(row?.steps ?? '[]') as PassedStep[];
}

/** Where money was posted in a case, oldest first. */
export async function stepsPosted(
  queries: Queries,
  cellId: number,
  rootId: string,
): Promise<{ n: number; instance_id: string; element_id: string | null }[]> {
  const [row] = await queries.query<{ steps: string }>(
    `select coalesce(json_agg(r order by r.n), '[]')::text as steps from (
       select e.n, e.instance_id, e.element_id from business_event e
       where e.cell_id = $1 and e.root_id = $2 and e.kind = 'posted') r`,
    [cellId, rootId],
  );
  return JSON.parse(row?.steps ?? '[]') as {
    n: number;
    instance_id: string;
    element_id: string | null;
  }[];
}

/** Tasks a person has submitted since an instant or lent to others, the newest first. */
export async function tasksDoneBy(
  queries: Queries,
  cellId: number,
  wanted: { readonly person: string; readonly since: number; readonly limit: number },
): Promise<TaskRow[]> {
  const [row] = await queries.query<{ tasks: string }>(
    `select coalesce(json_agg(r), '[]')::text as tasks from (
       select ${taskColumns} from task t
       where t.cell_id = $1 and (
         t.assignee_person = $2 and t.status = 'completed' and t.ended_at >= $3
         or t.status = 'delegated' and exists (select 1 from task_handling h
           where h.cell_id = t.cell_id and h.task_id = t.id and h.owner_person = $2))
       order by t.ended_at desc nulls first, t.id limit $4) r`,
    [cellId, wanted.person, wanted.since, wanted.limit],
  );
  return JSON.parse(row?.tasks ?? '[]') as TaskRow[];
}

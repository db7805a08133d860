import type { Queries } from '../database.ts';
import { taskColumns } from './load.ts';
import type { TaskRow } from './rows.ts';

/** Whose list is asked for. `posts`: role and unit pairs the person acts in. */
export type TaskReader = {
  readonly login: string;
  readonly person: string;
  readonly customerId: string | null;
  readonly posts: readonly { readonly role: string; readonly unit: string }[];
};

/**
 * mine: claimed by the login or given to the person · group: may be claimed · all: both · counter:
 * tasks of customers which the person may fill in with the customer present.
 */
export type TaskFilter = {
  readonly filter: 'mine' | 'group' | 'all' | 'counter';
  readonly caseNumber: string | null;
  readonly elementId: string | null;
  readonly limit: number;
  readonly offset: number;
};

/** $2 login, $3 person, $4 customer, $5 roles and $6 their units, $11 the filter. */
const chosenSql = `
  ($11::text in ('mine', 'all') and (
    t.status in ('reserved', 'in_progress', 'delegated', 'suspended')
      and t.assignee_login = $2::text
    or t.status = 'ready' and t.assignee_person = $3::text)
  or $11::text in ('group', 'all') and t.status = 'ready' and t.assignee_person is null and (
    t.customer_id = $4::text
    or t.customer_id is null and (t.role, t.unit_code) in (
      select p.role, p.unit from unnest($5::text[], $6::text[]) as p(role, unit)))
  or $11::text = 'counter' and t.status = 'ready' and t.customer_id is not null
    and exists (select from unnest($5::text[], $6::text[]) as p(role, unit)
      where p.role = any(t.counter_roles) and p.unit = any(t.counter_units)))`;

/** One page of a person's tasks, what is due first at the top, and how many there are in all. */
export async function listTaskRows(
  queries: Queries,
  cellId: number,
  reader: TaskReader,
  wanted: TaskFilter,
): Promise<{ tasks: TaskRow[]; total: number }> {
  const [row] = await queries.query<{ listed: string }>(
    `with chosen as (
       select ${taskColumns} from task t
       where t.cell_id = $1 and ${chosenSql}
         and ($7::text is null or t.case_number = $7)
         and ($8::text is null or t.element_id = $8))
     select json_build_object(
       'total', (select count(*) from chosen),
       'tasks', (select coalesce(json_agg(to_json(p)), '[]') from (
         select * from chosen order by due_at nulls last, created_at, id
         limit $9 offset $10) p))::text as listed`,
    [
      cellId,
      reader.login,
      reader.person,
      reader.customerId,
      reader.posts.map((post) => post.role),
      reader.posts.map((post) => post.unit),
      wanted.caseNumber,
      wanted.elementId,
      wanted.limit,
      wanted.offset,
      wanted.filter,
    ],
  );
  return JSON.parse(row?.listed ?? '{"tasks":[],"total":0}') as {
    tasks: TaskRow[];
    total: number;
  };
}

/** One task, whatever its status. */
export async function taskById(
  queries: Queries,
  cellId: number,
  taskId: string,
): Promise<TaskRow | null> {
  const [row] = await queries.query<{ task: string }>(
    `select to_json(r)::text as task from (
       select ${taskColumns} from task t where t.cell_id = $1 and t.id = $2) r`,
    [cellId, taskId],
  );
  return row === undefined ? null : (JSON.parse(row.task) as TaskRow);
}

/** All tasks of a case, in the order they came up. */
export async function tasksOfCase(
  queries: Queries,
  cellId: number,
  caseNumber: string,
): Promise<TaskRow[]> {
  const [row] = await queries.query<{ tasks: string }>(
    `select coalesce(json_agg(r order by r.id), '[]')::text as tasks from (
       select ${taskColumns} from task t
       where t.cell_id = $1 and t.root_id = (select id from process_instance
         where cell_id = $1 and case_number = $2 and parent_id is null)) r`,
    [cellId, caseNumber],
  );
  return JSON.parse(row?.tasks ?? '[]') as TaskRow[];
}

/** The user tasks an instance has completed, by element, in the order they were completed. */
export async function tasksDoneIn(
  queries: Queries,
  cellId: number,
  instanceId: string,
): Promise<string[]> {
  const rows = await queries.query<{ element: string }>(
    `select element_id as element from task
     where cell_id = $1 and instance_id = $2 and status = 'completed'
     order by ended_at, activity_instance`,
    [cellId, instanceId],
  );
  return rows.map((row) => row.element);
}

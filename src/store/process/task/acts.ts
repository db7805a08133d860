import type { Queries } from '../../database.ts';

/** What an order of a person about a task is called, in the business log too. */
export type TaskActKind =
  | 'task_returned'
  | 'task_recalled'
  | 'task_forwarded'
  | 'task_delegated'
  | 'task_resolved'
  | 'task_taken_back'
  | 'signer_added'
  | 'signer_removed'
  | 'task_signed'
  | 'task_copied'
  | 'task_urged'
  | 'case_terminated';

/** One order of a person about a task; `id` is that of its line in the business log. */
export type TaskActRow = {
  readonly id: string;
  readonly root_id: string;
  /** Null: an order about the whole case. */
  readonly task_id: string | null;
  readonly kind: TaskActKind;
  readonly login: string;
  readonly person: string;
  readonly to_login: string | null;
  readonly to_person: string | null;
  /** The task that came of it. */
  readonly to_task_id: string | null;
  readonly straight_back: boolean;
  /** At most 2,000 characters; empty where none was asked for. */
  readonly reason: string;
  readonly at: number;
};

const actShape = `id uuid, root_id uuid, task_id uuid, kind text, login text, person text,
  to_login text, to_person text, to_task_id uuid, straight_back boolean, reason text, at bigint`;
const actColumns = `a.id, a.root_id, a.task_id, a.kind, a.login, a.person, a.to_login,
  a.to_person, a.to_task_id, a.straight_back, a.reason, a.at`;

/** Keeps orders about tasks, in the transaction that carries them out. */
export async function addTaskActs(
  queries: Queries,
  cellId: number,
  acts: readonly TaskActRow[],
): Promise<void> {
  if (acts.length === 0) return;
  await queries.query(
    `insert into task_act (cell_id, id, root_id, task_id, kind, login, person, to_login, to_person,
       to_task_id, straight_back, reason, at)
     select $1::smallint, r.* from json_to_recordset($2::json) as r(${actShape})`,
    [cellId, JSON.stringify(acts)],
  );
}

async function actsWhere(
  queries: Queries,
  cellId: number,
  condition: string,
  value: string | readonly string[],
): Promise<TaskActRow[]> {
  const [row] = await queries.query<{ acts: string }>(
    `select coalesce(json_agg(r order by r.id), '[]')::text as acts from (
       select ${actColumns} from task_act a where a.cell_id = $1 and ${condition}) r`,
    [cellId, value],
  );
  return JSON.parse(row?.acts ?? '[]') as TaskActRow[];
}

/** All such orders in a case, oldest first. */
export async function actsOfCase(
  queries: Queries,
  cellId: number,
  rootId: string,
): Promise<TaskActRow[]> {
  return await actsWhere(queries, cellId, 'a.root_id = $2::uuid', rootId);
}

/** Orders about these tasks, and orders that these tasks came of. */
export async function actsOfTasks(
  queries: Queries,
  cellId: number,
  taskIds: readonly string[],
): Promise<TaskActRow[]> {
  if (taskIds.length === 0) return [];
  const condition = '(a.task_id = any($2::uuid[]) or a.to_task_id = any($2::uuid[]))';
  return await actsWhere(queries, cellId, condition, taskIds);
}

/** What orders have made of a task besides its row. */
export type TaskHandling = {
  readonly task_id: string;
  readonly owner_login: string | null;
  readonly owner_person: string | null;
  readonly signs_for: string | null;
  readonly place: 'before' | 'after' | 'beside' | null;
  readonly added_login: string | null;
  readonly signers_after: readonly string[];
};

/** A task of which no order has made anything. */
export function plainHandling(taskId: string): TaskHandling {
  const owner = { owner_login: null, owner_person: null };
  const signer = { signs_for: null, place: null, added_login: null, signers_after: [] };
  return { task_id: taskId, ...owner, ...signer };
}

/** What orders have made of these tasks; those that stand as they came up are left out. */
export async function handlingOf(
  queries: Queries,
  cellId: number,
  taskIds: readonly string[],
): Promise<TaskHandling[]> {
  return await queries.query<TaskHandling>(
    `select h.task_id, h.owner_login, h.owner_person, h.signs_for, h.place, h.added_login,
       h.signers_after
     from task_handling h where h.cell_id = $1 and h.task_id = any($2::uuid[])`,
    [cellId, taskIds],
  );
}

/** The added signers' tasks of a task, whatever their status, oldest first. */
export async function signersOf(
  queries: Queries,
  cellId: number,
  taskId: string,
): Promise<TaskHandling[]> {
  return await queries.query<TaskHandling>(
    `select h.task_id, h.owner_login, h.owner_person, h.signs_for, h.place, h.added_login,
       h.signers_after
     from task_handling h where h.cell_id = $1 and h.signs_for = $2 order by h.task_id`,
    [cellId, taskId],
  );
}

/** Says what a task has become; the case is locked. */
export async function keepHandling(
  queries: Queries,
  cellId: number,
  handling: TaskHandling,
): Promise<void> {
  await queries.query(
    `insert into task_handling (cell_id, task_id, owner_login, owner_person, signs_for, place,
       added_login, signers_after)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (cell_id, task_id) do update set owner_login = excluded.owner_login,
       owner_person = excluded.owner_person, signers_after = excluded.signers_after`,
    [
      ...[cellId, handling.task_id, handling.owner_login, handling.owner_person],
      ...[handling.signs_for, handling.place, handling.added_login, handling.signers_after],
    ],
  );
}

/** Says that a person has looked at a task; the first time counts. */
export async function noteOpened(
  queries: Queries,
  cellId: number,
  opening: { readonly taskId: string; readonly person: string; readonly at: number },
): Promise<void> {
  await queries.query(
    `insert into task_opening (cell_id, task_id, person, at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [cellId, opening.taskId, opening.person, opening.at],
  );
}

/** Which of these tasks others than this person have looked at. */
export async function openedByOthers(
  queries: Queries,
  cellId: number,
  taskIds: readonly string[],
  person: string,
): Promise<string[]> {
  const rows = await queries.query<{ id: string }>(
    `select distinct o.task_id as id from task_opening o
     where o.cell_id = $1 and o.task_id = any($2::uuid[]) and o.person <> $3`,
    [cellId, taskIds, person],
  );
  return rows.map((row) => row.id);
}

import type { Queries, Transaction } from '../database.ts';
import type { CommandKeyRow, InstanceRow, PerformedRow, TaskRow } from './rows.ts';

/** All that one action on a case needs to know, read after the case was locked. */
export type Loaded = {
  readonly key: CommandKeyRow | null;
  readonly task: TaskRow | null;
  /** The instances asked for, in the order of their ids: the root first. */
  readonly instances: readonly InstanceRow[];
  readonly performed: readonly PerformedRow[];
  /** Logins who sign the task after its holder (后加签), in order. */
  readonly signers_after: readonly string[];
};

/** What names the instances to lock. */
export type LockTarget =
  | { readonly by: 'task'; readonly taskId: string }
  | { readonly by: 'case'; readonly caseNumber: string }
  | { readonly by: 'instances'; readonly ids: readonly string[] };

const targetSql = {
  task: `select unnest(path) from task where cell_id = $1 and id = $2::uuid`,
  case: `select id from process_instance
         where cell_id = $1 and case_number = $2::text and parent_id is null`,
  instances: `select unnest($2::uuid[])`,
} as const;

/**
 * Locks instances in the order of their ids, the root of a case first, and gives their ids. With
 * `wait: false` an instance that somebody else works on is left out instead of waited for.
 */
export async function lockInstances(
  transaction: Transaction,
  cellId: number,
  target: LockTarget,
  { wait = true }: { readonly wait?: boolean } = {},
): Promise<string[]> {
  const rows = await transaction.query<{ id: string }>(
    `select id from process_instance
     where cell_id = $1 and id in (${targetSql[target.by]})
     order by id for update ${wait ? '' : 'skip locked'}`,
    [cellId, targetValue(target)],
  );
  return rows.map((row) => row.id);
}

function targetValue(target: LockTarget): string | readonly string[] {
  switch (target.by) {
    case 'task':
      return target.taskId;
    case 'case':
      return target.caseNumber;
    case 'instances':
      return target.ids;
  }
}

const instanceColumns = `i.id, i.root_id, i.parent_id, i.parent_activity, i.path, i.model_id,
  i.process_id, i.case_number, i.unit_code, i.line, i.customer_id, i.status, i.outcome, i.state,
  i.data::text as data, i.version, i.started_at, i.started_login, i.started_person, i.event_count,
  i.due_at, i.ended_at, i.loop_counter`;

/** The columns of TaskRow, for a statement that names the table `t`. */
export const taskColumns = `t.id, t.instance_id, t.root_id, t.path, t.model_id, t.process_id,
  t.case_number, t.activity_instance, t.element_id, t.name, t.name_en, t.role, t.unit_code,
  t.customer_id, t.counter_roles, t.counter_units, t.line, t.form, t.operation, t.separate_from, t.status, t.assignee_login,
  t.assignee_person, t.draft::text as draft, t.outcome, t.created_at, t.due_at, t.claimed_at,
  t.ended_at`;

/**
 * Reads what one action needs in one statement. Call it after lockInstances: a statement sees what
 * was committed when it begins, so only a later one sees what the lock was waited for.
 */
export async function loadAction(
  queries: Queries,
  cellId: number,
  wanted: {
    readonly instanceIds: readonly string[];
    readonly taskId: string | null;
    readonly keyId: string | null;
  },
): Promise<Loaded> {
  const [row] = await queries.query<{ loaded: string }>(
    `select json_build_object(
      'key', (select to_json(k) from (
        select id, login, encode(content_hash, 'hex') as content_hash, answer, at
        from command_key where cell_id = $1 and id = $4::uuid) k),
      'task', (select to_json(r) from (
        select ${taskColumns} from task t where t.cell_id = $1 and t.id = $3::uuid) r),
      'instances', (select coalesce(json_agg(r order by r.id), '[]') from (
        select ${instanceColumns} from process_instance i
        where i.cell_id = $1 and i.id = any($2::uuid[])) r),
      'performed', (select coalesce(json_agg(r), '[]') from (
        select t.id as task_id, t.element_id, t.assignee_login as login,
          t.assignee_person as person, t.separate_from
        from task t
        where t.cell_id = $1 and t.root_id = any(select root_id from process_instance
            where cell_id = $1 and id = any($2::uuid[]))
          and t.status in ('reserved', 'in_progress', 'delegated', 'suspended', 'completed')
          and (t.path[1] = t.root_id or t.instance_id = any($2::uuid[]))
        union all
        select t.id, t.element_id, a.login, a.person, t.separate_from
        from task_act a join task t on t.cell_id = a.cell_id and t.id = a.task_id
        where a.cell_id = $1 and a.kind = 'task_resolved' and t.status <> 'cancelled'
          and a.root_id = any(select root_id from process_instance
            where cell_id = $1 and id = any($2::uuid[]))
        union all
        select p.task_id, p.element_id, p.login, p.person, p.separate_from
        from child_performer p
        where p.cell_id = $1 and p.root_id = any(select root_id from process_instance
            where cell_id = $1 and id = any($2::uuid[]))
        order by task_id) r),
      'signers_after', coalesce((select to_json(h.signers_after) from task_handling h
        where h.cell_id = $1 and h.task_id = $3::uuid), '[]')
    )::text as loaded`,
    [cellId, wanted.instanceIds, wanted.taskId, wanted.keyId],
  );
  return JSON.parse(row?.loaded ?? 'null') as Loaded;
}

/** Who holds or has done which user task of another case, such as the one a contract comes from. */
export async function performedInCase(
  queries: Queries,
  cellId: number,
  caseNumber: string,
): Promise<PerformedRow[]> {
  const [row] = await queries.query<{ performed: string }>(
    `select coalesce(json_agg(r order by r.task_id), '[]')::text as performed from (
       select t.id as task_id, t.element_id, t.assignee_login as login,
         t.assignee_person as person, t.separate_from
       from task t
       where t.cell_id = $1 and t.root_id = (select id from process_instance
           where cell_id = $1 and case_number = $2 and parent_id is null)
         and t.status in ('reserved', 'in_progress', 'delegated', 'completed')) r`,
    [cellId, caseNumber],
  );
  return JSON.parse(row?.performed ?? '[]') as PerformedRow[];
}

/** One instance by its parent's activity: the process that a call activity started. */
export async function loadCalled(
  transaction: Transaction,
  cellId: number,
  parentId: string,
  parentActivity: number,
): Promise<InstanceRow | null> {
  const [row] = await transaction.query<{ loaded: string }>(
    `select to_json(r)::text as loaded from (
       select ${instanceColumns} from process_instance i
       where i.cell_id = $1 and i.parent_id = $2 and i.parent_activity = $3
       for update) r`,
    [cellId, parentId, parentActivity],
  );
  return row === undefined ? null : (JSON.parse(row.loaded) as InstanceRow);
}

/** Instances of a case as they stand, without locks, root first. */
export async function instancesOfCase(
  queries: Queries,
  cellId: number,
  caseNumber: string,
): Promise<InstanceRow[]> {
  const [row] = await queries.query<{ loaded: string }>(
    `select coalesce(json_agg(r order by r.id), '[]')::text as loaded from (
       select ${instanceColumns} from process_instance i
       where i.cell_id = $1 and i.loop_counter is null and i.root_id = (
         select id from process_instance
         where cell_id = $1 and case_number = $2 and parent_id is null)) r`,
    [cellId, caseNumber],
  );
  return JSON.parse(row?.loaded ?? '[]') as InstanceRow[];
}

/** The command a key stands for, or null. Asked again before a refusal is given. */
export async function commandByKey(
  queries: Queries,
  cellId: number,
  keyId: string,
): Promise<CommandKeyRow | null> {
  const [row] = await queries.query<Omit<CommandKeyRow, 'at'> & { at: bigint }>(
    `select id, login, encode(content_hash, 'hex') as content_hash, answer, at
     from command_key where cell_id = $1 and id = $2`,
    [cellId, keyId],
  );
  return row === undefined ? null : { ...row, at: Number(row.at) };
}

/** The next number of a case and the key's earlier command, for a case that is being started. */
export async function nextCaseSerial(transaction: Transaction): Promise<bigint> {
  const [row] = await transaction.query<{ serial: bigint }>(
    `select nextval('case_serial')::int8 as serial`,
  );
  return row?.serial ?? 0n;
}

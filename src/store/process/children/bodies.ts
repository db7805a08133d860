import type { Queries, Transaction } from '../../database.ts';
import type { InstanceRow } from '../rows.ts';

/** The counter of a body whose children are instances of their own. `news` is exact JSON text. */
export type BodyRow = {
  readonly instance_id: string;
  readonly body: number;
  readonly element: number;
  readonly scopes: readonly number[];
  readonly planned: number;
  readonly completed: number;
  readonly news: string;
  readonly status: 'running' | 'ended';
};

export type OutputRow = {
  readonly instance_id: string;
  readonly body: number;
  readonly n: number;
  readonly output: string;
};

export type PerformerRow = {
  readonly root_id: string;
  readonly element_id: string;
  readonly person: string;
  readonly login: string;
  readonly task_id: string;
  readonly separate_from: readonly string[];
};

const bodyShape = `instance_id uuid, body bigint, element integer, scopes bigint[], planned integer,
  completed integer, news text, status text`;

/** Keeps a new body with the elements (a JSON list) that its children will get. */
export async function insertBody(
  transaction: Transaction,
  cellId: number,
  row: BodyRow,
  elements: string,
): Promise<void> {
  await transaction.query(
    `insert into child_body (cell_id, instance_id, body, element, scopes, planned, completed, news,
       status, elements)
     select $1, r.instance_id, r.body, r.element, r.scopes, r.planned, r.completed, r.news::jsonb,
       r.status, $3::jsonb
     from json_to_record($2::json) as r(${bodyShape})`,
    [cellId, JSON.stringify(row), elements],
  );
}

/** A body, locked until the transaction ends; null when there is none. */
export async function lockBody(
  transaction: Transaction,
  cellId: number,
  instanceId: string,
  body: number,
): Promise<BodyRow | null> {
  const [row] = await transaction.query<{ loaded: string }>(
    `select to_json(r)::text as loaded from (
       select instance_id, body, element, scopes, planned, completed, news::text as news, status
       from child_body where cell_id = $1 and instance_id = $2 and body = $3 for update) r`,
    [cellId, instanceId, body],
  );
  return row === undefined ? null : (JSON.parse(row.loaded) as BodyRow);
}

/** Elements of a body from one number on, as a JSON list. */
export async function bodyElements(
  queries: Queries,
  cellId: number,
  place: { readonly instanceId: string; readonly body: number },
  { from, count }: { readonly from: number; readonly count: number },
): Promise<string> {
  const [row] = await queries.query<{ elements: string }>(
    `select jsonb_path_query_array(elements, $4::text::jsonpath)::text as elements
     from child_body where cell_id = $1 and instance_id = $2 and body = $3`,
    [cellId, place.instanceId, place.body, `$[${from} to ${from + count - 1}]`],
  );
  return row?.elements ?? '[]';
}

/** Writes what an action changed of bodies, in one statement. */
export async function saveBodies(
  transaction: Transaction,
  cellId: number,
  changes: {
    readonly bodies: readonly BodyRow[];
    readonly outputs: readonly OutputRow[];
    readonly performers: readonly PerformerRow[];
  },
): Promise<void> {
  await transaction.query(
    `with counted as (
       update child_body b set completed = r.completed, news = r.news::jsonb, status = r.status
       from json_to_recordset($2::json) as r(${bodyShape})
       where b.cell_id = $1 and b.instance_id = r.instance_id and b.body = r.body),
     given as (
       insert into child_output (cell_id, instance_id, body, n, output)
       select $1, r.instance_id, r.body, r.n, r.output::jsonb
       from json_to_recordset($3::json)
         as r(instance_id uuid, body bigint, n integer, output text))
     insert into child_performer (cell_id, root_id, element_id, person, login, task_id,
       separate_from)
     select $1, r.root_id, r.element_id, r.person, r.login, r.task_id, r.separate_from
     from json_to_recordset($4::json) as r(root_id uuid, element_id text, person text, login text,
       task_id uuid, separate_from text[])
     on conflict (cell_id, root_id, element_id, person) do update
       set task_id = excluded.task_id, separate_from = excluded.separate_from`,
    [
      cellId,
      ...[changes.bodies, changes.outputs, changes.performers].map((r) => JSON.stringify(r)),
    ],
  );
}

/** What the completed children of a body gave, in the order of their completion: JSON texts. */
export async function bodyOutputs(
  queries: Queries,
  cellId: number,
  instanceId: string,
  body: number,
): Promise<string> {
  const [row] = await queries.query<{ outputs: string }>(
    `select coalesce(jsonb_agg(output order by n), '[]')::text as outputs from child_output
     where cell_id = $1 and instance_id = $2 and body = $3`,
    [cellId, instanceId, body],
  );
  return row?.outputs ?? '[]';
}

/** Variables of an instance by name (null: all) and of some of its scopes, a JSON object each. */
export async function variablesOf(
  queries: Queries,
  cellId: number,
  instanceId: string,
  wanted: { readonly scopes: readonly number[]; readonly names: readonly string[] | null },
): Promise<readonly string[]> {
  const rows = await queries.query<{ found: string }>(
    `select coalesce((select jsonb_object_agg(v.key, v.value)
         from jsonb_each(case when s.scope = 0 then i.data -> 'root'
           else coalesce(i.data -> 'scopes' -> s.scope::text, '{}') end) v
         where $4::text[] is null or v.key = any($4::text[])), '{}')::text as found
     from process_instance i, unnest(array[0] || $3::bigint[]) with ordinality as s(scope, at)
     where i.cell_id = $1 and i.id = $2 order by s.at`,
    [cellId, instanceId, wanted.scopes, wanted.names],
  );
  return rows.map((row) => row.found);
}

/** Scopes of a body, read without a lock: they never change. */
export async function scopesOfBody(
  queries: Queries,
  cellId: number,
  instanceId: string,
  body: number,
): Promise<readonly number[]> {
  const [row] = await queries.query<{ scopes: string }>(
    `select array_to_json(scopes)::text as scopes from child_body
     where cell_id = $1 and instance_id = $2 and body = $3`,
    [cellId, instanceId, body],
  );
  return JSON.parse(row?.scopes ?? '[]') as number[];
}

/** Children of a body that still run, some of them. */
export async function runningChildren(
  queries: Queries,
  cellId: number,
  place: { readonly instanceId: string; readonly body: number },
  limit: number,
): Promise<string[]> {
  const rows = await queries.query<{ id: string }>(
    `select id from process_instance
     where cell_id = $1 and parent_id = $2 and parent_activity = $3 and status = 'active'
     order by id limit $4`,
    [cellId, place.instanceId, place.body, limit],
  );
  return rows.map((row) => row.id);
}

/** An instance without its state and data: what a child takes over from it. */
export async function headOfInstance(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<InstanceRow | null> {
  const [row] = await queries.query<{ loaded: string }>(
    `select to_json(r)::text as loaded from (
       select id, root_id, parent_id, parent_activity, path, model_id, process_id, case_number,
         unit_code, line, customer_id, status, outcome, '' as state, '' as data, version,
         started_at, started_login, started_person, event_count, due_at, ended_at, loop_counter
       from process_instance where cell_id = $1 and id = $2) r`,
    [cellId, id],
  );
  return row === undefined ? null : (JSON.parse(row.loaded) as InstanceRow);
}

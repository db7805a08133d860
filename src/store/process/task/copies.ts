import type { Queries } from '../../database.ts';

/** A notice of a case to one reader. */
export type TaskCopyRow = {
  readonly id: string;
  readonly root_id: string;
  readonly task_id: string;
  readonly case_number: string;
  readonly name: string;
  readonly name_en: string;
  readonly from_login: string;
  readonly to_login: string;
  readonly to_person: string;
  readonly note: string;
  readonly at: number;
  readonly read_at: number | null;
};

const copyColumns = `c.id, c.root_id, c.task_id, c.case_number, c.name, c.name_en, c.from_login,
  c.to_login, c.to_person, c.note, c.at, c.read_at`;

/** Sends notices, in the transaction that says so. */
export async function addCopies(
  queries: Queries,
  cellId: number,
  copies: readonly TaskCopyRow[],
): Promise<void> {
  await queries.query(
    `insert into task_copy (cell_id, id, root_id, task_id, case_number, name, name_en, from_login,
       to_login, to_person, note, at, read_at)
     select $1::smallint, r.* from json_to_recordset($2::json) as r(id uuid, root_id uuid,
       task_id uuid, case_number text, name text, name_en text, from_login text, to_login text,
       to_person text, note text, at bigint, read_at bigint)`,
    [cellId, JSON.stringify(copies)],
  );
}

/** One page of a person's notices, unread first, then the newest, with the counts of both. */
export async function copiesFor(
  queries: Queries,
  cellId: number,
  wanted: { readonly person: string; readonly limit: number; readonly offset: number },
): Promise<{ copies: TaskCopyRow[]; total: number; unread: number }> {
  const [row] = await queries.query<{ listed: string }>(
    `with mine as (select ${copyColumns} from task_copy c
       where c.cell_id = $1 and c.to_person = $2)
     select json_build_object(
       'total', (select count(*) from mine),
       'unread', (select count(*) from mine where read_at is null),
       'copies', (select coalesce(json_agg(to_json(p)), '[]') from (
         select * from mine order by (read_at is not null), at desc, id
         limit $3 offset $4) p))::text as listed`,
    [cellId, wanted.person, wanted.limit, wanted.offset],
  );
  return JSON.parse(row?.listed ?? '{"copies":[],"total":0,"unread":0}') as {
    copies: TaskCopyRow[];
    total: number;
    unread: number;
  };
}

/** Marks a person's own notice as read; false when there is none. The first reading counts. */
export async function markCopyRead(
  queries: Queries,
  cellId: number,
  read: { readonly id: string; readonly person: string; readonly at: number },
): Promise<boolean> {
  const rows = await queries.query(
    `update task_copy set read_at = coalesce(read_at, $4)
     where cell_id = $1 and id = $2 and to_person = $3 returning 1`,
    [cellId, read.id, read.person, read.at],
  );
  return rows.length > 0;
}

/** Who has been sent a notice of a case, oldest first. */
export async function copiesOfCase(
  queries: Queries,
  cellId: number,
  caseNumber: string,
): Promise<TaskCopyRow[]> {
  const [row] = await queries.query<{ copies: string }>(
    `select coalesce(json_agg(r order by r.id), '[]')::text as copies from (
       select ${copyColumns} from task_copy c
       where c.cell_id = $1 and c.root_id = (select id from process_instance
         where cell_id = $1 and case_number = $2 and parent_id is null)) r`,
    [cellId, caseNumber],
  );
  return JSON.parse(row?.copies ?? '[]') as TaskCopyRow[];
}

/** Whether a person has been sent a notice of a case: then it may be looked at. */
export async function isCopied(
  queries: Queries,
  cellId: number,
  caseNumber: string,
  person: string,
): Promise<boolean> {
  const rows = await queries.query(
    `select 1 from task_copy c
     where c.cell_id = $1 and c.to_person = $3 and c.case_number = $2 limit 1`,
    [cellId, caseNumber, person],
  );
  return rows.length > 0;
}

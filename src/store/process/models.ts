import { assert } from '../../base/assert.ts';
import type { Queries, Transaction } from '../database.ts';

/** A deployed version: `program` is the kernel's text of it, where it has one. */
export type ModelRow = {
  readonly id: string;
  readonly process_id: string;
  readonly version: number;
  readonly program_hash: string;
  readonly program: string;
  readonly xml: string;
  readonly files_hash: string;
  readonly name: string;
  readonly name_en: string;
  readonly case_prefix: string;
  readonly catalogue: string | null;
  readonly line: string | null;
  readonly folder: string;
  readonly deployed_at: number;
  readonly deployed_login: string;
};

export type ModelFileRow = {
  readonly name: string;
  readonly hash: string;
  readonly content: string;
};

const modelColumns = `m.id, m.process_id, m.version, m.program_hash, m.program, m.xml,
  m.files_hash, m.name, m.name_en, m.case_prefix, m.catalogue, m.line, m.folder,
  m.deployed_at, m.deployed_login`;

type StoredModel = Omit<ModelRow, 'deployed_at'> & { readonly deployed_at: bigint };

function fromStored(row: StoredModel | undefined): ModelRow | null {
  return row === undefined ? null : { ...row, deployed_at: Number(row.deployed_at) };
}

/** Waits until nobody else deploys this process, so that versions count without a gap. */
export async function lockDeployment(transaction: Transaction, processId: string): Promise<void> {
  await transaction.query(`select pg_advisory_xact_lock(hashtext('deploy ' || $1))`, [processId]);
}

/** Adds a version with its decision tables and forms. */
export async function insertModel(
  transaction: Transaction,
  cellId: number,
  model: ModelRow,
  files: readonly ModelFileRow[],
): Promise<void> {
  const [row] = await transaction.query<{ files: number }>(
    `with model as (
       insert into process_model (cell_id, id, process_id, version, program_hash, program, xml,
         files_hash, name, name_en, case_prefix, catalogue, line, folder, deployed_at,
         deployed_login)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)),
     file as (
       insert into process_model_file (cell_id, model_id, name, hash, content)
       select $1, $2, f.name, f.hash, f.content
       from unnest($17::text[], $18::text[], $19::text[]) as f(name, hash, content)
       returning 1)
     select count(*)::int4 as files from file`,
    [
      cellId,
      model.id,
      model.process_id,
      model.version,
      model.program_hash,
      model.program,
      model.xml,
      model.files_hash,
      model.name,
      model.name_en,
      model.case_prefix,
      model.catalogue,
      model.line,
      model.folder,
      model.deployed_at,
      model.deployed_login,
      files.map((file) => file.name),
      files.map((file) => file.hash),
      files.map((file) => file.content),
    ],
  );
  assert(row?.files === files.length, 'every file of a version is stored');
}

/** The newest version of a process, or null when none was deployed. */
export async function newestModel(
  queries: Queries,
  cellId: number,
  processId: string,
): Promise<ModelRow | null> {
  const [row] = await queries.query<StoredModel>(
    `select ${modelColumns} from process_model m
     where m.cell_id = $1 and m.process_id = $2 order by m.version desc limit 1`,
    [cellId, processId],
  );
  return fromStored(row);
}

/** One version by its id. */
export async function modelById(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<ModelRow | null> {
  const [row] = await queries.query<StoredModel>(
    `select ${modelColumns} from process_model m where m.cell_id = $1 and m.id = $2`,
    [cellId, id],
  );
  return fromStored(row);
}

/** The newest version of every process, in the order of the catalogue. */
export async function newestModels(queries: Queries, cellId: number): Promise<ModelRow[]> {
  const rows = await queries.query<StoredModel>(
    `select distinct on (m.process_id) ${modelColumns} from process_model m
     where m.cell_id = $1 order by m.process_id, m.version desc`,
    [cellId],
  );
  return rows
    .map((row) => ({ ...row, deployed_at: Number(row.deployed_at) }))
    .sort((a, b) => (a.catalogue ?? '~').localeCompare(b.catalogue ?? '~', 'en'));
}

/** The decision tables and forms of a version. */
export async function modelFiles(
  queries: Queries,
  cellId: number,
  modelId: string,
): Promise<ModelFileRow[]> {
  return await queries.query<ModelFileRow>(
    `select name, hash, content from process_model_file
     where cell_id = $1 and model_id = $2 order by name`,
    [cellId, modelId],
  );
}

/** Who took it upon themselves that a version can go wrong; `findings` is JSON text. */
export type WaiverRow = {
  readonly model_id: string;
  readonly login: string;
  readonly person: string;
  readonly reason: string;
  readonly findings: string;
  readonly at: number;
};

/** Keeps the waiver of a version. */
export async function insertWaiver(
  transaction: Transaction,
  cellId: number,
  row: WaiverRow,
): Promise<void> {
  await transaction.query(
    `insert into model_waiver (cell_id, model_id, login, person, reason, findings, at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7)`,
    [cellId, row.model_id, row.login, row.person, row.reason, row.findings, row.at],
  );
}

/** A version of a process, and its waiver if it has one. */
export type VersionRow = Pick<ModelRow, 'id' | 'version' | 'deployed_at' | 'deployed_login'> & {
  readonly waiver: WaiverRow | null;
};

/** All versions of a process, newest first. */
export async function versionsOf(
  queries: Queries,
  cellId: number,
  processId: string,
): Promise<VersionRow[]> {
  const [row] = await queries.query<{ versions: string }>(
    `select coalesce(json_agg(r order by r.version desc), '[]')::text as versions from (
       select m.id, m.version, m.deployed_at, m.deployed_login,
         case when w.model_id is null then null else json_build_object('model_id', w.model_id,
           'login', w.login, 'person', w.person, 'reason', w.reason,
           'findings', w.findings::text, 'at', w.at) end as waiver
       from process_model m left join model_waiver w
         on w.cell_id = m.cell_id and w.model_id = m.id
       where m.cell_id = $1 and m.process_id = $2) r`,
    [cellId, processId],
  );
  return JSON.parse(row?.versions ?? '[]') as VersionRow[];
}

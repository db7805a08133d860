import type { Queries } from '../database.ts';

/** A value of an indicator frozen with its sample; see migration 0040. */
export type BaselineRow = {
  readonly id: string;
  readonly processId: string;
  readonly indicator: string;
  /** SHA-256 of the definition it was measured by. */
  readonly definitionHash: string;
  readonly valueMillionths: bigint;
  readonly currency: string | null;
  readonly counted: bigint;
  /** JSON text. */
  readonly sample: string;
  readonly casesHash: string;
  readonly note: string;
  readonly frozenAt: bigint;
  readonly login: string;
  readonly person: string;
};

export type TargetRow = {
  readonly id: string;
  readonly processId: string;
  readonly indicator: string;
  readonly baselineId: string | null;
  readonly targetMillionths: bigint;
  readonly dueDate: string;
  readonly weight: number;
  readonly note: string;
  readonly setAt: bigint;
  readonly login: string;
  readonly person: string;
};

export type ObjectionRow = {
  readonly id: string;
  readonly processId: string;
  readonly indicator: string;
  readonly unitCode: string;
  readonly caseNumber: string;
  readonly reason: string;
  readonly raisedAt: bigint;
  readonly login: string;
  readonly person: string;
};

export type ObjectionAnswerRow = {
  readonly objectionId: string;
  readonly accepted: boolean;
  readonly words: string;
  readonly answeredAt: bigint;
  readonly login: string;
  readonly person: string;
};

const baselineColumns = `id, process_id as "processId", indicator,
  definition_hash as "definitionHash", value_millionths as "valueMillionths", currency, counted,
  sample, cases_hash as "casesHash", note, frozen_at as "frozenAt", login, person`;
const targetColumns = `id, process_id as "processId", indicator, baseline_id as "baselineId",
  target_millionths as "targetMillionths", due_date as "dueDate", weight, note,
  set_at as "setAt", login, person`;
const objectionColumns = `id, process_id as "processId", indicator, unit_code as "unitCode",
  case_number as "caseNumber", reason, raised_at as "raisedAt", login, person`;

/** Adds a baseline; false when a row of this id is there already. */
export async function insertBaseline(
  queries: Queries,
  cellId: number,
  row: BaselineRow,
): Promise<boolean> {
  const added = await queries.query(
    `insert into kpi_baseline (cell_id, id, process_id, indicator, definition_hash,
       value_millionths, currency, counted, sample, cases_hash, note, frozen_at, login, person)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14)
     on conflict (cell_id, id) do nothing returning id`,
    [
      ...[cellId, row.id, row.processId, row.indicator, row.definitionHash, row.valueMillionths],
      ...[row.currency, row.counted, row.sample, row.casesHash, row.note, row.frozenAt],
      ...[row.login, row.person],
    ],
  );
  return added.length === 1;
}

/** The baselines of a process, the oldest first. */
export async function baselinesOf(
  queries: Queries,
  cellId: number,
  processId: string,
): Promise<readonly BaselineRow[]> {
  return await queries.query<BaselineRow>(
    `select ${baselineColumns} from kpi_baseline
     where cell_id = $1 and process_id = $2 order by id`,
    [cellId, processId],
  );
}

/** One baseline by its id. */
export async function baselineById(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<BaselineRow | null> {
  const [row] = await queries.query<BaselineRow>(
    `select ${baselineColumns} from kpi_baseline where cell_id = $1 and id = $2`,
    [cellId, id],
  );
  return row ?? null;
}

/** Adds a target; false when a row of this id is there already. */
export async function insertTarget(
  queries: Queries,
  cellId: number,
  row: TargetRow,
): Promise<boolean> {
  const added = await queries.query(
    `insert into kpi_target (cell_id, id, process_id, indicator, baseline_id, target_millionths,
       due_date, weight, note, set_at, login, person)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (cell_id, id) do nothing returning id`,
    [
      ...[cellId, row.id, row.processId, row.indicator, row.baselineId, row.targetMillionths],
      ...[row.dueDate, row.weight, row.note, row.setAt, row.login, row.person],
    ],
  );
  return added.length === 1;
}

/** The targets of a process, the oldest first; the last of an indicator is the one that holds. */
export async function targetsOf(
  queries: Queries,
  cellId: number,
  processId: string,
): Promise<readonly TargetRow[]> {
  return await queries.query<TargetRow>(
    `select ${targetColumns} from kpi_target
     where cell_id = $1 and process_id = $2 order by id`,
    [cellId, processId],
  );
}

/** One target by its id. */
export async function targetById(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<TargetRow | null> {
  const [row] = await queries.query<TargetRow>(
    `select ${targetColumns} from kpi_target where cell_id = $1 and id = $2`,
    [cellId, id],
  );
  return row ?? null;
}

/** Adds an objection; false when a row of this id is there already. */
export async function insertObjection(
  queries: Queries,
  cellId: number,
  row: ObjectionRow,
): Promise<boolean> {
  const added = await queries.query(
    `insert into kpi_objection (cell_id, id, process_id, indicator, unit_code, case_number, reason,
       raised_at, login, person)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (cell_id, id) do nothing returning id`,
    [
      ...[cellId, row.id, row.processId, row.indicator, row.unitCode, row.caseNumber, row.reason],
      ...[row.raisedAt, row.login, row.person],
    ],
  );
  return added.length === 1;
}

/** One objection by its id. */
export async function objectionById(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<ObjectionRow | null> {
  const [row] = await queries.query<ObjectionRow>(
    `select ${objectionColumns} from kpi_objection where cell_id = $1 and id = $2`,
    [cellId, id],
  );
  return row ?? null;
}

/** Answers an objection; false when it has an answer already, which stays as it is. */
export async function insertObjectionAnswer(
  queries: Queries,
  cellId: number,
  row: ObjectionAnswerRow,
): Promise<boolean> {
  const added = await queries.query(
    `insert into kpi_objection_answer (cell_id, objection_id, accepted, words, answered_at, login,
       person)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (cell_id, objection_id) do nothing returning objection_id`,
    [...[cellId, row.objectionId, row.accepted, row.words, row.answeredAt, row.login], row.person],
  );
  return added.length === 1;
}

/** At most so many objections are listed. */
export const objectionsListed = 100;

/** Objections at some units with their answers, the newest first. */
export async function objectionsOf(
  queries: Queries,
  cellId: number,
  wanted: { readonly processId: string; readonly units: readonly string[] },
): Promise<readonly (ObjectionRow & { readonly answer: ObjectionAnswerRow | null })[]> {
  const rows = await queries.query<ObjectionRow>(
    `select ${objectionColumns} from kpi_objection
     where cell_id = $1 and process_id = $2 and unit_code = any($3::text[])
     order by id desc limit ${objectionsListed}`,
    [cellId, wanted.processId, wanted.units],
  );
  const answers = await queries.query<ObjectionAnswerRow>(
    `select objection_id as "objectionId", accepted, words, answered_at as "answeredAt", login,
       person
     from kpi_objection_answer where cell_id = $1 and objection_id = any($2::uuid[])`,
    [cellId, rows.map(({ id }) => id)],
  );
  const byId = new Map(answers.map((each) => [each.objectionId, each]));
  return rows.map((row) => ({ ...row, answer: byId.get(row.id) ?? null }));
}

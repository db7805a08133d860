import { createHash } from 'node:crypto';
import { assert } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { definitionText, type IndicatorCode } from '../../insight/kpi/indicators.ts';
import { targetFrom } from '../../insight/kpi/standing.ts';
import type { Database, Queries } from '../../store/database.ts';
import {
  type BaselineRow,
  baselineById,
  insertBaseline,
  insertObjection,
  insertObjectionAnswer,
  insertTarget,
  type ObjectionRow,
  objectionById,
  type TargetRow,
  targetById,
} from '../../store/kpi/indicators.ts';

/** Who orders and when; `id`: the key of the order, the same key is the same order. */
export type KpiOrder = {
  readonly id: string;
  readonly cellId: number;
  readonly at: number;
  readonly login: string;
  readonly person: string;
  readonly processId: string;
  readonly indicator: IndicatorCode;
};

/** A measured value with all that says of what it is. */
export type FreezeOrder = KpiOrder & {
  readonly valueMillionths: bigint | null;
  readonly currency: string | null;
  readonly counted: number;
  readonly sample: unknown;
  /** The cases counted, by number. */
  readonly caseNumbers: readonly string[];
  readonly note: string;
};

/** The SHA-256 of what an indicator means; a baseline of another is not comparable. */
export function definitionHash(code: IndicatorCode): string {
  return createHash('sha256').update(definitionText(code)).digest('hex');
}

/**
 * Freezes the value of an indicator as a baseline, for ever. Refusals: kpi_without_value (nothing
 * was measured), idempotency_key_used_otherwise.
 */
export async function freezeBaseline(
  queries: Queries,
  order: FreezeOrder,
): Promise<Result<BaselineRow>> {
  const { id, cellId, at, login, person, processId, indicator, counted, currency, note } = order;
  const { valueMillionths } = order;
  if (valueMillionths === null || counted === 0) return refuse('kpi_without_value', { indicator });
  const numbers = [...order.caseNumbers].sort().join('\n');
  const row: BaselineRow = {
    ...{ id, processId, indicator, valueMillionths, currency, note, login, person },
    definitionHash: definitionHash(indicator),
    counted: BigInt(counted),
    sample: JSON.stringify(order.sample),
    casesHash: createHash('sha256').update(numbers).digest('hex'),
    frozenAt: BigInt(at),
  };
  if (await insertBaseline(queries, cellId, row)) return ok(row);
  const kept = await baselineById(queries, cellId, id);
  assert(kept !== null, 'a baseline that was not added is there');
  const isSame = kept.indicator === indicator && kept.processId === processId;
  return isSame && kept.login === login ? ok(kept) : refuse('idempotency_key_used_otherwise');
}

/** A target as a value, or as a change against the baseline in millionths of it. */
export type TargetOrder = KpiOrder & {
  readonly baselineId: string | null;
  readonly target: { readonly millionths: bigint } | { readonly changePpm: bigint };
  readonly dueDate: string;
  readonly weight: number;
  readonly note: string;
  /** The day at the bank on which it is set. */
  readonly today: string;
};

/**
 * Sets what an indicator is to reach; the last one set holds. Refusals: kpi_due_date_past,
 * kpi_baseline_unknown (none of this process and indicator), kpi_change_without_baseline,
 * kpi_definition_changed (the baseline is of another definition), idempotency_key_used_otherwise.
 */
export async function setTarget(queries: Queries, order: TargetOrder): Promise<Result<TargetRow>> {
  const { id, cellId, at, login, person, processId, indicator, baselineId, dueDate } = order;
  if (dueDate <= order.today) return refuse('kpi_due_date_past', { dueDate });
  const from = baselineId === null ? null : await baselineById(queries, cellId, baselineId);
  const fits = from?.processId === processId && from.indicator === indicator;
  if (baselineId !== null && !fits) return refuse('kpi_baseline_unknown');
  if (from !== null && from.definitionHash !== definitionHash(indicator)) {
    return refuse('kpi_definition_changed', { indicator });
  }
  const { target } = order;
  if ('changePpm' in target && from === null) return refuse('kpi_change_without_baseline');
  const targetMillionths =
    'millionths' in target
      ? target.millionths
      : targetFrom(from?.valueMillionths ?? 0n, target.changePpm);
  const row: TargetRow = {
    ...{ id, processId, indicator, baselineId, targetMillionths, dueDate, login, person },
    ...{ weight: order.weight, note: order.note, setAt: BigInt(at) },
  };
  if (await insertTarget(queries, cellId, row)) return ok(row);
  const kept = await targetById(queries, cellId, id);
  assert(kept !== null, 'a target that was not added is there');
  const isSame = kept.targetMillionths === targetMillionths && kept.dueDate === dueDate;
  return isSame && kept.indicator === indicator && kept.login === login
    ? ok(kept)
    : refuse('idempotency_key_used_otherwise');
}

export type ObjectionOrder = KpiOrder & {
  readonly unitCode: string;
  readonly caseNumber: string;
  readonly reason: string;
};

/** A unit objects to a case behind its figure. Refusals: idempotency_key_used_otherwise. */
export async function raiseObjection(
  queries: Queries,
  order: ObjectionOrder,
): Promise<Result<ObjectionRow>> {
  const { id, cellId, at, login, person, processId, indicator } = order;
  const { unitCode, caseNumber, reason } = order;
  const row: ObjectionRow = {
    ...{ id, processId, indicator, unitCode, caseNumber, reason, login, person },
    raisedAt: BigInt(at),
  };
  if (await insertObjection(queries, cellId, row)) return ok(row);
  const kept = await objectionById(queries, cellId, id);
  assert(kept !== null, 'an objection that was not added is there');
  const isSame = kept.caseNumber === caseNumber && kept.reason === reason;
  return isSame && kept.login === login ? ok(kept) : refuse('idempotency_key_used_otherwise');
}

export type AnswerOrder = Pick<KpiOrder, 'cellId' | 'at' | 'login' | 'person'> & {
  readonly objectionId: string;
  readonly processId: string;
  readonly accepted: boolean;
  readonly words: string;
  /** Units whose objections the person may answer. */
  readonly units: readonly string[];
};

/**
 * Answers an objection once. Refusals: kpi_objection_unknown, must_be_another_person (whoever
 * objected does not decide), kpi_objection_answered.
 */
export async function answerObjection(
  database: Database,
  order: AnswerOrder,
): Promise<Result<ObjectionRow>> {
  return await database.transaction(async (transaction) => {
    const { cellId, objectionId, accepted, words, login, person, at } = order;
    const objection = await objectionById(transaction, cellId, objectionId);
    const isMine = objection !== null && order.units.includes(objection.unitCode);
    if (!isMine || objection.processId !== order.processId) {
      return refuse('kpi_objection_unknown');
    }
    if (objection.person === person) return refuse('must_be_another_person');
    const answer = { objectionId, accepted, words, login, person, answeredAt: BigInt(at) };
    const added = await insertObjectionAnswer(transaction, cellId, answer);
    return added ? ok(objection) : refuse('kpi_objection_answered');
  });
}

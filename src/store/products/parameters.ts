import { assert } from '../../base/assert.ts';
import { encodeValue, parseValue, type Value } from '../../base/data.ts';
import type { Queries, Transaction } from '../database.ts';

/** A parameter's version: what it is from a day on, who made it and who checked it. */
export type ParameterVersion = {
  readonly cellId: number;
  readonly name: string;
  readonly effectiveFrom: string;
  readonly value: Value;
  readonly madeLogin: string;
  /** Another than the maker. */
  readonly checkedLogin: string;
  readonly madeAt: number;
};

/** Adds a version; the maker is never the checker. An existing version is never changed. */
export async function addParameter(
  transaction: Transaction,
  version: ParameterVersion,
): Promise<void> {
  assert(version.madeLogin !== version.checkedLogin, 'the maker is never the checker');
  await transaction.query(
    `insert into parameter
       (cell_id, name, effective_from, value, made_login, checked_login, made_at)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7)`,
    [
      version.cellId,
      version.name,
      version.effectiveFrom,
      encodeValue(version.value),
      version.madeLogin,
      version.checkedLogin,
      version.madeAt,
    ],
  );
}

/** The value in force on a day, null when there is none. */
export async function parameterOn(
  queries: Queries,
  at: { readonly cellId: number; readonly name: string; readonly date: string },
): Promise<Value> {
  const [row] = await queries.query<{ value: string }>(
    `select value from parameter
     where cell_id = $1 and name = $2 and effective_from <= $3
     order by effective_from desc limit 1`,
    [at.cellId, at.name, at.date],
  );
  if (row === undefined) return null;
  const value = parseValue(row.value);
  assert(value.ok, 'a stored parameter can be read');
  return value.value;
}

import { assert } from '../../base/assert.ts';
import { encodeValue, parseValue, type Value } from '../../base/data.ts';
import { type DepositProduct, readProduct } from '../../product/deposit/product.ts';
import type { Queries, Transaction } from '../database.ts';

/** Who made a version and who checked it; never the same. madeAt: ms UTC. */
type Made = { readonly madeLogin: string; readonly checkedLogin: string; readonly madeAt: number };

export type DepositProductVersion = Made & {
  readonly cellId: number;
  readonly productCode: string;
  readonly effectiveFrom: string;
  readonly definition: Value;
};

export type DepositRateVersion = Made & {
  readonly cellId: number;
  readonly rateCode: string;
  readonly currency: string;
  readonly effectiveFrom: string;
  readonly ratePpm: bigint;
};

/** Adds a version of a product; an existing one is never changed. */
export async function addDepositProduct(
  transaction: Transaction,
  version: DepositProductVersion,
): Promise<void> {
  assert(readProduct(version.definition).ok, `the product ${version.productCode} is valid`);
  await transaction.query(
    `insert into deposit_product (cell_id, product_code, effective_from, definition, made_login,
       checked_login, made_at) values ($1, $2, $3, $4::jsonb, $5, $6, $7)`,
    [
      version.cellId,
      version.productCode,
      version.effectiveFrom,
      encodeValue(version.definition),
      version.madeLogin,
      version.checkedLogin,
      version.madeAt,
    ],
  );
}

/** Adds a posted rate from a date on; an existing one is never changed. */
export async function addDepositRate(
  transaction: Transaction,
  version: DepositRateVersion,
): Promise<void> {
  await transaction.query(
    `insert into deposit_rate (cell_id, rate_code, currency, effective_from, rate_ppm, made_login,
       checked_login, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      version.cellId,
      version.rateCode,
      version.currency,
      version.effectiveFrom,
      version.ratePpm,
      version.madeLogin,
      version.checkedLogin,
      version.madeAt,
    ],
  );
}

/** Every product in force on a date, by its code. */
export async function depositProductsOn(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<ReadonlyMap<string, DepositProduct>> {
  const rows = await queries.query<{ code: string; definition: string }>(
    `select distinct on (product_code) product_code as code, definition from deposit_product
     where cell_id = $1 and effective_from <= $2
     order by product_code, effective_from desc`,
    [cellId, date],
  );
  return new Map(rows.map(({ code, definition }) => [code, productOf(definition)]));
}

/** A product as it is in force on a date; null when there is none. */
export async function depositProductOn(
  queries: Queries,
  of: { readonly cellId: number; readonly productCode: string; readonly date: string },
): Promise<DepositProduct | null> {
  const [row] = await queries.query<{ definition: string }>(
    `select definition from deposit_product
     where cell_id = $1 and product_code = $2 and effective_from <= $3
     order by effective_from desc limit 1`,
    [of.cellId, of.productCode, of.date],
  );
  return row === undefined ? null : productOf(row.definition);
}

function productOf(definition: string): DepositProduct {
  const value = parseValue(definition);
  assert(value.ok, 'a stored product can be read');
  const product = readProduct(value.value);
  assert(product.ok, 'a stored product is valid');
  return product.value;
}

/** Every posted rate in force on a date: ppm by `code currency`. */
export async function depositRatesOn(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await queries.query<{ key: string; ratePpm: bigint }>(
    `select distinct on (rate_code, currency) rate_code || ' ' || currency as key,
       rate_ppm as "ratePpm"
     from deposit_rate where cell_id = $1 and effective_from <= $2
     order by rate_code, currency, effective_from desc`,
    [cellId, date],
  );
  return new Map(rows.map(({ key, ratePpm }) => [key, ratePpm]));
}

import { assert } from '../../../base/assert.ts';
import { isValues, parseValue, type Values } from '../../../base/data.ts';
import type { Queries, Transaction } from '../../database.ts';
import { addDepositProduct } from '../deposit-products.ts';
import { addParameter } from '../parameters.ts';

/** Where a product belongs, and with it where its versions are kept. */
export type ProductFamily = 'loan' | 'deposit';

/** One version of a product, in force from a day until the next one begins. */
export type ProductVersion = {
  readonly family: ProductFamily;
  readonly productCode: string;
  readonly effectiveFrom: string;
  readonly definition: Values;
  readonly madeLogin: string;
  readonly checkedLogin: string;
  /** Milliseconds since 1970 UTC. */
  readonly madeAt: number;
};

/** Parameters of this name hold loan products. */
const loanPrefix = 'loan.product.';

/** Every version of every product, or of one, in the order of family, code and day. */
export async function productVersions(
  queries: Queries,
  cellId: number,
  of: { readonly family: ProductFamily; readonly productCode: string } | null,
): Promise<readonly ProductVersion[]> {
  type Row = Omit<ProductVersion, 'definition' | 'madeAt'> & {
    readonly definition: string;
    readonly madeAt: bigint;
  };
  const rows = await queries.query<Row>(
    `select * from (
       select 'loan' as family, substr(name, length($2) + 1) as "productCode",
         effective_from as "effectiveFrom", value as definition, made_login as "madeLogin",
         checked_login as "checkedLogin", made_at as "madeAt"
       from parameter where cell_id = $1 and name like $2 || '%'
       union all
       select 'deposit', product_code, effective_from, definition, made_login, checked_login,
         made_at
       from deposit_product where cell_id = $1) v
     where $3::text is null or (family = $3 and "productCode" = $4)
     order by family desc, "productCode", "effectiveFrom"`,
    [cellId, loanPrefix, of?.family ?? null, of?.productCode ?? null],
  );
  return rows.map(({ definition, madeAt, ...row }) => {
    const value = parseValue(definition);
    assert(value.ok && isValues(value.value), 'a stored product is a definition');
    return { ...row, definition: value.value, madeAt: Number(madeAt) };
  });
}

/** Adds a version to a product; the maker is never the checker. */
export async function addProductVersion(
  transaction: Transaction,
  cellId: number,
  version: ProductVersion,
): Promise<void> {
  const { family, productCode, definition, ...made } = version;
  if (family === 'deposit') {
    return await addDepositProduct(transaction, { cellId, productCode, definition, ...made });
  }
  const name = `${loanPrefix}${productCode}`;
  await addParameter(transaction, { cellId, name, value: definition, ...made });
}

/** Waits until nobody else changes this product. */
export async function lockProduct(
  transaction: Transaction,
  of: { readonly family: ProductFamily; readonly productCode: string },
): Promise<void> {
  const name = `product ${of.family} ${of.productCode}`;
  await transaction.query('select pg_advisory_xact_lock(hashtext($1))', [name]);
}

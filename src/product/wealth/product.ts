import { isValues, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';

/** Parameter: the wealth products on sale, by code, in force from its date on. */
export const products = { kind: 'parameter', name: 'wealth.products' } as const;

/**
 * A wealth product (理财产品) as data: its risk R1 to R5, the least amount, the days on which it
 * may be subscribed (offeredFrom to offeredTo, both included) and when it begins and ends.
 */
export type WealthProduct = {
  readonly productCode: string;
  readonly risk: string;
  readonly currency: string;
  readonly minimumMinor: bigint;
  readonly offeredFrom: string;
  readonly offeredTo: string;
  readonly maturityDate: string;
};

/** The product of a code as of today; refused when there is none, or one that is not whole. */
export function productOf(facts: Values, productCode: string): Result<WealthProduct> {
  const all = facts.products ?? null;
  if (all === null || !isValues(all)) return refuse('parameter_missing', { name: products.name });
  const found = all[productCode] ?? null;
  const texts = ['risk', 'currency', 'offeredFrom', 'offeredTo', 'maturityDate'] as const;
  if (found === null || !isValues(found) || typeof found.minimumMinor !== 'bigint') {
    return refuse('wealth_product_unknown', { product: productCode });
  }
  const isWhole = texts.every((name) => typeof found[name] === 'string');
  if (!isWhole) return refuse('wealth_product_unknown', { product: productCode });
  return ok({ ...(found as unknown as WealthProduct), productCode });
}

import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { recordOf, textOf } from '../../ledger/operation-values.ts';
import type { FactRequest, Facts, OperationInput } from '../../ledger/service-operation.ts';
import { type DepositProduct, type ProductRefusal, readProduct } from './product.ts';

/** What opening an account for a customer asks for: the holder, a number, the product. */
export const openingNeeds = ({
  values,
  context,
}: OperationInput): { readonly [name: string]: FactRequest } => ({
  holder: { kind: 'account_holder', customerNumber: String(values.customerNumber ?? '') },
  accountNumber: { kind: 'next_account_number', unitId: context.performerUnitId },
  offer: {
    kind: 'deposit_product',
    productCode: String(values.productCode ?? ''),
    currency: 'CNY',
  },
});

/** An account that is to be opened: for whom, under which name, of which product. */
export type Opening = {
  readonly customerNumber: string;
  readonly accountName: string;
  readonly holder: Values;
  readonly productCode: string;
  readonly product: DepositProduct;
};

type TextRefusal = Exclude<ReturnType<typeof textOf>, { readonly ok: true }>['code'];

/** Refused in order: no customer, no name, nobody of that number, no product, one not valid. */
export function openingOf(
  values: Values,
  facts: Facts,
): Result<Opening, TextRefusal | ProductRefusal | 'customer_unknown' | 'deposit_product_unknown'> {
  const customerNumber = textOf(values, 'customerNumber');
  if (!customerNumber.ok) return customerNumber;
  const accountName = textOf(values, 'accountName');
  if (!accountName.ok) return accountName;
  const holder = recordOf(facts, 'holder');
  if (holder === null) return refuse('customer_unknown', { customer: customerNumber.value });
  const productCode = String(values.productCode ?? '');
  const offer = recordOf(facts, 'offer');
  if (offer === null) return refuse('deposit_product_unknown', { product: productCode });
  const product = readProduct(offer.product ?? null);
  if (!product.ok) return product;
  return ok({
    ...{ customerNumber: customerNumber.value, accountName: accountName.value },
    ...{ holder, productCode, product: product.value },
  });
}

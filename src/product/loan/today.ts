import { dateInChina } from '../../base/dates.ts';
import type { OperationContext } from '../../ledger/service-operation.ts';

/**
 * Today as people know it, by the bank's clock; the accounting date when that is later. On a
 * weekend, or in a bank whose day is not yet closed, the two differ.
 */
export function laterOfToday({ at, accountingDate }: OperationContext): string {
  const today = dateInChina(at);
  return today > accountingDate ? today : accountingDate;
}

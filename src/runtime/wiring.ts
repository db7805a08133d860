import { assert } from '../base/assert.ts';
import type { ServiceOperation } from '../ledger/service-operation.ts';
import { billOperations } from '../product/bill/tasks.ts';
import { cashOperations } from '../product/cash/tasks.ts';
import { depositOperations } from '../product/deposit/tasks.ts';
import { feeOperations } from '../product/fee/charge.ts';
import { fxOperations } from '../product/fx/tasks.ts';
import { noteOperations } from '../product/loan/note/operations.ts';
import { loanOperations } from '../product/loan/tasks.ts';
import { wealthOperations } from '../product/wealth/tasks.ts';
import { caseOperations } from './case-operations.ts';

/** Every service operation that a process may name, by its name. A new room adds its list here. */
export const serviceOperations: ReadonlyMap<string, ServiceOperation> = byName([
  ...caseOperations,
  ...depositOperations,
  ...billOperations,
  ...cashOperations,
  ...feeOperations,
  ...wealthOperations,
  ...fxOperations,
  ...loanOperations,
  ...noteOperations,
]);

function byName(operations: readonly ServiceOperation[]): Map<string, ServiceOperation> {
  const named = new Map(operations.map((operation) => [operation.name, operation]));
  assert(named.size === operations.length, 'each operation has a name of its own');
  return named;
}

import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { exchange } from './exchange.ts';
import { revalue } from './position.ts';

/** What a process may ask of foreign exchange. */
export const fxOperations: readonly ServiceOperation[] = [exchange, revalue];

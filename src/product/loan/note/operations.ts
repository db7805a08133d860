import type { ServiceOperation } from '../../../ledger/service-operation.ts';
import { measureWorkingCapital, quotePrepaymentOperation, showTrueRate } from './quotes.ts';
import {
  agreeRate,
  extend,
  prepayPart,
  recoverWrittenOff,
  reprice,
  restructure,
  writeOff,
} from './tasks.ts';

/** What a process may ask of a note after its release, and of its prices. */
export const noteOperations: readonly ServiceOperation[] = [
  quotePrepaymentOperation,
  prepayPart,
  reprice,
  agreeRate,
  extend,
  restructure,
  writeOff,
  recoverWrittenOff,
  measureWorkingCapital,
  showTrueRate,
];

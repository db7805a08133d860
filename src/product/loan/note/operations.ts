import type { ServiceOperation } from '../../../ledger/service-operation.ts';
import { checkExtension, checkRecovery, checkRestructuring, checkWriteOff } from './checks.ts';
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
  checkExtension,
  extend,
  checkRestructuring,
  restructure,
  checkWriteOff,
  writeOff,
  checkRecovery,
  recoverWrittenOff,
  measureWorkingCapital,
  showTrueRate,
];

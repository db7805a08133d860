import type { ServiceOperation } from '../../ledger/service-operation.ts';
import {
  closeAccount,
  liftRestriction,
  openAccount,
  placeHold,
  placeRestriction,
  releaseHold,
} from './accounts.ts';
import { depositCash, pay, reverse, withdrawCash } from './payments.ts';

/** Everything a process may ask of deposits. */
export const depositOperations: readonly ServiceOperation[] = [
  openAccount,
  closeAccount,
  placeHold,
  releaseHold,
  placeRestriction,
  liftRestriction,
  depositCash,
  withdrawCash,
  pay,
  reverse,
];

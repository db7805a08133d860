import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { confirmOrder, quoteRedemption, redeemOrder, releaseOrder, subscribe } from './orders.ts';
import { checkSubscription, recordAssessment, scoreAssessment } from './suitability.ts';

/** What a process may ask of wealth products. */
export const wealthOperations: readonly ServiceOperation[] = [
  scoreAssessment,
  recordAssessment,
  checkSubscription,
  subscribe,
  confirmOrder,
  releaseOrder,
  quoteRedemption,
  redeemOrder,
];

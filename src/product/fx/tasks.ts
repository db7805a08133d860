import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { draftQuote, publishQuote } from './board.ts';
import { askPrice, exchange } from './exchange.ts';

/** What a process may ask of foreign exchange. */
export const fxOperations: readonly ServiceOperation[] = [
  askPrice,
  exchange,
  draftQuote,
  publishQuote,
];

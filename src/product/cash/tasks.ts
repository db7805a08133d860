import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { checkDeposit, checkWithdrawal, payOut, takeIn } from './counter.ts';
import { reportCounterfeit, seizeCounterfeit } from './counterfeit.ts';
import { bookDifference, countTill, resolveDifference, signOff } from './counts.ts';
import { askOrder, askTransfer, dispatch, moveOrder, receive } from './orders.ts';

/** What a process may ask of cash. */
export const cashOperations: readonly ServiceOperation[] = [
  checkDeposit,
  checkWithdrawal,
  takeIn,
  payOut,
  askOrder,
  moveOrder,
  askTransfer,
  dispatch,
  receive,
  countTill,
  bookDifference,
  signOff,
  resolveDifference,
  reportCounterfeit,
  seizeCounterfeit,
];

import type { ServiceOperation } from '../../ledger/service-operation.ts';
import {
  acceptBill,
  applyForAcceptance,
  cancelBill,
  payAcceptedBill,
  priceAcceptance,
} from './acceptance.ts';
import { endorseBill, pledgeBill } from './circulation.ts';
import { answerCollection, presentBill, repayDebt, takeRecourse } from './collection.ts';
import {
  discountBill,
  matureRediscounted,
  priceDiscount,
  rediscountBill,
  takeInBill,
} from './discounting.ts';

/** What a process may ask of bills. */
export const billOperations: readonly ServiceOperation[] = [
  applyForAcceptance,
  priceAcceptance,
  acceptBill,
  cancelBill,
  payAcceptedBill,
  endorseBill,
  pledgeBill,
  takeInBill,
  priceDiscount,
  discountBill,
  rediscountBill,
  matureRediscounted,
  presentBill,
  answerCollection,
  takeRecourse,
  repayDebt,
];

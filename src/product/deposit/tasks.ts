import type { ServiceOperation } from '../../ledger/service-operation.ts';
import {
  closeAccount,
  liftRestriction,
  openAccount,
  placeHold,
  placeRestriction,
  releaseHold,
} from './accounts.ts';
import { transferCertificate } from './certificates.ts';
import { openPersonalAccount } from './class-usage.ts';
import { closeCompanyAccount, openCompanyAccount } from './company-accounts.ts';
import { agree, endAgreement, settleInterest, wakeAccount } from './demand.ts';
import { depositCash, pay, reverse, withdrawCash } from './payments.ts';
import { giveNotice, openTerm, payInstalment, withdrawTerm } from './terms.ts';

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
  openPersonalAccount,
  openCompanyAccount,
  closeCompanyAccount,
  settleInterest,
  agree,
  endAgreement,
  wakeAccount,
  openTerm,
  payInstalment,
  giveNotice,
  withdrawTerm,
  transferCertificate,
];

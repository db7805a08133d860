import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { takeApplication } from './application.ts';
import { conveneCommittee, issueApproval, measureExposure } from './approval.ts';
import { checkClosing, closeContract, lapseContract } from './closing.ts';
import { draftContract, openContract, registerCollateral } from './contract.ts';
import { checkCreditLine, grantCreditLine } from './credit-line.ts';
import { recordCreditReport } from './credit-report.ts';
import { approveDisbursement, disburse } from './disburse.ts';
import { beginDrawdown, requestDrawdown } from './drawdown.ts';
import { beginInspection, classify } from './inspect.ts';
import { askReconsideration } from './reconsider.ts';
import { payOff, quotePayoff, repay } from './repay.ts';

/** Everything a process may ask of loans. */
export const loanOperations: readonly ServiceOperation[] = [
  takeApplication,
  checkCreditLine,
  grantCreditLine,
  measureExposure,
  conveneCommittee,
  recordCreditReport,
  issueApproval,
  draftContract,
  openContract,
  registerCollateral,
  beginDrawdown,
  requestDrawdown,
  approveDisbursement,
  disburse,
  repay,
  quotePayoff,
  payOff,
  checkClosing,
  closeContract,
  lapseContract,
  askReconsideration,
  beginInspection,
  classify,
];

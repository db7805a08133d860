import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { takeApplication } from './application.ts';
import { conveneCommittee, issueApproval, measureExposure } from './approval.ts';
import { draftContract, openContract, registerCollateral } from './contract.ts';
import { checkCreditLine, grantCreditLine } from './credit-line.ts';
import { recordCreditReport } from './credit-report.ts';
import { approveDisbursement, disburse, requestDrawdown } from './disburse.ts';
import { beginInspection, classify } from './inspect.ts';
import { repay } from './repay.ts';

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
  requestDrawdown,
  approveDisbursement,
  disburse,
  repay,
  beginInspection,
  classify,
];

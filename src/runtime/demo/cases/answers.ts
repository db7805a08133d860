import type { Values } from '../../../base/data.ts';
import type { Story } from './stories.ts';

/** What an answer may speak of: the story, the day it is given, the customer's deposit account. */
export type Occasion = {
  readonly story: Story;
  readonly today: string;
  readonly account: string;
  /** The nth time the activity is done in the case, from 1. */
  readonly time: number;
  /** A number that no other story has, for certificates and reports. */
  readonly serial: number;
};

type Answer = {
  readonly values: (of: Occasion) => Values;
  /** Office minutes until somebody begins, and until it is done. */
  readonly waits: number;
  readonly takes: number;
};

const agree = '同意';
const whole = (of: Occasion) => of.story.amountMinor;

/** By activity: what is usual, in the words of its form. */
const answers: Readonly<Record<string, Answer>> = {
  apply: {
    ...{ waits: 0, takes: 15 },
    values: ({ story, account }) => ({
      ...{ productCode: 'working_capital', amountMinor: story.amountMinor },
      ...{ termMonths: BigInt(story.months), purpose: story.purpose, repaymentSource: '销售回款' },
      ...{ repaymentMethod: 'interest_first', creditProtection: 'mortgage' },
      ...{ depositAccountNumber: account, creditReportConsent: true },
    }),
  },
  eligibility_review: {
    ...{ waits: 90, takes: 25 },
    values: () => ({
      ...{ licenceValid: true, blacklisted: false, establishedMonths: 96n, creditRating: 'A' },
      ...{ restrictedIndustry: false, eligibilityOpinion: '资格符合' },
    }),
  },
  credit_report: {
    ...{ waits: 40, takes: 15 },
    values: ({ today, serial }) => ({
      creditReportNumber: `ZX${today.replaceAll('-', '')}${serial}`,
      ...{ creditReportDate: today, creditReportPurpose: 'pre_loan', overdueRecords: 0n },
    }),
  },
  first_review: {
    ...{ waits: 200, takes: 40 },
    values: () => ({ firstReviewDecision: 'agree', firstReviewOpinion: '材料齐全' }),
  },
  lead_investigation: {
    ...{ waits: 300, takes: 180 },
    values: ({ today }) => ({ leadVisitDate: today, leadFindings: '设备正常运转，订单充足' }),
  },
  support_investigation: {
    ...{ waits: 330, takes: 120 },
    values: ({ today }) => ({ supportVisitDate: today, supportFindings: '现金流与账目相符' }),
  },
  write_report: {
    ...{ waits: 120, takes: 210 },
    values: (of) => ({
      ...{ investigationReport: '经营稳定，还款来源可靠，押品足值', creditRating: 'A' },
      ...{ proposedAmountMinor: whole(of), ratePpm: 36_500n },
    }),
  },
  sign_manager: { waits: 30, takes: 5, values: () => ({ managerSignature: 'sign' }) },
  sign_risk: { waits: 100, takes: 15, values: () => ({ riskSignature: 'sign' }) },
  assess_credit_line: {
    ...{ waits: 620, takes: 90 },
    values: (of) => ({
      ...{ creditLineAmountMinor: (whole(of) * 5n) / 3n, creditLineMonths: 12n },
      ...{ amountMinor: whole(of), creditOpinion: '同意授信' },
    }),
  },
  approve_credit_line: {
    ...{ waits: 240, takes: 20 },
    values: () => ({ creditLineDecision: 'approve', creditLineOpinion: agree }),
  },
  vote: { waits: 150, takes: 30, values: () => ({ vote: 'for', voteOpinion: agree }) },
  ask_reconsideration: {
    ...{ waits: 200, takes: 20 },
    values: () => ({ reconsiderationDecision: 'accept' }),
  },
  authorised_approval: {
    ...{ waits: 180, takes: 20 },
    values: () => ({
      ...{ approvalDecision: 'approve', approvalOpinion: agree },
      approvalConditions: '首笔放款前提供近一个月流水',
    }),
  },
  request_sealing: {
    ...{ waits: 90, takes: 40 },
    values: () => ({ sealCopies: 4n, sealReason: '签订借款合同', paymentMethod: 'self_directed' }),
  },
  approve_sealing: {
    ...{ waits: 60, takes: 15 },
    values: ({ today, serial }) => ({
      dualControl: true,
      sealRegisterNumber: `YY${today.replaceAll('-', '')}${serial}`,
    }),
  },
  customer_signs: { waits: 20, takes: 10, values: () => ({ customerSigned: true }) },
  sign_contract: {
    ...{ waits: 10, takes: 20 },
    values: ({ today }) => ({ signedInPresence: true, contractDate: today }),
  },
  register_collateral: {
    ...{ waits: 20, takes: 30 },
    values: (of) => ({
      collateralRegistration: `不动产登记证明第${of.today.slice(0, 4)}${of.serial}号`,
      ...{ collateralValueMinor: (whole(of) * 7n) / 4n, collateralDescription: '自有厂房' },
    }),
  },
  request_drawdown: {
    ...{ waits: 15, takes: 10 },
    values: (of) => ({
      ...{ drawdownAmountMinor: whole(of), drawdownPurpose: of.story.purpose },
      proofReference: `HT-${of.serial}`,
    }),
  },
  approve_disbursement: {
    ...{ waits: 30, takes: 15 },
    values: () => ({
      conditionsMet: [
        ...['approval_in_force', 'contract_sealed', 'collateral_registered'],
        ...['proof_of_use', 'rating_valid'],
      ],
      disbursementDecision: 'approve',
    }),
  },
  check_disbursement: {
    ...{ waits: 20, takes: 10 },
    values: () => ({ instructionDecision: 'correct' }),
  },
  disburse: { waits: 15, takes: 10, values: () => ({ disbursementConfirmed: true }) },
};

/** What is filled in for an activity, and how long it waits and takes; null where nothing is. */
export function answerTo(
  activity: string,
  of: Occasion,
): { readonly values: Values; readonly waits: number; readonly takes: number } | null {
  const usual = answers[activity];
  if (usual === undefined) return null;
  const { differs = {} } = of.story;
  const values = {
    ...usual.values(of),
    ...differs[activity],
    ...differs[`${activity} ${of.time}`],
  };
  return { values, waits: usual.waits, takes: usual.takes };
}

/** What posts, and so happens on the open accounting date, with all that comes after it. */
export const onTheOpenDate: ReadonlySet<string> = new Set([
  ...['customer_signs', 'sign_contract', 'register_collateral', 'request_drawdown'],
  ...['approve_disbursement', 'check_disbursement', 'disburse'],
]);

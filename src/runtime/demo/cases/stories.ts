import type { Values } from '../../../base/data.ts';

/** A loan of the demo bank's last weeks, as it happened. */
export type Story = {
  readonly outletCode: '120101' | '120201';
  /** The nth company of the outlet, from 0: the first three act online, others at the counter. */
  readonly company: number;
  readonly amountMinor: bigint;
  readonly months: number;
  readonly purpose: string;
  /** Working days before the last day of the bank on which it was applied for. */
  readonly daysBefore: number;
  /** How long its people take, in percent of the usual. */
  readonly pace: number;
  /** The activity that still waits; null: as far as it goes without its customer. */
  readonly until: string | null;
  /** The activity at which the customer withdraws. */
  readonly withdrawnAt?: string;
  /** Whether the customer has said that the money came. */
  readonly received?: boolean;
  /** What is answered otherwise than usual: by activity, or by `activity n` the nth time only. */
  readonly differs?: Readonly<Record<string, Values>>;
};

const tenThousand = 1_000_000n;
const paidOut = { until: null, received: true } as const;
const harbour = { outletCode: '120101' } as const;
const newArea = { outletCode: '120201' } as const;

/** A year's working capital of so many ten thousand yuan. */
const asked = (amount: bigint, purpose: string, daysBefore: number, pace = 100) => ({
  ...{ amountMinor: amount * tenThousand, purpose, daysBefore, pace, months: 12 },
});

/** In the order of the days on which they were applied for. */
export const stories: readonly Story[] = [
  {
    ...{ ...harbour, company: 4, ...asked(200n, '支付加工费', 19), until: null },
    differs: { eligibility_review: { licenceValid: false, eligibilityOpinion: '营业执照已过期' } },
  },
  { ...harbour, company: 5, ...asked(800n, '扩大采购', 18), until: null },
  {
    ...{ ...newArea, company: 4, ...asked(350n, '支付货款', 17), until: null },
    differs: { first_review: { firstReviewDecision: 'decline', firstReviewOpinion: '行业限制' } },
  },
  {
    ...{ ...harbour, company: 7, ...asked(480n, '订单备料', 16), until: null },
    differs: { vote: { vote: 'against', voteOpinion: '下游回款集中' } },
  },
  {
    ...{ ...newArea, company: 1, ...asked(320n, '采购包材', 14), until: null },
    withdrawnAt: 'write_report',
  },
  { ...harbour, company: 1, ...asked(150n, '采购设备配件', 12, 90), until: null },
  { ...newArea, company: 3, ...asked(450n, '备货周转', 11, 120), ...paidOut },
  {
    ...{ ...newArea, company: 0, ...asked(280n, '采购原料', 11, 110), ...paidOut },
    differs: {
      'sign_risk 1': { riskSignature: 'refuse', riskOpinion: '应收账款账龄未列明' },
      'sign_manager 2': { managerSignature: 'sign' },
    },
  },
  { ...harbour, company: 2, ...asked(220n, '支付运费', 9), until: 'authorised_approval' },
  { ...harbour, company: 0, ...asked(300n, '采购钢材', 9), ...paidOut },
  { ...newArea, company: 7, ...asked(260n, '季节性备货', 8, 80), ...paidOut },
  { ...newArea, company: 8, ...asked(400n, '采购冷链设备', 7), until: 'vote' },
  { ...harbour, company: 8, ...asked(180n, '采购零部件', 6, 120), until: 'assess_credit_line' },
  { ...newArea, company: 2, ...asked(240n, '支付货款', 5), until: 'sign_risk' },
  { ...harbour, company: 9, ...asked(360n, '备料', 3), until: 'lead_investigation' },
  { ...newArea, company: 9, ...asked(130n, '采购原料', 1), until: 'eligibility_review' },
];

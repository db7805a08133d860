import { ok, type Result, refuse } from '../../base/result.ts';

/**
 * Where a bill stands. accepted: held by somebody, payable at maturity. paid: by its acceptor.
 * in_recourse: who endorsed it to the bank owes it. Source: 票据法, handbook 14.
 */
export type BillStatus =
  | 'registered'
  | 'accepted'
  | 'cancelled'
  | 'pledged'
  | 'discounted'
  | 'rediscounted'
  | 'in_collection'
  | 'paid'
  | 'dishonoured'
  | 'in_recourse'
  | 'settled';

/** What can happen to a bill after it was registered. */
export type BillEventKind =
  | 'accepted'
  | 'cancelled'
  | 'endorsed'
  | 'pledged'
  | 'released'
  | 'discounted'
  | 'rediscounted'
  | 'presented'
  | 'collected'
  | 'dishonoured'
  | 'recourse'
  | 'settled'
  | 'honoured'
  | 'matured'
  | 'repaid';

type Step = { readonly from: readonly BillStatus[]; readonly to: BillStatus | 'same' };

const steps: Readonly<Record<BillEventKind, Step>> = {
  accepted: { from: ['registered'], to: 'accepted' },
  cancelled: { from: ['registered'], to: 'cancelled' },
  endorsed: { from: ['accepted'], to: 'same' },
  pledged: { from: ['accepted'], to: 'pledged' },
  released: { from: ['pledged'], to: 'accepted' },
  discounted: { from: ['accepted'], to: 'discounted' },
  rediscounted: { from: ['discounted'], to: 'rediscounted' },
  presented: { from: ['accepted', 'pledged', 'discounted'], to: 'in_collection' },
  collected: { from: ['in_collection'], to: 'paid' },
  dishonoured: { from: ['in_collection', 'rediscounted'], to: 'dishonoured' },
  recourse: { from: ['dishonoured'], to: 'in_recourse' },
  settled: { from: ['in_recourse'], to: 'settled' },
  // The bank pays its own acceptance; who presents it from another place is paid by it.
  honoured: {
    from: ['accepted', 'pledged', 'discounted', 'rediscounted', 'in_collection', 'paid'],
    to: 'same',
  },
  matured: { from: ['rediscounted'], to: 'paid' },
  repaid: {
    from: ['paid', 'in_recourse', 'discounted', 'in_collection', 'rediscounted'],
    to: 'same',
  },
};

/** Statuses in which the bank's own payment settles the bill for whoever holds it elsewhere. */
const paidByHonour: readonly BillStatus[] = ['accepted', 'pledged'];

/** Where a bill stands after something; refused: what cannot happen where it stands. */
export function statusAfter(
  bill: { readonly billNumber: string; readonly status: BillStatus },
  kind: BillEventKind,
): Result<BillStatus, 'bill_status_forbids'> {
  const { status, billNumber } = bill;
  const step = steps[kind];
  if (!step.from.includes(status)) {
    return refuse('bill_status_forbids', { bill: billNumber, status, wanted: kind });
  }
  if (kind === 'honoured' && paidByHonour.includes(status)) return ok('paid');
  return ok(step.to === 'same' ? status : step.to);
}

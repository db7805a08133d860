import { isValues, type Value } from '../../base/data.ts';
import { addDays, addMonths, daysBetween } from '../../base/dates.ts';
import { ok, refuse } from '../../base/result.ts';
import {
  amountOf,
  dateOf,
  listOf,
  recordOf,
  textOf,
  wholeOf,
  wholeOrZero,
} from '../../ledger/operation-values.ts';
import type { Facts, ServiceOperation } from '../../ledger/service-operation.ts';
import { marginNeeded } from './margin.ts';
import { laterOfToday } from './today.ts';

/**
 * Total exposure of the customer's whole group: what is outstanding and committed, plus this
 * application. Authority is decided on it, not on the single application (handbook 9).
 */
export const measureExposure: ServiceOperation = {
  name: 'loan.measure_exposure',
  needs: ({ values }) => ({
    exposure: { kind: 'group_exposure', customerNumber: String(values.customerNumber ?? '') },
  }),
  decide({ values }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const totalExposureMinor = exposureWith(amount.value, facts);
    return ok({ values: { totalExposureMinor }, postings: [], records: [] });
  },
};

function exposureWith(amountMinor: bigint, facts: Facts): bigint {
  const exposure = recordOf(facts, 'exposure') ?? {};
  const committedMinor = wholeOrZero(exposure, 'committedMinor');
  return wholeOrZero(exposure, 'outstandingMinor') + committedMinor + amountMinor;
}

/**
 * Convenes the credit committee: holders of the role at the case's unit who have not acted in the
 * case, an odd number, at most `loan.committee_seats`. The attribute `excludes` names the
 * activities whose performers have no seat (the proposer does not vote, handbook 24b).
 */
export const conveneCommittee: ServiceOperation = {
  name: 'loan.convene_committee',
  needs: ({ context }) => ({
    holders: { kind: 'role_holders', role: 'committee_member', unitId: context.caseUnitId },
    acted: { kind: 'acted', activities: context.attributes.excludes ?? '' },
    seats: { kind: 'parameter', name: 'loan.committee_seats' },
  }),
  decide(_input, facts) {
    const acted = new Set(listOf(facts, 'acted').map(String));
    const seats = typeof facts.seats === 'bigint' ? Number(facts.seats) : 5;
    const free = listOf(facts, 'holders')
      .filter((holder: Value) => isValues(holder) && !acted.has(String(holder.person)))
      .map((holder) => (isValues(holder) ? String(holder.login) : ''));
    const size = Math.min(free.length, seats);
    const odd = size % 2 === 0 ? size - 1 : size;
    if (odd < 3) return refuse('committee_too_small', { found: String(free.length) });
    return ok({ values: { committeeMembers: free.slice(0, odd) }, postings: [], records: [] });
  },
};

/**
 * The approval notice (批复): number, amount, term, rate, conditions, valid for
 * `loan.approval_valid_months`. A credit report older than `loan.credit_report_days_max` refuses
 * it, and so does an exposure of the group that has grown since the authority was decided on it:
 * two applications side by side must not pass below an amount that they exceed together.
 */
export const issueApproval: ServiceOperation = {
  name: 'loan.issue_approval',
  needs: ({ values }) => ({
    months: { kind: 'parameter', name: 'loan.approval_valid_months' },
    reportDaysMax: { kind: 'parameter', name: 'loan.credit_report_days_max' },
    exposure: { kind: 'group_exposure', customerNumber: String(values.customerNumber ?? '') },
    marginPpm: { kind: 'parameter', name: 'loan.margin_lends_ppm' },
    deposit: {
      kind: 'account_balance',
      accountNumber: String(values.depositAccountNumber ?? ''),
    },
  }),
  decide({ values, context }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    if (values.creditProtection === 'margin') {
      const margin = marginNeeded(amount.value, facts);
      if (!margin.ok) return margin;
    }
    const term = wholeOf(values, 'termMonths');
    if (!term.ok) return term;
    const rate = wholeOf(values, 'ratePpm');
    if (!rate.ok) return rate;
    if (rate.value < 0n) return refuse('value_of_other_kind', { name: 'ratePpm' });
    const customer = textOf(values, 'customerNumber');
    if (!customer.ok) return customer;
    const reported = dateOf(values, 'creditReportDate');
    if (!reported.ok) return reported;
    const age = daysBetween(reported.value, context.accountingDate);
    const ageMax = wholeOf(facts, 'reportDaysMax');
    if (!ageMax.ok) return refuse('parameter_missing', { name: 'loan.credit_report_days_max' });
    if (BigInt(age) > ageMax.value) return refuse('credit_report_too_old', { days: String(age) });
    const decidedOn = wholeOf(values, 'totalExposureMinor');
    if (!decidedOn.ok) return decidedOn;
    if (exposureWith(amount.value, facts) > decidedOn.value) return refuse('exposure_has_grown');
    const months = wholeOf(facts, 'months');
    if (!months.ok) return refuse('parameter_missing', { name: 'loan.approval_valid_months' });
    const approvalValidTo = addMonths(laterOfToday(context), Number(months.value));
    const approvalNumber = `PF-${context.caseNumber}`;
    const approval = {
      approvalNumber,
      customerNumber: customer.value,
      amountMinor: amount.value,
      currency: 'CNY',
      termMonths: term.value,
      ratePpm: rate.value,
      conditions: String(values.approvalConditions ?? ''),
      validFrom: context.accountingDate,
      validTo: approvalValidTo,
    };
    return ok({
      values: {
        approvalNumber,
        approvalValidTo,
        // The first instant at which it is no longer valid, by the bank's clock.
        approvalExpiresAt: `${addDays(approvalValidTo, 1)}T00:00:00+08:00`,
      },
      postings: [],
      records: [{ kind: 'loan_approval', values: approval }],
    });
  },
};

import { daysBetween } from '../../base/dates.ts';
import { ok, refuse } from '../../base/result.ts';
import { dateOf, wholeOf } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { laterOfToday } from './today.ts';

/**
 * Takes a credit report (征信报告) into the case: not dated after today, not older than
 * `loan.credit_report_days_max`. Its age is looked at again when the approval is issued.
 */
export const recordCreditReport: ServiceOperation = {
  name: 'loan.record_credit_report',
  needs: () => ({ reportDaysMax: { kind: 'parameter', name: 'loan.credit_report_days_max' } }),
  decide({ values, context }, facts) {
    const reported = dateOf(values, 'creditReportDate');
    if (!reported.ok) return reported;
    const date = reported.value;
    if (date > laterOfToday(context)) return refuse('credit_report_in_future', { date });
    const daysMax = wholeOf(facts, 'reportDaysMax');
    if (!daysMax.ok) return refuse('parameter_missing', { name: 'loan.credit_report_days_max' });
    const days = daysBetween(date, context.accountingDate);
    return BigInt(days) > daysMax.value
      ? refuse('credit_report_too_old', { days: String(days) })
      : ok({ values: {}, postings: [], records: [] });
  },
};

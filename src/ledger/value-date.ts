import { type CalendarDate, daysBetween } from '../base/dates.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import type { PostingRefusal } from './refusals.ts';

/** How many days a value date (起息日) may lie before and after the accounting date. */
export type ValueDateRule = { readonly backDaysMax: number; readonly aheadDaysMax: number };

/** Refuses a value date that the rule does not allow; without a rule any is allowed. */
export function checkValueDate(
  rule: ValueDateRule | null,
  valueDate: CalendarDate,
  accountingDate: CalendarDate,
): Result<'allowed', PostingRefusal> {
  if (rule === null || valueDate === accountingDate) return ok('allowed');
  const back = daysBetween(valueDate, accountingDate);
  if (back > rule.backDaysMax) return refuse('value_date_too_early', { date: valueDate });
  if (-back > rule.aheadDaysMax) return refuse('value_date_too_late', { date: valueDate });
  return ok('allowed');
}

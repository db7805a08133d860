import type { CalendarDate } from '../base/dates.ts';

/** A judicial freeze of an account (司法冻结). placeInLine: order of arrival, from 1. */
export type JudicialFreeze = {
  readonly freezeId: string;
  readonly placeInLine: number;
  readonly status: 'waiting' | 'in_effect' | 'lifted' | 'expired';
  /** Null freezes the account; else so much of it, also of what comes in later. */
  readonly amountMinor: bigint | null;
  /** The first day without it. */
  readonly frozenUntil: CalendarDate;
};

/** What changes in the line of one account: who leaves it by time, who takes effect. */
export type LineChange = {
  readonly expired: readonly JudicialFreeze[];
  readonly takesEffect: JudicialFreeze | null;
};

/**
 * Moves the line of an account on (轮候冻结): freezes whose last day is over leave it, also those
 * that only waited; then, when none is in effect, the first in line takes effect. What has ended
 * never comes back, and nobody overtakes.
 */
export function moveLine(line: readonly JudicialFreeze[], date: CalendarDate): LineChange {
  const standing = line.filter(({ status }) => status === 'waiting' || status === 'in_effect');
  const expired = standing.filter(({ frozenUntil }) => frozenUntil <= date);
  const left = standing
    .filter((freeze) => !expired.includes(freeze))
    .sort((a, b) => a.placeInLine - b.placeInLine);
  const inEffect = left.some(({ status }) => status === 'in_effect');
  return { expired, takesEffect: inEffect ? null : (left[0] ?? null) };
}

import {
  type DayCount,
  exactInterest,
  INTEREST_PARTS,
  roundInterest,
} from '../pricing/day-count.ts';
import { agreedRate } from '../pricing/lpr.ts';
import type { NoteState, Row } from './state.ts';

/** The day count by which days inside a row are counted; whole months only count as a whole. */
function dailyCount(dayCount: DayCount): DayCount {
  return dayCount === 'month_360' ? 'act_360' : dayCount;
}

/**
 * Interest earned up to a day (the day itself not counted) in the first row that is not due by it,
 * with what was carried into that row, in parts of a minor unit. 0 when the row has not begun.
 */
export function earnedParts(state: NoteState, date: string): bigint {
  const row = state.rows.find(({ dueDate }) => dueDate > date);
  return row === undefined ? 0n : earnedIn(state, row, date);
}

function earnedIn(state: NoteState, row: Row, date: string): bigint {
  const carried = row.carriedMinor * INTEREST_PARTS;
  if (date <= row.from) return carried;
  const stay = {
    balanceMinor: plannedBalance(state, row),
    ratePpm: agreedRate(state.agreement),
    from: row.from,
    to: date,
  };
  return carried + exactInterest(dailyCount(state.terms.dayCount), stay);
}

/** Principal that is still to come from a row on: what is overdue bears penalty instead. */
function plannedBalance(state: NoteState, row: Row): bigint {
  return state.rows
    .filter(({ number }) => number >= row.number)
    .reduce((total, one) => total + one.principalMinor - one.paidPrincipalMinor, 0n);
}

/**
 * All interest of the note earned by the beginning of a day, in minor units: rows that ended by
 * then, and of the running row the days so far. What a day accrues is the difference to the day
 * before, so that rounding never adds up.
 */
export function earnedBy(state: NoteState, date: string): bigint {
  const ended = state.rows.filter(({ to }) => to <= date);
  const whole = ended.reduce((total, { interestMinor }) => total + interestMinor, 0n);
  const row = state.rows.find(({ from, to }) => from <= date && date < to);
  if (row === undefined) return state.closedInterestMinor + whole;
  const running = roundInterest(earnedIn(state, row, date));
  // Days inside a whole month may count a little more than the month's twelfth.
  const earned = running < row.interestMinor ? running : row.interestMinor;
  return state.closedInterestMinor + whole + earned;
}

import { dateInChina } from '../../base/dates.ts';
import { ok, type Result } from '../../base/result.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import { parameterOn } from '../../store/products/parameters.ts';
import type { Parts } from '../parts.ts';
import { type EndOfDayOrder, runEndOfDay } from './end-of-day.ts';
import { nextAccountingDate } from './next-date.ts';
import type { DayWork } from './step.ts';

/**
 * Closes every date that is over by the bank's clock, one after the other, and goes on with one
 * that was left half closed; in a bank with the parameter `day.rolls_by_itself`. Elsewhere a
 * person orders it. A day the calendar does not know is not rolled to. Gives the dates that were
 * closed.
 */
export async function closeDueDays(
  parts: Parts,
  works: readonly DayWork[],
  order: Omit<EndOfDayOrder, 'date'>,
): Promise<Result<readonly string[]>> {
  const { database, cellId } = parts;
  const closed: string[] = [];
  for (;;) {
    const dates = await accountingDates(database, cellId);
    if (dates === null) return ok(closed);
    const date = dates.accountingDate;
    const name = 'day.rolls_by_itself';
    const byItself = await parameterOn(database, { cellId, name, date });
    if (byItself !== true) return ok(closed);
    if (dates.previousDate === null) {
      const next = await nextAccountingDate(database, cellId, date);
      if (!next.ok || next.value > dateInChina(parts.clock())) return ok(closed);
    }
    const done = await runEndOfDay(parts, works, order);
    if (!done.ok) return done;
    closed.push(done.value.accountingDate);
  }
}

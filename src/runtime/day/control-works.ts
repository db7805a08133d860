import { ok } from '../../base/result.ts';
import { readBooks } from '../../store/ledger/books.ts';
import { releaseExpired } from '../../store/ledger/control/expiry.ts';
import { closeYear } from '../../store/ledger/general/year-end.ts';
import { parameterOn } from '../../store/products/parameters.ts';
import { dayId } from './ids.ts';
import { dayContext, dayKeyWindow } from './posting.ts';
import type { DayWork } from './step.ts';

/**
 * The year's result into 本年利润 and 利润分配 (年终结转), on the last accounting date of a year, book
 * by book, when interest and revaluation are posted. On other dates it has no parts.
 */
const carryResultOver: DayWork = {
  step: 'revaluation',
  name: 'ledger.close_year',
  kind: 'within',
  parts: async (queries, { cellId, accountingDate, nextDate }) =>
    accountingDate.slice(0, 4) === nextDate.slice(0, 4)
      ? []
      : (await readBooks(queries, cellId)).map(({ bookId }) => bookId),
  run: async (transaction, day, bookId) => {
    const { cellId, accountingDate: date } = day;
    const codes: string[] = [];
    for (const name of ['ledger.profit_gl_code', 'ledger.distribution_gl_code']) {
      const code = await parameterOn(transaction, { cellId, name, date });
      // A bank that has not said where its result goes carries it over by hand.
      if (typeof code !== 'string') return ok({ items: 0, facts: { parameterMissing: name } });
      codes.push(code);
    }
    const [profitGlCode = '', distributionGlCode = ''] = codes;
    const closed = await closeYear(transaction, {
      ...{ cellId, bookId, date, profitGlCode, distributionGlCode },
      context: dayContext(day, bookId, { work: 'close_year', narrative: 'year_end' }),
      ...{ now: day.at, keyWindow: dayKeyWindow, idOf: (words) => dayId(day, words) },
    });
    return closed.ok ? ok({ items: closed.value, facts: {} }) : closed;
  },
};

/**
 * Holds, pending transfers, restrictions and judicial freezes that are over when the next date
 * begins; the next freeze in each line takes effect. Their instant is that date's beginning.
 */
const endWhatIsOver: DayWork = {
  step: 'start_of_day',
  name: 'ledger.release_expired',
  kind: 'beyond',
  run: async ({ database }, { cellId, nextDate }) => {
    const at = Date.parse(`${nextDate}T00:00:00+08:00`);
    const order = { cellId, at, accountingDate: nextDate, login: 'system' };
    const released = await releaseExpired(database, order);
    if (!released.ok) return released;
    const { holds, restrictions, accountsMoved } = released.value;
    const facts = { holds: BigInt(holds), restrictions: BigInt(restrictions) };
    return ok({ items: accountsMoved, facts });
  },
};

/** What the ledger itself does at night: a year ends, and what was set for a time. */
export const controlWorks: readonly DayWork[] = [carryResultOver, endWhatIsOver];

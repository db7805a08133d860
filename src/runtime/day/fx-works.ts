import { ok, type Result, refuse } from '../../base/result.ts';
import { valued } from '../../product/fx/position.ts';
import { addRevaluation, bookPositions, positionBooks } from '../../store/bills/fx-nights.ts';
import { parameterOn } from '../../store/products/parameters.ts';
import { dayId } from './ids.ts';
import { postGlAmounts } from './posting.ts';
import type { DayWork, WorkDone } from './step.ts';

/**
 * Values what each book holds of foreign currencies at the newest middle prices (重估): a row for
 * each currency, one posting for each book. A currency that nobody has quoted is counted and left.
 */
const revaluePositions: DayWork = {
  step: 'revaluation',
  name: 'fx.revalue',
  kind: 'within',
  parts: async (queries, { cellId }) => await positionBooks(queries, cellId),
  run: async (transaction, day, bookId): Promise<Result<WorkDone>> => {
    const { cellId, accountingDate: date, at } = day;
    let gainMinor = 0n;
    let without = 0n;
    let items = 0;
    for (const held of await bookPositions(transaction, { cellId, bookId, date, at })) {
      const { currency, positionMinor, bookedMinor, per, middle } = held;
      if (per === null || middle === null) {
        without += 1n;
        continue;
      }
      const gain = valued({ currency, positionMinor, bookedMinor, per, middle }).gainMinor;
      if (gain === 0n) continue;
      const entryId = dayId(day, `revaluation ${bookId} ${currency}`);
      const row = { cellId, entryId, bookId, currency, gainMinor: gain, date, at };
      await addRevaluation(transaction, row);
      gainMinor += gain;
      items += 1;
    }
    const codes: string[] = [];
    for (const name of ['fx.position_gl_code', 'fx.gain_gl_code']) {
      const code = await parameterOn(transaction, { cellId, date, name });
      if (typeof code !== 'string') return refuse('parameter_missing', { name });
      codes.push(code);
    }
    const [debitGlCode = '', creditGlCode = ''] = codes;
    const amount = { bookId, debitGlCode, creditGlCode, currency: 'CNY', amountMinor: gainMinor };
    const what = { work: 'fx_revaluation', narrative: 'currency_revaluation' };
    const posted = await postGlAmounts(transaction, day, what, [amount]);
    if (!posted.ok) return posted;
    return ok({ items, facts: { gainMinor, withoutPrice: without } });
  },
};

/** What the end of day does for foreign exchange. */
export const fxWorks: readonly DayWork[] = [revaluePositions];

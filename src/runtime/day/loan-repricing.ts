import { isValues } from '../../base/data.ts';
import { addDays } from '../../base/dates.ts';
import { ok } from '../../base/result.ts';
import { readProduct } from '../../product/loan/catalogue/products.ts';
import { decideRepricing } from '../../product/loan/note/change.ts';
import { stateFrom } from '../../product/loan/note/history.ts';
import { historyOf } from '../../product/loan/note/loss-model.ts';
import { recordOf } from '../../product/loan/note/record.ts';
import { lprQuotes } from '../../product/loan/note/tasks.ts';
import { nextRepricing } from '../../product/loan/pricing/lpr.ts';
import type { Transaction } from '../../store/database.ts';
import { lockContract } from '../../store/products/loan-contracts.ts';
import { addLoanEvent, noteHistoryWithProduct } from '../../store/products/loan-history.ts';
import { floatingNotes, noteSlices } from '../../store/products/loan-nights.ts';
import { parameterOn } from '../../store/products/parameters.ts';
import type { Day, DayWork } from './step.ts';

/** Notes looked at in one transaction. */
const noteSliceMax = 500;

/**
 * Sets the rates anew (重定价) of all notes whose rule names a day after this one, up to and with
 * the next accounting date, holidays among them: by the LPR known tonight. Done before the cut-off,
 * so nothing on such a note bears a later date yet.
 */
export const repriceNotes: DayWork = {
  step: 'sign_off',
  name: 'loan.reprice_notes',
  kind: 'within',
  parts: async (queries, { cellId }) => {
    const slices = await noteSlices(queries, cellId, noteSliceMax);
    return slices.map(({ from, to }) => `${from}~${to}`);
  },
  run: async (transaction, day, part) => {
    const [from = '', to = ''] = part.split('~');
    let items = 0;
    let left = 0n;
    for (const note of await floatingNotes(transaction, day.cellId, { from, to })) {
      const coming = [...day.days.slice(1), day.nextDate];
      for (const date of coming) {
        const done = await repriceNote(transaction, day, note, date);
        if (done === 'repriced') items += 1;
        if (done === 'left') left += 1n;
      }
    }
    return ok({ items, facts: { left } });
  },
};

type Note = { readonly noteNumber: string; readonly contractNumber: string };

/** 'left': the day is one of repricing, but the note is settled or no LPR is known. */
async function repriceNote(
  transaction: Transaction,
  day: Day,
  { noteNumber, contractNumber }: Note,
  date: string,
): Promise<'repriced' | 'left' | 'not_today'> {
  const { cellId } = day;
  await lockContract(transaction, cellId, contractNumber);
  const kept = await noteHistoryWithProduct(transaction, { cellId, noteNumber, date });
  const note = kept?.note ?? null;
  const product = kept?.product ?? null;
  if (kept === null || !isValues(note) || !isValues(product)) return 'left';
  const agreed = readProduct(String(note.productCode), product);
  if (!agreed.ok) return 'left';
  const state = stateFrom(historyOf(kept), agreed.value);
  if (!state.ok) return 'left';
  const { agreement, terms } = state.value;
  if (agreement.kind === 'fixed') return 'not_today';
  const next = nextRepricing(agreement.repricing, terms.start, addDays(date, -1));
  if (next !== date) return 'not_today';
  const quotes = lprQuotes({
    lprOneYear: await parameterOn(transaction, { cellId, date, name: 'loan.lpr.one_year' }),
    lprOverFiveYears: await parameterOn(transaction, {
      ...{ cellId, date, name: 'loan.lpr.over_five_years' },
    }),
  });
  const decided = decideRepricing(state.value, date, quotes);
  if (!decided.ok) return 'left';
  const place = { cellId, caseNumber: `EOD ${day.accountingDate}`, accountingDate: date };
  await addLoanEvent(
    transaction,
    { ...place, at: day.at },
    {
      ...{ noteNumber, type: 'repriced', replaces: 'rows_to_come', performer: null },
      ...recordOf(decided.value),
    },
  );
  return 'repriced';
}

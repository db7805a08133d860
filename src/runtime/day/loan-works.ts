import { present } from '../../base/assert.ts';
import { isValueList, isValues, type Value, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type LoanProduct, readProduct } from '../../product/loan/catalogue/products.ts';
import { stateFrom } from '../../product/loan/note/history.ts';
import {
  debtorFacts,
  historyOf,
  type LossParameters,
  lossModelOf,
  readLossModel,
} from '../../product/loan/note/loss-model.ts';
import { nightOf } from '../../product/loan/note/nightly.ts';
import type { Transaction } from '../../store/database.ts';
import { noteHistoryWithProduct } from '../../store/products/loan-history.ts';
import {
  addNights,
  type NightNote,
  type NightRow,
  nightBooks,
  nightNotes,
  nightTotals,
  noteSlices,
} from '../../store/products/loan-nights.ts';
import { parameterOn } from '../../store/products/parameters.ts';
import { repriceNotes } from './loan-repricing.ts';
import { type GlAmount, postGlAmounts } from './posting.ts';
import type { Day, DayWork, WorkDone } from './step.ts';

/** Notes looked at in one transaction: a few seconds of work. */
const noteSliceMax = 500;

/** A product with the loss model of its debtors, as they hold on the date. */
type Rules = { readonly product: LoanProduct; readonly loss: LossParameters };

/**
 * The night of every note: interest of the day, days overdue, class, stage, expected loss. A note
 * whose product or loss model is not kept as a parameter is counted and left.
 */
const closeNotes: DayWork = {
  step: 'accrual',
  name: 'loan.close_notes',
  kind: 'within',
  parts: async (queries, { cellId }) => {
    const slices = await noteSlices(queries, cellId, noteSliceMax);
    return slices.map(({ from, to }) => `${from}~${to}`);
  },
  run: async (transaction, day, part) => {
    const [from = '', to = ''] = part.split('~');
    const rules = new Map<string, Rules | null>();
    const rows: NightRow[] = [];
    let without = 0n;
    for (const note of await nightNotes(transaction, day.cellId, { from, to })) {
      if (!rules.has(note.productCode)) {
        rules.set(note.productCode, await rulesOf(transaction, day, note.productCode));
      }
      const own = rules.get(note.productCode) ?? null;
      if (own === null) {
        without += 1n;
        continue;
      }
      const row = await nightRow(transaction, day, note, own);
      if (!row.ok) return row;
      if (row.value !== null) rows.push(row.value);
    }
    await addNights(transaction, day, rows);
    return ok({ items: rows.length, facts: { withoutProduct: without } });
  },
};

async function rulesOf(transaction: Transaction, day: Day, code: string): Promise<Rules | null> {
  const at = { cellId: day.cellId, date: day.accountingDate };
  const parameters = await parameterOn(transaction, { ...at, name: `loan.product.${code}` });
  if (!isValues(parameters)) return null;
  const product = readProduct(code, parameters);
  if (!product.ok) return null;
  const model = await parameterOn(transaction, { ...at, name: 'loan.loss_model' });
  const loss = readLossModel(model, product.value.retail);
  return loss.ok ? { product: product.value, loss: loss.value } : null;
}

/** What happened by the end of a day: channels have gone on to the next one meanwhile. */
function upTo(history: Values, last: string): Values {
  const happenings = isValueList(history.happenings ?? null) ? history.happenings : [];
  const known = (happenings as readonly Value[]).filter(
    (one) => isValues(one) && String(one.date) <= last,
  );
  return { ...history, happenings: known };
}

async function nightRow(
  transaction: Transaction,
  day: Day,
  note: NightNote,
  { product, loss }: Rules,
): Promise<Result<NightRow | null>> {
  const { noteNumber, bookId, currency } = note;
  const of = { cellId: day.cellId, noteNumber, date: day.accountingDate };
  const last = day.days.at(-1) ?? day.accountingDate;
  const whole = present(await noteHistoryWithProduct(transaction, of), 'the note of a night');
  const kept = upTo(whole, last);
  const agreed = readProduct(
    note.productCode,
    isValues(kept.product ?? null) ? (kept.product as Values) : {},
  );
  if (!agreed.ok) return agreed;
  const state = stateFrom(historyOf(kept), agreed.value);
  if (!state.ok) return state;
  const { retail, classification, stage, accruesUpToDays } = product;
  const night = nightOf(
    state.value,
    last,
    debtorFacts({ ...note, retail }),
    lossModelOf(state.value, product, loss, note.collateralMinor),
    { classification, stage, accruesUpToDays },
  );
  if (night === null) return ok(null);
  const { outstandingMinor, receivableMinor, allowanceMinor } = state.value;
  return ok({
    ...{ noteNumber, bookId, currency, outstandingMinor },
    ...{ daysOverdue: night.daysOverdue, level: night.classified.level, stage: night.stage },
    reasons: night.classified.reasons.join(' '),
    accrualMinor: night.accrualMinor,
    receivableMinor: receivableMinor + night.accrualMinor,
    expectedLossMinor: night.expectedLossMinor,
    provisionMinor: night.expectedLossMinor - allowanceMinor,
  });
}

type Total = 'accrualMinor' | 'provisionMinor';

/** One posting for each book and currency (借 debit 贷 credit); below zero it goes back. */
function postWork(
  given: Pick<DayWork, 'step' | 'name'> & {
    readonly total: Total;
    readonly work: string;
    readonly narrative: string;
    /** Names of the parameters that hold the GL codes. */
    readonly debit: string;
    readonly credit: string;
  },
): DayWork {
  const { step, name, total, work, narrative } = given;
  return {
    ...{ step, name },
    kind: 'within',
    parts: async (queries, { cellId, accountingDate }) =>
      await nightBooks(queries, cellId, accountingDate),
    run: async (transaction, day, bookId): Promise<Result<WorkDone>> => {
      const totals = await nightTotals(transaction, { ...day, bookId });
      const codes: string[] = [];
      for (const parameter of [given.debit, given.credit]) {
        const at = { cellId: day.cellId, date: day.accountingDate, name: parameter };
        const code = await parameterOn(transaction, at);
        if (typeof code !== 'string') return refuse('parameter_missing', { name: parameter });
        codes.push(code);
      }
      const [debitGlCode = '', creditGlCode = ''] = codes;
      const amounts = totals.map(
        (one): GlAmount => ({
          ...{ bookId, debitGlCode, creditGlCode, currency: one.currency },
          amountMinor: one[total],
        }),
      );
      const posted = await postGlAmounts(transaction, day, { work, narrative }, amounts);
      if (!posted.ok) return posted;
      const amountMinor = totals.reduce((sum, one) => sum + one[total], 0n);
      return ok({ items: posted.value, facts: { amountMinor } });
    },
  };
}

/** What the end of day does for loans. */
export const loanWorks: readonly DayWork[] = [
  repriceNotes,
  closeNotes,
  postWork({
    ...{ step: 'accrual', name: 'loan.post_accrual', total: 'accrualMinor' },
    ...{ work: 'loan_accrual', narrative: 'loan_interest_accrual' },
    ...{ debit: 'loan.receivable_gl_code', credit: 'loan.interest_income_gl_code' },
  }),
  postWork({
    ...{ step: 'classification', name: 'loan.post_provision', total: 'provisionMinor' },
    ...{ work: 'loan_provision', narrative: 'loan_provision' },
    ...{ debit: 'loan.impairment_gl_code', credit: 'loan.allowance_gl_code' },
  }),
];

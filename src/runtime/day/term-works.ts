import { present } from '../../base/assert.ts';
import { addMonths } from '../../base/dates.ts';
import { simpleInterestMinor } from '../../base/rates.ts';
import { ok, type Result } from '../../base/result.ts';
import type { DepositProduct } from '../../product/deposit/product.ts';
import { type RenewableTerm, renewTerm } from '../../product/deposit/renewal.ts';
import { termAccruedMinor } from '../../product/deposit/term.ts';
import type { Transaction } from '../../store/database.ts';
import { accountSlices, sliceName, sliceOf } from '../../store/products/demand-accrual.ts';
import { depositProductsOn, depositRatesOn } from '../../store/products/deposit-products.ts';
import { closeEndedTerms, markDormant } from '../../store/products/deposit-status.ts';
import {
  type AccrualRow,
  type RenewedTerm,
  type TermRow,
  termRows,
  termSlices,
  termsToRenew,
  writeAccruals,
  writeRenewals,
} from '../../store/products/term-deposits.ts';
import { dayId } from './ids.ts';
import { postRequests } from './posting.ts';
import type { Day, DayWork, WorkDone } from './step.ts';

/** Terms worked at in one transaction. */
const termSliceMax = 20_000;
const renewalSliceMax = 500;
const dormantSliceMax = 50_000;

type Products = ReadonlyMap<string, DepositProduct>;

/** Products as they were on the days on which terms began, each day read once. */
function productsOf(transaction: Transaction, cellId: number) {
  const known = new Map<string, Promise<Products>>();
  return async (code: string, date: string): Promise<DepositProduct> => {
    const products = known.get(date) ?? depositProductsOn(transaction, cellId, date);
    known.set(date, products);
    return present((await products).get(code), `the product ${code} on ${date}`);
  };
}

/** Accrues deposits with a term or a notice: one row for each account and day. */
async function accrueTerms(
  transaction: Transaction,
  day: Day,
  part: string,
): Promise<Result<WorkDone>> {
  const { cellId, accountingDate, days } = day;
  const firstDay = days[0] ?? accountingDate;
  const at = { cellId, accountingDate, firstDay, slice: sliceOf(part) };
  const rows = await termRows(transaction, at);
  const productOf = productsOf(transaction, cellId);
  // What a row before the first left, less what withdrawals of the date took out of it.
  const before = new Map(
    rows.map((row) => [
      row.accountId,
      { accrued: row.accruedMinor - row.releasedMinor, product: row.productMinor },
    ]),
  );
  let items = 0;
  for (const date of days) {
    const rates = await depositRatesOn(transaction, cellId, date);
    const written: AccrualRow[] = [];
    for (const row of rows) {
      const product = await productOf(row.productCode, row.termsFrom);
      const demandRatePpm = rates.get(`${product.demandRateCode} ${row.currency}`) ?? 0n;
      const last = present(before.get(row.accountId), 'the account of the row');
      const counted = accrued(row, product, { date, demandRatePpm, productMinor: last.product });
      const changeMinor = counted.accruedMinor - last.accrued;
      before.set(row.accountId, { accrued: counted.accruedMinor, product: counted.productMinor });
      if (row.principalMinor === 0n && changeMinor === 0n) continue;
      const { accountId, ratePpm, principalMinor: balanceMinor } = row;
      written.push({ accountId, ratePpm, balanceMinor, ...counted, changeMinor });
    }
    await writeAccruals(transaction, { cellId, accountingDate, day: date }, part, written);
    items += written.length;
  }
  return ok({ items, facts: {} });
}

function accrued(
  row: TermRow,
  product: DepositProduct,
  at: {
    readonly date: string;
    readonly demandRatePpm: bigint;
    readonly productMinor: bigint;
  },
): { readonly accruedMinor: bigint; readonly productMinor: bigint } {
  const { principalMinor, ratePpm } = row;
  const productMinor = principalMinor === 0n ? 0n : at.productMinor + principalMinor;
  if (product.kind === 'instalment') {
    const basis = { balanceDayProductMinor: productMinor, ratePpm, yearDays: product.yearDays };
    return { accruedMinor: simpleInterestMinor(basis), productMinor };
  }
  const term = { ...row, partialWithdrawals: 0n };
  return { accruedMinor: termAccruedMinor(term, product, at), productMinor };
}

/** Renews terms that ended by the date, where their holders asked for it; ends those paid out. */
async function renewTerms(
  transaction: Transaction,
  day: Day,
  part: string,
): Promise<Result<WorkDone>> {
  const { cellId, accountingDate, days } = day;
  const firstDay = days[0] ?? accountingDate;
  const at = { cellId, accountingDate, firstDay, slice: sliceOf(part) };
  const rows = await termsToRenew(transaction, at);
  const productOf = productsOf(transaction, cellId);
  const renewed: RenewedTerm[] = [];
  const requests: Parameters<typeof postRequests>[3][number][] = [];
  for (const row of rows) {
    const product = await productOf(row.productCode, row.termsFrom);
    const maturityDate = present(row.maturityDate, 'the end of a term');
    const next = await productOf(row.productCode, maturityDate);
    const rates = await depositRatesOn(transaction, cellId, maturityDate);
    const ratePpm = rates.get(`${next.rateCode} ${row.currency}`) ?? row.ratePpm;
    const accruedMinor = row.accruedMinor - row.releasedMinor;
    const rest = { partialWithdrawals: 0n, maturityDate, product, accruedMinor };
    const renewal = row.renewal as RenewableTerm['renewal'];
    const done = renewTerm({ ...row, ...rest, renewal }, next);
    renewed.push({ row, ratePpm, ...done });
    const eventId = dayId({ ...day, accountingDate: maturityDate }, `renewal ${row.accountId}`);
    requests.push({ eventId, bookId: row.bookId, transfers: done.transfers, maturityDate });
  }
  const what = { work: 'deposit_renewal', narrative: 'term_deposit_renewed' };
  const posted = await postRequests(transaction, day, what, requests);
  if (!posted.ok) return posted;
  const good = renewed.filter((_, index) => posted.value[index] === null);
  await writeRenewals(transaction, { cellId, accountingDate, at: day.at }, good);
  const refused = posted.value.filter((code) => code !== null);
  return ok({ items: good.length, facts: { refused } });
}

/** Dormant accounts are looked for once a month, on its first day. */
const monthDay = '01';

const markDormantWork: DayWork = {
  step: 'due_items',
  name: 'deposit.mark_dormant',
  kind: 'within',
  parts: async (queries, { cellId, days }) => {
    if (!days.some((date) => date.endsWith(`-${monthDay}`))) return [];
    return (await accountSlices(queries, cellId, dormantSliceMax)).map(sliceName);
  },
  run: async (transaction, { cellId, accountingDate: date, at }, part) => {
    const products = [...(await depositProductsOn(transaction, cellId, date))]
      .filter(([, product]) => product.dormantAfterMonths > 0n)
      .map(([productCode, { dormantAfterMonths }]) => ({
        ...{ productCode, movedAfter: addMonths(date, -Number(dormantAfterMonths)) },
      }));
    const on = { cellId, date, at, slice: sliceOf(part) };
    return ok({ items: await markDormant(transaction, on, products), facts: {} });
  },
};

const closeEndedWork: DayWork = {
  step: 'due_items',
  name: 'deposit.close_ended',
  kind: 'within',
  run: async (transaction, { cellId, accountingDate: date, at }) =>
    ok({ items: await closeEndedTerms(transaction, { cellId, date, at }), facts: {} }),
};

/** What the end of day does for deposits with a term, and for those nobody moves. */
export const termWorks: readonly DayWork[] = [
  {
    ...{ step: 'due_items', name: 'deposit.due_terms', kind: 'within', run: renewTerms },
    parts: async (queries, { cellId, accountingDate: dueBy }) =>
      (await termSlices(queries, { cellId, accountsMax: renewalSliceMax, dueBy })).map(sliceName),
  },
  closeEndedWork,
  markDormantWork,
  {
    ...{ step: 'accrual', name: 'deposit.accrue_terms', kind: 'within', run: accrueTerms },
    parts: async (queries, { cellId }) =>
      (await termSlices(queries, { cellId, accountsMax: termSliceMax })).map(sliceName),
  },
];

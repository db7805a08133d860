import type { Value } from '../../base/data.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Note } from '../../product/cash/notes.ts';
import { type NewBox, openBox } from '../../store/cash/boxes.ts';
import type { CashPlace } from '../../store/cash/records.ts';
import type { Transaction } from '../../store/database.ts';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import type { DemoOpening } from './open-people.ts';
import { demoEmployees } from './people.ts';
import { demoOutlets } from './units.ts';

/** Denominations in circulation, in minor units. */
const faces: { readonly [currency: string]: readonly bigint[] } = {
  CNY: [10_000n, 5_000n, 2_000n, 1_000n, 500n, 100n, 50n, 10n],
  USD: [10_000n, 5_000n, 2_000n, 1_000n, 500n, 200n, 100n],
};

/** What the demo bank says about cash; its limits and rates are its own. */
export const demoCashParameters: readonly { readonly name: string; readonly value: Value }[] = [
  { name: 'cash.denominations', value: faces },
  { name: 'cash.till_limits', value: { CNY: 30_000_000n, USD: 2_000_000n } },
  { name: 'cash.middle_rates', value: { USD: 71_000n } },
  { name: 'cash.over_gl_code', value: '2241' },
  { name: 'cash.short_gl_code', value: '1901' },
  { name: 'cash.over_income_gl_code', value: '6301' },
  { name: 'cash.short_loss_gl_code', value: '6711' },
  {
    name: 'cash.large_report',
    value: { CNY: 5_000_000n, USD: 1_000_000n, workingDays: 5n },
  },
];

/** What lies in a teller's till when the boxes are opened: 60,000.00 in mixed notes. */
const tillNotes: readonly Note[] = [
  { faceMinor: 10_000n, count: 500n },
  { faceMinor: 5_000n, count: 120n },
  { faceMinor: 2_000n, count: 100n },
  { faceMinor: 1_000n, count: 120n },
  { faceMinor: 500n, count: 100n },
  { faceMinor: 100n, count: 300n },
];

/**
 * Opens vaults and tills at the close of the demo bank's month: what the books have as cash of a
 * unit is counted into the teller's till and the vault, so that the two are the ledger's cash.
 */
export async function openDemoCash(
  transaction: Transaction,
  { cellId, newId }: DemoOpening,
  { date, at }: { readonly date: string; readonly at: number },
): Promise<Result<null>> {
  const { rows } = await readTrialBalance(transaction, cellId, date);
  const place: CashPlace = {
    ...{ cellId, caseNumber: null, accountingDate: date, at, login: 'chen.yan', newId },
  };
  for (const { bookId, closingMinor } of rows.filter(({ glCode }) => glCode === '1001')) {
    const opened = await openUnit(transaction, place, bookId, closingMinor);
    if (!opened.ok) return opened;
  }
  return ok(null);
}

async function openUnit(
  transaction: Transaction,
  place: CashPlace,
  unitCode: string,
  cashMinor: bigint,
): Promise<Result<null>> {
  const tellers = demoEmployees.filter(
    ({ positionCode, unitCodes }) => positionCode === 'teller' && unitCodes[0] === unitCode,
  );
  const isOutlet = demoOutlets.some((outlet) => outlet.unitCode === unitCode);
  let left = cashMinor;
  for (const [nth, { login }] of (isOutlet ? tellers : []).entries()) {
    const till: NewBox = {
      ...{ boxNumber: `${unitCode}-W${nth + 1}`, kind: 'till', unitCode, holderLogin: login },
    };
    const notes = nth === 0 ? tillNotes : [];
    left -= notes.reduce((sum, { faceMinor, count }) => sum + faceMinor * count, 0n);
    const opened = await openBox(transaction, place, till, { currency: 'CNY', notes });
    if (!opened.ok) return opened;
  }
  const none = { unitCode, holderLogin: null };
  const vault: NewBox = { boxNumber: `${unitCode}-K`, kind: 'vault', ...none };
  const transit: NewBox = { boxNumber: `${unitCode}-Z`, kind: 'transit', ...none };
  const opened = await openBox(transaction, place, vault, { currency: 'CNY', notes: mixOf(left) });
  if (!opened.ok) return opened;
  return await openBox(transaction, place, transit, { currency: 'CNY', notes: [] });
}

/** An amount as a vault would hold it: a tenth in small notes, the rest in large ones. */
function mixOf(amountMinor: bigint): readonly Note[] {
  const small = [5_000n, 2_000n, 1_000n, 500n, 100n].map((faceMinor) => ({
    ...{ faceMinor, count: amountMinor / 50n / faceMinor },
  }));
  let left = small.reduce((rest, { faceMinor, count }) => rest - faceMinor * count, amountMinor);
  const notes = new Map(small.map(({ faceMinor, count }) => [faceMinor, count]));
  for (const faceMinor of faces.CNY ?? []) {
    const count = left / faceMinor;
    notes.set(faceMinor, (notes.get(faceMinor) ?? 0n) + count);
    left -= count * faceMinor;
  }
  return [...notes].map(([faceMinor, count]) => ({ faceMinor, count }));
}

/** What the demo bank says about fees and wealth products; all of it is its own. */
export const demoCounterParameters: readonly { readonly name: string; readonly value: Value }[] = [
  {
    name: 'fee.customer_classes',
    value: {
      ...{ corporate_current: 'corporate', corporate_general: 'corporate' },
      ...{ retail_current: 'retail', retail_current_2: 'retail', retail_current_3: 'retail' },
    },
  },
  { name: 'wealth.assessment_months', value: 12n },
  { name: 'wealth.liability_gl_code', value: '2314' },
  { name: 'wealth.asset_gl_code', value: '1321' },
  {
    name: 'wealth.products',
    value: {
      LC2601: wealthProduct('稳健宝1号', 'Steady 1', 'R1', 1_000_000n),
      LC2602: wealthProduct('增利2号', 'Growing 2', 'R2', 1_000_000n),
      LC2603: wealthProduct('进取3号', 'Venture 3', 'R3', 10_000_000n),
      LC2604: wealthProduct('权益4号', 'Equity 4', 'R4', 30_000_000n),
    },
  },
];

function wealthProduct(name: string, nameEn: string, risk: string, minimumMinor: bigint): Value {
  const days = { offeredFrom: '2026-01-01', offeredTo: '2027-12-31', maturityDate: '2028-06-30' };
  return { name, nameEn, risk, currency: 'CNY', minimumMinor, ...days };
}

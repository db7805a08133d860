import { assert, present } from '../../../base/assert.ts';
import { ok, type Result } from '../../../base/result.ts';
import { writeFxRecord } from '../../../store/bills/fx-records.ts';
import type { Transaction } from '../../../store/database.ts';
import {
  internalAccountOf,
  type NewAccount,
  nextAccountNumber,
  openAccounts,
} from '../../../store/ledger/accounts.ts';
import { postEvents } from '../../../store/ledger/post.ts';
import { demoCompaniesOf } from '../customers.ts';
import type { DemoOpening } from '../open-people.ts';
import { demoLoginOf } from '../people.ts';
import { demoOutlets } from '../units.ts';

/** Prices of the first board, for 100 units in the ten thousandth part of a yuan. */
const prices = [
  ['EUR', 8_020_000n, 8_281_000n, 8_320_000n, 8_350_000n],
  ['HKD', 906_000n, 913_000n, 915_000n, 919_000n],
  ['JPY', 47_000n, 47_900n, 48_200n, 48_500n],
  ['USD', 7_106_600n, 7_165_000n, 7_180_000n, 7_195_200n],
] as const;

/** The companies of an outlet that trade abroad, by their place in the outlet's list. */
const traders = [7, 8] as const;
const currencies = ['USD', 'EUR'] as const;
/** What each of their accounts in foreign currency begins with. */
const openingMinor = 50_000_000n;
/** How long the first board is good; a bank's own is good for minutes. */
const boardMs = 31n * 86_400_000n;

/** A board of prices, and accounts in foreign currency of the companies that trade abroad. */
export async function openDemoFx(
  transaction: Transaction,
  opening: DemoOpening,
  last: { readonly date: string },
): Promise<Result<null>> {
  const { cellId, newId } = opening;
  const at = Date.parse(`${last.date}T08:30:00+08:00`);
  const place = {
    ...{ cellId, newId, at, caseNumber: 'opening', accountingDate: last.date },
    login: 'wan.qing',
  };
  for (const [currency, cashBid, bid, middle, ask] of prices) {
    const validFromMs = BigInt(at);
    const validity = { validFromMs, validUntilMs: validFromMs + boardMs };
    const line = { currency, per: 100n, cashBid, bid, middle, ask, madeLogin: 'liang.siyuan' };
    const values = { ...line, ...validity };
    await writeFxRecord(transaction, place, { kind: 'fx_quote', values });
  }
  for (const { unitCode } of demoOutlets) {
    const opened = await openTraders(transaction, opening, { ...last, unitCode });
    if (!opened.ok) return opened;
  }
  return ok(null);
}

async function openTraders(
  transaction: Transaction,
  { cellId, newId, newIdAt }: DemoOpening,
  { unitCode, date }: { readonly unitCode: string; readonly date: string },
): Promise<Result<null>> {
  const openedLogin = demoLoginOf('teller', unitCode);
  const now = Date.parse(`${date}T08:30:00+08:00`);
  for (const currency of currencies) {
    const accounts: NewAccount[] = [];
    for (const nth of traders) {
      const { customerNumber, name } = present(demoCompaniesOf(unitCode)[nth], 'a company');
      accounts.push({
        ...{ accountId: newId(), accountNumber: await nextAccountNumber(transaction, unitCode) },
        ...{ bookId: unitCode, glCode: '2011', currency, kind: 'customer', counterBookId: null },
        ...{ openingUnitCode: unitCode, customerNumber, name, product: 'corporate_foreign' },
        overdraftLimitMinor: 0n,
      });
    }
    const order = { cellId, openedOn: date, openedLogin };
    const opened = await openAccounts(transaction, { ...order, accounts });
    if (!opened.ok) return opened;
    const own = { accountId: newId(), bookId: unitCode, glCode: '1011', currency };
    const nostro = await internalAccountOf(transaction, { ...order, ...own });
    if (!nostro.ok) return nostro;
    const transfers = accounts.map(({ accountId: creditAccountId }) => ({
      ...{ debitAccountId: nostro.value.accountId, creditAccountId, currency },
      amountMinor: openingMinor,
    }));
    const context = {
      ...{ businessReference: `FX-${date}-${unitCode}-${currency}`, narrative: 'remittance' },
      ...{ transactionCode: 'remittance_in', operatingUnitCode: unitCode, makerLogin: openedLogin },
      ...{ authoriserLogin: demoLoginOf('supervisor', unitCode), processInstanceId: null },
      ...{ activity: null, taskId: null },
    };
    const event = {
      ...{ eventId: newIdAt(now), accountingDate: date, context },
      postings: [{ bookId: unitCode, transfers }],
    };
    const posted = await postEvents(transaction, { cellId, now, events: [event] });
    if (!posted.ok) return posted;
    assert(
      posted.value.every((answer) => answer.ok),
      'money came in from abroad',
    );
  }
  return ok(null);
}

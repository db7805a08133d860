import type { CalendarDate } from '../../base/dates.ts';
import { demoCompaniesOf, demoPersonsOf } from './customers.ts';
import { demoOutlets } from './units.ts';

/** Where money of a payment comes from or goes to. */
export type Place =
  | { readonly customer: string }
  | { readonly unit: string; readonly glCode: string };

/** A payment of the demo bank's month; `feeMinor` is charged to the payer beside it. */
export type DemoPayment = {
  readonly narrative: string;
  readonly transactionCode: string;
  /** Whose teller keys it in. */
  readonly outletCode: string;
  readonly debit: Place;
  readonly credit: Place;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
};

const headOffice = '100000';
/** 存放中央银行款项: money of other banks comes and goes through it, at head office. */
const centralBank: Place = { unit: headOffice, glCode: '1003' };

/** An even-looking number from 0 to below `end`, always the same for the same words. */
function chosen(end: number, ...words: readonly (number | string)[]): number {
  let mixed = 2_166_136_261;
  for (const char of words.join('/')) {
    mixed = Math.imul(mixed ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  }
  mixed = Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519) >>> 0;
  return ((mixed ^ (mixed >>> 13)) >>> 0) % end;
}

/** An amount in 分 between two amounts in 元; `stepYuan` makes it round. */
function yuan(from: number, to: number, stepYuan: number, ...words: (number | string)[]): bigint {
  const steps = Math.floor((to - from) / stepYuan);
  return BigInt(from + chosen(steps + 1, ...words) * stepYuan) * 100n;
}

/** What is posted on the first day: capital, cash for the outlets, customers' first balances. */
export function openingPayments(): DemoPayment[] {
  const capital: DemoPayment = {
    ...{ narrative: 'capital_paid_in', transactionCode: 'GL0001', outletCode: headOffice },
    ...{ debit: centralBank, credit: { unit: headOffice, glCode: '4001' } },
    ...{ amountMinor: 200_000_000_000n, feeMinor: 0n },
  };
  const vault: DemoPayment = {
    ...{ narrative: 'cash_supplied', transactionCode: 'CS0001', outletCode: headOffice },
    ...{ debit: { unit: headOffice, glCode: '1001' }, credit: centralBank },
    ...{ amountMinor: 1_000_000_000n, feeMinor: 0n },
  };
  const cash = demoOutlets.map(
    ({ unitCode }): DemoPayment => ({
      ...{ narrative: 'cash_supplied', transactionCode: 'CS0001', outletCode: headOffice },
      ...{ debit: { unit: unitCode, glCode: '1001' }, credit: centralBank },
      ...{ amountMinor: 200_000_000n, feeMinor: 0n },
    }),
  );
  const balances = demoOutlets.flatMap(({ unitCode }) => [
    ...demoCompaniesOf(unitCode).map((company, index) =>
      incoming(
        unitCode,
        company.customerNumber,
        // The first companies trade most: they are the ones to try the loan flow with.
        yuan(index < 3 ? 6_000_000 : 600_000, 12_000_000, 1_000, 'opening', unitCode, index),
      ),
    ),
    ...demoPersonsOf(unitCode).map((person, index) =>
      incoming(
        unitCode,
        person.customerNumber,
        yuan(20_000, 260_000, 100, 'opening person', unitCode, index),
      ),
    ),
  ]);
  return [capital, vault, ...cash, ...balances];
}

function incoming(outletCode: string, customer: string, amountMinor: bigint): DemoPayment {
  return {
    ...{ narrative: 'payment_incoming', transactionCode: 'PM0110', outletCode },
    ...{ debit: centralBank, credit: { customer }, amountMinor, feeMinor: 0n },
  };
}

/** What one outlet posts in one of the day's rounds, from 0. */
export function paymentsOf(outletCode: string, date: CalendarDate, round: number): DemoPayment[] {
  switch (round) {
    case 0:
      return [cashDeposit(outletCode, date, 0), trade(outletCode, date, 0)];
    case 1:
      return [trade(outletCode, date, 1), receipt(outletCode, date, 0)];
    case 2:
      return [cashWithdrawal(outletCode, date), ...monthly(outletCode, date)];
    case 3:
      return [trade(outletCode, date, 2), sent(outletCode, date)];
    default:
      return [receipt(outletCode, date, 1), cashDeposit(outletCode, date, 1)];
  }
}

/** Rounds of a working day: when they are posted, by the clock in China. */
export const demoRounds: readonly string[] = ['09:12', '10:05', '11:20', '14:03', '16:28'];

function company(outletCode: string, ...words: readonly (number | string)[]): string {
  const companies = demoCompaniesOf(outletCode);
  // Every third time one of the first three.
  const end = chosen(3, 'who', outletCode, ...words) === 0 ? 3 : companies.length;
  return companies[chosen(end, 'company', outletCode, ...words)]?.customerNumber ?? '';
}

function person(outletCode: string, ...words: readonly (number | string)[]): string {
  const persons = demoPersonsOf(outletCode);
  return persons[chosen(persons.length, 'person', outletCode, ...words)]?.customerNumber ?? '';
}

/** One company pays another, at the same outlet or at another one. */
function trade(outletCode: string, date: CalendarDate, n: number): DemoPayment {
  const payer = company(outletCode, date, 'payer', n);
  const other = demoOutlets[chosen(demoOutlets.length, date, outletCode, n)]?.unitCode;
  const payeeOutlet = n === 0 ? outletCode : (other ?? outletCode);
  const companies = demoCompaniesOf(payeeOutlet).filter((one) => one.customerNumber !== payer);
  const payee = companies[chosen(companies.length, date, 'payee', outletCode, n)];
  return {
    ...{ narrative: 'payment_in_bank', transactionCode: 'PM0101', outletCode },
    ...{ debit: { customer: payer }, credit: { customer: payee?.customerNumber ?? '' } },
    amountMinor: yuan(8_000, 260_000, 10, 'trade', date, outletCode, n),
    feeMinor: 0n,
  };
}

function receipt(outletCode: string, date: CalendarDate, n: number): DemoPayment {
  const amountMinor = yuan(30_000, 420_000, 10, 'receipt', date, outletCode, n);
  return incoming(outletCode, company(outletCode, date, 'receipt', n), amountMinor);
}

function sent(outletCode: string, date: CalendarDate): DemoPayment {
  return {
    ...{ narrative: 'payment_outgoing', transactionCode: 'PM0120', outletCode },
    debit: { customer: company(outletCode, date, 'sent') },
    credit: centralBank,
    amountMinor: yuan(20_000, 320_000, 10, 'sent', date, outletCode),
    feeMinor: 1_000n,
  };
}

function cashDeposit(outletCode: string, date: CalendarDate, n: number): DemoPayment {
  return {
    ...{ narrative: 'cash_deposit', transactionCode: 'DP0101', outletCode },
    debit: { unit: outletCode, glCode: '1001' },
    credit: { customer: person(outletCode, date, 'deposit', n) },
    amountMinor: yuan(500, 28_000, 100, 'deposit', date, outletCode, n),
    feeMinor: 0n,
  };
}

function cashWithdrawal(outletCode: string, date: CalendarDate): DemoPayment {
  return {
    ...{ narrative: 'cash_withdrawal', transactionCode: 'DP0102', outletCode },
    debit: { customer: person(outletCode, date, 'withdrawal') },
    credit: { unit: outletCode, glCode: '1001' },
    amountMinor: yuan(300, 18_000, 100, 'withdrawal', date, outletCode),
    feeMinor: 0n,
  };
}

/** Wages on the first working day from the 10th of a month, taxes from the 15th. */
function monthly(outletCode: string, date: CalendarDate): DemoPayment[] {
  const day = Number(date.slice(8));
  if (day >= 10 && day <= 12) return wages(outletCode, date);
  if (day >= 15 && day <= 17) return [taxes(outletCode, date)];
  return [];
}

function wages(outletCode: string, date: CalendarDate): DemoPayment[] {
  return [0, 1, 2, 3].map((n) => ({
    ...{ narrative: 'payroll', transactionCode: 'PM0105', outletCode },
    debit: { customer: company(outletCode, date, 'wages') },
    credit: { customer: person(outletCode, date, 'wages', n) },
    amountMinor: yuan(6_200, 15_800, 10, 'wages', date, outletCode, n),
    feeMinor: 0n,
  }));
}

function taxes(outletCode: string, date: CalendarDate): DemoPayment {
  return {
    ...{ narrative: 'tax_payment', transactionCode: 'PM0130', outletCode },
    debit: { customer: company(outletCode, date, 'taxes') },
    credit: centralBank,
    amountMinor: yuan(9_000, 88_000, 1, 'taxes', date, outletCode),
    feeMinor: 0n,
  };
}

import { readFile } from 'node:fs/promises';
import { parseAmount } from '../../../base/money.ts';
import { parseRatePercent } from '../../../base/rates.ts';
import { replay } from '../../../product/loan/progressive/replay.ts';
import type { ConformanceCase, ConformanceSuite } from '../../conformance-suite.ts';
import { type Fields, listOf, textAt } from './loans/json.ts';
import { dayCountOf, unitOf } from './loans/products.ts';
import { plainTerms } from './loans/terms.ts';

export const suite: ConformanceSuite = {
  summary: 'schedules of loans with equal instalments (a JSON file), every figure to the cent',
  run: async (path) => {
    const loans = listOf(JSON.parse(await readFile(path, 'utf8')));
    const cases: ConformanceCase[] = [];
    for (const each of loans) {
      const why = failureOf(each);
      const [file, id, principal, rate] = ['file', 'testId', 'principal', 'annualRatePct'].map(
        (name) => textAt(each, name),
      );
      if (why === null) continue;
      cases.push({ name: `${file} ${id} ${principal} at ${rate} %`, state: 'failed', why });
    }
    const failed = cases.length;
    return { passed: loans.length - failed, failed, skipped: 0, cases };
  },
};

/** Reads what was agreed and what is expected; fields that explain the result are not read. */
function failureOf(given: Fields): string | null {
  const text = (name: string): string => textAt(given, name);
  const principal = minorOf(text('principal'));
  const rate = parseRatePercent(text('annualRatePct'));
  const unit = unitOf(text('unit'));
  const dayCount = dayCountOf(text('daysInYear'), text('daysInMonth'));
  if (principal === null || !rate.ok || unit === null || dayCount === null) {
    return `cannot be read: ${text('principal')}, ${text('annualRatePct')}, ${text('unit')}`;
  }
  const terms = plainTerms({
    ...dayCount,
    annualRatePpm: rate.value,
    instalments: Number(text('periods')),
    every: Number(text('repaymentEvery')),
    unit,
  });
  const date = text('disbursed');
  const events = [
    { kind: 'disbursed', number: 1, enteredOn: date, date, amountMinor: principal } as const,
  ];
  const { instalments } = replay(terms, events, date);
  let balance = principal;
  const came = instalments.map(({ due, asked }) => {
    balance -= asked.principal;
    return `${due} ${asked.principal} ${asked.interest} ${balance}`;
  });
  const wanted = listOf(given.expected).map((row) => {
    const [paid, interest, left] = ['principal', 'interest', 'balance'].map((name) =>
      minorOf(textAt(row, name)),
    );
    return `${textAt(row, 'due')} ${paid} ${interest} ${left}`;
  });
  const at = wanted.findIndex((text, index) => text !== came[index]);
  if (at < 0 && came.length === wanted.length) return null;
  return `instalment ${at + 1}: wanted ${wanted[at]}, came ${came[at]}`;
}

function minorOf(text: string): bigint | null {
  const amount = parseAmount(text, 'EUR');
  return amount.ok ? amount.value : null;
}

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Values } from '../../base/data.ts';
import { formatAmount } from '../../base/money.ts';
import { refusalCodes } from '../../contract/refusals/index.ts';
import type { Facts, OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { discountOf } from './discount.ts';
import { acceptBill, amortiseBill, discountBill, payAcceptedBill } from './tasks.ts';

const bill = {
  billNumber: 'B1',
  faceMinor: 100_000_000n,
  issuedOn: '2026-02-08',
  maturesOn: '2026-08-08',
  ratePpm: 18_000n,
  accountNumber: '1',
};
const input = (values: Values, accountingDate = '2026-02-10'): OperationInput => ({
  values,
  context: {
    at: Date.UTC(2026, 1, 10, 2),
    accountingDate,
    caseNumber: 'BL-2026-000001',
    processInstance: '01900000-0000-7000-8000-000000000001',
    activity: 'discount',
    caseUnitId: 'outlet',
    performer: 'teller',
    performerUnitId: 'outlet',
    attributes: {},
  },
});
const facts: Facts = {
  account: { accountNumber: '1', currency: 'CNY', availableMinor: 30_000_000n },
  margin: { accountNumber: '2', currency: 'CNY', availableMinor: 30_000_000n },
  payableOn: '2026-08-10',
  termMonths: 6n,
  ...{ face: '1301', interest: '130102', income: '6011', feeIncome: '6021' },
  ...{ acceptance: '7201', advance: '1303', clearing: '3001' },
};
const run = (operation: ServiceOperation, values: Values, known: Facts = facts, day?: string) => {
  const done = operation.decide(input(values, day), known);
  if (!done.ok) throw new Error(done.code);
  return done.value;
};
const cny = (value: unknown) => formatAmount(value as bigint, 'CNY');
const told = ({ values }: { values: Values }) =>
  [String(values.days), cny(values.interestMinor), cny(values.paidMinor)].join(' ');
const paper = { ...bill, medium: 'paper', elsewhere: true };

/** The handbook's section 14, and the same figures by their names in the worked figures. */
const figures: readonly (readonly [string, string, string, () => string])[] = [
  [
    'V19 electronic, maturity on a Saturday',
    '181 9050.00 990950.00',
    'disc_ebill',
    () => told(run(discountBill, { ...bill, elsewhere: true })),
  ],
  [
    'V19 paper of another place',
    '184 9200.00 990800.00',
    'disc_paper_remote',
    () => told(run(discountBill, paper)),
  ],
  [
    'V19 had the holiday not moved it',
    '179 8950.00 991050.00',
    'disc_no_roll',
    () => told(run(discountBill, bill, { ...facts, payableOn: '2026-08-08' })),
  ],
  [
    'V20 the exam case',
    '24 1200.00 998800.00',
    'disc_exam',
    () => {
      const exam = { ...paper, issuedOn: '2026-07-31', maturesOn: '2026-10-31' };
      const known = { ...facts, payableOn: '2026-10-31' };
      return told(run(discountBill, exam, known, '2026-10-10'));
    },
  ],
  [
    'V19 earned to 31 March',
    '2500.00',
    'amort_3_31',
    () => {
      const span = { discountedOn: '2026-02-10', countedTo: '2026-08-10' };
      const values = { interestMinor: 905_000n, ...span };
      return cny(run(amortiseBill, values, facts, '2026-04-01').values.earnedMinor);
    },
  ],
];

describe('figures of the handbook', () => {
  test.each(figures)('%s', (_, wanted, __, ours) => {
    expect(ours()).toBe(wanted);
  });

  const material = process.env.HUILIU_DATA;
  test.skipIf(material === undefined)('the published figures are the same (HUILIU_DATA)', () => {
    const published = JSON.parse(readFileSync(`${material}/cn/worked-figures.json`, 'utf8'));
    for (const [, wanted, name] of figures) {
      expect([published[name]].flat().join(' '), name).toBe(wanted);
    }
  });
});

describe('postings', () => {
  test('the face is split into what is paid and the interest', () => {
    const [posting] = run(discountBill, bill).postings;
    expect(posting!.transfers.map(({ amountMinor, credit }) => [credit, amountMinor])).toEqual([
      [{ accountNumber: '1' }, 99_095_000n],
      [{ unitId: 'outlet', glCode: '130102' }, 905_000n],
    ]);
  });

  test('interest taken before is not taken again', () => {
    const values = { interestMinor: 905_000n, discountedOn: '2026-02-10', countedTo: '2026-08-10' };
    const again = { ...values, earnedMinor: 250_000n };
    expect(run(amortiseBill, again, facts, '2026-04-01').postings).toEqual([]);
    expect(run(amortiseBill, again, facts, '2026-09-01').postings[0]!.transfers[0]).toMatchObject({
      amountMinor: 655_000n,
    });
  });

  test.each([
    [30_000_000n, 40_000_000n, [30_000_000n, 30_000_000n, 40_000_000n], 40_000_000n],
    [70_000_000n, 0n, [70_000_000n, 30_000_000n], 0n],
    [100_000_000n, 0n, [100_000_000n], 0n],
  ])(
    'margin %d, then the drawer, then an advance of %d',
    (marginMinor, advance, amounts, told_) => {
      const values = { ...bill, marginAccountNumber: '2', marginMinor };
      const done = run(payAcceptedBill, values);
      expect(done.values.advanceMinor).toBe(told_);
      expect(done.values.advanceMinor).toBe(advance);
      expect(done.postings[0]!.transfers.map(({ amountMinor }) => amountMinor)).toEqual(amounts);
    },
  );

  test('an acceptance stands off the balance sheet with its margin and fee', () => {
    const values = { ...bill, marginAccountNumber: '2', marginMinor: 5n, feeMinor: 3n };
    const [posting] = run(acceptBill, values).postings;
    expect(posting!.transfers.map(({ amountMinor }) => amountMinor)).toEqual([5n, 3n]);
    expect(posting!.memoranda).toMatchObject([{ direction: 'in', amountMinor: 100_000_000n }]);
  });

  test.each<[ServiceOperation, Values, Facts, string]>([
    [discountBill, { ...bill, faceMinor: 0n }, {}, 'amount_not_positive'],
    [discountBill, { ...bill, issuedOn: '2026-01-01' }, {}, 'bill_term_too_long'],
    [discountBill, bill, { payableOn: '2026-02-10' }, 'bill_already_due'],
    [discountBill, bill, { payableOn: null }, 'calendar_not_known'],
    [discountBill, { ...bill, ratePpm: 2_000_000n }, {}, 'bill_interest_exceeds_face'],
    [discountBill, bill, { account: null }, 'account_unknown'],
    [discountBill, bill, { face: null }, 'parameter_missing'],
    [acceptBill, { ...bill, marginMinor: 100_000_001n }, {}, 'bill_margin_exceeds_face'],
    [acceptBill, { ...bill, feeMinor: -1n }, {}, 'amount_not_positive'],
    [payAcceptedBill, { ...bill, marginMinor: 100_000_001n }, {}, 'bill_margin_exceeds_face'],
  ])('%# is refused', (operation, values, more, code) => {
    expect(operation.decide(input(values), { ...facts, ...more })).toMatchObject({
      ok: false,
      code,
    });
    expect(refusalCodes()).toContain(code);
  });

  test('days never count twice', () => {
    const dated = { ...bill, discountedOn: '2026-02-10', payableOn: '2026-08-10' } as const;
    const done = discountOf({ ...dated, medium: 'electronic', elsewhere: false }, 6);
    expect(done).toMatchObject({ ok: true, value: { days: 181, countedTo: '2026-08-10' } });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Values } from '../../base/data.ts';
import { addDays } from '../../base/dates.ts';
import { formatAmount } from '../../base/money.ts';
import { refusalCodes } from '../../contract/refusals/index.ts';
import type { Facts, OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { acceptBill, payAcceptedBill, priceAcceptance } from './acceptance.ts';
import { endorseBill, pledgeBill } from './circulation.ts';
import { answerCollection, presentBill, repayDebt, takeRecourse } from './collection.ts';
import { discountOf, earnedTo } from './discount.ts';
import { discountBill, matureRediscounted, rediscountBill, takeInBill } from './discounting.ts';

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
const known: Facts = {
  ...{ billNumber: 'B1', billKind: 'bank_acceptance', medium: 'electronic', elsewhere: false },
  ...{ drawerName: 'drawer', acceptorName: 'other bank', acceptedHere: false, payeeName: 'holder' },
  ...{ currency: 'CNY', faceMinor: 100_000_000n, issuedOn: '2026-02-08' },
  ...{ maturesOn: '2026-08-08', unitId: 'outlet', status: 'accepted', holderName: 'holder' },
  ...{ honoured: false, acceptance: null, discount: null, debtMinor: 0n, debtAccountNumber: '' },
};
const own = {
  ...known,
  ...{ acceptedHere: true, acceptorName: 'the bank' },
  acceptance: { accountNumber: '1', marginAccountNumber: '2', marginMinor: 0n, unitId: 'outlet' },
};
const drawn = { ...own, status: 'registered', acceptance: null };
const ours = {
  ...{ ...known, status: 'discounted', holderName: 'the bank' },
  discount: { accountNumber: '1', unitId: 'outlet' },
};
const facts: Facts = {
  bill: known,
  account: {
    ...{ accountNumber: '1', currency: 'CNY', availableMinor: 30_000_000n, name: 'holder' },
    customerNumber: 'C1',
  },
  margin: { accountNumber: '2', currency: 'CNY', availableMinor: 30_000_000n },
  payableOn: '2026-08-10',
  termMonths: 6n,
  ...{ face: '1301', interest: '130102', income: '6011', feeIncome: '6021', marginGl: '2002' },
  ...{ acceptance: '7201', advance: '1303', clearing: '3001', bankName: 'the bank' },
  ...{ sold: '2021', soldInterest: '202102' },
};
const withBill = (more: Facts): Facts => ({ ...facts, bill: { ...known, ...more } });
const run = (operation: ServiceOperation, values: Values, given: Facts = facts, day?: string) => {
  const done = operation.decide(input(values, day), given);
  if (!done.ok) throw new Error(done.code);
  return done.value;
};
const cny = (value: unknown) => formatAmount(value as bigint, 'CNY');
const told = ({ values }: { values: Values }) =>
  [String(values.days), cny(values.interestMinor), cny(values.paidMinor)].join(' ');
const paper = { medium: 'paper', elsewhere: true };

/** The handbook's section 14, and the same figures by their names in the worked figures. */
const figures: readonly (readonly [string, string, string, () => string])[] = [
  [
    'V19 electronic, maturity on a Saturday',
    '181 9050.00 990950.00',
    'disc_ebill',
    () => told(run(discountBill, bill, withBill({ elsewhere: true }))),
  ],
  [
    'V19 paper of another place',
    '184 9200.00 990800.00',
    'disc_paper_remote',
    () => told(run(discountBill, bill, withBill(paper))),
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
      const given = { ...withBill(exam), payableOn: '2026-10-31' };
      const asked = { ...bill, maturesOn: '2026-10-31' };
      return told(run(discountBill, asked, given, '2026-10-10'));
    },
  ],
  [
    'V19 earned to 31 March',
    '2500.00',
    'amort_3_31',
    () => {
      const span = { discountedOn: '2026-02-10', countedTo: '2026-08-10' };
      return cny(earnedTo(905_000n, { ...span, to: '2026-04-01' }));
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

  test('interest is spread whole, each day once', () => {
    const span = { discountedOn: '2026-02-10', countedTo: '2026-08-10' };
    const upTo = (day: number) => earnedTo(905_000n, { ...span, to: addDays('2026-02-10', day) });
    const days = Array.from({ length: 181 }, (_, day) => upTo(day + 1) - upTo(day));
    expect(days.reduce((sum, one) => sum + one, 0n)).toBe(905_000n);
    expect(new Set(days)).toEqual(new Set([5_000n]));
  });

  const due = '2026-08-10';
  test.each([
    [30_000_000n, 40_000_000n, [30_000_000n, 30_000_000n, 40_000_000n]],
    [70_000_000n, 0n, [70_000_000n, 30_000_000n]],
    [100_000_000n, 0n, [100_000_000n]],
  ])(
    'CRED-16 margin %d, then the drawer, then an advance of %d',
    (marginMinor, advance, amounts) => {
      const acceptance = { ...own.acceptance, marginMinor };
      const given = { ...facts, bill: { ...own, acceptance } };
      const done = run(payAcceptedBill, {}, given, due);
      expect(done.values.advanceMinor).toBe(advance);
      expect(done.postings[0]!.transfers.map(({ amountMinor }) => amountMinor)).toEqual(amounts);
      const debts = done.records.filter(({ kind }) => kind === 'bill_debt');
      expect(debts.map(({ values }) => values.changeMinor)).toEqual(advance > 0n ? [advance] : []);
    },
  );

  test('an acceptance stands off the balance sheet with its margin and fee', () => {
    const values = { ...bill, marginAccountNumber: '2', marginMinor: 5n, feeMinor: 3n };
    const [posting] = run(acceptBill, values, { ...facts, bill: drawn }).postings;
    expect(posting!.transfers.map(({ amountMinor }) => amountMinor)).toEqual([5n, 3n]);
    expect(posting!.memoranda).toMatchObject([{ direction: 'in', amountMinor: 100_000_000n }]);
  });

  test('margin rounds up to the fen, the fee half up', () => {
    const terms = { marginPpm: 300_000n, feePpm: 500n };
    const values = { faceMinor: 1_001n, acceptanceTerms: terms };
    expect(run(priceAcceptance, values).values).toEqual({ marginMinor: 301n, feeMinor: 1n });
  });

  test('a bill that is sold on is owed until it is due', () => {
    const values = { ...bill, counterparty: 'other bank', ratePpm: 16_000n };
    const sold = run(rediscountBill, values, { ...facts, bill: ours }, '2026-06-10');
    expect(
      sold.postings[0]!.transfers.map(({ credit, amountMinor }) => [credit, amountMinor]),
    ).toEqual([
      [{ unitId: 'outlet', glCode: '2021' }, 99_728_889n],
      [{ unitId: 'outlet', glCode: '2021' }, 271_111n],
    ]);
    const after = { ...ours, status: 'rediscounted' };
    const over = run(matureRediscounted, bill, { ...facts, bill: after }, due);
    expect(over.postings[0]!.transfers).toMatchObject([
      { debit: { glCode: '2021' }, credit: { glCode: '1301' }, amountMinor: 100_000_000n },
    ]);
  });

  test('recourse takes what the deposit has, the rest becomes a loan and is paid back', () => {
    const given = { ...facts, bill: { ...ours, status: 'dishonoured' } };
    const taken = run(takeRecourse, { recourseAccountNumber: '1' }, given, due);
    expect(taken.values.recourseDebtMinor).toBe(70_000_000n);
    const owing = {
      ...ours,
      status: 'in_recourse',
      debtMinor: 70_000_000n,
      debtAccountNumber: '1',
    };
    const repaid = run(repayDebt, { repaidMinor: 70_000_000n }, { ...facts, bill: owing }, due);
    expect(repaid.records.map(({ values }) => values.event ?? values.changeMinor)).toEqual([
      'repaid',
      -70_000_000n,
      'settled',
    ]);
  });
});

describe('refusals', () => {
  const due = '2026-08-10';
  const rediscountOn = (maturesOn: string) => ({ ...bill, counterparty: 'b', maturesOn });
  const at = (more: Facts): Facts => ({ bill: { ...known, ...more } });
  const negative = { ...own, acceptance: { ...own.acceptance, marginMinor: -1n } };
  const much = { ...own, acceptance: { ...own.acceptance, marginMinor: 100_000_001n } };
  test.each<[ServiceOperation, Values, Facts, string, string?]>([
    [discountBill, bill, { bill: null }, 'bill_unknown'],
    [discountBill, bill, at({ issuedOn: '2026-01-01' }), 'bill_term_too_long'],
    [discountBill, bill, { payableOn: '2026-02-10' }, 'bill_already_due'],
    [discountBill, bill, { payableOn: null }, 'calendar_not_known'],
    [discountBill, { ...bill, maturesOn: '2026-06-08' }, {}, 'bill_written_otherwise'],
    [discountBill, { ...bill, ratePpm: 2_000_000n }, {}, 'bill_interest_exceeds_face'],
    [discountBill, bill, { account: null }, 'account_unknown'],
    [discountBill, bill, { face: null }, 'parameter_missing'],
    [discountBill, bill, at({ holderName: 'somebody' }), 'bill_not_held'],
    [discountBill, bill, at({ status: 'in_collection' }), 'bill_status_forbids'],
    [
      acceptBill,
      { ...bill, marginMinor: 100_000_001n },
      { bill: drawn },
      'bill_margin_exceeds_face',
    ],
    [acceptBill, { ...bill, feeMinor: -1n }, { bill: drawn }, 'amount_not_positive'],
    [acceptBill, bill, { bill: own }, 'bill_status_forbids'],
    [acceptBill, { ...bill, customerNumber: 'C2' }, { bill: drawn }, 'bill_account_of_other'],
    [payAcceptedBill, {}, { bill: much }, 'bill_margin_exceeds_face', due],
    [payAcceptedBill, {}, { bill: negative }, 'amount_not_positive', due],
    [payAcceptedBill, {}, { bill: own }, 'bill_not_yet_due', '2026-08-07'],
    [payAcceptedBill, {}, { bill: { ...own, honoured: true } }, 'bill_paid_already', due],
    [payAcceptedBill, {}, {}, 'bill_not_accepted_here', due],
    [takeInBill, { ...bill, faceMinor: 5n, ...names() }, {}, 'bill_written_otherwise'],
    [takeInBill, { ...bill, ...names() }, { bill: ours }, 'bill_not_held'],
    [takeInBill, { ...bill, ...names() }, {}, 'bill_already_due', due],
    [endorseBill, { endorseeName: 'somebody' }, at({ holderName: 'other' }), 'bill_not_held'],
    [endorseBill, { endorseeName: 'holder' }, {}, 'bill_endorsed_to_oneself'],
    [endorseBill, { endorseeName: 'somebody' }, {}, 'bill_already_due', due],
    [pledgeBill, { pledge: 'release' }, {}, 'bill_status_forbids'],
    [rediscountBill, { ...bill, counterparty: 'b' }, {}, 'bill_status_forbids'],
    [rediscountBill, rediscountOn('2026-07-08'), { bill: ours }, 'bill_written_otherwise'],
    [presentBill, {}, at({ holderName: 'other' }), 'bill_not_held'],
    [answerCollection, {}, at({ status: 'in_collection' }), 'bill_not_yet_due'],
    [answerCollection, {}, { bill: ours }, 'bill_status_forbids', due],
    [answerCollection, refusedBy(), { bill: own }, 'bill_own_acceptance', due],
    [takeRecourse, {}, at({ status: 'dishonoured' }), 'bill_not_discounted_here', due],
    [repayDebt, { repaidMinor: 1n }, {}, 'bill_nothing_owed', due],
  ])('%# is refused', (operation, values, more, code, day = '2026-02-10') => {
    expect(operation.decide(input(values, day), { ...facts, ...more })).toMatchObject({
      ok: false,
      code,
    });
    expect(refusalCodes()).toContain(code);
  });

  function names(): Values {
    return { drawerName: 'drawer', acceptorName: 'other bank', payeeName: 'holder' };
  }
  function refusedBy(): Values {
    return { collectionAnswer: 'dishonoured', dishonourReason: 'no money' };
  }

  test('days never count twice', () => {
    const dated = { ...bill, discountedOn: '2026-02-10', payableOn: '2026-08-10' } as const;
    const done = discountOf({ ...dated, medium: 'electronic', elsewhere: false }, 6);
    expect(done).toMatchObject({ ok: true, value: { days: 181, countedTo: '2026-08-10' } });
  });
});

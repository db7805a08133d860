import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import { readResults, unpaidSalaries } from '../../store/products/salaries.ts';
import { dayTestBank, firstDay } from '../day/testing.ts';
import { askOracle } from '../oracle.ts';
import { value } from '../testing.ts';

const employees = 300;
let bank: Awaited<ReturnType<typeof dayTestBank>>;

beforeAll(async () => {
  bank = await dayTestBank();
  const accountId = await bank.open('payer');
  value(await bank.post({ accountId, amountMinor: 2_000_000n }));
  for (let nth = 0; nth < employees; nth += 1) {
    await bank.open(`employee-${nth}`, nth % 3 === 0 ? '0109' : '0101');
  }
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

const order = () => ({
  ...{ batchId: bank.newId(), payerAccountNumber: 'payer', currency: 'CNY' },
  ...{ makerLogin: 'teller', authoriserLogin: 'supervisor' },
});
const line = (accountNumber: string, amountMinor: bigint, name = accountNumber) => ({
  ...{ accountNumber, name, amountMinor },
});

test('an order is refused whole for what is wrong with the whole', async () => {
  const take = async (change: object, lines = [line('employee-1', 1n)]) => {
    const taken = await bank.runtime.takeSalaries({ ...order(), ...change }, lines);
    return taken.ok ? 'taken' : taken.code;
  };
  expect(await take({}, [])).toBe('salary_lines_not_fitting');
  const tooMany = Array.from({ length: 100_001 }, () => line('employee-1', 1n));
  expect(await take({}, tooMany)).toBe('salary_lines_not_fitting');
  expect(await take({}, [line('employee-1', 0n)])).toBe('salary_total_not_fitting');
  const tooMuch = [line('employee-1', 10n ** 18n - 1n), line('employee-1', 1n)];
  expect(await take({}, tooMuch)).toBe('salary_total_not_fitting');
  expect(await take({ authoriserLogin: 'teller' })).toBe('authoriser_is_maker');
  expect(await take({ payerAccountNumber: 'nobody' })).toBe('account_unknown');
  const unknown = await bank.runtime.paySalaries(bank.newId());
  expect(unknown).toMatchObject({ code: 'salary_order_unknown' });
});

test('an order sent again is the same order; with other contents it is refused', async () => {
  const given = order();
  const lines = [line('employee-1', 1n), line('employee-2', 2n)];
  const take = async (change: object, wanted = lines) => {
    const taken = await bank.runtime.takeSalaries({ ...given, ...change }, wanted);
    return taken.ok ? 'taken' : taken.code;
  };
  expect([await take({}), await take({})]).toEqual(['taken', 'taken']);
  for (const other of [
    [line('employee-1', 1n)],
    [...lines, line('employee-3', 3n)],
    [line('employee-1', 2n), line('employee-2', 1n)],
    [line('employee-1', 1n, '李四'), line('employee-2', 2n)],
  ]) {
    expect(await take({}, other)).toBe('salary_order_differs');
  }
  expect(await take({ makerLogin: 'another' })).toBe('salary_order_differs');
});

test('an order without an authoriser waits for a second person', async () => {
  const given = { ...order(), authoriserLogin: null };
  const { batchId } = given;
  const lines = [line('employee-1', 7n)];
  value(await bank.runtime.takeSalaries(given, lines));
  const codeOf = (done: { ok: boolean; code?: string }) => (done.ok ? 'done' : done.code);
  const decide = async (login: string, status: 'authorised' | 'declined', of = batchId) =>
    codeOf(await bank.runtime.decideAboutSalaries({ batchId: of, login, status }));
  expect(codeOf(await bank.runtime.paySalaries(batchId))).toBe('salary_not_authorised');
  expect(await decide('supervisor', 'authorised', bank.newId())).toBe('salary_order_unknown');
  expect(await decide('teller', 'authorised')).toBe('authoriser_is_maker');
  expect(await decide('supervisor', 'authorised')).toBe('done');
  expect(await decide('supervisor', 'authorised')).toBe('done');
  expect(await decide('supervisor', 'declined')).toBe('salary_order_decided');
  expect(await decide('another', 'authorised')).toBe('salary_order_decided');
  value(await bank.runtime.takeSalaries(given, lines));
  expect(value(await bank.runtime.paySalaries(batchId, () => true))).toMatchObject({ paid: 0 });
  expect(await unpaidSalaries(bank.database, 1)).toContain(batchId);
  expect(value(await bank.runtime.paySalaries(batchId))).toMatchObject({ paid: 1, paidMinor: 7n });
  expect(await unpaidSalaries(bank.database, 1)).not.toContain(batchId);

  const other = { ...given, batchId: bank.newId() };
  value(await bank.runtime.takeSalaries(other, lines));
  expect(await decide('supervisor', 'declined', other.batchId)).toBe('done');
  expect(codeOf(await bank.runtime.paySalaries(other.batchId))).toBe('salary_not_authorised');
});

test('each line has its own result; paid twice at once and again, no line is paid twice', async () => {
  const given = order();
  const lines = [
    ...Array.from({ length: employees }, (_, nth) => line(`employee-${nth}`, 5_000n)),
    ...[line('employee-1', 0n), line('nobody', 1n), line('employee-1', 1n, '李四')],
    line('employee-2', 600_000n),
  ];
  value(await bank.runtime.takeSalaries(given, lines));
  value(await bank.runtime.takeSalaries(given, lines));
  const { batchId } = given;
  const both = await Promise.all([
    bank.runtime.paySalaries(batchId),
    bank.runtime.paySalaries(batchId),
  ]);
  const answers = both.map((answer) => value(answer));
  expect(answers.reduce((sum, { paid }) => sum + paid, 0)).toBe(employees);
  expect(value(await bank.runtime.paySalaries(batchId))).toMatchObject({ paid: 0, refused: 0 });
  const of = { cellId: 1, batchId, after: 0, max: 1_000 };
  const results = await readResults(bank.database, of);
  expect(results.filter(({ status }) => status === 'paid')).toHaveLength(employees);
  expect(results.slice(employees).map(({ code }) => code)).toEqual([
    ...['amount_not_positive', 'account_unknown', 'payee_name_differs', 'available_exceeded'],
  ]);
  const { balanced } = await readTrialBalance(bank.database, 1, firstDay);
  expect(balanced).toBe(true);
});

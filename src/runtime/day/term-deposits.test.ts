import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { addDays, addMonths } from '../../base/dates.ts';
import { depositOperations } from '../../product/deposit/tasks.ts';
import { beginClosing } from '../../store/day/closing.ts';
import { readProof } from '../../store/day/proof.ts';
import { balanceAt } from '../../store/ledger/balances.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import { addDepositProduct, addDepositRate } from '../../store/products/deposit-products.ts';
import { addParameter } from '../../store/products/parameters.ts';
import { demoDepositProducts, demoDepositRates } from '../demo/deposits.ts';
import { demoParameters } from '../demo/parameters.ts';
import { askOracle } from '../oracle.ts';
import { processXml, staff, value } from '../testing.ts';
import { dayTestBank, firstDay } from './testing.ts';

const teller = staff('E1', 'teller');
const made = { cellId: 1, effectiveFrom: '2026-01-01', madeAt: 0 };
const people = { madeLogin: 'maker', checkedLogin: 'checker' };
let bank: Awaited<ReturnType<typeof dayTestBank>>;

beforeAll(async () => {
  bank = await dayTestBank();
  await bank.done(async (transaction) => {
    for (const [productCode, definition] of demoDepositProducts) {
      await addDepositProduct(transaction, { ...made, ...people, productCode, definition });
    }
    const rates = { ...demoDepositRates, fixed_1y: 13_500n, demand: null };
    for (const [rateCode, ratePpm] of Object.entries(rates)) {
      if (ratePpm === null) continue;
      const rate = { ...made, ...people, rateCode, currency: 'CNY', ratePpm };
      await addDepositRate(transaction, rate);
    }
    for (const { name, value: held } of demoParameters) {
      if (name === 'day.calendar') continue;
      await addParameter(transaction, { ...made, ...people, name, value: held });
    }
    for (const number of ['C1', 'C2']) {
      await transaction.query(
        `insert into customer (cell_id, customer_number, kind, name, identity_kind, identity_number,
           unit_code, opened_at, opened_login)
         values (1, $1, 'retail', '张三', 'resident_id', $1, '0101', 0, 'maker')`,
        [number],
      );
    }
  });
  for (const { name } of depositOperations) {
    await bank.deploy(
      processXml({
        id: name,
        attributes: 'huiliu:casePrefix="DP"',
        lanes: [{ role: 'teller', unit: 'own', nodes: 'start post end' }],
        nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>
          <bpmn:serviceTask id="post" name="post" huiliu:operation="${name}"/>`,
        flows: ['start > post > end'],
      }),
    );
  }
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

/** Runs one operation as a case of its own; its values afterwards, or the code of the refusal. */
async function run(operation: string, values: Values): Promise<Values | string> {
  const order = { actor: teller, processId: `deposit.${operation}`, values, unitCode: '0101' };
  const started = await bank.runtime.startCase(order);
  if (!started.ok) return started.code;
  return value(await bank.runtime.viewCase(started.value.caseNumber)).values;
}

const today = async () =>
  present(await accountingDates(bank.database, 1), 'the books are open').accountingDate;

/** Closes the open date with the next one as far away as is wanted; every total ties. */
async function passTo(nextDate: string): Promise<void> {
  const accountingDate = await today();
  const closing = { accountingDate, nextDate, begunAt: bank.clock.now, begunLogin: 'system' };
  await bank.done((transaction) => beginClosing(transaction, 1, closing));
  value(await bank.runtime.endOfDay({ login: 'system' }));
  const proof = await readProof(bank.database, 1, accountingDate);
  expect(proof.filter((line) => line.leftMinor !== line.rightMinor)).toEqual([]);
  expect(await today()).toBe(nextDate);
}

const balance = async (accountNumber: string) =>
  await balanceAt(bank.database, { cellId: 1, accountNumber, date: await today() });

async function opened(productCode: string, amountMinor: bigint, more: Values = {}) {
  const number = `from-${productCode.replaceAll('_', '-')}-${bank.newId().slice(-6)}`;
  const accountId = await bank.open(number);
  value(await bank.post({ accountId, amountMinor: amountMinor * 20n }));
  const order = { fromAccountNumber: number, productCode, amountMinor, ...more };
  const done = await run('open_term', order);
  if (typeof done === 'string') throw new Error(done);
  return { from: number, accountNumber: String(done.accountNumber), values: done };
}

describe('CORE-11 DEP-01 fixed deposits through nights, early, in part, at maturity, late', () => {
  const principal = 20_000_000n;
  test('V2 in the books: whole early, part early, the rest at maturity, late; totals tie', async () => {
    const fixed = async () => await opened('fixed_1y', principal);
    const [whole, part, late] = [await fixed(), await fixed(), await fixed()];
    const maturity = addMonths(firstDay, 12);
    expect(whole.values).toMatchObject({ maturityDate: maturity, ratePpm: 13_500n });
    await passTo(addDays(firstDay, 261));
    const { accountNumber } = whole;
    expect(await run('withdraw_term', { accountNumber })).toMatchObject({ interestMinor: 7_250n });
    expect(await balance(accountNumber)).toBe(0n);
    expect(await run('withdraw_term', { accountNumber })).toBe('term_deposit_unknown');
    const some = { accountNumber: part.accountNumber, amountMinor: 5_000_000n };
    expect(await run('withdraw_term', some)).toMatchObject({
      ...{ interestMinor: 1_813n, withdrawalKind: 'early' },
    });
    expect(await run('withdraw_term', some)).toBe('partial_withdrawal_not_allowed');
    await passTo(maturity);
    expect(await run('withdraw_term', { accountNumber: part.accountNumber })).toMatchObject({
      ...{ interestMinor: 202_500n, withdrawalKind: 'at_maturity' },
    });
    await passTo(addDays(maturity, 66));
    expect(await run('withdraw_term', { accountNumber: late.accountNumber })).toMatchObject({
      ...{ interestMinor: 271_833n, withdrawalKind: 'late' },
    });
    await passTo(addDays(maturity, 67));
    const [row] = await bank.database.query<{ status: string }>(
      `select b.status from account_balance b join account a using (cell_id, account_id)
       where a.account_number = $1`,
      [late.accountNumber],
    );
    expect(row?.status).toBe('closed');
  });

  test('a term renews by itself, with the interest or without', async () => {
    const start = await today();
    const both = await opened('fixed_3m', principal, { renewal: 'principal_and_interest' });
    const alone = await opened('fixed_3m', principal, { renewal: 'principal' });
    const before = await balance(alone.from);
    const end = addMonths(start, 3);
    await passTo(end);
    await passTo(addDays(end, 1));
    // 200,000.00 at 0.65 % for three months: 325.00.
    expect(await balance(both.accountNumber)).toBe(20_032_500n);
    expect(await balance(alone.accountNumber)).toBe(principal);
    const credited = present(await balance(alone.from), 'its balance') - present(before, 'it');
    expect(credited).toBeGreaterThanOrEqual(32_500n);
    const [term] = await bank.database.query<{ start: string; end: string; number: number }>(
      `select start_date as start, maturity_date as "end", term_number::int as number
       from term_deposit t join account a using (cell_id, account_id)
       where a.account_number = $1 and ended_on is null`,
      [both.accountNumber],
    );
    expect(term).toEqual({ start: end, end: addMonths(end, 3), number: 2 });
  });
});

test('DEP-01 a notice deposit pays its rate on the day that was told of, the demand rate else', async () => {
  const start = await today();
  const { accountNumber } = await opened('notice_7d', 50_000_000n);
  await passTo(addDays(start, 49));
  const notice = { accountNumber, amountMinor: 50_000_000n };
  expect(await run('give_notice', notice)).toMatchObject({ dueOn: addDays(start, 56) });
  expect(await run('give_notice', notice)).toBe('notice_given_already');
  await passTo(addDays(start, 56));
  // V4: 500,000 at 0.45 % for 56 days.
  expect(await run('withdraw_term', { accountNumber })).toMatchObject({
    ...{ interestMinor: 35_000n, withdrawalKind: 'noticed' },
  });
});

test('DEP-01 instalment savings, a certificate that passes on, an agreed deposit', async () => {
  const start = await today();
  const savings = await opened('instalment_1y', 100_000n);
  const month = { accountNumber: savings.accountNumber, amountMinor: 100_000n };
  expect(await run('pay_instalment', { ...month, amountMinor: 99_999n })).toBe(
    'instalment_not_fitting',
  );
  const certificate = await opened('large_certificate_1y', 20_000_000n);
  const agreedId = await bank.open('agreed');
  value(await bank.post({ accountId: agreedId, amountMinor: 50_000_000n }));
  const agreement = { accountNumber: 'agreed', baseMinor: 5_000_000n, rateCode: 'agreed' };
  expect(typeof (await run('agree', agreement))).toBe('object');
  expect(await run('agree', agreement)).toBe('agreement_in_force');
  for (let months = 1; months < 12; months += 1) {
    await passTo(addMonths(start, months));
    expect(typeof (await run('pay_instalment', month))).toBe('object');
    if (months !== 6) continue;
    const buyerId = await bank.open('buyer');
    value(await bank.post({ accountId: buyerId, amountMinor: 30_000_000n }));
    const sale = { accountNumber: certificate.accountNumber, buyerAccountNumber: 'buyer' };
    const sold = await run('transfer_certificate', { ...sale, priceMinor: 20_100_000n });
    certificate.accountNumber = String((sold as Values).accountNumber);
    expect(await balance('buyer')).toBe(9_900_000n);
  }
  await passTo(addMonths(start, 12));
  // 78 months of 1,000.00 at 0.65 %, and 200,000.00 at 1.15 % for a year to the buyer.
  expect(await run('withdraw_term', { accountNumber: savings.accountNumber })).toMatchObject({
    ...{ interestMinor: 4_225n, withdrawalKind: 'at_maturity' },
  });
  expect(await run('withdraw_term', { accountNumber: certificate.accountNumber })).toMatchObject({
    ...{ interestMinor: 230_000n, withdrawalKind: 'at_maturity' },
  });
  const [row] = await bank.database.query<{ upper: bigint; days: bigint }>(
    `select sum(upper_product_minor)::int8 as upper, count(*) as days from deposit_accrual
     where account_id = $1 and upper_product_minor > 0`,
    [agreedId],
  );
  expect(present(row, 'its rows').days).toBeGreaterThan(360n);
  await passTo(addDays(addMonths(start, 12), 1));
});

test('DEP-01 a demand account is settled at the posted rate before it is closed', async () => {
  const accountId = await bank.open('leaving');
  value(await bank.post({ accountId, amountMinor: 10_000_000n }));
  const start = await today();
  await passTo(addDays(start, 30));
  const done = await run('settle_interest', { accountNumber: 'leaving' });
  // 100,000 for 30 days at 0.05 %: 4.17, less what a settlement day between has paid already.
  expect(done).toMatchObject({ interestMinor: expect.any(BigInt) });
  const left = present(await balance('leaving'), 'its balance');
  expect(left).toBe(10_000_417n);
  value(await bank.post({ accountId, amountMinor: -left }));
  expect(typeof (await run('close_account', { accountNumber: 'leaving' }))).toBe('object');
  await passTo(addDays(start, 31));
});

test('DEP-01 V1 in the books: 积数 of 90 days, settled on the 20th, paid on the 21st', async () => {
  const now = await today();
  const settled = ['03-20', '06-20', '09-20', '12-20'].flatMap((day) =>
    [now.slice(0, 4), String(Number(now.slice(0, 4)) + 1)].map((year) => `${year}-${day}`),
  );
  // A period of 90 days ends on 20 March of a year without a leap day.
  const ends = settled.filter((day) => day.endsWith('03-20') && day > now).sort();
  const end = present(
    ends.find((day) => addDays(day, -90) >= now && !day.startsWith('2028')),
    'a quarter that is yet to come',
  );
  await passTo(addDays(end, -89));
  const accountId = await bank.open('quarter');
  value(await bank.post({ accountId, amountMinor: 10_000_000n }));
  await passTo(addDays(end, -89 + 25));
  value(await bank.post({ accountId, amountMinor: 5_000_000n }));
  await passTo(addDays(end, -89 + 25 + 26));
  value(await bank.post({ accountId, amountMinor: -8_000_000n }));
  await passTo(end);
  expect(await balance('quarter')).toBe(7_000_000n);
  await passTo(addDays(end, 1));
  expect(await balance('quarter')).toBe(7_001_268n);
  const [row] = await bank.database.query<{ product: bigint; interest: bigint; paidOn: string }>(
    `select product_minor as product, interest_minor as interest, paid_on as "paidOn"
     from deposit_interest where account_id = $1`,
    [accountId],
  );
  expect(row).toEqual({ product: 913_000_000n, interest: 1_268n, paidOn: addDays(end, 1) });
});

test('classes of personal accounts: one of class I, limits by day and year, counted in the books', async () => {
  const holder = { customerNumber: 'C1', accountName: '张三' };
  const first = await run('open_personal_account', { ...holder, productCode: 'retail_current' });
  const classOne = String((first as Values).accountNumber);
  expect(await run('open_personal_account', { ...holder, productCode: 'retail_current' })).toBe(
    'class_one_account_exists',
  );
  const second = { ...holder, productCode: 'retail_current_2', faceChecked: true };
  expect(await run('open_personal_account', second)).toBe('bound_account_missing');
  const bound = { ...second, boundAccountNumber: classOne };
  const two = String(((await run('open_personal_account', bound)) as Values).accountNumber);
  const cash = (accountNumber: string, amountMinor: bigint) => ({ accountNumber, amountMinor });
  expect(typeof (await run('deposit_cash', cash(two, 5_000_000n)))).toBe('object');
  expect(typeof (await run('withdraw_cash', cash(two, 600_000n)))).toBe('object');
  expect(typeof (await run('withdraw_cash', cash(two, 400_000n)))).toBe('object');
  expect(await run('withdraw_cash', cash(two, 1n))).toBe('class_day_exceeded');
  const home = { payerAccountNumber: two, payeeAccountNumber: classOne, payeeName: '张三' };
  expect(typeof (await run('pay', { ...home, amountMinor: 2_000_000n }))).toBe('object');
  await passTo(addDays(await today(), 1));
  expect(typeof (await run('withdraw_cash', cash(two, 1n)))).toBe('object');
});

test('a company has one basic account, opened first and closed last', async () => {
  const holder = { customerNumber: 'C9', accountName: '甲公司' };
  await bank.done(async (transaction) => {
    await transaction.query(
      `insert into customer (cell_id, customer_number, kind, name, identity_kind, identity_number,
         unit_code, opened_at, opened_login)
       values (1, 'C9', 'corporate', '甲公司', 'credit_code', 'C9', '0101', 0, 'maker')`,
    );
  });
  const open = async (productCode: string) =>
    await run('open_company_account', { ...holder, productCode });
  expect(await open('corporate_general')).toBe('basic_account_missing');
  const basic = String(((await open('corporate_current')) as Values).accountNumber);
  expect(await open('corporate_current')).toBe('basic_account_exists');
  const general = String(((await open('corporate_general')) as Values).accountNumber);
  const close = async (accountNumber: string) =>
    await run('close_company_account', { customerNumber: 'C9', accountNumber });
  expect(await close(basic)).toBe('basic_account_closes_last');
  for (const accountNumber of [general, basic]) {
    expect(typeof (await close(accountNumber))).toBe('object');
  }
  expect(typeof (await open('corporate_current'))).toBe('object');
});

test('an account nobody moves for the months of its product becomes dormant, and is woken', async () => {
  const accountId = await bank.open('quiet', '0101', 'corporate_current');
  value(await bank.post({ accountId, amountMinor: 1_000_000n }));
  const start = await today();
  await passTo(addMonths(start, 13));
  const first = `${addMonths(start, 14).slice(0, 8)}01`;
  await passTo(first);
  await passTo(addDays(first, 1));
  expect(await bank.post({ accountId, amountMinor: -1n })).toMatchObject({
    code: 'account_dormant',
  });
  expect(typeof (await run('wake', { accountNumber: 'quiet' }))).toBe('object');
  value(await bank.post({ accountId, amountMinor: -1n }));
});

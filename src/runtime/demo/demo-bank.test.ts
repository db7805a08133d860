import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isWorkingDay, workingDaysOfYear } from '../../base/calendar.ts';
import { checkCreditCode, checkResidentId, passesLuhn } from '../../base/identifiers.ts';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import { findCustomers } from '../../store/people/customers.ts';
import { readPerson } from '../../store/people/sessions.ts';
import { readUnits, unitByRule } from '../../store/people/units.ts';
import { roleHolders } from '../../store/process/operation-facts.ts';
import { type TestDatabase, testDatabase } from '../../store/testing.ts';
import { createRuntime } from '../runtime.ts';
import { seededRandom, value } from '../testing.ts';
import { demoCalendar, demoDates } from './calendar.ts';
import { demoCustomerLogins, demoCustomers } from './customers.ts';
import { openDemoBank } from './open-demo-bank.ts';
import { demoEmployees } from './people.ts';
import { demoOutlets } from './units.ts';

let store: TestDatabase;
const openedOn = '2026-10-20';

beforeAll(async () => {
  store = await testDatabase();
  const passwordCost = { memoryKib: 64, passes: 1, lanes: 1 };
  const order = { database: store.database, now: Date.UTC(2026, 10, 20, 1), passwordCost };
  expect(await openDemoBank(order)).toEqual({ ok: true, value: 'opened' });
  expect(await openDemoBank(order)).toEqual({ ok: true, value: 'already_open' });
});
afterAll(async () => await store.drop());

describe('customers a banker believes', () => {
  test('200 of them, each with a name and a number of its own', () => {
    expect(demoCustomers).toHaveLength(200);
    for (const key of ['customerNumber', 'name', 'identityNumber'] as const) {
      expect(new Set(demoCustomers.map((customer) => customer[key])).size).toBe(200);
    }
  });

  test('identity numbers pass their check digits and belong to no region', () => {
    for (const { kind, identityNumber } of demoCustomers) {
      const checked =
        kind === 'corporate' ? checkCreditCode(identityNumber) : checkResidentId(identityNumber);
      expect(checked).toMatchObject({ ok: true, value: { regionKnown: false } });
    }
  });

  test('grown-ups only', () => {
    const births = demoCustomers
      .filter((customer) => customer.kind === 'retail')
      .map((customer) => customer.identityNumber.slice(6, 14));
    expect(births.filter((birth) => birth > '20081009' || birth < '19500101')).toEqual([]);
  });

  test('every company has a rating, a representative and its customer manager', () => {
    for (const customer of demoCustomers.filter(({ kind }) => kind === 'corporate')) {
      expect(customer.creditRating).toMatch(/^(AA|A|BBB|BB)$/);
      expect(customer.legalRepresentative).toMatch(/^\p{Script=Han}{3}$/u);
      expect(demoEmployees.map((employee) => employee.employeeNumber)).toContain(
        customer.managerEmployeeNumber,
      );
    }
  });

  test('all stand in the database', async () => {
    const units = demoOutlets.map((unit) => unit.unitCode);
    const wanted = { units, search: null, kind: null, limit: 5, offset: 0 };
    expect((await findCustomers(store.database, 1, wanted)).total).toBe(200);
  });
});

describe('the staff of the loan flow', () => {
  test('one name, one login, one teller number each', () => {
    for (const key of ['name', 'login', 'employeeNumber'] as const) {
      expect(new Set(demoEmployees.map((employee) => employee[key])).size).toBe(
        demoEmployees.length,
      );
    }
    const tellers = demoEmployees.flatMap(({ tellerNumber }) => tellerNumber ?? []);
    expect(new Set(tellers).size).toBe(tellers.length);
    expect(tellers.filter((number) => !/^\d{7}$/.test(number))).toEqual([]);
  });

  test.each([
    ['customer_manager', 'own', 1],
    ['risk_manager', 'own', 1],
    ['committee_member', 'own', 5],
    ['independent_approver', 'own', 1],
    ['authorised_approver', 'own', 1],
    ['seal_keeper', 'own', 1],
    ['branch_credit_officer', 'branch', 1],
    ['branch_credit_head', 'branch', 1],
    ['branch_risk_officer', 'branch', 1],
    ['disbursement_checker', 'centre', 1],
    ['disbursement_officer', 'centre', 1],
  ] as const)('%s of every outlet (%s)', async (role, rule, count) => {
    const units = await readUnits(store.database, 1, openedOn);
    for (const outlet of demoOutlets) {
      const unitCode = unitByRule(units, outlet.unitCode, rule)?.unitCode ?? '';
      const held = { role, unitCode, date: openedOn };
      const holders = await roleHolders(store.database, 1, held);
      // Two managers of each kind in the first sub-branch: one may hand a case over to the other.
      const hasTwo = unitCode === '110100' && role.endsWith('_manager');
      expect([unitCode, holders.length]).toEqual([unitCode, hasTwo ? 2 : count]);
    }
  });

  test('a customer signs in as the customer', async () => {
    const { login, customerNumber } = demoCustomerLogins[0] ?? { login: '', customerNumber: '' };
    const person = await readPerson(store.database, 1, login, openedOn);
    expect(person).toMatchObject({ kind: 'customer', person: customerNumber, unitCode: '110101' });
    expect(person.roles).toMatchObject([{ role: 'customer', unitCode: '110101' }]);
  });
});

describe('the month of the demo bank', () => {
  test.each([
    ['a Friday', '2026-11-20', '2026-10-20', '2026-11-20', 24],
    ['a Saturday', '2026-11-21', '2026-10-20', '2026-11-20', 24],
    ['over the October holiday', '2026-10-10', '2026-09-10', '2026-10-10', 18],
    ['beyond the calendar', '2027-03-01', '2026-11-30', '2026-12-31', 24],
    ['before the calendar', '2025-12-01', '2026-01-12', '2026-02-10', 22],
  ] as const)('opened on %s', (_name, today, first, last, count) => {
    const dates = demoDates(today);
    expect([dates[0], dates.at(-1), dates.length]).toEqual([first, last, count]);
    for (const date of dates) {
      expect(isWorkingDay(demoCalendar, date)).toEqual({ ok: true, value: true });
    }
  });

  test('has 248 working days in its year', () => {
    expect(workingDaysOfYear(demoCalendar, 2026)).toEqual({ ok: true, value: 248 });
  });

  test('was posted on working days only, the last one is open', async () => {
    const rows = await store.database.query<{ date: string }>(
      'select distinct accounting_date as date from posting order by 1',
    );
    expect(rows.map((row) => row.date)).toEqual(demoDates('2026-11-20'));
    const open = await accountingDates(store.database, 1);
    expect(open).toEqual({ accountingDate: '2026-11-20', previousDate: null });
  });

  test('the books balance and the inter-branch accounts sum to zero', async () => {
    for (const date of ['2026-10-20', '2026-11-02', '2026-11-20']) {
      const balance = await readTrialBalance(store.database, 1, date);
      expect(balance.totals.length).toBeGreaterThanOrEqual(5);
      for (const total of balance.totals) expect(total.differenceMinor).toBe(0n);
      expect(balance.interBranch).toEqual([{ currency: 'CNY', sumMinor: 0n }]);
    }
  });

  test('no customer owes money, every one has some', async () => {
    const rows = await store.database.query<{ lowest: bigint; customers: bigint }>(
      `select min(b.balance_minor) as lowest, count(distinct a.customer_number) as customers
       from account a join account_balance b
         on b.cell_id = a.cell_id and b.account_id = a.account_id
       where a.kind = 'customer'`,
    );
    expect(rows[0]?.customers).toBe(200n);
    expect(rows[0]?.lowest).toBeGreaterThan(0n);
  });

  test('who authorised is never who keyed in, and large amounts are authorised', async () => {
    const rows = await store.database.query<{ bad: bigint; authorised: bigint }>(
      `select count(*) filter (where maker_login = authoriser_login) as bad,
         count(*) filter (where authoriser_login is not null) as authorised
       from posting`,
    );
    expect(rows[0]?.bad).toBe(0n);
    expect(rows[0]?.authorised).toBeGreaterThan(100n);
  });

  test('account numbers pass their check digit', async () => {
    const rows = await store.database.query<{ number: string }>(
      "select account_number as number from account where kind = 'customer'",
    );
    expect(rows.filter((row) => !passesLuhn(row.number))).toEqual([]);
  });

  test('the same day gives the same bank, and on a later day its own end of day takes it there', async () => {
    const other = await testDatabase();
    const passwordCost = { memoryKib: 64, passes: 1, lanes: 1 };
    const now = Date.UTC(2026, 10, 20, 9);
    await openDemoBank({ database: other.database, now, passwordCost });
    const sum = async ({ database }: TestDatabase) =>
      await database.query(
        `select count(*) as transfers, sum(amount_minor)::int8 as amount,
           md5(string_agg(transfer_id::text || amount_minor, ',' order by transfer_id)) as all
         from transfer`,
      );
    expect(await sum(other)).toEqual(await sum(store));
    // Started again on a Monday: the accounting date rolls on, once.
    const monday = { database: other.database, now: Date.UTC(2026, 10, 23, 1), passwordCost };
    for (let start = 0; start < 2; start += 1) {
      expect(await openDemoBank(monday)).toEqual({ ok: true, value: 'already_open' });
      const given = { clock: () => monday.now, random: seededRandom('monday') };
      const runtime = createRuntime({ database: other.database, ...given });
      const closed = start === 0 ? ['2026-11-20'] : [];
      expect(await runtime.closeDueDays({})).toEqual({ ok: true, value: closed });
      const open = await accountingDates(other.database, 1);
      expect(open).toEqual({ accountingDate: '2026-11-23', previousDate: null });
      const report = value(await runtime.dayReport('2026-11-20'));
      expect([report.status, report.differences]).toEqual(['closed', 0]);
    }
    await other.drop();
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCreditCode, checkResidentId } from '../../base/identifiers.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Transaction } from '../../store/database.ts';
import { findCustomers } from '../../store/people/customers.ts';
import { roleHolders } from '../../store/people/employees.ts';
import { readPerson } from '../../store/people/sessions.ts';
import { readUnits, unitByRule } from '../../store/people/units.ts';
import { type TestDatabase, testDatabase } from '../../store/testing.ts';
import { systemRandom } from '../clock.ts';
import { risingIds } from '../ids.ts';
import { demoCustomerLogins, demoCustomers } from './customers.ts';
import { openDemoCustomers, openDemoLogins, openDemoStaff, openDemoUnits } from './open-people.ts';
import { demoEmployees } from './people.ts';
import { demoOutlets } from './units.ts';

let store: TestDatabase;
const openedOn = '2026-10-09';
const at = Date.UTC(2026, 9, 9, 1);
const opening = { cellId: 1, at, openedOn, newId: risingIds(at, systemRandom) };
const cost = { memoryKib: 64, passes: 1, lanes: 1 };

beforeAll(async () => {
  store = await testDatabase();
  const open = async (transaction: Transaction): Promise<Result<null>> => {
    for (const part of [openDemoUnits, openDemoStaff, openDemoCustomers]) {
      const opened = await part(transaction, opening);
      if (!opened.ok) return opened;
    }
    return await openDemoLogins(transaction, opening, cost);
  };
  expect(await store.database.transaction(open)).toEqual(ok(null));
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
      const held = { role, unitCode, onDate: openedOn };
      expect(await roleHolders(store.database, 1, held)).toHaveLength(count);
    }
  });

  test('a customer signs in as the customer', async () => {
    const { login, customerNumber } = demoCustomerLogins[0] ?? { login: '', customerNumber: '' };
    const person = await readPerson(store.database, 1, login, openedOn);
    expect(person).toMatchObject({ kind: 'customer', person: customerNumber, unitCode: '110101' });
    expect(person.roles).toMatchObject([{ role: 'customer', unitCode: '110101' }]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transaction } from '../database.ts';
import { type TestDatabase, testDatabase } from '../testing.ts';
import { findCustomers, openCustomer } from './customers.ts';
import {
  defineRole,
  defineStaffPosition,
  employ,
  fillPosition,
  forbidTogether,
} from './employees.ts';
import { countFailure, forgetFailures, openLogin, readLoginSecret } from './logins.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { endSession, readPerson, readSession, startSession } from './sessions.ts';
import { readSignOn, signOff, signOn } from './sign-on.ts';
import {
  type OrgUnit,
  type OrgUnitKind,
  openUnit,
  readUnits,
  unitByRule,
  unitsDownwards,
} from './units.ts';

let store: TestDatabase;
const cell = 1;
const today = '2026-11-20';
const at = 1_795_000_000_000;
let made = 0;
const next = () => {
  made += 1;
  return made;
};
const id = () => `01936a2e-7d3c-7b4e-9c1a-${String(next()).padStart(12, '0')}`;

beforeAll(async () => {
  store = await testDatabase();
});
afterAll(async () => await store.drop());

const unit = (unitCode: string, kind: OrgUnitKind, parentCode: string | null): OrgUnit => ({
  ...{ unitCode, kind, parentCode, name: `机构${unitCode}`, nameEn: `Unit ${unitCode}` },
  ...{ officeLayer: 'front', outOfTown: false, accountingUnitCode: null },
});

/** Runs in one transaction and gives the code of the refusal, or 'ok'. */
async function codeOf(
  work: (transaction: Transaction) => Promise<{ ok: true } | { ok: false; code: string }>,
): Promise<string> {
  const result = await store.database.transaction(work as never);
  return result.ok ? 'ok' : result.code;
}

describe('units', () => {
  test.each([
    ['head office', unit('000', 'head_office', null), 'ok'],
    ['the same again', unit('000', 'head_office', null), 'unit_exists'],
    ['a branch under nothing', unit('100', 'city_branch', null), 'unit_parent_not_allowed'],
    ['a branch under an unknown unit', unit('100', 'city_branch', '999'), 'unit_unknown'],
    ['a branch', unit('100', 'city_branch', '000'), 'ok'],
    ['a branch under a branch', unit('101', 'city_branch', '100'), 'unit_parent_not_allowed'],
    ['an outlet under a branch', unit('111', 'outlet', '100'), 'unit_parent_not_allowed'],
    ['a sub-branch', unit('110', 'sub_branch', '100'), 'ok'],
    ['its outlet', unit('111', 'outlet', '110'), 'ok'],
    ['a second sub-branch', unit('120', 'sub_branch', '100'), 'ok'],
    ['a centre', unit('800', 'centre', '000'), 'ok'],
  ] as const)('ORG-01 %s', async (_name, opened, expected) => {
    expect(await codeOf((transaction) => openUnit(transaction, cell, opened, today))).toBe(
      expected,
    );
  });

  test('a unit is not there before its first day', async () => {
    expect(await readUnits(store.database, cell, '2026-11-19')).toEqual([]);
  });

  test.each([
    ['111', 'own', '110'],
    ['110', 'own', '110'],
    ['111', 'branch', '100'],
    ['111', 'head_office', '000'],
    ['111', 'centre', '800'],
    ['000', 'branch', null],
    ['999', 'own', null],
  ] as const)('seen from %s, %s is %s', async (from, rule, expected) => {
    const units = await readUnits(store.database, cell, today);
    expect(unitByRule(units, from, rule)?.unitCode ?? null).toBe(expected);
  });

  test('ORG-01 a data scope holds the unit and all under it', async () => {
    const units = await readUnits(store.database, cell, today);
    expect(unitsDownwards(units, '110')).toEqual(['110', '111']);
    expect(unitsDownwards(units, '100')).toEqual(['100', '110', '111', '120']);
  });
});

describe('people', () => {
  beforeAll(async () => {
    await store.database.transaction(async (transaction) => {
      for (const roleCode of ['maker', 'checker', 'customer']) {
        const permissions = roleCode === 'maker' ? ['work_tasks'] : [];
        const role = { roleCode, name: '角色', nameEn: roleCode, permissions };
        await defineRole(transaction, cell, role);
      }
      await forbidTogether(transaction, cell, 'maker', 'checker');
      for (const positionCode of ['maker', 'checker']) {
        const seat = { positionCode, name: '岗位', nameEn: positionCode, monthsMax: null };
        await defineStaffPosition(transaction, cell, { ...seat, roleCodes: [positionCode] });
      }
      return { ok: true, value: null };
    });
  });

  const anna = { employeeNumber: '100001', name: '王安娜', employedFrom: today };
  const holding = (positionCode: string, unitCode: string, employeeNumber = '100001') => ({
    ...{ id: id(), employeeNumber, positionCode, unitCode, isMain: true },
    ...{ effectiveFrom: today, grantedLogin: 'system' },
  });

  test('an employee number is given once', async () => {
    expect(await codeOf((transaction) => employ(transaction, cell, anna))).toBe('ok');
    expect(await codeOf((transaction) => employ(transaction, cell, anna))).toBe('employee_exists');
  });

  test.each([
    ['nobody', holding('maker', '110', '999999'), 'employee_unknown'],
    ['nowhere', holding('maker', '999'), 'unit_unknown'],
    ['no such position', holding('guard', '110'), 'role_unknown'],
    ['a first position', holding('maker', '110'), 'ok'],
    ['an incompatible one, elsewhere', holding('checker', '120'), 'roles_in_conflict'],
    ['the same at another unit', { ...holding('maker', '120'), isMain: false }, 'ok'],
  ])('position: %s', async (_name, filled, expected) => {
    expect(await codeOf((transaction) => fillPosition(transaction, cell, filled))).toBe(expected);
  });

  const login = {
    ...{ login: 'wang.anna', kind: 'employee' as const, employeeNumber: '100001' },
    ...{ customerNumber: null, tellerNumber: '110001', passwordHash: null },
    ...{ language: 'zh-CN' as const, createdAt: at, createdLogin: 'system' },
  };

  test.each([
    ['capitals', { ...login, login: 'Wang' }, 'login_not_valid'],
    ['nobody', { ...login, employeeNumber: '999999' }, 'employee_unknown'],
    ['a first login', login, 'ok'],
    ['taken', login, 'login_taken'],
    ['a second of the same person', { ...login, login: 'anna2', tellerNumber: null }, 'ok'],
  ])('login: %s', async (_name, opened, expected) => {
    expect(await codeOf((transaction) => openLogin(transaction, cell, opened))).toBe(expected);
  });

  test('ORG-05 two logins are one person with the roles of the positions held', async () => {
    const first = await readPerson(store.database, cell, 'wang.anna', today);
    const second = await readPerson(store.database, cell, 'anna2', today);
    expect(first.person).toBe(second.person);
    expect(first.roles.map((role) => [role.role, role.unitCode])).toEqual([
      ['maker', '110'],
      ['maker', '120'],
    ]);
    expect(first.unitCode).toBe('110');
    expect((await readPerson(store.database, cell, 'anna2', '2026-11-19')).roles).toEqual([]);
  });

  test('the failure that reaches the limit locks, the right password unlocks', async () => {
    const rule = { failuresMax: 3, lockMs: 1_000 };
    const secret = () => readLoginSecret(store.database, cell, 'anna2');
    await Promise.all([1, 2].map(() => countFailure(store.database, cell, 'anna2', at, rule)));
    expect(await secret()).toMatchObject({ failedAttempts: 2, lockedUntilAt: null });
    await countFailure(store.database, cell, 'anna2', at, rule);
    expect(await secret()).toMatchObject({ failedAttempts: 0, lockedUntilAt: at + 1_000 });
    await countFailure(store.database, cell, 'anna2', at + 500, rule);
    expect(await secret()).toMatchObject({ failedAttempts: 0, lockedUntilAt: at + 1_000 });
    await forgetFailures(store.database, cell, 'anna2');
    expect(await secret()).toMatchObject({ failedAttempts: 0, lockedUntilAt: null });
  });

  test('signed on once a day, at one place', async () => {
    const day = { id: id(), login: 'wang.anna', unitCode: '110', accountingDate: today, at };
    expect(await signOn(store.database, cell, day)).toMatchObject({ ok: true });
    const again = await signOn(store.database, cell, { ...day, id: id(), unitCode: '120' });
    expect(again).toMatchObject({ ok: false, code: 'already_signed_on', facts: { unit: '110' } });
    expect(await signOff(store.database, cell, 'wang.anna', at + 1)).toMatchObject({ ok: true });
    expect(await readSignOn(store.database, cell, 'wang.anna')).toBeNull();
    expect(await signOff(store.database, cell, 'wang.anna', at + 2)).toMatchObject({
      code: 'not_signed_on',
    });
  });

  test.each([
    ['in use', 0, 'wang.anna'],
    ['unused to the limit', 1_800_000, null],
    ['just before', 1_799_999, 'wang.anna'],
    ['past its life', 7_200_001, null],
  ] as const)('a session %s', async (_name, laterMs, expected) => {
    const tokenHash = new Uint8Array(32).fill(next());
    const session = { tokenHash, login: 'wang.anna', at, expiresAt: at + 7_200_000 };
    await startSession(store.database, cell, session);
    const use = { tokenHash, onDate: today, at: at + laterMs, idleMs: 1_800_000 };
    const read = await readSession(store.database, cell, use);
    expect(read?.person.login ?? null).toBe(expected);
    await endSession(store.database, cell, { tokenHash, at, reason: 'signed_out' });
    expect(await readSession(store.database, cell, { ...use, at })).toBeNull();
  });
});

describe('customers', () => {
  const steel = {
    ...{ customerNumber: 'C0001', kind: 'corporate' as const, name: '云泽钢构有限公司' },
    ...{ identityKind: 'credit_code' as const, identityNumber: '91000000MA0000007C' },
    ...{ legalRepresentative: '赵建国', groupCode: null, creditRating: 'A' },
    ...{ unitCode: '111', managerEmployeeNumber: '100001' },
  };
  const by = { login: 'system', at };

  test('one identity is one customer', async () => {
    const open = (customer: typeof steel) =>
      codeOf((transaction) => openCustomer(transaction, cell, customer, by));
    expect(await open(steel)).toBe('ok');
    expect(await open({ ...steel, customerNumber: 'C0002' })).toBe('customer_exists');
    const wrong = { ...steel, customerNumber: 'C0003', identityNumber: '91000000MA0000007D' };
    expect(await open(wrong)).toBe('identity_number_not_valid');
  });

  test.each([
    ['by a part of the name', '钢构', ['110', '111'], 1],
    ['by identity number', '91000000MA0000007C', ['111'], 1],
    ['a percent sign is no wildcard', '%', ['111'], 0],
    ['outside the scope', '钢构', ['120'], 0],
  ] as const)('found %s', async (_name, search, units, total) => {
    const wanted = { units, search, kind: null, limit: 10, offset: 0 };
    expect((await findCustomers(store.database, cell, wanted)).total).toBe(total);
  });
});

describe('passwords', () => {
  const cost = { memoryKib: 64, passes: 1, lanes: 1 };

  test.each([
    ['1234567', 'password_too_short'],
    ['12345678', 'ok'],
    ['密'.repeat(128), 'ok'],
    ['密'.repeat(129), 'password_too_long'],
  ])('length of %s', async (password, expected) => {
    const hashed = await hashPassword(password, cost);
    expect(hashed.ok ? 'ok' : hashed.code).toBe(expected);
  });

  test('a hash fits its own password only, and names its cost', async () => {
    const hashed = await hashPassword('correct horse', cost);
    const phc = hashed.ok ? hashed.value : '';
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyPassword('correct horse', phc, cost)).toBe(true);
    expect(await verifyPassword('correct horsf', phc, cost)).toBe(false);
    expect(await verifyPassword('correct horse', null, cost)).toBe(false);
    expect(await verifyPassword('correct horse', phc.slice(0, -1), cost)).toBe(false);
  });
});

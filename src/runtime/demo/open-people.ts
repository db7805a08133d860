import { ok, type Result } from '../../base/result.ts';
import type { Transaction } from '../../store/database.ts';
import { openCustomer } from '../../store/people/customers.ts';
import {
  defineRole,
  defineStaffPosition,
  employ,
  fillPosition,
  forbidTogether,
} from '../../store/people/employees.ts';
import { type NewLogin, openLogin } from '../../store/people/logins.ts';
import { hashPassword, type PasswordCost } from '../../store/people/passwords.ts';
import { openUnit } from '../../store/people/units.ts';
import { demoCustomerLogins, demoCustomers } from './customers.ts';
import { type DemoEmployee, demoEmployees, demoLoginOf, demoPassword } from './people.ts';
import { demoRoleConflicts, demoRoles, demoStaffPositions } from './roles.ts';
import { demoUnits } from './units.ts';

/** What the demo bank's commands are given; `openedOn` is the first day of units and positions. */
export type DemoOpening = {
  readonly cellId: number;
  readonly at: number;
  readonly openedOn: string;
  /** A new UUIDv7 of the opening, and one of another instant. */
  readonly newId: () => string;
  readonly newIdAt: (at: number) => string;
};

/** Whoever sets up a bank is nobody of it. */
const setUpBy = 'system';

/** Units, roles and staff positions. */
export async function openDemoUnits(
  transaction: Transaction,
  opening: DemoOpening,
): Promise<Result<null>> {
  const { cellId, openedOn } = opening;
  for (const unit of demoUnits) {
    const opened = await openUnit(transaction, cellId, unit, openedOn);
    if (!opened.ok) return opened;
  }
  for (const role of demoRoles) await defineRole(transaction, cellId, role);
  for (const [role, other] of demoRoleConflicts) {
    await forbidTogether(transaction, cellId, role, other);
  }
  for (const position of demoStaffPositions) {
    const defined = await defineStaffPosition(transaction, cellId, position);
    if (!defined.ok) return defined;
  }
  return ok(null);
}

/** Staff on their positions. */
export async function openDemoStaff(
  transaction: Transaction,
  opening: DemoOpening,
): Promise<Result<null>> {
  for (const employee of demoEmployees) {
    const { employeeNumber, name } = employee;
    const person = { employeeNumber, name, employedFrom: opening.openedOn };
    const employed = await employ(transaction, opening.cellId, person);
    if (!employed.ok) return employed;
    const filled = await fillPositions(transaction, opening, employee);
    if (!filled.ok) return filled;
  }
  return ok(null);
}

async function fillPositions(
  transaction: Transaction,
  opening: DemoOpening,
  employee: DemoEmployee,
): Promise<Result<null>> {
  const { employeeNumber, positionCode } = employee;
  for (const [index, unitCode] of employee.unitCodes.entries()) {
    const filled = await fillPosition(transaction, opening.cellId, {
      ...{ id: opening.newId(), employeeNumber, positionCode, unitCode, isMain: index === 0 },
      ...{ effectiveFrom: opening.openedOn, grantedLogin: setUpBy },
    });
    if (!filled.ok) return filled;
  }
  return ok(null);
}

/** The 200 customers. */
export async function openDemoCustomers(
  transaction: Transaction,
  opening: DemoOpening,
): Promise<Result<null>> {
  const by = { login: setUpBy, at: opening.at };
  for (const customer of demoCustomers) {
    const opened = await openCustomer(transaction, opening.cellId, customer, by);
    if (!opened.ok) return opened;
  }
  return ok(null);
}

type DemoLogin = Omit<NewLogin, 'passwordHash'>;
type PlainLogin = Omit<DemoLogin, 'createdAt'>;

/** Whom a loan of the first outlet meets, in this order, and where. */
const unitsOnTheWay = ['110101', '110100', '110000', '100900', '100000'];
const positionsOnTheWay = [
  ...['customer_manager', 'risk_manager', 'branch_credit_officer', 'branch_credit_head'],
  ...['committee_member', 'authorised_approver', 'supervisor', 'branch_risk_officer'],
  ...['disbursement_checker', 'disbursement_officer', 'auditor', 'process_owner', 'accountant'],
];

/** In the order in which the first loan meets them, so that whoever tries the bank finds them. */
function demoLogins(at: number): DemoLogin[] {
  const common = { language: 'zh-CN', createdLogin: setUpBy } as const;
  const staff = staffOnTheWay().map(
    ({ login, employeeNumber, tellerNumber }): PlainLogin => ({
      ...{ login, kind: 'employee', employeeNumber, customerNumber: null, tellerNumber },
      ...common,
    }),
  );
  const customers = demoCustomerLogins.map(
    ({ login, customerNumber }): PlainLogin => ({
      ...{ login, kind: 'customer', employeeNumber: null, customerNumber, tellerNumber: null },
      ...common,
    }),
  );
  const [first, ...others] = customers;
  const ranked = [...(first === undefined ? [] : [first]), ...staff, ...others];
  return ranked.map((login, index) => ({ ...login, createdAt: at + index }));
}

/** Staff by the way of the first loan; those it never meets after them, in their own order. */
function staffOnTheWay(): readonly DemoEmployee[] {
  const place = (employee: DemoEmployee) => {
    const { unitCodes, positionCode } = employee;
    const isFirst = demoLoginOf(positionCode, unitCodes[0]) === employee.login;
    const isMet = isFirst && unitCodes.some((code) => unitsOnTheWay.includes(code));
    const position = positionsOnTheWay.indexOf(positionCode);
    return isMet && position >= 0 ? position : positionsOnTheWay.length;
  };
  return demoEmployees.toSorted((one, other) => place(one) - place(other));
}

/** How many logins the demo bank has. */
export const demoLoginCount = demoEmployees.length + demoCustomerLogins.length;

/** A hash of the demo password for each login, every one with its own salt. */
export async function demoPasswordHashes(cost: PasswordCost): Promise<Result<string[]>> {
  const hashes: string[] = [];
  const hashed = await Promise.all(
    Array.from({ length: demoLoginCount }, () => hashPassword(demoPassword, cost)),
  );
  for (const hash of hashed) {
    if (!hash.ok) return hash;
    hashes.push(hash.value);
  }
  return ok(hashes);
}

/** Logins of all staff and of some customers, in this order, with their password hashes. */
export async function openDemoLogins(
  transaction: Transaction,
  opening: DemoOpening,
  passwordHashes: readonly string[],
): Promise<Result<null>> {
  for (const [index, login] of demoLogins(opening.at).entries()) {
    const passwordHash = passwordHashes[index] ?? null;
    const opened = await openLogin(transaction, opening.cellId, { ...login, passwordHash });
    if (!opened.ok) return opened;
  }
  return ok(null);
}

import { ok, type Result, refuse } from '../../base/result.ts';
import type { Queries, Transaction } from '../database.ts';
import { readUnits } from './units.ts';

/** A bundle of permissions; lanes name it. */
export type Role = {
  readonly roleCode: string;
  readonly name: string;
  readonly nameEn: string;
  readonly permissions: readonly string[];
};

/** A seat that brings roles; `monthsMax` null where no rotation is ordered. */
export type StaffPosition = {
  readonly positionCode: string;
  readonly name: string;
  readonly nameEn: string;
  readonly roleCodes: readonly string[];
  readonly monthsMax: number | null;
};

export type Employee = {
  readonly employeeNumber: string;
  readonly name: string;
  readonly employedFrom: string;
};

/** Adds a role, or leaves it as it is when it stands already. */
export async function defineRole(
  transaction: Transaction,
  cellId: number,
  role: Role,
): Promise<void> {
  await transaction.query(
    `insert into role (cell_id, role_code, name, name_en, permissions) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [cellId, role.roleCode, role.name, role.nameEn, role.permissions],
  );
}

/** States that no person may hold both roles at once. */
export async function forbidTogether(
  transaction: Transaction,
  cellId: number,
  roleCode: string,
  otherCode: string,
): Promise<void> {
  const [first, second] = [roleCode, otherCode].sort();
  await transaction.query(
    `insert into role_conflict (cell_id, role_code, other_code) values ($1, $2, $3)
     on conflict do nothing`,
    [cellId, first ?? '', second ?? ''],
  );
}

/** Adds a staff position; its roles must exist. */
export async function defineStaffPosition(
  transaction: Transaction,
  cellId: number,
  position: StaffPosition,
): Promise<Result<StaffPosition, 'role_unknown'>> {
  const known = await transaction.query<{ role: string }>(
    'select role_code as role from role where cell_id = $1 and role_code = any($2)',
    [cellId, position.roleCodes],
  );
  const unknown = position.roleCodes.find((code) => !known.some((row) => row.role === code));
  if (unknown !== undefined) return refuse('role_unknown', { role: unknown });
  await transaction.query(
    `insert into staff_position (cell_id, position_code, name, name_en, role_codes, months_max)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      cellId,
      position.positionCode,
      position.name,
      position.nameEn,
      position.roleCodes,
      position.monthsMax,
    ],
  );
  return ok(position);
}

/** Takes a person into the bank's service; the number is theirs for life. */
export async function employ(
  transaction: Transaction,
  cellId: number,
  employee: Employee,
): Promise<Result<Employee, 'employee_exists'>> {
  const inserted = await transaction.query<{ number: string }>(
    `insert into employee (cell_id, employee_number, name, employed_from) values ($1, $2, $3, $4)
     on conflict do nothing returning employee_number as number`,
    [cellId, employee.employeeNumber, employee.name, employee.employedFrom],
  );
  if (inserted.length === 0)
    return refuse('employee_exists', { employee: employee.employeeNumber });
  return ok(employee);
}

/** Who fills which seat where; `id` is a UUIDv7, `grantedLogin` who ordered it. */
export type PositionHolding = {
  readonly id: string;
  readonly employeeNumber: string;
  readonly positionCode: string;
  readonly unitCode: string;
  readonly isMain: boolean;
  readonly effectiveFrom: string;
  readonly grantedLogin: string;
};

export type FillPositionRefusal =
  | 'employee_unknown'
  | 'unit_unknown'
  | 'role_unknown'
  | 'roles_in_conflict';

/**
 * Puts an employee on a staff position at a unit. Refused when its roles conflict with one the
 * person holds already (不相容岗位), at whatever unit.
 */
export async function fillPosition(
  transaction: Transaction,
  cellId: number,
  holding: PositionHolding,
): Promise<Result<PositionHolding, FillPositionRefusal>> {
  // The row lock makes two fillings of one person wait for each other.
  const person = await transaction.query(
    'select 1 from employee where cell_id = $1 and employee_number = $2 for share',
    [cellId, holding.employeeNumber],
  );
  if (person.length === 0) return refuse('employee_unknown', { employee: holding.employeeNumber });
  const units = await readUnits(transaction, cellId, holding.effectiveFrom);
  if (!units.some((unit) => unit.unitCode === holding.unitCode)) {
    return refuse('unit_unknown', { unit: holding.unitCode });
  }
  const position = await transaction.query<{ roles: string[] }>(
    'select role_codes as roles from staff_position where cell_id = $1 and position_code = $2',
    [cellId, holding.positionCode],
  );
  if (position.length === 0) return refuse('role_unknown', { role: holding.positionCode });
  const conflict = await conflictOf(transaction, cellId, holding, position[0]?.roles ?? []);
  if (conflict !== null) return refuse('roles_in_conflict', conflict);
  await transaction.query(
    `insert into position_holding (cell_id, id, employee_number, position_code, unit_code, is_main,
       effective_from, granted_login) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      cellId,
      holding.id,
      holding.employeeNumber,
      holding.positionCode,
      holding.unitCode,
      holding.isMain,
      holding.effectiveFrom,
      holding.grantedLogin,
    ],
  );
  return ok(holding);
}

async function conflictOf(
  queries: Queries,
  cellId: number,
  holding: PositionHolding,
  roles: readonly string[],
): Promise<{ role: string; held: string } | null> {
  const rows = await queries.query<{ role: string; held: string }>(
    `with held as (
       select distinct unnest(p.role_codes) as role_code
       from position_holding h
       join staff_position p on p.cell_id = h.cell_id and p.position_code = h.position_code
       where h.cell_id = $1 and h.employee_number = $2
         and (h.effective_to is null or h.effective_to > $3))
     select n.role_code as role, held.role_code as held
     from unnest($4::text[]) n(role_code)
     join held on true
     join role_conflict c on c.cell_id = $1
       and c.role_code = least(n.role_code, held.role_code)
       and c.other_code = greatest(n.role_code, held.role_code)
     limit 1`,
    [cellId, holding.employeeNumber, holding.effectiveFrom, roles],
  );
  return rows[0] ?? null;
}

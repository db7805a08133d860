import { ok, type Result, refuse } from '../../base/result.ts';
import type { Queries, Transaction } from '../database.ts';

export type OrgUnitKind =
  | 'head_office'
  | 'provincial_branch'
  | 'city_branch'
  | 'sub_branch'
  | 'outlet'
  | 'representative_office'
  | 'business_unit'
  | 'department'
  | 'centre'
  | 'sub_centre';

/** A node of the bank's tree. `accountingUnitCode`: whose book keeps its postings (账务机构). */
export type OrgUnit = {
  readonly unitCode: string;
  readonly kind: OrgUnitKind;
  readonly name: string;
  readonly nameEn: string;
  readonly parentCode: string | null;
  readonly officeLayer: 'front' | 'middle' | 'back';
  readonly outOfTown: boolean;
  readonly accountingUnitCode: string | null;
};

/**
 * Under which kinds of unit a kind may stand. Source: glossary chapter 1, requirements chapter 4.
 */
const parentsAllowed: { readonly [kind in OrgUnitKind]: readonly OrgUnitKind[] } = {
  head_office: [],
  provincial_branch: ['head_office'],
  city_branch: ['head_office', 'provincial_branch'],
  sub_branch: ['head_office', 'provincial_branch', 'city_branch'],
  outlet: ['sub_branch'],
  representative_office: ['head_office'],
  business_unit: ['head_office'],
  department: ['head_office', 'provincial_branch', 'city_branch', 'sub_branch', 'centre'],
  centre: ['head_office', 'provincial_branch', 'city_branch'],
  sub_centre: ['centre'],
};

export type OpenUnitRefusal = 'unit_exists' | 'unit_unknown' | 'unit_parent_not_allowed';

/** Puts a unit into the tree from `effectiveFrom` on. */
export async function openUnit(
  transaction: Transaction,
  cellId: number,
  unit: OrgUnit,
  effectiveFrom: string,
): Promise<Result<OrgUnit, OpenUnitRefusal>> {
  const units = await readUnits(transaction, cellId, effectiveFrom);
  if (units.some((other) => other.unitCode === unit.unitCode)) {
    return refuse('unit_exists', { unit: unit.unitCode });
  }
  const parent = units.find((other) => other.unitCode === unit.parentCode);
  if (unit.parentCode !== null && parent === undefined) {
    return refuse('unit_unknown', { unit: unit.parentCode });
  }
  const allowed = parentsAllowed[unit.kind];
  if (parent === undefined ? allowed.length > 0 : !allowed.includes(parent.kind)) {
    const parentKind = parent?.kind ?? '-';
    return refuse('unit_parent_not_allowed', { kind: unit.kind, parentKind });
  }
  await transaction.query(
    `insert into org_unit (cell_id, unit_code, effective_from, kind, name, name_en, parent_code,
       office_layer, out_of_town, accounting_unit_code)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      cellId,
      unit.unitCode,
      effectiveFrom,
      unit.kind,
      unit.name,
      unit.nameEn,
      unit.parentCode,
      unit.officeLayer,
      unit.outOfTown,
      unit.accountingUnitCode,
    ],
  );
  return ok(unit);
}

/** All units in force on a day, in the order of their codes. */
export async function readUnits(
  queries: Queries,
  cellId: number,
  onDate: string,
): Promise<OrgUnit[]> {
  return await queries.query<OrgUnit>(
    `select unit_code as "unitCode", kind, name, name_en as "nameEn", parent_code as "parentCode",
       office_layer as "officeLayer", out_of_town as "outOfTown",
       accounting_unit_code as "accountingUnitCode"
     from org_unit
     where cell_id = $1 and effective_from <= $2 and (effective_to is null or effective_to > $2)
     order by unit_code`,
    [cellId, onDate],
  );
}

/** The unit and all above it, nearest first. */
export function unitsUpwards(units: readonly OrgUnit[], unitCode: string): OrgUnit[] {
  const path: OrgUnit[] = [];
  let next = units.find((unit) => unit.unitCode === unitCode);
  while (next !== undefined && path.length < units.length) {
    path.push(next);
    const { parentCode } = next;
    next = units.find((unit) => unit.unitCode === parentCode);
  }
  return path;
}

/** The codes of a unit and of all units under it: the data scope of a role held there. */
export function unitsDownwards(units: readonly OrgUnit[], unitCode: string): string[] {
  return units
    .filter((unit) => unitsUpwards(units, unit.unitCode).some((up) => up.unitCode === unitCode))
    .map((unit) => unit.unitCode);
}

/** Which unit a lane means, seen from the unit a case belongs to. */
export type UnitRule = 'own' | 'outlet' | 'branch' | 'head_office' | 'centre';

/**
 * The unit a lane's rule names for a case of `unitCode`. own: the sub-branch above an outlet, else
 * the unit itself · outlet: the unit that keeps its book, where tellers and tills are · branch: the
 * nearest branch · centre: the nearest centre under any unit above.
 * Null when the tree has none, or the unit is unknown.
 */
export function unitByRule(
  units: readonly OrgUnit[],
  unitCode: string,
  rule: UnitRule,
): OrgUnit | null {
  const path = unitsUpwards(units, unitCode);
  switch (rule) {
    case 'own':
      return (path[0]?.kind === 'outlet' ? path[1] : path[0]) ?? null;
    case 'outlet': {
      const keeper = path[0]?.accountingUnitCode;
      return units.find((unit) => unit.unitCode === keeper) ?? path[0] ?? null;
    }
    case 'branch':
      return (
        path.find((unit) => unit.kind === 'city_branch' || unit.kind === 'provincial_branch') ??
        null
      );
    case 'head_office':
      return path.find((unit) => unit.kind === 'head_office') ?? null;
    case 'centre':
      return (
        path
          .map((above) =>
            units.find(
              (unit) =>
                (unit.kind === 'centre' || unit.kind === 'sub_centre') &&
                unit.parentCode === above.unitCode,
            ),
          )
          .find((unit) => unit !== undefined) ?? null
      );
    default: {
      const never: never = rule;
      return never;
    }
  }
}

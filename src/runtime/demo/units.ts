import type { OrgUnit } from '../../store/people/units.ts';

/** The demo bank's legal entity, 法人机构. */
export const demoLegalEntity = {
  legalEntityId: 'HL',
  name: '汇流银行',
  nameEn: 'Huiliu Bank',
} as const;

type Plain = Pick<OrgUnit, 'unitCode' | 'kind' | 'name' | 'nameEn' | 'parentCode'>;

const middle = { officeLayer: 'middle', outOfTown: false } as const;
const back = { officeLayer: 'back', outOfTown: false } as const;
const front = { officeLayer: 'front', outOfTown: false } as const;

function keepsBook(unit: Plain & Pick<OrgUnit, 'officeLayer' | 'outOfTown'>): OrgUnit {
  return { ...unit, accountingUnitCode: unit.unitCode };
}

/** A sub-branch manages and has no book; its outlet (营业部) serves customers and keeps one. */
function subBranch(code: string, name: string, nameEn: string, parentCode: string): OrgUnit[] {
  const outletCode = `${code.slice(0, -1)}1`;
  const outlet = { unitCode: outletCode, name: `${name}营业部`, nameEn: `${nameEn} outlet` };
  return [
    {
      ...{ unitCode: code, kind: 'sub_branch', name, nameEn, parentCode },
      ...front,
      accountingUnitCode: outletCode,
    },
    keepsBook({ ...outlet, kind: 'outlet', parentCode: code, ...front }),
  ];
}

/**
 * Head office, its operations centre, two branches (one in another town), four sub-branches with
 * one outlet each. Towns and names are invented. A parent stands before what is under it.
 */
export const demoUnits: readonly OrgUnit[] = [
  keepsBook({
    ...{ unitCode: '100000', kind: 'head_office', name: '汇流银行总行' },
    ...{ nameEn: 'Huiliu Bank head office', parentCode: null, ...middle },
  }),
  keepsBook({
    ...{ unitCode: '100900', kind: 'centre', name: '业务运营中心（放款中心）' },
    ...{ nameEn: 'Operations centre (disbursing centre)', parentCode: '100000', ...back },
  }),
  keepsBook({
    ...{ unitCode: '110000', kind: 'city_branch', name: '云泽分行', nameEn: 'Yunze branch' },
    ...{ parentCode: '100000', ...middle },
  }),
  keepsBook({
    ...{ unitCode: '120000', kind: 'city_branch', name: '临澜分行', nameEn: 'Linlan branch' },
    ...{ parentCode: '100000', ...middle, outOfTown: true },
  }),
  ...subBranch('110100', '云泽城东支行', 'Yunze East sub-branch', '110000'),
  ...subBranch('110200', '云泽高新支行', 'Yunze High-tech sub-branch', '110000'),
  ...subBranch('120100', '临澜港口支行', 'Linlan Harbour sub-branch', '120000'),
  ...subBranch('120200', '临澜新区支行', 'Linlan New Area sub-branch', '120000'),
];

/** The outlets, in the order of their codes. */
export const demoOutlets: readonly OrgUnit[] = demoUnits.filter((unit) => unit.kind === 'outlet');

/** Units that keep a book of their own. */
export const demoBookUnits: readonly OrgUnit[] = demoUnits.filter(
  (unit) => unit.accountingUnitCode === unit.unitCode,
);

import { assert, present } from '../../base/assert.ts';
import {
  creditCodeCheckCharacter,
  organisationCodeCheckCharacter,
  residentIdCheckDigit,
} from '../../base/identifiers.ts';
import type { Customer } from '../../store/people/customers.ts';
import { demoEmployees } from './people.ts';
import { demoOutlets } from './units.ts';

const corporatePerOutlet = 28;
const retailPerOutlet = 22;

/** Trade names that no register should hold, one per company of an outlet. */
const tradeNames = [
  ...['启恒', '嘉禾', '远拓', '安澜', '众和', '泰岳', '金穗', '瑞丰', '长风', '博源', '明川'],
  ...['华晟', '宏图', '永固', '锦程', '同辉', '天工', '广济', '新纪', '盛隆', '德润', '鸿途'],
  ...['联创', '建业', '润泽', '百川', '中正', '恒信'],
];

const industries = [
  ...['钢构制造', '机械设备', '精密铸造', '建筑材料', '食品加工', '纺织服装', '医药连锁'],
  ...['物流运输', '汽车零部件', '电子科技', '包装印刷', '农产品贸易', '环保工程', '化工材料'],
];

const surnames = [
  ...['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫', '蒋', '沈', '韩'],
  ...['杨', '朱', '秦', '许', '何', '吕', '施', '张', '孔', '曹', '严', '华', '金', '魏', '陶'],
];

const givenNames = [
  ...['建军', '秀英', '志强', '桂兰', '文博', '雨桐', '海燕', '国栋', '淑珍', '子轩', '晓东'],
  ...['丽华', '俊杰', '玉梅', '立新', '思远', '春生', '慧敏', '永康', '佳怡', '长青', '雪梅'],
  ...['振宇', '素芬', '大勇', '静怡', '成林'],
];

const creditRatings = ['A', 'BBB', 'AA', 'A', 'BBB', 'BB', 'A'];

/** Town of an outlet: the first two characters of its name. */
function townOf(outletName: string): string {
  return outletName.slice(0, 2);
}

/** A person's name, another for every n below 810. */
function personName(n: number): string {
  const surname = present(surnames[n % surnames.length], 'surname');
  const given = givenNames[(n * 7 + Math.floor(n / surnames.length)) % givenNames.length];
  return surname + present(given, 'given name');
}

/**
 * A unified social credit code in region 000000, which belongs to nobody: authority 9, class 1,
 * an organisation code with its own check character, and the check character of the whole.
 */
export function demoCreditCode(serial: number): string {
  assert(serial >= 0 && serial < 100_000, 'a serial has at most five digits');
  const body = `MA1${String(serial).padStart(5, '0')}`;
  const first17 = `91000000${body}${organisationCodeCheckCharacter(body)}`;
  return first17 + creditCodeCheckCharacter(first17);
}

/** A resident ID in region 999999, which belongs to nobody. */
export function demoResidentId(serial: number): string {
  const year = 1960 + ((serial * 11) % 43);
  const month = String(1 + ((serial * 5) % 12)).padStart(2, '0');
  const day = String(1 + ((serial * 13) % 28)).padStart(2, '0');
  const first17 = `999999${year}${month}${day}${String(100 + serial).padStart(3, '0')}`;
  return first17 + residentIdCheckDigit(first17);
}

function managerOf(outletCode: string): string {
  const subBranchCode = `${outletCode.slice(0, -1)}0`;
  const manager = demoEmployees.find(
    (employee) =>
      employee.positionCode === 'customer_manager' && employee.unitCodes[0] === subBranchCode,
  );
  return present(manager, `customer manager of ${subBranchCode}`).employeeNumber;
}

function corporate(outlet: number, index: number): Customer {
  const { unitCode, name } = present(demoOutlets[outlet], 'outlet');
  const industry = industries[(index * 5 + outlet * 3) % industries.length];
  const serial = outlet * corporatePerOutlet + index + 1;
  return {
    customerNumber: `1${String(serial).padStart(7, '0')}`,
    kind: 'corporate',
    name: `${townOf(name)}${tradeNames[index] ?? ''}${industry ?? ''}有限公司`,
    identityKind: 'credit_code',
    identityNumber: demoCreditCode(serial),
    legalRepresentative: personName(400 + serial),
    // Two companies of every outlet are controlled by the same owners: a group.
    groupCode: index === 10 || index === 11 ? `G${unitCode}` : null,
    creditRating: creditRatings[index % creditRatings.length] ?? null,
    unitCode,
    managerEmployeeNumber: managerOf(unitCode),
  };
}

function retail(outlet: number, index: number): Customer {
  const { unitCode } = present(demoOutlets[outlet], 'outlet');
  const serial = outlet * retailPerOutlet + index + 1;
  return {
    customerNumber: `2${String(serial).padStart(7, '0')}`,
    kind: 'retail',
    name: personName(serial),
    identityKind: 'resident_id',
    identityNumber: demoResidentId(serial),
    legalRepresentative: null,
    groupCode: null,
    creditRating: null,
    unitCode,
    managerEmployeeNumber: null,
  };
}

/** 200 customers, 28 companies and 22 persons for each outlet. */
export const demoCustomers: readonly Customer[] = demoOutlets.flatMap((_unit, outlet) => [
  ...Array.from({ length: corporatePerOutlet }, (_, index) => corporate(outlet, index)),
  ...Array.from({ length: retailPerOutlet }, (_, index) => retail(outlet, index)),
]);

/** The companies of an outlet, in the order of their numbers. */
export function demoCompaniesOf(outletCode: string): readonly Customer[] {
  return demoCustomers.filter(
    (customer) => customer.kind === 'corporate' && customer.unitCode === outletCode,
  );
}

/** The persons of an outlet, in the order of their numbers. */
export function demoPersonsOf(outletCode: string): readonly Customer[] {
  return demoCustomers.filter(
    (customer) => customer.kind === 'retail' && customer.unitCode === outletCode,
  );
}

const logins = ['qiheng', 'jiahe', 'yuantuo'];

/** Customers who use the bank online: the first three companies of every outlet. */
export const demoCustomerLogins: readonly { login: string; customerNumber: string }[] =
  demoOutlets.flatMap(({ unitCode }) =>
    demoCompaniesOf(unitCode)
      .slice(0, logins.length)
      .map((customer, index) => ({
        login: `${logins[index] ?? ''}.${unitCode}`,
        customerNumber: customer.customerNumber,
      })),
  );

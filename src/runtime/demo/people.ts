/** One of the demo bank's staff: name, login, the seat and the units where it is held. */
export type DemoEmployee = {
  readonly employeeNumber: string;
  readonly login: string;
  readonly name: string;
  readonly positionCode: string;
  /** The first is where the person belongs. */
  readonly unitCodes: readonly [string, ...string[]];
  /** 柜员号, for those who post. */
  readonly tellerNumber: string | null;
};

/** The password of every login of the demo bank; a demo bank never runs in production. */
export const demoPassword = 'huiliu-demo';

type Line = readonly [
  login: string,
  name: string,
  position: string,
  ...units: [string, ...string[]],
];

/** Invented people. Committee members sit for both sub-branches of their branch. */
const lines: readonly Line[] = [
  ['chen.yan', '陈岩', 'accountant', '100000'],
  ['fang.zhihua', '方志华', 'auditor', '100000'],
  ['luo.min', '罗敏', 'process_owner', '100000'],
  ['gao.wei', '高蔚', 'disbursement_checker', '100900'],
  ['tang.jie', '唐杰', 'disbursement_officer', '100900'],

  ['xu.lin', '徐琳', 'branch_credit_officer', '110000'],
  ['he.jianping', '何建平', 'branch_credit_head', '110000'],
  ['song.yu', '宋瑜', 'branch_risk_officer', '110000'],
  ['han.xue', '韩雪', 'independent_approver', '110100', '110200'],
  ['deng.chao', '邓朝', 'committee_member', '110100', '110200'],
  ['cao.fei', '曹菲', 'committee_member', '110100', '110200'],
  ['peng.tao', '彭涛', 'committee_member', '110100', '110200'],
  ['zeng.li', '曾丽', 'committee_member', '110100', '110200'],
  ['xiao.bin', '肖斌', 'committee_member', '110100', '110200'],

  ['li.na', '李娜', 'customer_manager', '110100'],
  ['wang.lei', '王磊', 'risk_manager', '110100'],
  ['zhang.guoqiang', '张国强', 'authorised_approver', '110100'],
  ['liu.fang', '刘芳', 'supervisor', '110101', '110100'],
  ['zhao.ting', '赵婷', 'teller', '110101'],

  ['sun.peng', '孙鹏', 'customer_manager', '110200'],
  ['zhou.jing', '周静', 'risk_manager', '110200'],
  ['wu.jianguo', '吴建国', 'authorised_approver', '110200'],
  ['zheng.xia', '郑霞', 'supervisor', '110201', '110200'],
  ['feng.yuan', '冯源', 'teller', '110201'],

  ['yuan.hui', '袁辉', 'branch_credit_officer', '120000'],
  ['dong.meihua', '董美华', 'branch_credit_head', '120000'],
  ['yu.hao', '于浩', 'branch_risk_officer', '120000'],
  ['jiang.nan', '蒋楠', 'independent_approver', '120100', '120200'],
  ['cai.ming', '蔡明', 'committee_member', '120100', '120200'],
  ['jia.rong', '贾蓉', 'committee_member', '120100', '120200'],
  ['ding.kai', '丁凯', 'committee_member', '120100', '120200'],
  ['wei.hong', '魏红', 'committee_member', '120100', '120200'],
  ['xue.bo', '薛博', 'committee_member', '120100', '120200'],

  ['lin.xiaoyan', '林晓燕', 'customer_manager', '120100'],
  ['yang.fan', '杨帆', 'risk_manager', '120100'],
  ['huang.weidong', '黄卫东', 'authorised_approver', '120100'],
  ['zhu.qin', '朱琴', 'supervisor', '120101', '120100'],
  ['qin.lu', '秦璐', 'teller', '120101'],

  ['xie.jun', '谢军', 'customer_manager', '120200'],
  ['tian.ye', '田野', 'risk_manager', '120200'],
  ['ma.chunhua', '马春华', 'authorised_approver', '120200'],
  ['hu.ping', '胡萍', 'supervisor', '120201', '120200'],
  ['guo.rui', '郭锐', 'teller', '120201'],

  ['shen.yi', '沈毅', 'credit_policy_head', '100000'],

  // A second of each in the first sub-branch, so that work can be handed over there.
  ['qian.jun', '钱军', 'customer_manager', '110100'],
  ['yan.bing', '严冰', 'risk_manager', '110100'],

  // One writes the prices of currencies, the other publishes them.
  ['liang.siyuan', '梁思远', 'fx_dealer', '100000'],
  ['wan.qing', '万晴', 'fx_dealer', '100000'],
];

const postingSeats = new Set([
  'teller',
  'supervisor',
  'disbursement_checker',
  'disbursement_officer',
  'accountant',
]);

/** The staff in the order of their numbers. */
export const demoEmployees: readonly DemoEmployee[] = lines.map(
  ([login, name, positionCode, ...unitCodes], index) => {
    const serial = String(index + 1).padStart(3, '0');
    const tellerNumber = `${unitCodes[0].slice(0, 4)}${serial}`;
    return {
      ...{ employeeNumber: `200${serial}`, login, name, positionCode, unitCodes },
      tellerNumber: postingSeats.has(positionCode) ? tellerNumber : null,
    };
  },
);

/** The login of who fills a seat at a unit, such as the teller of an outlet. */
export function demoLoginOf(positionCode: string, unitCode: string): string {
  const found = demoEmployees.find(
    (employee) =>
      employee.positionCode === positionCode &&
      employee.unitCodes.some((code) => code === unitCode),
  );
  return found?.login ?? 'system';
}

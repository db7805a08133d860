import { daysAgo, digits, today } from './days.ts';

/** What each activity of the corporate loan wants, by the label of the field as people read it. */
export type Filled = {
  readonly fields?: Readonly<Record<string, string>>;
  readonly choices?: Readonly<Record<string, string>>;
  readonly ticks?: readonly string[];
  /** How many pictures go into the form's field for papers. */
  readonly pictures?: number;
  /** The button that ends it; Submit where the form has no decision. */
  readonly decision?: string;
};

export type Step = { readonly login: string; readonly task: string; readonly filled: Filled };

/** An applicant of the demo bank: login and settlement account. */
export type Applicant = { readonly login: string; readonly account: string };

export const applicants = [
  { login: 'qiheng.110101', account: '11010100000000011' },
  { login: 'jiahe.110101', account: '11010100000000029' },
] as const satisfies readonly Applicant[];

const application = (account: string): Filled => ({
  choices: {
    贷款品种: '流动资金贷款',
    还款方式: '先息后本',
    担保方式: '抵押',
  },
  fields: {
    申请金额: '3000000',
    '期限（月）': '12',
    贷款用途: '采购钢材',
    还款来源: '销售回款',
    结算账号: account,
  },
  ticks: ['本单位及法定代表人授权贵行查询征信（征信授权书）'],
});

const votes: readonly Step[] = ['deng.chao', 'cao.fei', 'peng.tao', 'zeng.li', 'xiao.bin'].map(
  (login) => ({ login, task: '会审', filled: { fields: { 意见: '同意' }, decision: '同意' } }),
);

/** T1, all yes: who does what in which order, from the application to the money. */
export const straightPath = ({ login: customer, account }: Applicant): readonly Step[] => [
  { login: customer, task: '贷款申请', filled: application(account) },
  {
    login: 'li.na',
    task: '资格审查',
    filled: {
      ticks: ['营业执照有效'],
      fields: { 成立月数: '96', 审查意见: '资格符合' },
      choices: { 信用评级: 'A' },
    },
  },
  {
    login: 'li.na',
    task: '征信查询',
    filled: {
      fields: {
        征信报告编号: 'ZX20261118000317',
        报告日期: digits(daysAgo(2)),
        近两年逾期次数: '0',
      },
      choices: { 查询原因: '贷前审查' },
    },
  },
  {
    login: 'wang.lei',
    task: '初审',
    filled: { fields: { 初审意见: '材料齐全' }, decision: '同意' },
  },
  {
    login: 'li.na',
    task: '主办调查',
    filled: {
      fields: { 实地调查日期: digits(daysAgo(2)), 调查情况: '厂房设备正常运转，订单充足' },
    },
  },
  {
    login: 'wang.lei',
    task: '协办调查',
    filled: { fields: { 实地调查日期: digits(daysAgo(2)), 调查情况: '经营现金流与账目相符' } },
  },
  {
    login: 'li.na',
    task: '撰写调查报告',
    filled: {
      fields: {
        调查报告: '营业收入 80,000,000.00 元，测算新增额度不超过 6,335,555.56 元',
        建议金额: '3,000,000.00',
        '建议利率（年）': '3.65',
      },
      choices: { 信用评级: 'A' },
    },
  },
  { login: 'li.na', task: '客户经理签字', filled: { decision: '签字同意' } },
  { login: 'wang.lei', task: '风险经理签字', filled: { decision: '签字同意' } },
  {
    login: 'xu.lin',
    task: '授信审查',
    filled: {
      fields: {
        授信额度: '5000000',
        '额度期限（月）': '12',
        核定本次贷款金额: '3000000',
        审查意见: '同意授信',
      },
    },
  },
  {
    login: 'he.jianping',
    task: '授信审批',
    filled: { fields: { 审批意见: '同意' }, decision: '同意' },
  },
  ...votes,
  {
    login: 'zhang.guoqiang',
    task: '有权审批',
    filled: {
      fields: { 放款条件: '首笔放款前提供 11 月流水', 审批意见: '同意' },
      decision: '同意',
    },
  },
  {
    login: 'li.na',
    task: '拟定合同与用印申请',
    filled: {
      fields: { 用印份数: '4', 用印事由: '签订借款合同' },
      choices: { 支付方式: '自主支付' },
    },
  },
  {
    login: 'liu.fang',
    task: '用印',
    filled: { ticks: ['双人在场用印并登记'], fields: { 用印登记号: 'YY20261119001' } },
  },
  {
    login: customer,
    task: '签署合同',
    filled: { ticks: ['我方已阅读并签署借款合同、担保合同'] },
  },
  {
    login: 'li.na',
    task: '面签合同',
    filled: { ticks: ['两名银行人员当面见证签署'], fields: { 合同日期: digits(today()) } },
  },
  {
    login: 'li.na',
    task: '抵质押登记',
    filled: {
      fields: {
        他项权证号: '不动产登记证明第2026017号',
        押品价值: '5200000',
        押品: '城东工业园厂房',
      },
      pictures: 1,
    },
  },
  {
    login: customer,
    task: '提款申请',
    filled: {
      fields: { 提款金额: '3000000', 用途: '支付钢材货款', 购销合同或发票号: 'HT-2026-118' },
    },
  },
  {
    login: 'song.yu',
    task: '放款审批',
    filled: {
      ticks: ['批复在有效期内', '合同已签署用印', '抵质押登记已落实', '用途证明齐备', '评级有效'],
      decision: '同意放款',
    },
  },
  { login: 'gao.wei', task: '放款审核', filled: { decision: '无误' } },
  { login: 'tang.jie', task: '办理放款', filled: { ticks: ['核对借据与出账通知书一致'] } },
];

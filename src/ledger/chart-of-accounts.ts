import type { Side } from './account.ts';
import { INTER_BRANCH_GL_CODE } from './inter-branch.ts';

export type GlClass =
  | 'asset'
  | 'liability'
  | 'common'
  | 'equity'
  | 'profit_and_loss'
  | 'off_balance';

export type GlAccount = {
  readonly glCode: string;
  readonly name: string;
  readonly nameEn: string;
  readonly glClass: GlClass;
  readonly normalSide: Side;
  /** The bank's own accounts of it cannot go below zero: there is no negative cash. */
  readonly neverNegative: boolean;
  /** Entries on it are items that somebody must clear (挂账、在途), and so grow old. */
  readonly openItems?: 'suspense' | 'in_transit';
};

/**
 * The chart a new bank begins with: the codes of 企业会计准则应用指南, this system's own code for the
 * accounts between books, and four off-balance codes. Afterwards the chart is data with dates; no
 * program refers to a code of this list but the inter-branch one.
 */
export const standardChart: readonly GlAccount[] = [
  { ...asset('1001', '库存现金', 'Cash on hand'), neverNegative: true },
  asset('1003', '存放中央银行款项', 'Balances with the central bank'),
  asset('1011', '存放同业', 'Balances with other banks'),
  asset('1031', '存出保证金', 'Margins paid'),
  asset('1132', '应收利息', 'Interest receivable'),
  { ...asset('1221', '其他应收款', 'Other receivables'), openItems: 'suspense' },
  asset('1301', '贴现资产', 'Discounted bills'),
  {
    ...asset('130102', '贴现资产-利息调整', 'Discounted bills, interest not yet earned'),
    normalSide: 'credit',
  },
  asset('1302', '拆出资金', 'Lending to banks'),
  asset('1303', '贷款', 'Loans'),
  { ...asset('1304', '贷款损失准备', 'Loss allowance on loans'), normalSide: 'credit' },
  asset('1321', '代理业务资产', 'Assets held as agent'),
  asset('1441', '抵债资产', 'Repossessed assets'),
  asset('1601', '固定资产', 'Fixed assets'),
  { ...asset('1901', '待处理财产损溢', 'Over and short, cause unknown'), openItems: 'suspense' },
  liability('2002', '存入保证金', 'Margins received'),
  liability('2003', '拆入资金', 'Borrowing from banks'),
  liability('2004', '向中央银行借款', 'Borrowing from the central bank'),
  liability('2011', '吸收存款', 'Deposits'),
  liability('2012', '同业存放', 'Deposits of other banks'),
  liability('2021', '贴现负债', 'Bills rediscounted'),
  {
    ...liability('202102', '贴现负债-利息调整', 'Bills rediscounted, interest not yet due'),
    normalSide: 'debit',
  },
  liability('2211', '应付职工薪酬', 'Salaries payable'),
  liability('2221', '应交税费', 'Taxes payable'),
  liability('2231', '应付利息', 'Interest payable'),
  { ...liability('2241', '其他应付款', 'Other payables'), openItems: 'suspense' },
  liability('2314', '代理业务负债', 'Liabilities as agent'),
  { ...common('3001', '清算资金往来', 'Clearing with other banks'), openItems: 'in_transit' },
  common('3002', '货币兑换', 'Currency position'),
  common(INTER_BRANCH_GL_CODE, '系统内往来', 'Inter-branch accounts'),
  equity('4001', '实收资本', 'Paid-in capital'),
  equity('4002', '资本公积', 'Capital reserve'),
  equity('4101', '盈余公积', 'Surplus reserve'),
  equity('4102', '一般风险准备', 'General risk reserve'),
  equity('4103', '本年利润', 'Profit of the year'),
  equity('4104', '利润分配', 'Distribution of profit'),
  income('6011', '利息收入', 'Interest income'),
  income('6021', '手续费及佣金收入', 'Fee and commission income'),
  income('6061', '汇兑损益', 'Gains and losses on exchange'),
  income('6301', '营业外收入', 'Non-operating income'),
  expense('6411', '利息支出', 'Interest expense'),
  expense('6421', '手续费及佣金支出', 'Fee and commission expense'),
  expense('6602', '业务及管理费', 'Operating expense'),
  expense('6702', '信用减值损失', 'Credit impairment losses'),
  expense('6711', '营业外支出', 'Non-operating expense'),
  expense('6801', '所得税费用', 'Income tax'),
  offBalance('7001', '重要空白凭证', 'Blank important vouchers'),
  offBalance('7101', '抵质押物权证', 'Certificates of collateral'),
  offBalance('7201', '银行承兑汇票', 'Bank acceptances'),
  offBalance('7301', '已核销贷款', 'Loans written off'),
];

function asset(glCode: string, name: string, nameEn: string): GlAccount {
  return { glCode, name, nameEn, glClass: 'asset', normalSide: 'debit', neverNegative: false };
}

function liability(glCode: string, name: string, nameEn: string): GlAccount {
  return { glCode, name, nameEn, glClass: 'liability', normalSide: 'credit', neverNegative: false };
}

function common(glCode: string, name: string, nameEn: string): GlAccount {
  return { glCode, name, nameEn, glClass: 'common', normalSide: 'debit', neverNegative: false };
}

function equity(glCode: string, name: string, nameEn: string): GlAccount {
  return { glCode, name, nameEn, glClass: 'equity', normalSide: 'credit', neverNegative: false };
}

function income(glCode: string, name: string, nameEn: string): GlAccount {
  return {
    glCode,
    name,
    nameEn,
    glClass: 'profit_and_loss',
    normalSide: 'credit',
    neverNegative: false,
  };
}

function expense(glCode: string, name: string, nameEn: string): GlAccount {
  return {
    glCode,
    name,
    nameEn,
    glClass: 'profit_and_loss',
    normalSide: 'debit',
    neverNegative: false,
  };
}

function offBalance(glCode: string, name: string, nameEn: string): GlAccount {
  return {
    glCode,
    name,
    nameEn,
    glClass: 'off_balance',
    normalSide: 'debit',
    neverNegative: false,
  };
}

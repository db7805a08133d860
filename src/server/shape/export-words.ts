import type { ExportTableName } from '../../contract/exports.ts';
import type { Language } from '../../contract/shapes.ts';

/** What the exports say in one language: titles, column heads and the words of closed lists. */
type Words = {
  readonly titles: Readonly<Record<ExportTableName, string>>;
  readonly heads: Readonly<Record<ExportTableName, readonly string[]>>;
  readonly caseStatus: Readonly<
    Record<'active' | 'suspended' | 'completed' | 'terminated', string>
  >;
  readonly accountStatus: Readonly<Record<'pending' | 'open' | 'dormant' | 'closed', string>>;
  readonly customerKind: Readonly<Record<'corporate' | 'retail', string>>;
  readonly debit: string;
  readonly credit: string;
  readonly reversal: string;
  readonly rows: string;
  readonly date: string;
  readonly takenAt: string;
  readonly opening: string;
  readonly closing: string;
};

/** In the words of the console. */
export const exportWords: Readonly<Record<Language, Words>> = {
  'zh-CN': {
    titles: {
      'trial-balance': '试算平衡表',
      'gl-accounts': '科目分户',
      entries: '明细账',
      statement: '交易明细',
      cases: '业务清单',
      accounts: '账户清单',
      customers: '客户清单',
    },
    heads: {
      'trial-balance': [
        ...['账套', '账套名称', '币种', '科目号', '科目名称', '借方发生', '贷方发生'],
        '余额（借减贷）',
      ],
      'gl-accounts': ['账号', '户名', '币种', '期初余额', '借方发生', '贷方发生', '期末余额'],
      entries: [
        ...['会计日期', '起息日', '记账时间', '记账流水号', '账号', '借贷', '金额', '账户余额'],
        ...['对方科目', '对方账户', '业务编号', '摘要', '经办', '授权', '冲正'],
      ],
      statement: [
        ...['会计日期', '记账时间', '记账流水号', '摘要', '对方账号', '对方户名'],
        ...['支出', '收入', '余额', '币种'],
      ],
      cases: [
        ...['业务编号', '流程', '流程名称', '状态', '办理结果', '机构', '客户号'],
        ...['受理时间', '预计完成', '办结时间'],
      ],
      accounts: [
        ...['账号', '户名', '客户号', '账套', '开户机构', '科目号', '币种', '状态'],
        ...['账面余额', '可用余额'],
      ],
      customers: [
        '客户号',
        '类别',
        '名称',
        '证件号码',
        '机构',
        '客户经理',
        '信用等级',
        '法定代表人',
      ],
    },
    caseStatus: {
      active: '办理中',
      suspended: '已挂起',
      completed: '已办结',
      terminated: '已终止',
    },
    accountStatus: { pending: '预开户', open: '正常', dormant: '不动户', closed: '已销户' },
    customerKind: { corporate: '对公客户', retail: '个人客户' },
    debit: '借',
    credit: '贷',
    reversal: '冲正',
    rows: '行数',
    date: '会计日期',
    takenAt: '导出时间',
    opening: '期初余额',
    closing: '期末余额',
  },
  en: {
    titles: {
      'trial-balance': 'Trial balance',
      'gl-accounts': 'Accounts of a GL account',
      entries: 'Entries',
      statement: 'Statement',
      cases: 'Cases',
      accounts: 'Accounts',
      customers: 'Customers',
    },
    heads: {
      'trial-balance': [
        ...['Book', 'Book name', 'Currency', 'GL account', 'GL name', 'Debits', 'Credits'],
        'Balance (debits less credits)',
      ],
      'gl-accounts': ['Account', 'Name', 'Currency', 'Opening', 'Debits', 'Credits', 'Closing'],
      entries: [
        ...['Accounting date', 'Value date', 'Posted at', 'Posting number', 'Account', 'Side'],
        ...['Amount', 'Account balance', 'Other GL', 'Other account', 'Reference', 'Narrative'],
        ...['Maker', 'Authoriser', 'Reversal'],
      ],
      statement: [
        ...['Accounting date', 'Posted at', 'Posting number', 'Narrative', 'Counterparty account'],
        ...['Counterparty', 'Out', 'In', 'Balance', 'Currency'],
      ],
      cases: [
        ...['Case', 'Process', 'Process name', 'Status', 'Outcome', 'Unit', 'Customer'],
        ...['Started', 'Expected', 'Ended'],
      ],
      accounts: [
        ...['Account', 'Name', 'Customer', 'Book', 'Unit', 'GL account', 'Currency', 'Status'],
        ...['Ledger balance', 'Available balance'],
      ],
      customers: [
        ...['Customer', 'Kind', 'Name', 'Identity number', 'Unit', 'Customer manager', 'Rating'],
        'Legal representative',
      ],
    },
    caseStatus: {
      active: 'In progress',
      suspended: 'Suspended',
      completed: 'Completed',
      terminated: 'Terminated',
    },
    accountStatus: {
      pending: 'Not yet active',
      open: 'Open',
      dormant: 'Dormant',
      closed: 'Closed',
    },
    customerKind: { corporate: 'Corporate', retail: 'Retail' },
    debit: 'debit',
    credit: 'credit',
    reversal: 'reversal',
    rows: 'Rows',
    date: 'Accounting date',
    takenAt: 'Exported at',
    opening: 'Opening balance',
    closing: 'Closing balance',
  },
};

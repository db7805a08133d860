import type { Language } from '../../contract/shapes.ts';

/** Column heads and labels of the exports, in the words of the console. */
export const exportWords = {
  'zh-CN': {
    trialBalance: [
      '账套',
      '账套名称',
      '币种',
      '科目号',
      '科目名称',
      '借方发生',
      '贷方发生',
      '余额（借减贷）',
    ],
    entries: [
      ...['会计日期', '起息日', '记账时间', '记账流水号', '账号', '借贷', '金额', '账户余额'],
      ...['对方科目', '对方账户', '业务编号', '摘要', '经办', '授权', '冲正'],
    ],
    statement: [
      ...['会计日期', '记账时间', '记账流水号', '摘要', '对方账号', '对方户名'],
      ...['支出', '收入', '余额', '币种'],
    ],
    debit: '借',
    credit: '贷',
    reversal: '冲正',
    rows: '行数',
    date: '会计日期',
    opening: '期初余额',
    closing: '期末余额',
  },
  en: {
    trialBalance: [
      ...['Book', 'Book name', 'Currency', 'GL account', 'GL name', 'Debits', 'Credits'],
      'Balance (debits less credits)',
    ],
    entries: [
      ...['Accounting date', 'Value date', 'Posted at', 'Posting number', 'Account', 'Side'],
      ...['Amount', 'Account balance', 'Other GL', 'Other account', 'Reference', 'Narrative'],
      ...['Maker', 'Authoriser', 'Reversal'],
    ],
    statement: [
      ...['Accounting date', 'Posted at', 'Posting number', 'Narrative', 'Counterparty account'],
      ...['Counterparty', 'Out', 'In', 'Balance', 'Currency'],
    ],
    debit: 'debit',
    credit: 'credit',
    reversal: 'reversal',
    rows: 'Rows',
    date: 'Accounting date',
    opening: 'Opening balance',
    closing: 'Closing balance',
  },
} as const satisfies Record<Language, Record<string, string | readonly string[]>>;

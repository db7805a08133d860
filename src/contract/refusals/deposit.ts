import type { RefusalTable } from './table.ts';

/** Refusals of deposits: what the ledger does not refuse by itself. */
export const depositRefusals = {
  account_pays_no_cash: {
    'zh-CN': '账户 {account} 不得支取现金，请转账支付。',
    en: 'No cash is paid from the account {account}. Pay by transfer.',
  },
  payee_name_differs: {
    'zh-CN': '收款人户名与账户 {account} 不符，请核对。',
    en: 'The payee’s name is not that of the account {account}. Check both.',
  },
  posting_unknown: {
    'zh-CN': '没有流水 {posting}。',
    en: 'There is no posting {posting}.',
  },
} as const satisfies RefusalTable;

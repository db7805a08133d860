import type { RefusalTable } from './table.ts';

/** Refusals of the ledger in the order in which they are looked for, then those of accounts. */
export const ledgerRefusals = {
  posting_key_not_valid: {
    'zh-CN': '记账防重键不是有效的 UUIDv7。',
    en: 'The key of this posting is not a UUIDv7.',
  },
  posting_key_used: {
    'zh-CN': '防重键 {key} 已用于另一笔内容不同的记账，本次未记账。请换用新的防重键。',
    en: 'The key {key} was used for another posting before; nothing was posted. Use a new key.',
  },
  posting_key_too_old: {
    'zh-CN':
      '防重键 {key} 已超过保留期，无法确认是否已记账，本次未记账。请先查询流水，再用新的防重键提交。',
    en: 'The key {key} is older than the kept window, so whether it was posted is not known; nothing was posted. Look at the journal, then use a new key.',
  },
  posting_key_from_future: {
    'zh-CN': '防重键 {key} 的时间晚于系统时间，本次未记账。请校准终端时钟。',
    en: 'The key {key} was made later than now; nothing was posted. Set the clock of the terminal.',
  },
  posting_empty: {
    'zh-CN': '没有任何分录，未记账。',
    en: 'There is nothing to post.',
  },
  posting_too_large: {
    'zh-CN': '一笔记账最多 {transfersMax} 条分录，请分笔提交。',
    en: 'One posting holds at most {transfersMax} transfers. Submit it in parts.',
  },
  accounting_date_not_open: {
    'zh-CN': '会计日期 {date} 未开启或已日结，不能记账。',
    en: 'The accounting date {date} is not open; nothing can be posted on it.',
  },
  amount_not_positive: {
    'zh-CN': '金额（{name}）必须大于零。',
    en: 'The amount ({name}) must be above zero.',
  },
  amount_above_maximum: {
    'zh-CN': '金额超过系统允许的最大值。',
    en: 'The amount is above the largest one the ledger takes.',
  },
  value_date_too_early: {
    'zh-CN': '起息日 {date} 早于允许倒起息的最早日期，未记账。',
    en: 'The value date {date} lies further back than is allowed; nothing was posted.',
  },
  value_date_too_late: {
    'zh-CN': '起息日 {date} 晚于允许的最晚日期，未记账。',
    en: 'The value date {date} lies further ahead than is allowed; nothing was posted.',
  },
  accounts_identical: {
    'zh-CN': '借方与贷方是同一账户。',
    en: 'The debited and the credited account are the same.',
  },
  account_unknown: {
    'zh-CN': '没有账户 {account}，请核对账号。',
    en: 'There is no account {account}. Check the number.',
  },
  account_in_other_book: {
    'zh-CN': '账户 {account} 不在本账套，须通过系统内往来记账。',
    en: 'The account {account} belongs to another book; money between books goes through inter-branch accounts.',
  },
  account_currency_differs: {
    'zh-CN': '账户 {account} 的币种与记账币种不同。',
    en: 'The account {account} is kept in another currency.',
  },
  account_off_balance: {
    'zh-CN': '账户 {account} 是表外账户，不能记表内分录。',
    en: 'The account {account} is off the balance sheet and takes no double entry.',
  },
  account_not_yet_active: {
    'zh-CN': '账户 {account} 尚未启用。',
    en: 'The account {account} is not active yet.',
  },
  account_closed: {
    'zh-CN': '账户 {account} 已销户，不能记账。',
    en: 'The account {account} is closed and takes no postings.',
  },
  account_dormant: {
    'zh-CN': '账户 {account} 是不动户，只收不付。请先办理激活。',
    en: 'The account {account} is dormant: money may come in, not go out. Reactivate it first.',
  },
  account_debits_blocked: {
    'zh-CN': '账户 {account} 已被控制，不能付款。',
    en: 'A restriction on the account {account} blocks payments out.',
  },
  account_credits_blocked: {
    'zh-CN': '账户 {account} 已被控制，不能收款。',
    en: 'A restriction on the account {account} blocks receipts.',
  },
  reversed_transfer_unknown: {
    'zh-CN': '找不到要冲正的原分录 {transfer}。',
    en: 'The transfer {transfer} that is to be reversed does not exist.',
  },
  reversal_not_mirror: {
    'zh-CN': '冲正须与原分录 {transfer} 账户、金额相同而借贷相反。',
    en: 'A reversal brings the same amount back between the accounts of {transfer}.',
  },
  transfer_already_reversed: {
    'zh-CN': '分录 {transfer} 已经冲正，不能重复冲正。',
    en: 'The transfer {transfer} has been reversed already.',
  },
  hold_unknown: {
    'zh-CN': '没有圈存记录 {hold}。',
    en: 'There is no hold {hold}.',
  },
  hold_on_other_account: {
    'zh-CN': '圈存 {hold} 不在本次付款的账户上。',
    en: 'The hold {hold} is not on the account that pays.',
  },
  pending_accounts_differ: {
    'zh-CN': '预记账 {hold} 只能在其借贷双方账户之间入账。',
    en: 'The pending transfer {hold} can only be posted between its own two accounts.',
  },
  hold_not_active: {
    'zh-CN': '圈存 {hold} 已使用、已解除或已到期。',
    en: 'The hold {hold} is used, released or expired.',
  },
  hold_exceeded: {
    'zh-CN': '金额超过圈存 {hold} 的剩余金额。',
    en: 'The amount is more than what is left of the hold {hold}.',
  },
  nothing_available: {
    'zh-CN': '账户 {account} 没有可用余额，未记账。',
    en: 'Nothing is available on account {account}; nothing was posted.',
  },
  available_exceeded: {
    'zh-CN': '账户 {account} 可用余额不足。',
    en: 'The available balance of the account {account} is too small.',
  },
  balance_above_maximum: {
    'zh-CN': '账户 {account} 余额将超过系统允许的最大值。',
    en: 'The balance of the account {account} would be above the largest one the ledger keeps.',
  },
  account_not_off_balance: {
    'zh-CN': '账户 {account} 是表内账户，不能作表外登记。',
    en: 'The account {account} is on the balance sheet and takes no memorandum entry.',
  },
  memorandum_exceeds_balance: {
    'zh-CN': '表外账户 {account} 余额不足，不能付出。',
    en: 'The off-balance account {account} holds less than that.',
  },
  inter_branch_not_mirrored: {
    'zh-CN': '系统内往来（{books}）两端金额不一致，未记账。',
    en: 'The two sides of the inter-branch accounts ({books}) do not agree; nothing was posted.',
  },
  authoriser_is_maker: {
    'zh-CN': '授权人不得是经办人本人，未记账。请由他人经办或授权。',
    en: 'Whoever authorised this cannot also post it; nothing was posted. Let somebody else do one of the two.',
  },
  account_number_taken: {
    'zh-CN': '账号 {account} 已存在。',
    en: 'The account number {account} exists already.',
  },
  book_unknown: {
    'zh-CN': '没有账套 {book}，或该账套已关闭。',
    en: 'There is no open book {book}.',
  },
  gl_account_unknown: {
    'zh-CN': '会计科目 {glCode} 在该会计日期无效。',
    en: 'The GL account {glCode} is not in force on that date.',
  },
  account_status_not_allowed: {
    'zh-CN': '账户 {account} 不能由“{from}”变更为“{to}”。',
    en: 'The account {account} cannot pass from {from} to {to}.',
  },
  account_not_empty: {
    'zh-CN': '账户 {account} 余额或圈存不为零，不能销户。',
    en: 'The account {account} still has a balance or a hold and cannot be closed.',
  },
  restriction_unknown: {
    'zh-CN': '没有账户控制记录 {restriction}，或已解除。',
    en: 'There is no restriction {restriction} in force.',
  },
  pending_without_payer: {
    'zh-CN': '该笔转账不减少任何一方余额，无需预记账。',
    en: 'The transfer lowers neither account, so there is nothing to keep for it.',
  },
  freeze_date_not_valid: {
    'zh-CN': '司法冻结的到期日 {date} 必须晚于会计日期。',
    en: 'The end of a judicial freeze, {date}, must lie after the accounting date.',
  },
  freeze_unknown: {
    'zh-CN': '没有有效或轮候中的司法冻结 {freeze}。',
    en: 'There is no judicial freeze {freeze} in effect or waiting.',
  },
  legal_entity_unknown: {
    'zh-CN': '没有法人机构 {legalEntity}，账务尚未开启。',
    en: 'There is no legal entity {legalEntity}; its books are not opened.',
  },
} as const satisfies RefusalTable;

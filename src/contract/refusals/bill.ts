import type { RefusalTable } from './table.ts';

/** Refusals of bills. */
export const billRefusals = {
  bill_unknown: {
    'zh-CN': '票据登记簿中没有票据 {bill}。',
    en: 'The register of bills has no bill {bill}.',
  },
  bill_registered_already: {
    'zh-CN': '票据 {bill} 已登记，不能重复登记。',
    en: 'The bill {bill} is in the register already.',
  },
  bill_written_otherwise: {
    'zh-CN': '票据 {bill} 的要素“{name}”与登记簿不一致。请核对票面。',
    en: '{name} of the bill {bill} differs from the register. Compare it with the bill.',
  },
  bill_status_forbids: {
    'zh-CN': '票据 {bill} 当前状态为 {status}，不能办理 {wanted}。',
    en: 'The bill {bill} is {status}: it cannot be {wanted}.',
  },
  bill_not_held: {
    'zh-CN': '票据 {bill} 的持票人是 {holder}，不是 {name}。',
    en: 'The bill {bill} is held by {holder}, not by {name}.',
  },
  bill_endorsed_to_oneself: {
    'zh-CN': '票据 {bill} 不能背书给持票人自己。',
    en: 'The holder cannot endorse the bill {bill} to itself.',
  },
  bill_account_of_other: {
    'zh-CN': '账户 {account} 不属于该票据的当事人。',
    en: 'The account {account} is not that of the party of the bill.',
  },
  bill_not_accepted_here: {
    'zh-CN': '票据 {bill} 不是本行承兑的票据。',
    en: 'The bill {bill} was not accepted by the bank.',
  },
  bill_not_discounted_here: {
    'zh-CN': '票据 {bill} 不是本行贴现的票据。',
    en: 'The bill {bill} was not discounted by the bank.',
  },
  bill_own_acceptance: {
    'zh-CN': '票据 {bill} 由本行承兑，本行到期无条件付款，不能拒付。',
    en: 'The bank accepted the bill {bill} and pays it at maturity; it cannot dishonour it.',
  },
  bill_not_yet_due: {
    'zh-CN': '票据 {bill} 于 {date} 到期，尚未到期。',
    en: 'The bill {bill} is not due before {date}.',
  },
  bill_paid_already: {
    'zh-CN': '票据 {bill} 已付款，不能重复付款。',
    en: 'The bill {bill} has been paid.',
  },
  bill_nothing_owed: {
    'zh-CN': '票据 {bill} 没有未归还的垫款或追索款。',
    en: 'Nothing is owed on the bill {bill}.',
  },
  bill_more_than_owed: {
    'zh-CN': '归还金额超过票据 {bill} 的未归还金额。',
    en: 'This is more than is owed on the bill {bill}.',
  },
  bill_matures_before_issue: {
    'zh-CN': '到期日 {date} 不晚于出票日 {issued}。',
    en: 'The maturity {date} is not after the date of issue {issued}.',
  },
  bill_already_due: {
    'zh-CN': '票据 {bill} 已到期（{date}），不能办理。',
    en: 'The bill {bill} is due ({date}): this can no longer be done.',
  },
  bill_term_too_long: {
    'zh-CN': '票据期限自出票日 {issued} 至到期日 {date} 超过 {months} 个月。',
    en: 'The bill runs from {issued} to {date}, longer than {months} months.',
  },
  bill_interest_exceeds_face: {
    'zh-CN': '票据 {bill} 的贴现利息不低于票面金额。',
    en: 'The discount of the bill {bill} would be no less than its face.',
  },
  bill_margin_exceeds_face: {
    'zh-CN': '票据 {bill} 的保证金超过票面金额。',
    en: 'The margin of the bill {bill} is more than its face.',
  },
} as const satisfies RefusalTable;

import type { RefusalTable } from './table.ts';

/** Refusals of bills. */
export const billRefusals = {
  bill_already_due: {
    'zh-CN': '票据 {bill} 已到期（{date}），不能贴现。',
    en: 'The bill {bill} is due ({date}) and cannot be discounted.',
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

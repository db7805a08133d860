import type { RefusalTable } from '../table.ts';

/** Refusals of charges and their waivers. */
export const feeRefusals = {
  fee_rule_without_amount: {
    'zh-CN': '收费规则没有给出整数金额。请检查收费决策表。',
    en: 'The rule of fees gave no whole amount. Look at the decision table.',
  },
  fee_waiver_above_fee: {
    'zh-CN': '减免金额 {waived} 超过应收手续费 {fee}。',
    en: 'The waiver of {waived} is more than the fee of {fee}.',
  },
  fee_waiver_reason_missing: {
    'zh-CN': '减免手续费须写明原因。',
    en: 'A waiver needs a reason.',
  },
  fee_waiver_not_approved: {
    'zh-CN': '减免手续费须由经办人以外的有权人批准。',
    en: 'A waiver is approved by somebody else than its maker.',
  },
} as const satisfies RefusalTable;

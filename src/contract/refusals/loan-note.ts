import type { RefusalTable } from './table.ts';

/** Refusals of orders on a loan note, of its product and of its prices. */
export const loanNoteRefusals = {
  loan_not_open: {
    'zh-CN': '该借据已结清或已核销（状态 {status}），不能再办理本业务。',
    en: 'The note is settled or written off (status {status}); nothing can be ordered on it.',
  },
  loan_date_in_past: {
    'zh-CN': '业务日期 {date} 早于该借据最近一次变动日 {lastDate}。',
    en: 'The date {date} lies before the last event of the note on {lastDate}.',
  },
  nothing_due: {
    'zh-CN': '截至 {date} 没有应还款项。提前归还请办理提前还款。',
    en: 'Nothing is due on {date}. To pay earlier, order a prepayment.',
  },
  exceeds_dues: {
    'zh-CN': '还款金额超过应还款项 {dueMinor} 分。多还部分请办理提前还款。',
    en: 'The amount is more than the {dueMinor} minor units that are due. Order a prepayment for the rest.',
  },
  deposit_is_empty: {
    'zh-CN': '结算账户没有可扣款项，应还 {dueMinor} 分未能扣收。请客户存入资金后再扣收。',
    en: 'Nothing can be taken from the settlement account; {dueMinor} minor units stay due. Collect again when money has come in.',
  },
  prepayment_not_allowed: {
    'zh-CN': '该产品不允许提前还款。',
    en: 'The product does not allow prepayment.',
  },
  dues_are_open: {
    'zh-CN': '截至 {date} 还有应还未还款项。请先归还后再办理。',
    en: 'Something that is due on {date} is not paid yet. Pay it first.',
  },
  prepayment_too_small: {
    'zh-CN': '部分提前还款本金不得少于 {leastMinor} 分。',
    en: 'A part of the principal prepaid is {leastMinor} minor units at least.',
  },
  prepayment_settles: {
    'zh-CN': '提前归还全部本金请办理提前结清。',
    en: 'To prepay all of the principal, pay the note off.',
  },
  prepayment_has_changed: {
    'zh-CN': '今日提前还款合计为 {amountMinor} 分，与确认的金额不同。请按今日金额确认。',
    en: 'The prepayment comes to {amountMinor} minor units today, not what was confirmed. Confirm the figure of today.',
  },
  rate_is_fixed: {
    'zh-CN': '该借据为固定利率，不重定价。',
    en: 'The rate of the note is fixed and is not set anew.',
  },
  not_a_repricing_day: {
    'zh-CN': '{date} 不是该借据的重定价日。下一重定价日：{next}。',
    en: '{date} is no day of repricing of the note; the next is {next}.',
  },
  lpr_not_published: {
    'zh-CN': '截至 {date} 没有期限“{term}”的贷款市场报价利率。请先维护报价。',
    en: 'No LPR of the term {term} was published up to {date}. Enter the quote first.',
  },
  nothing_to_come: {
    'zh-CN': '该借据在 {date} 之后没有未到期本金，不能变更还款计划。',
    en: 'No principal of the note is still to come after {date}, so its plan cannot change.',
  },
  extended_too_often: {
    'zh-CN': '该贷款已展期 {times} 次，不能再展期。',
    en: 'The loan has been extended {times} times, which is the most.',
  },
  maturity_is_past: {
    'zh-CN': '贷款已于 {maturity} 到期。展期须在到期前申请。',
    en: 'The loan fell due on {maturity}. An extension is asked for before that.',
  },
  extension_not_longer: {
    'zh-CN': '新的到期日 {maturity} 不晚于原到期日。',
    en: 'The new maturity {maturity} is not later than the old one.',
  },
  extension_too_long: {
    'zh-CN': '展期期限超过规定，最晚可展至 {latest}。',
    en: 'The extension is longer than the rule allows; {latest} is the latest maturity.',
  },
  months_not_positive: {
    'zh-CN': '期限至少一个月。',
    en: 'The term is one month at least.',
  },
  class_is_not_loss: {
    'zh-CN': '五级分类为“{level}”，只有损失类贷款可以核销。',
    en: 'The class of the note is {level}; only a loan classed as loss is written off.',
  },
  allowance_too_small: {
    'zh-CN': '贷款损失准备不足，尚差 {missingMinor} 分。请先足额计提。',
    en: 'The allowance is {missingMinor} minor units short. Provide for it first.',
  },
  loan_not_written_off: {
    'zh-CN': '该借据未核销。',
    en: 'The note has not been written off.',
  },
  exceeds_written_off: {
    'zh-CN': '收回金额超过尚未收回的核销金额。',
    en: 'The amount is more than what was written off and has not come back.',
  },
  loan_product_not_known: {
    'zh-CN': '贷款产品“{code}”没有生效的参数。请联系产品管理员。',
    en: 'The loan product {code} has no parameters in force. Ask whoever keeps the products.',
  },
  loan_product_not_valid: {
    'zh-CN': '贷款产品“{code}”的参数“{path}”缺失或不正确。',
    en: 'The parameter {path} of the loan product {code} is missing or wrong.',
  },
  loan_event_not_readable: {
    'zh-CN': '借据 {note} 在 {date} 的记录无法读取。请联系系统管理员。',
    en: 'The record of the note {note} of {date} cannot be read. Ask the administrator.',
  },
  loss_model_not_valid: {
    'zh-CN': '预期信用损失模型参数缺失或不正确。',
    en: 'The parameters of the loss model are missing or wrong.',
  },
  amount_not_offered: {
    'zh-CN': '贷款金额不在产品规定的范围内。',
    en: 'The amount lies outside what the product offers.',
  },
  months_not_offered: {
    'zh-CN': '贷款期限应在 {from} 至 {to} 个月之间。',
    en: 'The term lies between {from} and {to} months.',
  },
  method_not_offered: {
    'zh-CN': '该产品不支持还款方式“{method}”。',
    en: 'The product does not offer the repayment method {method}.',
  },
  rate_not_offered: {
    'zh-CN': '利率或重定价方式不在产品规定的范围内。',
    en: 'The rate or its rule of repricing lies outside what the product offers.',
  },
  no_capital_tied_up: {
    'zh-CN': '营运资金周转天数不大于零，不需要流动资金。请核对各项天数。',
    en: 'No money is tied up on balance, so no working capital is needed. Check the days.',
  },
} as const satisfies RefusalTable;

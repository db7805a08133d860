import type { RefusalTable } from '../table.ts';

/** Refusals of changes of a product's parameters. */
export const productRefusals = {
  product_unknown: {
    'zh-CN': '没有产品“{code}”，或该日尚无生效版本。',
    en: 'There is no product {code}, or none in force on that day.',
  },
  product_parameter_unknown: {
    'zh-CN': '产品没有参数“{path}”。',
    en: 'The product has no parameter {path}.',
  },
  product_parameter_not_valid: {
    'zh-CN': '参数“{path}”不能是“{text}”，请更正。',
    en: 'The parameter {path} cannot be {text}. Correct it.',
  },
  product_change_empty: {
    'zh-CN': '没有任何参数与现行版本不同。',
    en: 'No parameter differs from the version in force.',
  },
  product_note_missing: {
    'zh-CN': '请写明变更原因（不超过 {lengthMax} 字）。',
    en: 'Say why it is changed, in at most {lengthMax} characters.',
  },
  product_day_not_valid: {
    'zh-CN': '生效日不是有效日期。',
    en: 'The effective day is no calendar day.',
  },
  product_day_past: {
    'zh-CN': '生效日 {day} 必须晚于会计日期 {today}：已开始的一天不能改。',
    en: 'The effective day {day} must be after the accounting date {today}: a day that has begun is not changed.',
  },
  product_day_taken: {
    'zh-CN': '该产品已有自 {day} 生效的版本。',
    en: 'A version of the product begins on {day} already.',
  },
  product_change_unknown: {
    'zh-CN': '没有这项产品变更。',
    en: 'There is no such change of a product.',
  },
  product_change_closed: {
    'zh-CN': '该变更已有结论，不能再处理。',
    en: 'What becomes of this change was decided already.',
  },
  product_drafter_may_not_decide: {
    'zh-CN': '拟定人不能复核自己的变更，只能撤回。',
    en: 'Who drafted a change does not decide it, and can only withdraw it.',
  },
  product_only_drafter_withdraws: {
    'zh-CN': '只有拟定人可以撤回变更。',
    en: 'Only who drafted a change withdraws it.',
  },
  product_reason_missing: {
    'zh-CN': '拒绝须写明原因（不超过 {lengthMax} 字）。',
    en: 'A refusal says why, in at most {lengthMax} characters.',
  },
  product_changed_meanwhile: {
    'zh-CN': '拟定之后又有自 {day} 生效的新版本。请按新版本重新拟定。',
    en: 'A version from {day} came in between. Draft the change anew on it.',
  },
} as const satisfies RefusalTable;

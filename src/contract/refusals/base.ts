import type { RefusalTable } from './table.ts';

/** Refusals of base: amounts, rates, days, amounts and dates in capitals, identifiers. */
export const baseRefusals = {
  currency_unknown: {
    'zh-CN': '没有币种 {currency}。',
    en: 'There is no currency {currency}.',
  },
  amount_not_number: {
    'zh-CN': '金额格式不正确，请填写数字，如 1,409.50。',
    en: 'The amount is not a number such as 1,409.50.',
  },
  amount_too_precise: {
    'zh-CN': '该币种金额最多 {places} 位小数。',
    en: 'An amount of this currency has at most {places} places after the point.',
  },
  amount_too_large: {
    'zh-CN': '金额过大：以最小货币单位计不得超过 18 位。',
    en: 'The amount is too large: at most 18 digits of minor units.',
  },
  rate_not_valid: {
    'zh-CN': '利率格式不正确，请填写百分数，最多四位小数，如 4.35。',
    en: 'The rate is not a percentage with at most four places, such as 4.35.',
  },
  date_not_valid: {
    'zh-CN': '没有这一天，请按 2026-11-21 的格式填写日期。',
    en: 'There is no such day. Write a date as 2026-11-21.',
  },
  calendar_not_known: {
    'zh-CN': '日历“{calendar}”没有 {date} 的工作日安排，请先维护该年度日历。',
    en: 'The calendar {calendar} does not cover {date}. Enter the notice of that year first.',
  },
  working_hours_not_read: {
    'zh-CN': '工作时间文件无法识别：{place}。请参照 docs/guide/time-people-rules.md 的格式。',
    en: 'The file of working hours cannot be read at {place}. See docs/guide/time-people-rules.md for its form.',
  },
  amount_words_not_valid: {
    'zh-CN': '大写金额不符合填写规定，例如：人民币壹仟肆佰零玖元伍角。',
    en: 'The amount in capitals is not written as the rule for bills and vouchers asks.',
  },
  date_words_not_valid: {
    'zh-CN': '大写日期不符合填写规定，例如：贰零贰陆年零贰月壹拾贰日。',
    en: 'The date in capitals is not written as the rule for bills asks.',
  },
  resident_id_malformed: {
    'zh-CN': '居民身份证号码应为 18 位：前 17 位数字，末位数字或 X。',
    en: 'A resident ID has 17 digits and a digit or X.',
  },
  resident_id_birth_date_not_valid: {
    'zh-CN': '居民身份证号码中的出生日期不正确。',
    en: 'The birth date inside the resident ID is not possible.',
  },
  resident_id_check_digit_wrong: {
    'zh-CN': '居民身份证号码校验位不正确，请核对。',
    en: 'The check digit of the resident ID is wrong. Compare it with the card.',
  },
  credit_code_malformed: {
    'zh-CN': '统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）。',
    en: 'A unified social credit code has 18 digits or capitals without I, O, S, V and Z.',
  },
  credit_code_check_character_wrong: {
    'zh-CN': '统一社会信用代码校验位不正确，请核对营业执照。',
    en: 'The check character of the credit code is wrong. Compare it with the licence.',
  },
  credit_code_organisation_wrong: {
    'zh-CN': '统一社会信用代码中的组织机构代码校验不通过，请核对营业执照。',
    en: 'The organisation code inside the credit code fails its check. Compare it with the licence.',
  },
  card_number_malformed: {
    'zh-CN': '卡号应为 16 至 19 位数字。',
    en: 'A card number has 16 to 19 digits.',
  },
  card_number_check_digit_wrong: {
    'zh-CN': '卡号校验位不正确，请核对。',
    en: 'The check digit of the card number is wrong.',
  },
  bank_number_malformed: {
    'zh-CN': '支付系统行号应为 12 位数字。',
    en: 'A bank number in CNAPS has 12 digits.',
  },
  bank_number_check_digit_wrong: {
    'zh-CN': '支付系统行号校验位不正确，请核对。',
    en: 'The check digit of the bank number is wrong.',
  },
  lei_malformed: {
    'zh-CN': '法人机构识别编码（LEI）应为 20 位。',
    en: 'A legal entity identifier has 20 characters.',
  },
  lei_check_digits_wrong: {
    'zh-CN': '法人机构识别编码（LEI）校验位不正确。',
    en: 'The check digits of the legal entity identifier are wrong.',
  },
  values_not_json: {
    'zh-CN': '数据不是有效的 JSON。',
    en: 'The values are not JSON.',
  },
  values_not_an_object: {
    'zh-CN': '数据须为 JSON 对象。',
    en: 'The values must be a JSON object.',
  },
  values_too_deep: {
    'zh-CN': '数据嵌套过深，最多 {depthMax} 层。',
    en: 'The values are nested deeper than {depthMax} levels.',
  },
} as const satisfies RefusalTable;

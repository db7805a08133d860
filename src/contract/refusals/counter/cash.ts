import type { RefusalTable } from '../table.ts';

/** Refusals of tills, vaults and cash over the counter. */
export const cashRefusals = {
  till_unknown: {
    'zh-CN': '您没有尾箱，不能办理现金业务。请由持有尾箱的柜员办理。',
    en: 'You have no till, so you handle no cash. A teller with a till has to do this.',
  },
  till_signed_off: {
    'zh-CN': '尾箱 {box} 今日已轧账签退，不能再收付现金。',
    en: 'The till {box} was signed off today: no more cash moves in it.',
  },
  till_not_counted: {
    'zh-CN': '尾箱 {box} 的 {currency} 在最后一笔收付之后尚未清点，不能签退。',
    en: 'The {currency} in till {box} was not counted since it last moved: count it first.',
  },
  till_difference_open: {
    'zh-CN': '尾箱 {box} 的 {currency} 清点有差额尚未挂账，不能签退。',
    en: 'The count of {currency} in till {box} differs and is not booked yet.',
  },
  till_moved_since_count: {
    'zh-CN': '尾箱 {box} 清点后又有收付或差额已挂账，请重新清点。',
    en: 'The till {box} moved since it was counted, or the difference is booked: count it again.',
  },
  till_limit_exceeded: {
    'zh-CN': '尾箱 {box} 将有 {held} {currency}，超过限额 {limit}。请先上缴金库。',
    en: 'The till {box} would hold {held} {currency}, above its limit of {limit}.',
  },
  vault_unknown: {
    'zh-CN': '机构 {unit} 没有金库。',
    en: 'The unit {unit} has no vault.',
  },
  cash_currency_unknown: {
    'zh-CN': '本行不办理 {currency} 现钞。',
    en: 'The bank handles no cash in {currency}.',
  },
  cash_face_unknown: {
    'zh-CN': '{currency} 没有面额 {face} 的券别。',
    en: '{currency} has no denomination of {face}.',
  },
  cash_notes_not_valid: {
    'zh-CN': '券别明细写法不正确：每种面额一次，写面额与张数。',
    en: 'The notes are not written as they should be: each face value once, with its count.',
  },
  cash_notes_differ: {
    'zh-CN': '券别合计 {notes} {currency} 与金额 {amount} {currency} 不符。请核对张数。',
    en: 'The notes come to {notes} {currency}, the amount is {amount} {currency}. Count again.',
  },
  cash_notes_missing: {
    'zh-CN': '{box} 中 {face} 的券别只有 {held} 张（枚）。请换券别或向金库领用。',
    en: 'There are only {held} of {face} in {box}. Take other notes, or order some.',
  },
  cash_same_person: {
    'zh-CN': '须由 {login} 以外的另一人办理（双人控制）。',
    en: 'Another person than {login} has to do this (dual control).',
  },
  cash_identity_not_checked: {
    'zh-CN': '折人民币 {from} 元（含）以上的现金存取，须先核对客户身份证件。',
    en: 'From {from} CNY in cash on, the identity of the customer is checked first.',
  },
  cash_difference_unknown: {
    'zh-CN': '没有待处理的长短款 {difference}。',
    en: 'There is no open over or short {difference}.',
  },
} as const satisfies RefusalTable;

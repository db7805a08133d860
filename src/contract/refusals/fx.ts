import type { RefusalTable } from './table.ts';

/** Refusals of foreign exchange. */
export const fxRefusals = {
  fx_quote_unknown: {
    'zh-CN': '没有牌价 {quote}。请按当前牌价重新询价。',
    en: 'There is no quote {quote}. Ask for a price on the present board.',
  },
  fx_quote_expired: {
    'zh-CN': '牌价 {quote} 已过有效时间或尚未生效。请重新询价。',
    en: 'The quote {quote} is no longer, or not yet, good. Ask for a new price.',
  },
  fx_quote_of_other_currency: {
    'zh-CN': '牌价 {quote} 不是 {currency} 的牌价。',
    en: 'The quote {quote} is not one for {currency}.',
  },
  fx_same_currency: {
    'zh-CN': '两个账户币种相同（{currency}），无需兑换。',
    en: 'Both accounts are in {currency}: there is nothing to change.',
  },
  fx_no_quote_now: {
    'zh-CN': '{currency} 当前没有有效牌价。请等待新牌价发布。',
    en: 'The board has no price for {currency} now. Wait for a new one.',
  },
  fx_limit_exceeded: {
    'zh-CN': '成交后敞口 {wouldBeMinor} 分超过限额 {limit}（{limitMinor} 分），需经授权。',
    en: 'The position would be {wouldBeMinor} fen, over the limit {limit} of {limitMinor}: approval needed.',
  },
  fx_accounts_of_two: {
    'zh-CN': '账户 {account} 属于另一客户，兑换须在同一客户名下。',
    en: 'The account {account} is of another customer: money is changed within one.',
  },
  fx_not_foreign: {
    'zh-CN': '{currency} 不是可报价的外币。',
    en: '{currency} is no foreign currency that can be quoted.',
  },
  fx_price_not_valid: {
    'zh-CN': '价格“{text}”无效。请填写大于零、最多四位小数的数。',
    en: '“{text}” is no price. Give a number above zero with at most four decimals.',
  },
  fx_prices_out_of_order: {
    'zh-CN': '{currency} 的价格顺序有误：应为现钞买入价 ≤ 现汇买入价 ≤ 中间价 ≤ 卖出价。',
    en: 'The prices of {currency} are out of order: cash bid ≤ bid ≤ middle ≤ ask.',
  },
} as const satisfies RefusalTable;

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
} as const satisfies RefusalTable;

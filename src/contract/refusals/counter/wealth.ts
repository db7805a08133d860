import type { RefusalTable } from '../table.ts';

/** Refusals of wealth products. */
export const wealthRefusals = {
  wealth_product_unknown: {
    'zh-CN': '没有理财产品 {product}。',
    en: 'There is no wealth product {product}.',
  },
  wealth_product_not_offered: {
    'zh-CN': '理财产品 {product} 今日不在募集期内。',
    en: 'The wealth product {product} is not offered today.',
  },
  wealth_below_minimum: {
    'zh-CN': '认购金额低于起点金额 {minimum}。',
    en: 'The amount is below the least of {minimum}.',
  },
  wealth_account_not_fit: {
    'zh-CN': '账户 {account} 不是该客户的同币种账户，不能用于此产品。',
    en: 'The account {account} is not the customer’s own in this currency.',
  },
  wealth_assessment_missing: {
    'zh-CN': '客户尚未做风险测评，请先测评。',
    en: 'The customer has no risk assessment yet: make one first.',
  },
  wealth_assessment_expired: {
    'zh-CN': '客户的风险测评自 {date} 起失效，请重新测评。',
    en: 'The customer’s risk assessment is over since {date}: make a new one.',
  },
  wealth_not_suitable: {
    'zh-CN': '产品风险 {product} 高于客户风险承受能力等级 {customer}，不得销售。',
    en: 'The product’s risk {product} is above the customer’s grade {customer}: it is not sold.',
  },
  wealth_order_unknown: {
    'zh-CN': '没有理财订单 {order}。',
    en: 'There is no wealth order {order}.',
  },
  wealth_order_in_other_state: {
    'zh-CN': '理财订单 {order} 的状态是 {state}，不能这样处理。',
    en: 'The wealth order {order} is {state}: this cannot be done with it.',
  },
} as const satisfies RefusalTable;

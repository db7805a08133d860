import type { RefusalTable } from './table.ts';

/** Refusals of deposits: what the ledger does not refuse by itself. */
export const depositRefusals = {
  product_not_valid: {
    'zh-CN': '存款产品的参数“{field}”无效。',
    en: 'The parameter {field} of the deposit product is not valid.',
  },
  account_pays_no_cash: {
    'zh-CN': '账户 {account} 不得支取现金，请转账支付。',
    en: 'No cash is paid from the account {account}. Pay by transfer.',
  },
  deposit_product_unknown: {
    'zh-CN': '没有生效的存款产品 {product}。',
    en: 'There is no deposit product {product} in force.',
  },
  product_without_term: {
    'zh-CN': '产品 {product} 是活期产品，不能开立定期。',
    en: 'The product {product} is a demand deposit and has no term.',
  },
  below_product_minimum: {
    'zh-CN': '金额低于产品 {product} 的起存金额。',
    en: 'The amount is below the minimum of the product {product}.',
  },
  deposit_rate_missing: {
    'zh-CN': '没有生效的挂牌利率 {rate}。',
    en: 'No rate {rate} is posted.',
  },
  term_deposit_unknown: {
    'zh-CN': '账户 {account} 没有未到期结清的定期存款。',
    en: 'No term runs on the account {account}.',
  },
  instalment_not_fitting: {
    'zh-CN': '账户 {account} 不是零存整取，或已到期，或金额不是每月存额的整数倍。',
    en: 'The account {account} holds no instalment savings, they are over, or the amount is no multiple of the monthly one.',
  },
  notice_not_needed: {
    'zh-CN': '账户 {account} 不是通知存款，无须通知。',
    en: 'The account {account} is no notice deposit and needs no notice.',
  },
  notice_given_already: {
    'zh-CN': '账户 {account} 今日已通知，不能重复通知。',
    en: 'Notice was given on the account {account} today already.',
  },
  partial_withdrawal_not_allowed: {
    'zh-CN': '账户 {account} 的产品不允许再部分提前支取，请全部支取。',
    en: 'The product of the account {account} allows no further part to leave. Withdraw the whole.',
  },
  remaining_below_minimum: {
    'zh-CN': '账户 {account} 支取后的余额低于产品规定的最低留存金额。',
    en: 'What would stay on the account {account} is below the minimum of its product.',
  },
  not_transferable: {
    'zh-CN': '账户 {account} 的存单不可转让。',
    en: 'The certificate of the account {account} cannot pass to another holder.',
  },
  interest_not_yet_accrued: {
    'zh-CN': '账户 {account} 昨日利息尚在日终计提中，请稍后再办。',
    en: 'Yesterday’s interest of the account {account} is still being accrued. Try again in a moment.',
  },
  agreement_in_force: {
    'zh-CN': '账户 {account} 已有生效的协定存款约定。',
    en: 'An agreement is in force on the account {account} already.',
  },
  agreement_unknown: {
    'zh-CN': '账户 {account} 没有可终止的协定存款约定。',
    en: 'There is no agreement on the account {account} that could be ended.',
  },
  class_one_account_exists: {
    'zh-CN': '客户 {customer} 在本行已有I类户，每人限一个。',
    en: 'The customer {customer} has an account of class I already; a person has one.',
  },
  basic_account_exists: {
    'zh-CN': '客户 {customer} 已有基本存款账户，一个单位只能开立一个。',
    en: 'The company {customer} has a basic account already; it may have one.',
  },
  basic_account_missing: {
    'zh-CN': '客户 {customer} 尚未开立基本存款账户，须先开立基本户。',
    en: 'The company {customer} has no basic account yet; that one is opened first.',
  },
  basic_account_closes_last: {
    'zh-CN': '基本户 {account} 须在其他账户销户之后最后销户。',
    en: 'The basic account {account} is closed last, after the company’s other accounts.',
  },
  bound_account_missing: {
    'zh-CN': 'II类、III类户须绑定本人I类户。',
    en: 'An account of class II or III is bound to the person’s own account of class I.',
  },
  class_inflow_not_checked: {
    'zh-CN': '账户 {account} 未经面对面核实，只能由绑定账户转入。',
    en: 'Only the bound account may pay into the account {account} before a check face to face.',
  },
  class_balance_exceeded: {
    'zh-CN': '账户 {account} 入账后余额将超过该类账户的上限。',
    en: 'The balance of the account {account} would be above what its class allows.',
  },
  class_day_exceeded: {
    'zh-CN': '账户 {account} 当日支出将超过该类账户的日限额。',
    en: 'What leaves the account {account} today would be above the daily limit of its class.',
  },
  class_year_exceeded: {
    'zh-CN': '账户 {account} 本年支出将超过该类账户的年限额。',
    en: 'What leaves the account {account} this year would be above the yearly limit of its class.',
  },
  payee_name_differs: {
    'zh-CN': '收款人户名与账户 {account} 不符，请核对。',
    en: 'The payee’s name is not that of the account {account}. Check both.',
  },
  salary_lines_not_fitting: {
    'zh-CN': '代发清单须有 1 至 {linesMax} 行。',
    en: 'A salary order holds 1 to {linesMax} lines.',
  },
  salary_total_not_fitting: {
    'zh-CN': '代发总额应大于零，且不超过账务系统可记录的金额。',
    en: 'The lines of a salary order add up to more than zero and to what the ledger can hold.',
  },
  salary_order_differs: {
    'zh-CN': '代发批次 {order} 已受理，本次内容与已受理的不一致。请使用新的批次号。',
    en: 'The salary order {order} was taken before with other contents. Use a new order number.',
  },
  salary_line_not_readable: {
    'zh-CN': '代发清单第 {line} 行不是“账号,户名,金额”。请更正后重新提交整份清单。',
    en: 'Line {line} of the salary list is not account,name,amount. Correct it and send the whole list again.',
  },
  salary_not_authorised: {
    'zh-CN': '代发批次 {order} 尚未经第二人授权，不能付款。',
    en: 'No second person has authorised the salary order {order}; nothing is paid.',
  },
  salary_order_decided: {
    'zh-CN': '代发批次 {order} 已由他人处理，请刷新查看。',
    en: 'Somebody has already decided about the salary order {order}. Look at it again.',
  },
  salary_order_unknown: {
    'zh-CN': '没有代发指令 {order}。',
    en: 'There is no salary order {order}.',
  },
  posting_unknown: {
    'zh-CN': '没有流水 {posting}。',
    en: 'There is no posting {posting}.',
  },
} as const satisfies RefusalTable;

import type { RefusalTable } from './table.ts';

/** Refusals of loans, and of reading what an operation needs. */
export const loanRefusals = {
  value_missing: {
    'zh-CN': '缺少“{name}”。请补填后再提交。',
    en: 'The value {name} is missing. Fill it in and submit again.',
  },
  value_of_other_kind: {
    'zh-CN': '“{name}”的填写内容类型不符。请按表单要求填写。',
    en: 'The value {name} is of another kind than asked for. Fill it in as the form says.',
  },
  parameter_missing: {
    'zh-CN': '参数“{name}”在本会计日期没有生效版本。请联系参数管理员。',
    en: 'The parameter {name} has no version in force on this accounting date. Ask whoever keeps the parameters.',
  },
  committee_too_small: {
    'zh-CN':
      '可到会的审贷会委员只有 {found} 人（已办理本业务的人员不得表决），不足三人。请增补委员。',
    en: 'Only {found} committee members may sit (who has acted in this case does not vote); three are needed. Appoint more members.',
  },
  credit_report_too_old: {
    'zh-CN': '征信报告已过 {days} 天，超过有效天数。请重新查询征信。',
    en: 'The credit report is {days} days old, older than allowed. Query it again.',
  },
  margin_not_enough: {
    'zh-CN':
      '借款人账户可用余额不足以作本笔贷款的全额保证金，不能按低风险业务批复。请补足保证金或更换担保方式。',
    en: 'What the borrower’s account has at its disposal does not cover this loan as margin, so it cannot be approved as low risk. Pay in more or secure it otherwise.',
  },
  exposure_has_grown: {
    'zh-CN': '集团总敞口在确定审批权限后又有增加，不能出具批复。请退回，按新的敞口重新确定权限。',
    en: 'The exposure of the group has grown since the authority was decided. Return the case, so that it is decided on the new exposure.',
  },
  credit_report_in_future: {
    'zh-CN': '征信报告日期 {date} 晚于今天。请核对报告日期。',
    en: 'The credit report is dated {date}, after today. Check its date.',
  },
  condition_not_met: {
    'zh-CN': '还有 {count} 项放款条件未勾选，不能同意放款。请逐项落实后再审批，或说明原因退回。',
    en: '{count} of the conditions precedent are not ticked, so the disbursement cannot be approved. See that each is met, or return the case with the reason.',
  },
  approval_missing: {
    'zh-CN': '本业务尚无批复。',
    en: 'There is no approval notice for this case.',
  },
  approval_expired: {
    'zh-CN': '批复有效期至 {validTo}，已失效。须重新申请。',
    en: 'The approval was valid until {validTo} and has expired. A new application is needed.',
  },
  contract_missing: {
    'zh-CN': '本业务尚未签订借款合同。',
    en: 'No loan contract has been signed in this case.',
  },
  contract_of_other: {
    'zh-CN': '该借款合同不属于本客户。请核对合同编号。',
    en: 'That loan contract belongs to another customer. Check its number.',
  },
  contract_closed: {
    'zh-CN': '该借款合同已结清关闭，不能再办理。如需用款，请重新申请贷款。',
    en: 'That loan contract has been closed. To borrow again, apply for a new loan.',
  },
  contract_drawn_in_full: {
    'zh-CN': '该合同已全部提款，没有可提金额。如需用款，请重新申请贷款。',
    en: 'That contract has been drawn in full; nothing is left on it. To borrow more, apply for a new loan.',
  },
  contract_not_paid: {
    'zh-CN': '该合同项下还有借据未结清，不能关闭合同。请先还清各笔借据。',
    en: 'Notes of that contract are not paid back yet, so it cannot be closed. Pay them back first.',
  },
  undrawn_not_given_up: {
    'zh-CN': '该合同还有可提金额，须由借款人确认放弃后才能关闭。',
    en: 'That contract can still be drawn on. It is closed only when the borrower gives the rest up.',
  },
  availability_expired: {
    'zh-CN': '合同的提款有效期至 {availableTo}，已过期，不能再提款。如需用款，请重新申请贷款。',
    en: 'The contract could be drawn on until {availableTo}; that time is over. To borrow more, apply for a new loan.',
  },
  note_outlives_contract: {
    'zh-CN': '借据到期日晚于合同到期日 {end}。请缩短提款期限。',
    en: 'The note would run beyond the end of the contract, {end}. Ask for fewer months.',
  },
  certificate_image_missing: {
    'zh-CN': '权证 {number} 没有影像。请先上传他项权证影像，再登记或放款。',
    en: 'There is no image of the certificate {number}. Add it before registering or paying out.',
  },
  margin_not_held: {
    'zh-CN': '本合同的保证金没有圈存，不得放款。请先补办保证金圈存。',
    en: 'The margin of this contract is not held on the account; nothing can be paid out before.',
  },
  instalments_overdue: {
    'zh-CN': '该借据有 {dueDate} 到期的期供尚未归还。请先存入款项归还逾期期供，再办理提前结清。',
    en: 'An instalment of that note, due on {dueDate}, is not paid. Pay it first, then pay the note off.',
  },
  payoff_has_changed: {
    'zh-CN': '结清金额已变为 {amountMinor} 分（利息按日计算）。请返回重新试算后再确认。',
    en: 'Paying off now takes {amountMinor} (in cents): interest runs by the day. Ask for a new figure and confirm that.',
  },
  inspection_begun_already: {
    'zh-CN': '该借据的本期贷后检查已经开始（{caseNumber}），不重复发起。请在原业务中办理。',
    en: 'That inspection of the note has begun already ({caseNumber}). Go on in that case.',
  },
  reconsideration_used: {
    'zh-CN': '本笔业务已复议过一次，不能再次申请复议。',
    en: 'This application has been reconsidered once; the committee cannot be asked again.',
  },
  new_grounds_missing: {
    'zh-CN': '申请复议须写明新的理由。',
    en: 'Asking for reconsideration needs new grounds. Write them down.',
  },
  exceeds_contract: {
    'zh-CN': '提款金额超过合同剩余可提金额。请减少金额。',
    en: 'The drawdown exceeds what is left of the contract. Ask for less.',
  },
  entrusted_payment_required: {
    'zh-CN': '超过自主支付限额，须受托支付给合同列明的收款人。',
    en: 'Above this amount the bank pays the payee named in the contract (entrusted payment).',
  },
  payee_missing: {
    'zh-CN': '受托支付须在合同中列明收款人账号。',
    en: 'Entrusted payment needs a payee account named in the contract.',
  },
  payee_account_unknown: {
    'zh-CN': '收款人账号 {account} 不存在或不可用。请核对后填写。',
    en: 'The payee account {account} does not exist or is not open. Check it and fill it in again.',
  },
  payee_is_borrower: {
    'zh-CN': '受托支付的收款人不能是借款人本人。请填写交易对手的账号。',
    en: 'The payee of an entrusted payment cannot be the borrower. Give the account of the seller.',
  },
  contract_date_not_valid: {
    'zh-CN': '合同日期 {date} 应在批复日 {from} 与今天之间。请核对。',
    en: 'The contract date {date} must lie between the approval ({from}) and today. Check it.',
  },
  credit_line_expired: {
    'zh-CN': '授信额度有效期至 {validTo}，已到期，不得放款。请重新申请额度。',
    en: 'The credit line was valid until {validTo}; nothing can be paid out on it. Apply for a new line.',
  },
  credit_line_below_amount: {
    'zh-CN': '授信额度小于本笔贷款金额，不能设立。请提高额度或减少贷款金额。',
    en: 'The credit line is smaller than the loan it is set up for. Raise the line or lower the loan.',
  },
  exceeds_credit_line: {
    'zh-CN': '提款金额超过授信额度的可用余额，不得放款。请减少金额或重新申请额度。',
    en: 'The drawdown exceeds what is left of the credit line. Ask for less or apply for another line.',
  },
  collateral_not_registered: {
    'zh-CN': '抵质押物尚未登记，不得放款。请先办理抵质押登记。',
    en: 'The collateral is not registered; nothing can be paid out before. Register it first.',
  },
  settlement_account_missing: {
    'zh-CN': '借款人的结算账户不存在。请核对账号。',
    en: 'The borrower’s settlement account does not exist. Check its number.',
  },
  settlement_account_of_other: {
    'zh-CN': '结算账户不属于借款人。请填写借款人本人的账号。',
    en: 'The settlement account belongs to somebody else. Give an account of the borrower.',
  },
  loan_note_missing: {
    'zh-CN': '没有这张借据。请核对借据号。',
    en: 'There is no such loan note. Check its number.',
  },
  loan_settled_already: {
    'zh-CN': '该借据本金已结清，不再扣收。',
    en: 'The principal of that note is paid back already; nothing more is collected.',
  },
  exceeds_outstanding: {
    'zh-CN': '归还本金超过借据余额。',
    en: 'The principal repaid exceeds what is outstanding on the note.',
  },
} satisfies RefusalTable;

import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  amountOf,
  listOf,
  recordOf,
  textOf,
  wholeOf,
  wholeOrZero,
} from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  OperationInput,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import { lineCovers } from './credit-line.ts';
import { maturityOf, type RepaymentMethod, repaymentSchedule } from './schedule.ts';

type DrawdownRefusal =
  | 'approval_missing'
  | 'approval_expired'
  | 'contract_missing'
  | 'exceeds_contract'
  | 'entrusted_payment_required'
  | 'payee_missing'
  | 'parameter_missing'
  | 'value_missing'
  | 'value_of_other_kind'
  | 'amount_not_positive';

const drawdownNeeds = ({ context }: OperationInput): { readonly [name: string]: FactRequest } => ({
  approval: { kind: 'loan_approval', caseNumber: context.caseNumber },
  contract: { kind: 'loan_contract', caseNumber: context.caseNumber },
  entrustedFromMinor: { kind: 'parameter', name: 'loan.entrusted_payment_from_minor' },
});

type Drawdown = {
  readonly amountMinor: bigint;
  readonly contract: Values;
  /** Account of the named payee (受托支付), null when the borrower disposes of it (自主支付). */
  readonly payeeAccountNumber: string | null;
};

/** What must hold for money to leave, in order of precedence. */
function checkDrawdown(input: OperationInput, facts: Facts): Result<Drawdown, DrawdownRefusal> {
  const { values, context } = input;
  const amount = amountOf(values, 'drawdownAmountMinor');
  if (!amount.ok) return amount;
  const approval = recordOf(facts, 'approval');
  if (approval === null) return refuse('approval_missing');
  if (String(approval.validTo) < context.accountingDate) {
    return refuse('approval_expired', { validTo: String(approval.validTo) });
  }
  const contract = recordOf(facts, 'contract');
  if (contract === null) return refuse('contract_missing');
  const leftMinor = wholeOrZero(contract, 'amountMinor') - wholeOrZero(contract, 'drawnMinor');
  if (amount.value > leftMinor) return refuse('exceeds_contract');
  const entrustedFrom = wholeOf(facts, 'entrustedFromMinor');
  if (!entrustedFrom.ok) {
    return refuse('parameter_missing', { name: 'loan.entrusted_payment_from_minor' });
  }
  const entrusted = contract.paymentMethod === 'entrusted';
  if (!entrusted && amount.value > entrustedFrom.value) return refuse('entrusted_payment_required');
  if (!entrusted) return ok({ amountMinor: amount.value, contract, payeeAccountNumber: null });
  const payee = textOf(contract, 'payeeAccountNumber');
  if (!payee.ok) return refuse('payee_missing');
  return ok({ amountMinor: amount.value, contract, payeeAccountNumber: payee.value });
}

/** The borrower asks for the money: refused at once when it could not be paid out. */
export const requestDrawdown: ServiceOperation = {
  name: 'loan.request_drawdown',
  needs: drawdownNeeds,
  decide(input, facts) {
    const drawdown = checkDrawdown(input, facts);
    return drawdown.ok ? ok({ values: {}, postings: [], records: [] }) : drawdown;
  },
};

/**
 * The risk department approves the disbursement (放款审批): only with every condition precedent
 * ticked that the task's attribute `conditions` names. A return to the contract says why.
 */
export const approveDisbursement: ServiceOperation = {
  name: 'loan.approve_disbursement',
  needs: () => ({}),
  decide({ values, context }) {
    const approved = ok({ values: {}, postings: [], records: [] });
    if (values.disbursementDecision !== 'approve') {
      const hasReason = textOf(values, 'disbursementOpinion').ok;
      return hasReason ? approved : refuse('return_reason_missing', { lengthMax: '2000' });
    }
    const met = new Set(listOf(values, 'conditionsMet').map(String));
    const wanted = (context.attributes.conditions ?? '').split(/\s+/).filter((one) => one !== '');
    const missing = wanted.filter((one) => !met.has(one));
    if (missing.length === 0) return approved;
    return refuse('condition_not_met', {
      count: String(missing.length),
      conditions: missing.join(' '),
    });
  },
};

/**
 * Pays the loan out (放款). Refused in this order: what refuses the drawdown, an expired credit
 * line, one without enough left, collateral that is not registered, a borrower's account that is
 * not there. Opens the loan note (借据) with its account and schedule and posts, all or nothing:
 * debit loan note 1303, credit borrower's deposit; entrusted: debit that deposit, credit the payee.
 */
export const disburse: ServiceOperation = {
  name: 'loan.disburse',
  needs: (input) => ({
    ...drawdownNeeds(input),
    line: {
      kind: 'credit_line',
      customerNumber: String(input.values.customerNumber ?? ''),
      productCode: String(input.values.productCode ?? ''),
    },
    collateral: { kind: 'collateral', caseNumber: input.context.caseNumber },
    glCode: { kind: 'parameter', name: 'loan.principal_gl_code' },
    settlementDay: { kind: 'parameter', name: 'loan.settlement_day' },
    deposit: {
      kind: 'account',
      accountNumber: String(input.values.depositAccountNumber ?? ''),
    },
  }),
  decide(input, facts) {
    const drawdown = checkDrawdown(input, facts);
    if (!drawdown.ok) return drawdown;
    const { amountMinor, contract, payeeAccountNumber } = drawdown.value;
    const line = recordOf(facts, 'line');
    if (line === null || String(line.validTo) < input.context.accountingDate) {
      return refuse('credit_line_expired', { validTo: String(line?.validTo ?? '') });
    }
    if (!lineCovers(line, amountMinor, input.context.accountingDate)) {
      return refuse('exceeds_credit_line');
    }
    const secured =
      contract.creditProtection === 'mortgage' || contract.creditProtection === 'pledge';
    if (secured && recordOf(facts, 'collateral') === null)
      return refuse('collateral_not_registered');
    const deposit = recordOf(facts, 'deposit');
    if (deposit === null) return refuse('settlement_account_missing');
    if (deposit.customerNumber !== input.values.customerNumber) {
      return refuse('settlement_account_of_other');
    }
    const depositAccountNumber = String(deposit.accountNumber);
    const note = openNote(input, contract, amountMinor, facts);
    if (!note.ok) return note;
    const noteAccountNumber = String(note.value.noteNumber);
    const currency = 'CNY';
    const transfers: TransferRequest[] = [
      {
        debit: { accountNumber: noteAccountNumber },
        credit: { accountNumber: depositAccountNumber },
        amountMinor,
        currency,
      },
    ];
    if (payeeAccountNumber !== null) {
      transfers.push({
        debit: { accountNumber: depositAccountNumber },
        credit: { accountNumber: payeeAccountNumber },
        amountMinor,
        currency,
      });
    }
    return ok({
      values: { loanNoteNumber: noteAccountNumber, maturity: note.value.maturity ?? null },
      postings: [{ narrative: 'loan_disbursement', transfers, memoranda: [] }],
      records: [{ kind: 'loan_note', values: note.value }],
    });
  },
};

/**
 * The note of a drawdown: one drawdown, one disbursement, one note. Its number is its account's.
 */
function openNote(
  { values, context }: OperationInput,
  contract: Values,
  amountMinor: bigint,
  facts: Facts,
): Result<Values, 'parameter_missing' | 'value_missing' | 'value_of_other_kind'> {
  if (typeof facts.glCode !== 'string') {
    return refuse('parameter_missing', { name: 'loan.principal_gl_code' });
  }
  const settlementDay = wholeOf(facts, 'settlementDay');
  if (!settlementDay.ok) return refuse('parameter_missing', { name: 'loan.settlement_day' });
  const months = wholeOf(contract, 'termMonths');
  if (!months.ok) return months;
  const rate = wholeOf(contract, 'ratePpm');
  if (!rate.ok) return rate;
  const terms = {
    principalMinor: amountMinor,
    ratePpm: rate.value,
    start: context.accountingDate,
    months: Number(months.value),
    method: contract.repaymentMethod as RepaymentMethod,
    settlementDay: Number(settlementDay.value),
  };
  return ok({
    noteNumber: `JJ-${context.caseNumber}`,
    contractNumber: contract.contractNumber ?? null,
    customerNumber: contract.customerNumber ?? null,
    depositAccountNumber: values.depositAccountNumber ?? null,
    unitId: context.caseUnitId,
    glCode: facts.glCode,
    currency: 'CNY',
    principalMinor: amountMinor,
    ratePpm: rate.value,
    start: terms.start,
    maturity: maturityOf(terms),
    method: terms.method,
    status: 'performing',
    instalments: repaymentSchedule(terms).map((instalment) => ({
      number: BigInt(instalment.number),
      dueDate: instalment.dueDate,
      days: BigInt(instalment.days),
      principalMinor: instalment.principalMinor,
      interestMinor: instalment.interestMinor,
      balanceMinor: instalment.balanceMinor,
    })),
  });
}

import type { Values } from '../../base/data.ts';
import { isValues } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { listOf, recordOf, textOf, wholeOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type {
  Facts,
  OperationInput,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import { lineCovers } from './credit-line.ts';
import {
  checkDeposit,
  checkDrawdown,
  type Drawdown,
  depositNeeded,
  drawdownNeeds,
} from './drawdown.ts';
import { maturityOf, type RepaymentMethod, repaymentSchedule } from './schedule.ts';

/** Papers of this kind show a certificate of collateral (权证影像). */
export const certificateImages = 'collateralDocuments';

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

/** Why money may not leave although it may be drawn: the line, the collateral, the account. */
function checkRelease(
  input: OperationInput,
  { amountMinor, contract }: Drawdown,
  facts: Facts,
): Result<
  string,
  | 'credit_line_expired'
  | 'exceeds_credit_line'
  | 'collateral_not_registered'
  | 'certificate_image_missing'
  | 'margin_not_held'
  | 'settlement_account_missing'
  | 'settlement_account_of_other'
> {
  const { context } = input;
  const line = recordOf(facts, 'line');
  if (line === null || String(line.validTo) < context.accountingDate) {
    return refuse('credit_line_expired', { validTo: String(line?.validTo ?? '') });
  }
  if (!lineCovers(line, amountMinor, context.accountingDate)) return refuse('exceeds_credit_line');
  const { creditProtection } = contract;
  if (creditProtection === 'mortgage' || creditProtection === 'pledge') {
    const held = listOf(facts, 'collateral').filter((one) => isValues(one));
    if (held.length === 0) return refuse('collateral_not_registered');
    const unseen = held.find((one) => wholeOrZero(one, 'images') === 0n);
    if (unseen !== undefined) {
      const number = String(unseen.registrationNumber);
      return refuse('certificate_image_missing', { number });
    }
  }
  if (creditProtection === 'margin' && recordOf(facts, 'margin') === null) {
    return refuse('margin_not_held');
  }
  return checkDeposit(input, facts);
}

/**
 * Pays a drawdown out (放款), or sends it back to who asked (`payoutDecision` is `return`, with its
 * reason): the way of a drawdown before which somebody else was. Refused in this order: a payout
 * not confirmed, what refuses the drawdown, an expired credit
 * line, one without enough left, collateral that is not registered or whose certificate nobody has
 * seen (CRED-11), a margin that is not held, an account that is not the borrower's. Opens the loan
 * note (借据) with its account and schedule and posts, all or nothing: debit loan note 1303, credit
 * borrower's deposit; entrusted: debit that deposit, credit the payee.
 */
export const disburse: ServiceOperation = {
  name: 'loan.disburse',
  needs: (input) => {
    const contractNumber = String(input.values.contractNumber ?? '');
    return {
      ...drawdownNeeds(input),
      line: {
        kind: 'credit_line',
        customerNumber: String(input.values.customerNumber ?? ''),
        productCode: String(input.values.productCode ?? ''),
      },
      collateral: { kind: 'collateral_held', contractNumber, imageKind: certificateImages },
      margin: { kind: 'contract_margin', contractNumber },
      glCode: { kind: 'parameter', name: 'loan.principal_gl_code' },
      settlementDay: { kind: 'parameter', name: 'loan.settlement_day' },
      deposit: depositNeeded(input),
    };
  },
  decide(input, facts) {
    const { payoutDecision, disbursementConfirmed } = input.values;
    if (payoutDecision === 'return') {
      const hasReason = textOf(input.values, 'payoutReason').ok;
      if (!hasReason) return refuse('return_reason_missing', { lengthMax: '2000' });
      return ok({ values: {}, postings: [], records: [] });
    }
    const isConfirmed = (disbursementConfirmed ?? payoutDecision === 'pay') === true;
    if (!isConfirmed) {
      return refuse('field_missing', { field: 'disbursementConfirmed' });
    }
    const drawdown = checkDrawdown(input, facts);
    if (!drawdown.ok) return drawdown;
    const { amountMinor, payeeAccountNumber } = drawdown.value;
    const deposit = checkRelease(input, drawdown.value, facts);
    if (!deposit.ok) return deposit;
    const depositAccountNumber = deposit.value;
    const note = openNote(input, drawdown.value, facts);
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
      values: {
        loanNoteNumber: noteAccountNumber,
        maturity: note.value.maturity ?? null,
        noteMonths: BigInt(drawdown.value.months),
      },
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
  { amountMinor, contract, months }: Drawdown,
  facts: Facts,
): Result<Values, 'parameter_missing' | 'value_missing' | 'value_of_other_kind'> {
  if (typeof facts.glCode !== 'string') {
    return refuse('parameter_missing', { name: 'loan.principal_gl_code' });
  }
  const settlementDay = wholeOf(facts, 'settlementDay');
  if (!settlementDay.ok) return refuse('parameter_missing', { name: 'loan.settlement_day' });
  const rate = wholeOf(contract, 'ratePpm');
  if (!rate.ok) return rate;
  const terms = {
    principalMinor: amountMinor,
    ratePpm: rate.value,
    start: context.accountingDate,
    months,
    method: contract.repaymentMethod as RepaymentMethod,
    settlementDay: Number(settlementDay.value),
  };
  return ok({
    noteNumber: `JJ-${context.caseNumber}`,
    contractNumber: contract.contractNumber ?? null,
    customerNumber: contract.customerNumber ?? null,
    depositAccountNumber: values.depositAccountNumber ?? null,
    unitId: contract.unitId ?? context.caseUnitId,
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

import { isValues, type Values } from '../../base/data.ts';
import { formatAmount } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf, wholeOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';

const income = { kind: 'parameter', name: 'deposit.fee_income_gl_code' } as const;
const classes = { kind: 'parameter', name: 'fee.customer_classes' } as const;

function payer({ values }: OperationInput) {
  const accountNumber = String(values.payerAccountNumber ?? '');
  return { kind: 'account_balance', accountNumber } as const;
}

function payerOf(values: Values, facts: Values): Result<Values> {
  const account = recordOf(facts, 'payer');
  const accountNumber = String(values.payerAccountNumber ?? '');
  return account === null ? refuse('account_unknown', { account: accountNumber }) : ok(account);
}

/**
 * What the table of fees is asked with. Values: payerAccountNumber, amountMinor; the model's
 * attributes `service` and `channel` name what is charged for. Answers feeService, feeChannel,
 * feeBasisMinor, payerName, customerClass (of the account's product, by `fee.customer_classes`).
 */
export const prepareFee: ServiceOperation = {
  name: 'fee.prepare',
  needs: (input) => ({ payer: payer(input), classes }),
  decide({ values, context }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const account = payerOf(values, facts);
    if (!account.ok) return account;
    const { service = '', channel = '' } = context.attributes;
    const known = facts.classes ?? null;
    if (known === null || !isValues(known)) {
      return refuse('parameter_missing', { name: classes.name });
    }
    const asked = {
      ...{ feeService: service, feeChannel: channel, feeBasisMinor: amount.value },
      customerClass: known[String(account.value.product ?? '')] ?? 'other',
      payerName: account.value.name ?? null,
    };
    return ok({ values: asked, postings: [], records: [] });
  },
};

/** What is waived of a fee, with its reason: none, or no more than the fee. */
function waiverOf(
  values: Values,
): Result<{ readonly minor: bigint; readonly reason: string | null }> {
  const minor = wholeOrZero(values, 'waivedMinor');
  if (minor < 0n) return refuse('amount_not_positive', { name: 'waivedMinor' });
  if (minor === 0n) return ok({ minor, reason: null });
  const standard = wholeOrZero(values, 'standardFeeMinor');
  if (minor > standard) {
    const said = { waived: formatAmount(minor, 'CNY'), fee: formatAmount(standard, 'CNY') };
    return refuse('fee_waiver_above_fee', said);
  }
  const reason = textOf(values, 'waiverReason');
  return reason.ok ? ok({ minor, reason: reason.value }) : refuse('fee_waiver_reason_missing');
}

/**
 * Looks at a waiver before somebody with the authority is asked. Values: standardFeeMinor,
 * waivedMinor, waiverReason. Answers waivedMinor (0 for none). Refused: more than the fee, no
 * reason.
 */
export const checkWaiver: ServiceOperation = {
  name: 'fee.check_waiver',
  needs: () => ({}),
  decide({ values }) {
    const waiver = waiverOf(values);
    if (!waiver.ok) return waiver;
    return ok({ values: { waivedMinor: waiver.value.minor }, postings: [], records: [] });
  },
};

/** Who approves a waiver says so: answers waiverApprovedBy. */
export const approveWaiver: ServiceOperation = {
  name: 'fee.approve_waiver',
  needs: () => ({}),
  decide: ({ context }) =>
    ok({ values: { waiverApprovedBy: context.performer }, postings: [], records: [] }),
};

/**
 * Charges the fee of a service, in the transaction of the service. Values: payerAccountNumber,
 * standardFeeMinor (the rule's answer, in minor units of the account), feeService, feeChannel,
 * customerClass, feeBasisMinor; of a waiver: waivedMinor, waiverReason, waiverNote,
 * waiverApprovedBy. Posts: debit the payer, credit fee income of the account's unit with what is
 * left of the fee. Answers chargedFeeMinor. Refused: a rule that gives no whole amount, a waiver
 * above the fee, without a reason, or that nobody but its own maker approved.
 */
export const chargeFee: ServiceOperation = {
  name: 'fee.charge',
  needs: (input) => ({ payer: payer(input), income }),
  decide({ values, context }, facts) {
    const standard = wholeOf(values, 'standardFeeMinor');
    if (!standard.ok || standard.value < 0n) return refuse('fee_rule_without_amount');
    const account = payerOf(values, facts);
    if (!account.ok) return account;
    const waiver = waiverOf(values);
    if (!waiver.ok) return waiver;
    const { minor: waivedMinor, reason } = waiver.value;
    const approvedBy = values.waiverApprovedBy ?? null;
    const isApproved = typeof approvedBy === 'string' && approvedBy !== context.performer;
    if (waivedMinor > 0n && !isApproved) return refuse('fee_waiver_not_approved');
    if (typeof facts.income !== 'string') return refuse('parameter_missing', { name: income.name });
    const chargedMinor = standard.value - waivedMinor;
    const { accountNumber, currency, openingUnitId, customerNumber } = account.value;
    const transfer = {
      debit: { accountNumber: String(accountNumber) },
      credit: { unitId: String(openingUnitId), glCode: facts.income },
      ...{ amountMinor: chargedMinor, currency: String(currency) },
    };
    const charge = {
      ...{ service: values.feeService ?? '', channel: values.feeChannel ?? '' },
      ...{ customerClass: values.customerClass ?? '', unitId: context.performerUnitId },
      ...{ accountNumber: accountNumber ?? '', customerNumber: customerNumber ?? null },
      ...{ currency: currency ?? '', basisMinor: wholeOrZero(values, 'feeBasisMinor') },
      ...{ standardMinor: standard.value, waivedMinor, waiverReason: reason },
      ...{ waiverNote: waivedMinor > 0n ? (values.waiverNote ?? null) : null },
      approvedLogin: waivedMinor > 0n ? approvedBy : null,
    };
    const posting = { narrative: 'fee', transfers: [transfer], memoranda: [] };
    return ok({
      values: { chargedFeeMinor: chargedMinor },
      postings: chargedMinor > 0n ? [posting] : [],
      records: [{ kind: 'fee_charge', values: charge }],
    });
  },
};

/** What a process may ask of fees. */
export const feeOperations: readonly ServiceOperation[] = [
  prepareFee,
  checkWaiver,
  approveWaiver,
  chargeFee,
];

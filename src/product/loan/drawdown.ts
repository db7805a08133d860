import type { Values } from '../../base/data.ts';
import { addDays, addMonths } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf, wholeOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  OperationInput,
  ServiceOperation,
} from '../../ledger/service-operation.ts';

/**
 * Drawing on a contract (提款). The first drawdown, in the case of the loan, and every later one, in
 * a case of its own, go through the same operations: each names its contract by `contractNumber`.
 */
export type Drawdown = {
  readonly amountMinor: bigint;
  /** Whole months from today to the maturity of the note. */
  readonly months: number;
  readonly contract: Values;
  /** Account of the named payee (受托支付), null when the borrower disposes of it (自主支付). */
  readonly payeeAccountNumber: string | null;
};

type ContractRefusal =
  | 'contract_missing'
  | 'contract_of_other'
  | 'contract_closed'
  | 'approval_expired'
  | 'availability_expired'
  | 'contract_drawn_in_full';

type DrawdownRefusal =
  | ContractRefusal
  | 'exceeds_contract'
  | 'note_outlives_contract'
  | 'entrusted_payment_required'
  | 'payee_missing'
  | 'parameter_missing'
  | 'value_missing'
  | 'value_of_other_kind'
  | 'amount_not_positive';

/** What every drawdown must know. The contract stays as it is until the action ends. */
export const drawdownNeeds = ({
  values,
}: OperationInput): { readonly [name: string]: FactRequest } => ({
  contract: { kind: 'contract_drawn', contractNumber: String(values.contractNumber ?? '') },
  entrustedFromMinor: { kind: 'parameter', name: 'loan.entrusted_payment_from_minor' },
});

/**
 * The contract when it may be drawn on today, by this customer. The first drawdown needs the
 * approval in force; each one the contract's own time to draw (提款有效期).
 */
export function contractOpen(
  { values, context }: OperationInput,
  facts: Facts,
): Result<Values, ContractRefusal> {
  const contract = recordOf(facts, 'contract');
  if (contract === null) return refuse('contract_missing');
  if (contract.customerNumber !== values.customerNumber) return refuse('contract_of_other');
  if ((contract.closedOn ?? null) !== null) return refuse('contract_closed');
  const today = context.accountingDate;
  const approvalValidTo = String(contract.approvalValidTo);
  if (wholeOrZero(contract, 'drawnMinor') === 0n && approvalValidTo < today) {
    return refuse('approval_expired', { validTo: approvalValidTo });
  }
  const availableTo = String(contract.availableTo);
  if (availableTo < today) return refuse('availability_expired', { availableTo });
  if (wholeOrZero(contract, 'undrawnMinor') === 0n) return refuse('contract_drawn_in_full');
  return ok(contract);
}

/**
 * Months of the note: what was asked for, else as many whole months as the contract still runs. Its
 * term runs from the first drawdown, and no note outlives it.
 */
function monthsOfNote(
  { values, context }: OperationInput,
  contract: Values,
): Result<number, 'note_outlives_contract' | 'value_missing' | 'value_of_other_kind'> {
  const term = wholeOf(contract, 'termMonths');
  if (!term.ok) return term;
  const today = context.accountingDate;
  const from = typeof contract.firstDrawnOn === 'string' ? contract.firstDrawnOn : today;
  const end = addMonths(from, Number(term.value));
  const fits = (months: number): boolean => months >= 1 && addMonths(today, months) <= end;
  let longest = Number(term.value);
  while (longest > 0 && !fits(longest)) longest -= 1;
  const asked = values.drawdownMonths ?? null;
  const months = asked === null ? longest : Number(asked);
  return fits(months) ? ok(months) : refuse('note_outlives_contract', { end });
}

/** What must hold for money to leave, in order of precedence. */
export function checkDrawdown(
  input: OperationInput,
  facts: Facts,
): Result<Drawdown, DrawdownRefusal> {
  const amount = amountOf(input.values, 'drawdownAmountMinor');
  if (!amount.ok) return amount;
  const open = contractOpen(input, facts);
  if (!open.ok) return open;
  const contract = open.value;
  if (amount.value > wholeOrZero(contract, 'undrawnMinor')) return refuse('exceeds_contract');
  const months = monthsOfNote(input, contract);
  if (!months.ok) return months;
  const entrustedFrom = wholeOf(facts, 'entrustedFromMinor');
  if (!entrustedFrom.ok) {
    return refuse('parameter_missing', { name: 'loan.entrusted_payment_from_minor' });
  }
  const entrusted = contract.paymentMethod === 'entrusted';
  if (!entrusted && amount.value > entrustedFrom.value) return refuse('entrusted_payment_required');
  const drawdown = { amountMinor: amount.value, months: months.value, contract };
  if (!entrusted) return ok({ ...drawdown, payeeAccountNumber: null });
  const payee = textOf(contract, 'payeeAccountNumber');
  if (!payee.ok) return refuse('payee_missing');
  return ok({ ...drawdown, payeeAccountNumber: payee.value });
}

/**
 * Begins a further drawdown on a contract that exists: refused where nothing can be drawn on it by
 * this customer today. Writes the terms of the contract into the case.
 */
export const beginDrawdown: ServiceOperation = {
  name: 'loan.begin_drawdown',
  needs: drawdownNeeds,
  decide(input, facts) {
    const open = contractOpen(input, facts);
    if (!open.ok) return open;
    const contract = open.value;
    const kept = [
      'loanCaseNumber',
      'approvalNumber',
      'productCode',
      'drawnMinor',
      'undrawnMinor',
      'availableTo',
      'termMonths',
      'ratePpm',
      'repaymentMethod',
      'creditProtection',
      'paymentMethod',
      'payeeName',
      'payeeAccountNumber',
      'depositAccountNumber',
    ] as const;
    const values: { [name: string]: Values[string] } = {};
    for (const name of kept) values[name] = contract[name] ?? null;
    values.contractAmountMinor = contract.amountMinor ?? null;
    // The first instant at which nothing can be drawn any more, by the bank's clock.
    values.availabilityEndsAt = `${addDays(String(contract.availableTo), 1)}T00:00:00+08:00`;
    return ok({ values, postings: [], records: [] });
  },
};

/** The account that the money goes to: open, and the borrower's own. */
export function checkDeposit(
  { values }: OperationInput,
  facts: Facts,
): Result<string, 'settlement_account_missing' | 'settlement_account_of_other'> {
  const deposit = recordOf(facts, 'deposit');
  if (deposit === null || deposit.status === 'closed') return refuse('settlement_account_missing');
  if (deposit.customerNumber !== values.customerNumber) {
    return refuse('settlement_account_of_other');
  }
  return ok(String(deposit.accountNumber));
}

/** The fact that `checkDeposit` looks at. */
export const depositNeeded = ({ values }: OperationInput): FactRequest => ({
  kind: 'account',
  accountNumber: String(values.depositAccountNumber ?? ''),
});

/** The borrower asks for the money: refused at once when it could not be paid out. */
export const requestDrawdown: ServiceOperation = {
  name: 'loan.request_drawdown',
  needs: (input) => ({ ...drawdownNeeds(input), deposit: depositNeeded(input) }),
  decide(input, facts) {
    const drawdown = checkDrawdown(input, facts);
    if (!drawdown.ok) return drawdown;
    const deposit = checkDeposit(input, facts);
    if (!deposit.ok) return deposit;
    // Asked anew after it came back unpaid: what was decided of the last request no longer counts.
    const values = input.values.payoutDecision === 'return' ? { payoutDecision: null } : {};
    return ok({ values, postings: [], records: [] });
  },
};

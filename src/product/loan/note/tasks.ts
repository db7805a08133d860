import type { Value, Values } from '../../../base/data.ts';
import { addMonths } from '../../../base/dates.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import {
  amountOf,
  dateOf,
  recordOf as recordIn,
  textOf,
  wholeOf,
} from '../../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  OperationContext,
  OperationInput,
  OperationOutcome,
  RecordRequest,
  ServiceOperation,
} from '../../../ledger/service-operation.ts';
import { type LoanProduct, readProduct } from '../catalogue/products.ts';
import type { LprQuote, LprTerm, RateAgreement, RepricingRule } from '../pricing/lpr.ts';
import { contractNeeds } from '../settle.ts';
import { agreeAnew, decideExtension, decideRepricing, decideRestructuring } from './change.ts';
import { checkOpen, decidePrepayment, type PrepaymentMode } from './decide.ts';
import { stateFrom } from './history.ts';
import { decideRecovery, decideWriteOff } from './loss.ts';
import { historyOf } from './loss-model.ts';
import type { Method } from './plan.ts';
import { type NoteAccounts, postingOf } from './postings.ts';
import { type KeptEvent, recordOf } from './record.ts';
import type { NoteState } from './state.ts';

/** GL codes of a unit's own accounts, each a parameter. */
const glParameters = {
  receivable: 'loan.receivable_gl_code',
  interestIncome: 'loan.interest_income_gl_code',
  feeIncome: 'loan.fee_income_gl_code',
  allowance: 'loan.allowance_gl_code',
  impairment: 'loan.impairment_gl_code',
  writtenOffClaims: 'loan.written_off_gl_code',
} as const;

/** What every order on a note asks for; the contract is held until the action ends. */
export const noteNeeds = ({ values }: OperationInput): { readonly [name: string]: FactRequest } => {
  const noteNumber = String(values.noteNumber ?? '');
  const codes = Object.entries(glParameters).map(
    ([name, parameter]) => [name, { kind: 'parameter', name: parameter }] as const,
  );
  return {
    ...contractNeeds({ noteNumber }),
    history: { kind: 'note_history', noteNumber },
    lprOneYear: { kind: 'parameter', name: 'loan.lpr.one_year' },
    lprOverFiveYears: { kind: 'parameter', name: 'loan.lpr.over_five_years' },
    ...Object.fromEntries(codes),
  };
};

/** A note as an order finds it. */
export type FoundNote = {
  readonly state: NoteState;
  readonly product: LoanProduct;
  readonly note: Values;
};

export type FindRefusal =
  | 'loan_note_missing'
  | 'loan_product_not_known'
  | 'loan_product_not_valid'
  | 'loan_event_not_readable';

/**
 * Finds the note of an order. Refused in order: no such note or somebody else's, no product, one
 * not valid.
 */
export function findNote(facts: Facts, values: Values): Result<FoundNote, FindRefusal> {
  const history = recordIn(facts, 'history');
  const note = history === null ? null : recordIn(history, 'note');
  if (history === null || note === null) return refuse('loan_note_missing');
  const customer = values.customerNumber ?? null;
  if (customer !== null && customer !== note.customerNumber) return refuse('loan_note_missing');
  const code = String(note.productCode);
  const parameters = recordIn(history, 'product');
  if (parameters === null) return refuse('loan_product_not_known', { code });
  const product = readProduct(code, parameters);
  if (!product.ok) return product;
  const state = stateFrom(historyOf(history), product.value);
  return state.ok ? ok({ state: state.value, product: product.value, note }) : state;
}

/** What an event moves and what is kept of it. */
function carryOut(
  found: FoundNote,
  event: KeptEvent,
  { performer }: OperationContext,
  facts: Facts,
  values: Values,
): Result<OperationOutcome, 'parameter_missing'> {
  const accounts = accountsOf(found, facts);
  if (!accounts.ok) return accounts;
  const posting = postingOf(event, accounts.value);
  const records = recordsOf(found, event, { performer });
  return ok({ values, postings: posting === null ? [] : [posting], records });
}

/** What is kept of an event, with the plan it makes. */
export function recordsOf(
  { state }: Pick<FoundNote, 'state'>,
  event: KeptEvent,
  { performer }: Pick<OperationContext, 'performer'>,
): RecordRequest[] {
  const { noteNumber } = state.terms;
  const kept = recordOf(event);
  const replaces = { restructured: 'all_rows', written_off: 'nothing', recovered: 'nothing' };
  const records: RecordRequest[] = [
    {
      kind: 'loan_event',
      values: {
        ...{ noteNumber, type: event.type, performer, values: kept.values, rows: kept.rows },
        replaces: replaces[event.type as keyof typeof replaces] ?? 'rows_to_come',
      },
    },
  ];
  if (event.type === 'prepaid') {
    const { principalMinor, interestMinor } = event;
    const paid = { noteNumber, instalmentNumber: null, principalMinor, interestMinor };
    records.push({ kind: 'loan_repayment', values: paid });
  }
  return records;
}

/** Where the money of a note lies: its own account, its deposit, the unit's own by parameters. */
export function accountsOf(
  { note, state }: FoundNote,
  facts: Facts,
): Result<NoteAccounts, 'parameter_missing'> {
  const unitId = String(note.unitId);
  const own: { [name: string]: { readonly unitId: string; readonly glCode: string } } = {};
  for (const [name, parameter] of Object.entries(glParameters)) {
    const glCode = facts[name];
    if (typeof glCode !== 'string') return refuse('parameter_missing', { name: parameter });
    own[name] = { unitId, glCode };
  }
  return ok({
    ...(own as Pick<NoteAccounts, keyof typeof glParameters>),
    currency: state.terms.currency,
    note: { accountNumber: state.terms.noteNumber },
    deposit: { accountNumber: String(note.depositAccountNumber) },
  });
}

/** An order on a note: what it decides, and what it writes into the case. */
function noteOperation(
  name: string,
  decide: (
    found: FoundNote,
    input: OperationInput,
    facts: Facts,
  ) => Result<{ readonly event: KeptEvent; readonly values: Values }>,
): ServiceOperation {
  return {
    name,
    needs: noteNeeds,
    decide(input, facts) {
      const found = findNote(facts, input.values);
      if (!found.ok) return found;
      const decided = decide(found.value, input, facts);
      if (!decided.ok) return decided;
      const { event, values } = decided.value;
      return carryOut(found.value, event, input.context, facts, values);
    },
  };
}

/**
 * Takes a part of the principal before it is due (部分提前还款), with the interest of the days so
 * far: `prepayPrincipalMinor`, `prepaymentMode`. Refused when it has come to take another amount
 * than was confirmed (`prepaymentTotalMinor`). All of it is paid off by `loan.pay_off`.
 */
export const prepayPart = noteOperation('loan.prepay_part', ({ state, product }, input) => {
  const principal = amountOf(input.values, 'prepayPrincipalMinor');
  if (!principal.ok) return principal;
  const mode = textOf(input.values, 'prepaymentMode');
  if (!mode.ok) return mode;
  if (principal.value === state.outstandingMinor) return refuse('prepayment_settles', {});
  const { accountingDate: date } = input.context;
  const order = { date, principalMinor: principal.value, mode: mode.value as PrepaymentMode };
  const feeUntil = addMonths(state.terms.start, product.prepayment.feeMonths);
  const decided = decidePrepayment(state, order, product.prepayment, feeUntil);
  if (!decided.ok) return decided;
  const { interestMinor, feeMinor, rows } = decided.value;
  const totalMinor = principal.value + interestMinor + feeMinor;
  const confirmed = input.values.prepaymentTotalMinor ?? totalMinor;
  if (confirmed !== totalMinor) {
    return refuse('prepayment_has_changed', { amountMinor: String(totalMinor) });
  }
  const maturity = rows.at(-1)?.dueDate ?? null;
  const values = { prepaidInterestMinor: interestMinor, prepaymentFeeMinor: feeMinor, maturity };
  return ok({ event: decided.value, values });
});

/** The LPR quotes among facts that are parameters. */
export function lprQuotes(facts: Facts): LprQuote[] {
  const quote = (name: string, term: LprTerm): LprQuote[] => {
    const kept = recordIn(facts, name);
    const ratePpm = kept?.ratePpm;
    if (kept === null || typeof ratePpm !== 'bigint') return [];
    return [{ publishedOn: String(kept.publishedOn), term, ratePpm }];
  };
  return [...quote('lprOneYear', 'one_year'), ...quote('lprOverFiveYears', 'over_five_years')];
}

/** Sets the rate anew on its day of repricing (重定价), by the LPR in force. Writes `ratePpm`. */
export const reprice = noteOperation('loan.reprice', ({ state }, { context }, facts) => {
  const decided = decideRepricing(state, context.accountingDate, lprQuotes(facts));
  if (!decided.ok) return decided;
  return ok({ event: decided.value, values: { repricedOn: context.accountingDate } });
});

/** A rate from the values: LPR with points and its rule, or fixed; null when none is given. */
function agreedFrom(
  values: Values,
  facts: Facts,
): Result<RateAgreement | null, 'lpr_not_published' | 'value_missing' | 'value_of_other_kind'> {
  const term: Value = values.lprTerm ?? null;
  if (term === null) {
    if ((values.ratePpm ?? null) === null) return ok(null);
    const rate = wholeOf(values, 'ratePpm');
    return rate.ok ? ok({ kind: 'fixed', ratePpm: rate.value }) : rate;
  }
  const points = wholeOf(values, 'basisPoints');
  if (!points.ok) return points;
  const rule = textOf(values, 'repricingRule');
  if (!rule.ok) return rule;
  const quote = lprQuotes(facts).find((one) => one.term === term);
  if (quote === undefined) return refuse('lpr_not_published', { term: String(term), date: '' });
  return ok({
    ...{ kind: 'lpr', term: quote.term, quotedOn: quote.publishedOn, quotedPpm: quote.ratePpm },
    ...{ basisPoints: points.value, repricing: rule.value as RepricingRule },
  });
}

/** A rate agreed anew from today on: `lprTerm`, `basisPoints`, `repricingRule`, or `ratePpm`. */
export const agreeRate = noteOperation('loan.agree_rate', ({ state }, input, facts) => {
  const { accountingDate: date } = input.context;
  const open = checkOpen(state, date);
  if (!open.ok) return open;
  const agreement = agreedFrom(input.values, facts);
  if (!agreement.ok) return agreement;
  if (agreement.value === null) return refuse('value_missing', { name: 'ratePpm' });
  const decided = agreeAnew(state, date, agreement.value);
  return decided.ok ? ok({ event: decided.value, values: { agreedOn: date } }) : decided;
});

/** What an extension asked for would be: `newMaturity`, and a rate agreed anew or none. */
export function extensionOf({ state, product }: FoundNote, input: OperationInput, facts: Facts) {
  const maturity = dateOf(input.values, 'newMaturity');
  if (!maturity.ok) return maturity;
  const agreement = agreedFrom(input.values, facts);
  if (!agreement.ok) return agreement;
  const given = {
    date: input.context.accountingDate,
    maturity: maturity.value,
    ...(agreement.value === null ? {} : { agreement: agreement.value }),
  };
  return decideExtension(state, given, product.extension);
}

/** Extends a loan (展期) to `newMaturity`, at its own rate or one agreed anew. Writes `maturity`. */
export const extend = noteOperation('loan.extend', (found, input, facts) => {
  const decided = extensionOf(found, input, facts);
  if (!decided.ok) return decided;
  return ok({ event: decided.value, values: { maturity: decided.value.maturity } });
});

/** What the new terms asked for would be: `newMethod`, `newMonths` and a rate. */
export function restructuringOf(
  { state, product }: FoundNote,
  input: OperationInput,
  facts: Facts,
) {
  const method = textOf(input.values, 'newMethod');
  if (!method.ok) return method;
  const months = wholeOf(input.values, 'newMonths');
  if (!months.ok) return months;
  const agreement = agreedFrom(input.values, facts);
  if (!agreement.ok) return agreement;
  if (!product.methods.some((one) => one === method.value) || method.value === 'free_plan') {
    return refuse('method_not_offered', { method: method.value });
  }
  const terms = {
    date: input.context.accountingDate,
    method: method.value as Method,
    months: Number(months.value),
    agreement: agreement.value ?? state.agreement,
  };
  return decideRestructuring(state, terms, product.classification);
}

/** New terms for a debtor in difficulty (重组): `newMethod`, `newMonths` and a rate. */
export const restructure = noteOperation('loan.restructure', (found, input, facts) => {
  const decided = restructuringOf(found, input, facts);
  if (!decided.ok) return decided;
  return ok({ event: decided.value, values: { maturity: decided.value.maturity } });
});

/** Takes a lost loan off the books against its allowance (核销). Writes `writtenOffMinor`. */
export const writeOff = noteOperation('loan.write_off', ({ state }, { context }) => {
  const decided = decideWriteOff(state, context.accountingDate);
  if (!decided.ok) return decided;
  const { principalMinor, receivableMinor } = decided.value;
  return ok({
    event: decided.value,
    values: { writtenOffMinor: principalMinor + receivableMinor },
  });
});

/** Takes what comes back on a loan written off: `recoveredMinor`, from the borrower's deposit. */
export const recoverWrittenOff = noteOperation(
  'loan.recover_written_off',
  ({ state }, { values, context }) => {
    const amount = amountOf(values, 'recoveredMinor');
    if (!amount.ok) return amount;
    const order = { date: context.accountingDate, amountMinor: amount.value };
    const decided = decideRecovery(state, order);
    return decided.ok ? ok({ event: decided.value, values: {} }) : decided;
  },
);

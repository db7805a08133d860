import { isValues, type Values } from '../../base/data.ts';
import { currencyExponent, formatAmount, isCurrency } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { divideRounded } from '../../base/rounding.ts';
import { amountOf, recordOf } from '../../ledger/operation-values.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { moved, openTill, ownTill } from './box.ts';
import { denominations, notesFor } from './notes.ts';

const largeFrom = { kind: 'parameter', name: 'cash.large_report' } as const;
const rates = { kind: 'parameter', name: 'cash.middle_rates' } as const;

/** A rate is this many times a yuan. */
const RATE_SCALE = 10_000n;

function accountNeeded({ values }: OperationInput) {
  const accountNumber = String(values.accountNumber ?? '');
  return { kind: 'account_balance', accountNumber } as const;
}

/** Account and amount of a counter transaction; refused when one of them is not there. */
function asked(
  values: Values,
  facts: Values,
): Result<{ readonly account: Values; readonly amountMinor: bigint; readonly currency: string }> {
  const amount = amountOf(values, 'amountMinor');
  if (!amount.ok) return amount;
  const account = recordOf(facts, 'account');
  if (account === null) {
    return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
  }
  return ok({ account, amountMinor: amount.value, currency: String(account.currency) });
}

/** An amount in fen at the day's middle rates, which the table of authority is asked with. */
function yuanOf(facts: Values, amountMinor: bigint, currency: string): Result<bigint> {
  if (currency === 'CNY') return ok(amountMinor);
  const all = facts.rates ?? null;
  const rate = all !== null && isValues(all) ? all[currency] : undefined;
  if (typeof rate !== 'bigint' || !isCurrency(currency)) {
    return refuse('parameter_missing', { name: rates.name });
  }
  const minor = 10n ** BigInt(currencyExponent(currency));
  return ok(divideRounded(amountMinor * rate * 100n, minor * RATE_SCALE, 'half_up'));
}

/**
 * Looks at a cash deposit before anybody authorises it: the account, the teller's till, and that
 * the notes add up to the amount. Values: accountNumber, amountMinor, notes. Answers accountName,
 * cashCurrency, cashDirection, customerNumber, yuanMinor (in fen at `cash.middle_rates`).
 * Refused: from the amount of a large report on, somebody whose identity was not checked.
 */
export const checkDeposit: ServiceOperation = {
  name: 'cash.check_deposit',
  needs: (input) => ({
    ...{ account: accountNeeded(input), till: ownTill(input), denominations, rates, largeFrom },
  }),
  decide({ values, context }, facts) {
    const till = openTill(facts, context);
    if (!till.ok) return till;
    const deposit = asked(values, facts);
    if (!deposit.ok) return deposit;
    const notes = notesFor(values, facts, deposit.value);
    return notes.ok ? checked(values, facts, { ...deposit.value, direction: 'deposit' }) : notes;
  },
};

/**
 * Looks at a cash withdrawal before anybody authorises it: the account and the teller's till.
 * Values: accountNumber, amountMinor. Answers as `cash.check_deposit`.
 */
export const checkWithdrawal: ServiceOperation = {
  name: 'cash.check_withdrawal',
  needs: (input) => ({ account: accountNeeded(input), till: ownTill(input), rates, largeFrom }),
  decide({ values, context }, facts) {
    const till = openTill(facts, context);
    if (!till.ok) return till;
    const withdrawal = asked(values, facts);
    return withdrawal.ok
      ? checked(values, facts, { ...withdrawal.value, direction: 'withdrawal' })
      : withdrawal;
  },
};

/** From the amount of a large report on, whoever brings or takes the cash is identified. */
function checked(
  given: Values,
  facts: Values,
  of: {
    readonly account: Values;
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly direction: string;
  },
) {
  const yuan = yuanOf(facts, of.amountMinor, of.currency);
  if (!yuan.ok) return yuan;
  const { account, currency, direction } = of;
  const from = recordOf(facts, 'largeFrom')?.CNY;
  if (typeof from !== 'bigint') return refuse('parameter_missing', { name: largeFrom.name });
  if (yuan.value >= from && given.identityChecked !== true) {
    return refuse('cash_identity_not_checked', { from: formatAmount(from, 'CNY') });
  }
  const values = {
    ...{ accountName: account.name ?? null, cashCurrency: currency, yuanMinor: yuan.value },
    ...{ cashDirection: direction, customerNumber: account.customerNumber ?? null },
  };
  return ok({ values, postings: [], records: [] });
}

/**
 * Puts a customer's notes into the teller's till. Values: accountNumber, amountMinor, notes. Posts
 * nothing: the ledger's side is `deposit.deposit_cash`, in the same transaction.
 */
export const takeIn: ServiceOperation = {
  name: 'cash.take_in',
  needs: (input) => ({
    account: accountNeeded(input),
    till: ownTill(input),
    denominations,
  }),
  decide: (input, facts) => overTheCounter(input, facts, { kind: 'deposit', direction: 'in' }),
};

/**
 * Pays notes out of the teller's till. Values: accountNumber, amountMinor, notes. Posts nothing:
 * the ledger's side is `deposit.withdraw_cash`, in the same transaction. Refused: notes that are
 * not in the till.
 */
export const payOut: ServiceOperation = {
  name: 'cash.pay_out',
  needs: (input) => ({
    account: accountNeeded(input),
    till: ownTill(input),
    denominations,
  }),
  decide: (input, facts) => overTheCounter(input, facts, { kind: 'withdrawal', direction: 'out' }),
};

function overTheCounter(
  { values, context }: OperationInput,
  facts: Values,
  how: { readonly kind: string; readonly direction: 'in' | 'out' },
) {
  const till = openTill(facts, context);
  if (!till.ok) return till;
  const wanted = asked(values, facts);
  if (!wanted.ok) return wanted;
  const { account, currency } = wanted.value;
  const notes = notesFor(values, facts, wanted.value);
  if (!notes.ok) return notes;
  const record = moved({ box: till.value, ...how, currency, notes: notes.value, account });
  if (!record.ok) return record;
  const boxNumber = till.value.boxNumber ?? null;
  return ok({ values: { tillNumber: boxNumber }, postings: [], records: [record.value] });
}

import { ok, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf } from '../../ledger/operation-values.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';

const glCode = { kind: 'parameter', name: 'deposit.demand_gl_code' } as const;

/** The balance of the account whose number the case holds under a name. */
export function balanceNeeded(input: OperationInput, name: string) {
  const accountNumber = String(input.values[name] ?? '');
  return { kind: 'account_balance', accountNumber } as const;
}

/**
 * Opens a demand deposit account (活期账户) for a customer at the performer's unit, which is then its
 * 开户机构. Values: customerNumber, accountName, productCode, currency (CNY when left out). Writes
 * `accountNumber`. Refused: a value that is missing, a customer the bank does not know.
 */
export const openAccount: ServiceOperation = {
  name: 'deposit.open_account',
  needs: ({ values, context }) => ({
    customer: { kind: 'customer', customerNumber: String(values.customerNumber ?? '') },
    accountNumber: { kind: 'next_account_number', unitId: context.performerUnitId },
    glCode,
  }),
  decide({ values, context }, facts) {
    const customerNumber = textOf(values, 'customerNumber');
    if (!customerNumber.ok) return customerNumber;
    const accountName = textOf(values, 'accountName');
    if (!accountName.ok) return accountName;
    const productCode = textOf(values, 'productCode');
    if (!productCode.ok) return productCode;
    if (recordOf(facts, 'customer') === null) {
      return refuse('customer_unknown', { customer: customerNumber.value });
    }
    if (typeof facts.glCode !== 'string') return refuse('parameter_missing', { name: glCode.name });
    const accountNumber = String(facts.accountNumber);
    const account = {
      accountNumber,
      customerNumber: customerNumber.value,
      accountName: accountName.value,
      productCode: productCode.value,
      glCode: facts.glCode,
      currency: values.currency ?? 'CNY',
      unitId: context.performerUnitId,
    };
    return ok({
      values: { accountNumber },
      postings: [],
      records: [{ kind: 'account_opening', values: account }],
    });
  },
};

/** What the operations on one account share: the account is there. */
function onAccount(
  name: string,
  kind: 'account_closing' | 'hold_ending' | 'restriction_lifting',
  needed: readonly string[],
): ServiceOperation {
  return {
    name,
    needs: (input) => ({ account: balanceNeeded(input, 'accountNumber') }),
    decide({ values }, facts) {
      const account = recordOf(facts, 'account');
      if (account === null) {
        return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
      }
      const record: { [name: string]: string } = { accountNumber: String(account.accountNumber) };
      for (const each of needed) {
        const value = textOf(values, each);
        if (!value.ok) return value;
        record[each] = value.value;
      }
      return ok({ values: {}, postings: [], records: [{ kind, values: record }] });
    },
  };
}

/** Closes an account (销户). Refused while it has a balance or a hold. Value: accountNumber. */
export const closeAccount = onAccount('deposit.close_account', 'account_closing', []);

/** Releases the hold that this case placed on an account (解除圈存). Value: accountNumber. */
export const releaseHold = onAccount('deposit.release_hold', 'hold_ending', []);

/** Lifts one restriction (解除控制). Values: accountNumber, restrictionId. */
export const liftRestriction = onAccount('deposit.lift_restriction', 'restriction_lifting', [
  'restrictionId',
]);

/**
 * Sets an amount aside on an account for this case (圈存). Values: accountNumber, amountMinor,
 * purpose. Refused: more than is available.
 */
export const placeHold: ServiceOperation = {
  name: 'deposit.place_hold',
  needs: (input) => ({ account: balanceNeeded(input, 'accountNumber') }),
  decide({ values }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const purpose = textOf(values, 'purpose');
    if (!purpose.ok) return purpose;
    const account = recordOf(facts, 'account');
    if (account === null) {
      return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
    }
    const accountNumber = String(account.accountNumber);
    const available = account.availableMinor ?? null;
    if (typeof available === 'bigint' && amount.value > available) {
      return refuse('available_exceeded', { account: accountNumber });
    }
    const hold = { accountNumber, amountMinor: amount.value, purpose: purpose.value };
    return ok({ values: {}, postings: [], records: [{ kind: 'hold_placing', values: hold }] });
  },
};

const restrictionKinds = ['freeze', 'stop_payment', 'loss_report', 'pledged', 'unverified'];
const restrictionEffects = ['debits_blocked', 'credits_blocked', 'all_blocked'];

/**
 * Puts a restriction on an account (账户控制): freeze, stop payment and the like. Values:
 * accountNumber, restrictionKind, restrictionEffect, reason, orderedBy, documentNumber. A freeze
 * needs the number of the paper that orders it.
 */
export const placeRestriction: ServiceOperation = {
  name: 'deposit.place_restriction',
  needs: (input) => ({ account: balanceNeeded(input, 'accountNumber') }),
  decide({ values }, facts) {
    const record: { [name: string]: string } = {};
    for (const name of ['restrictionKind', 'restrictionEffect', 'reason', 'orderedBy']) {
      const value = textOf(values, name);
      if (!value.ok) return value;
      record[name] = value.value;
    }
    const { restrictionKind = '', restrictionEffect = '' } = record;
    if (!restrictionKinds.includes(restrictionKind)) {
      return refuse('value_of_other_kind', { name: 'restrictionKind' });
    }
    if (!restrictionEffects.includes(restrictionEffect)) {
      return refuse('value_of_other_kind', { name: 'restrictionEffect' });
    }
    const paper = textOf(values, 'documentNumber');
    if (restrictionKind === 'freeze' && !paper.ok) return paper;
    const account = recordOf(facts, 'account');
    if (account === null) {
      return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
    }
    record.accountNumber = String(account.accountNumber);
    if (paper.ok) record.documentNumber = paper.value;
    return ok({
      values: {},
      postings: [],
      records: [{ kind: 'restriction_placing', values: record }],
    });
  },
};

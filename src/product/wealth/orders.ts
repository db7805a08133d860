import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf, wholeOf } from '../../ledger/operation-values.ts';
import type {
  OperationInput,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';

const liability = { kind: 'parameter', name: 'wealth.liability_gl_code' } as const;
const asset = { kind: 'parameter', name: 'wealth.asset_gl_code' } as const;

/**
 * Takes a subscription (认购) that is suitable and was explained. Values: customerNumber,
 * productCode, accountNumber, amountMinor, currency, productRisk, customerGrade, suitability (the
 * table's answer), recordingNumber (双录), disclosureAccepted. Keeps when the disclosure was
 * accepted. Posts nothing: `deposit.place_hold` holds the amount in the same transaction. Answers
 * orderNumber.
 */
export const subscribe: ServiceOperation = {
  name: 'wealth.subscribe',
  needs: () => ({}),
  decide({ values, context }) {
    if (values.suitability !== 'suitable') return refuse('wealth_not_suitable', gradesOf(values));
    if (values.disclosureAccepted !== true) {
      return refuse('value_missing', { name: 'disclosureAccepted' });
    }
    const names = ['customerNumber', 'productCode', 'accountNumber', 'currency'] as const;
    const more = ['productRisk', 'customerGrade', 'recordingNumber'] as const;
    const order: { [name: string]: string | bigint } = {};
    for (const name of [...names, ...more]) {
      const value = textOf(values, name);
      if (!value.ok) return value;
      order[name] = value.value;
    }
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const orderNumber = context.caseNumber;
    const kept = { ...order, orderNumber, amountMinor: amount.value };
    return ok({
      values: { orderNumber, purpose: 'wealth_subscription' },
      postings: [],
      records: [
        { kind: 'wealth_order', values: kept },
        { kind: 'wealth_order_step', values: { orderNumber, state: 'held' } },
      ],
    });
  },
};

function gradesOf(values: Values): { product: string; customer: string } {
  return {
    product: String(values.productRisk ?? ''),
    customer: String(values.customerGrade ?? ''),
  };
}

function orderNeeded({ values }: OperationInput) {
  return { kind: 'wealth_order', orderNumber: String(values.orderNumber ?? '') } as const;
}

/** The order in the state it must be in; refused otherwise. */
function orderIn(values: Values, facts: Values, state: string): Result<Values> {
  const order = recordOf(facts, 'order');
  const number = String(values.orderNumber ?? '');
  if (order === null) return refuse('wealth_order_unknown', { order: number });
  if (order.state === state) return ok(order);
  return refuse('wealth_order_in_other_state', { order: number, state: String(order.state) });
}

/**
 * The subscription is confirmed (确认): the amount leaves the account. Value: orderNumber. Posts:
 * debit the customer's deposit, credit liabilities as agent 2314 of the account's unit. The hold
 * is released before it, in the same transaction. Refused: an order that is not held.
 */
export const confirmOrder: ServiceOperation = {
  name: 'wealth.confirm',
  needs: (input) => ({ order: orderNeeded(input), liability, account: accountNeeded(input) }),
  decide({ values }, facts) {
    const order = orderIn(values, facts, 'held');
    if (!order.ok) return order;
    const sides = sidesOf(facts, order.value);
    if (!sides.ok) return sides;
    const { deposit, pool, amountMinor, currency } = sides.value;
    const transfer = { debit: deposit, credit: pool, amountMinor, currency };
    const narrative = 'wealth_subscription';
    return ok({
      values: {},
      postings: [{ narrative, transfers: [transfer], memoranda: [] }],
      records: [{ kind: 'wealth_order_step', values: stepOf(order.value, 'confirmed') }],
    });
  },
};

/** The subscription is not confirmed: only the order ends; the hold is released beside it. */
export const releaseOrder: ServiceOperation = {
  name: 'wealth.release',
  needs: (input) => ({ order: orderNeeded(input) }),
  decide({ values }, facts) {
    const order = orderIn(values, facts, 'held');
    if (!order.ok) return order;
    const step = stepOf(order.value, 'released');
    return ok({ values: {}, postings: [], records: [{ kind: 'wealth_order_step', values: step }] });
  },
};

/**
 * Looks at an order that is to be redeemed. Value: orderNumber. Answers its productCode,
 * customerNumber, accountNumber, principalMinor. Refused: an order that is not confirmed.
 */
export const quoteRedemption: ServiceOperation = {
  name: 'wealth.quote_redemption',
  needs: (input) => ({ order: orderNeeded(input) }),
  decide({ values }, facts) {
    const order = orderIn(values, facts, 'confirmed');
    if (!order.ok) return order;
    const { productCode, customerNumber, accountNumber, amountMinor } = order.value;
    const quoted = {
      ...{ productCode: productCode ?? null, customerNumber: customerNumber ?? null },
      ...{ accountNumber: accountNumber ?? null, principalMinor: amountMinor ?? null },
    };
    return ok({ values: quoted, postings: [], records: [] });
  },
};

/**
 * An order is redeemed (赎回、到期兑付), whole, at what it is worth. Values: orderNumber,
 * paidMinor (0 or more). Posts: debit 2314, credit the deposit with the principal; what it is
 * worth more: debit assets as agent 1321, credit the deposit; less: debit 2314, credit 1321 with
 * the loss, and the deposit with the rest. The customer bears it: nothing of it is the bank's.
 */
export const redeemOrder: ServiceOperation = {
  name: 'wealth.redeem',
  needs: (input) => ({
    ...{ order: orderNeeded(input), account: accountNeeded(input) },
    ...{ liability, asset },
  }),
  decide({ values }, facts) {
    const order = orderIn(values, facts, 'confirmed');
    if (!order.ok) return order;
    const paid = wholeOf(values, 'paidMinor');
    if (!paid.ok) return paid;
    if (paid.value < 0n) return refuse('amount_not_positive', { name: 'paidMinor' });
    const sides = sidesOf(facts, order.value);
    if (!sides.ok) return sides;
    if (typeof facts.asset !== 'string') return refuse('parameter_missing', { name: asset.name });
    const { deposit, pool, amountMinor, currency } = sides.value;
    const worth = { unitId: pool.unitId, glCode: facts.asset };
    const gain = paid.value - amountMinor;
    const principal = gain < 0n ? paid.value : amountMinor;
    const wanted: TransferRequest[] = [
      { debit: pool, credit: deposit, amountMinor: principal, currency },
      gain >= 0n
        ? { debit: worth, credit: deposit, amountMinor: gain, currency }
        : { debit: pool, credit: worth, amountMinor: -gain, currency },
    ];
    const transfers = wanted.filter((transfer) => transfer.amountMinor > 0n);
    const step = { ...stepOf(order.value, 'redeemed'), paidMinor: paid.value };
    return ok({
      values: { gainMinor: gain },
      postings: [{ narrative: 'wealth_redemption', transfers, memoranda: [] }],
      records: [{ kind: 'wealth_order_step', values: step }],
    });
  },
};

function accountNeeded({ values }: OperationInput) {
  const accountNumber = String(values.accountNumber ?? '');
  return { kind: 'account_balance', accountNumber } as const;
}

/** The customer's deposit and the pool of the unit where it was opened. */
function sidesOf(facts: Values, order: Values) {
  const account = recordOf(facts, 'account');
  const accountNumber = String(order.accountNumber);
  if (account?.accountNumber !== accountNumber) {
    return refuse('wealth_account_not_fit', { account: accountNumber });
  }
  if (typeof facts.liability !== 'string') {
    return refuse('parameter_missing', { name: liability.name });
  }
  return ok({
    deposit: { accountNumber },
    pool: { unitId: String(account.openingUnitId), glCode: facts.liability },
    amountMinor: BigInt(String(order.amountMinor)),
    currency: String(order.currency),
  });
}

function stepOf(order: Values, state: string): Values {
  return { orderNumber: order.orderNumber ?? null, state };
}

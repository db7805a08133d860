import { isValues, type Value } from '../../base/data.ts';
import { ok, refuse } from '../../base/result.ts';
import { amountOf, listOf, recordOf, textOf, wholeOrZero } from '../../ledger/operation-values.ts';
import {
  type ReversibleMemorandum,
  type ReversibleTransfer,
  reversalOf,
} from '../../ledger/reversal.ts';
import type {
  AccountReference,
  OperationOutcome,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import { balanceNeeded } from './accounts.ts';
import { classLimits, usageNeeded, usageRecords } from './class-usage.ts';

const cash = { kind: 'parameter', name: 'deposit.cash_gl_code' } as const;
const feeIncome = { kind: 'parameter', name: 'deposit.fee_income_gl_code' } as const;

function posted(narrative: string, transfers: readonly TransferRequest[]): OperationOutcome {
  return { values: {}, postings: [{ narrative, transfers, memoranda: [] }], records: [] };
}

/**
 * Cash comes in over the counter of the performer's unit (存现). Values: accountNumber, amountMinor.
 * Posts: debit the unit's cash 1001, credit the deposit.
 */
export const depositCash: ServiceOperation = {
  name: 'deposit.deposit_cash',
  needs: (input) => ({
    ...{ account: balanceNeeded(input, 'accountNumber'), cash, classLimits },
    usage: usageNeeded(input, 'accountNumber'),
  }),
  decide({ values, context }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const account = recordOf(facts, 'account');
    if (account === null) {
      return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
    }
    if (typeof facts.cash !== 'string') return refuse('parameter_missing', { name: cash.name });
    const moved = { direction: 'in', amountMinor: amount.value, counterparty: null } as const;
    const usage = usageRecords(facts, 'usage', { ...moved, account });
    if (!usage.ok) return usage;
    return ok(
      posted('cash_deposit', [
        {
          debit: { unitId: context.performerUnitId, glCode: facts.cash },
          credit: { accountNumber: String(account.accountNumber) },
          amountMinor: amount.value,
          currency: String(account.currency),
        },
      ]),
    );
  },
};

/**
 * Cash goes out over the counter of the performer's unit (取现). Values: accountNumber, amountMinor.
 * Posts: debit the deposit, credit the unit's cash. Refused: an account of a product from which no
 * cash is paid, such as a general account (一般户); what the ledger refuses, such as no balance.
 */
export const withdrawCash: ServiceOperation = {
  name: 'deposit.withdraw_cash',
  needs: (input) => ({
    account: balanceNeeded(input, 'accountNumber'),
    ...{ cash, classLimits, usage: usageNeeded(input, 'accountNumber') },
    withoutCash: { kind: 'parameter', name: 'deposit.products_without_cash' },
  }),
  decide({ values, context }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const account = recordOf(facts, 'account');
    if (account === null) {
      return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
    }
    if (typeof facts.cash !== 'string') return refuse('parameter_missing', { name: cash.name });
    const accountNumber = String(account.accountNumber);
    if (listOf(facts, 'withoutCash').includes(account.product ?? null)) {
      return refuse('account_pays_no_cash', { account: accountNumber });
    }
    const moved = { direction: 'out', amountMinor: amount.value, counterparty: null } as const;
    const usage = usageRecords(facts, 'usage', { ...moved, account });
    if (!usage.ok) return usage;
    const transfer = {
      debit: { accountNumber },
      credit: { unitId: context.performerUnitId, glCode: facts.cash },
      ...{ amountMinor: amount.value, currency: String(account.currency) },
    };
    return ok({ ...posted('cash_withdrawal', [transfer]), records: usage.value });
  },
};

/**
 * A payment from one customer of the bank to another (行内转账). Values: payerAccountNumber,
 * payeeAccountNumber, payeeName, amountMinor, feeMinor (0 when left out). Posts: debit the payer,
 * credit the payee; debit the payer, credit fee income of the payer's unit. Refused: another name
 * than the payee's account bears (户名不符); what the class of either account does not allow.
 */
export const pay: ServiceOperation = {
  name: 'deposit.pay',
  needs: (input) => ({
    payer: balanceNeeded(input, 'payerAccountNumber'),
    payee: balanceNeeded(input, 'payeeAccountNumber'),
    ...{ feeIncome, classLimits },
    payerUsage: usageNeeded(input, 'payerAccountNumber'),
    payeeUsage: usageNeeded(input, 'payeeAccountNumber'),
  }),
  decide({ values }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const payeeName = textOf(values, 'payeeName');
    if (!payeeName.ok) return payeeName;
    const feeMinor = wholeOrZero(values, 'feeMinor');
    if (feeMinor < 0n) return refuse('amount_not_positive', { name: 'feeMinor' });
    const payer = recordOf(facts, 'payer');
    const payee = recordOf(facts, 'payee');
    const unknown = payer === null ? 'payerAccountNumber' : 'payeeAccountNumber';
    if (payer === null || payee === null) {
      return refuse('account_unknown', { account: String(values[unknown] ?? '') });
    }
    if (payee.name !== payeeName.value) {
      return refuse('payee_name_differs', { account: String(payee.accountNumber) });
    }
    const currency = String(payer.currency);
    const debit: AccountReference = { accountNumber: String(payer.accountNumber) };
    const credit: AccountReference = { accountNumber: String(payee.accountNumber) };
    const transfers: TransferRequest[] = [{ debit, credit, amountMinor: amount.value, currency }];
    if (feeMinor > 0n) {
      if (typeof facts.feeIncome !== 'string') {
        return refuse('parameter_missing', { name: feeIncome.name });
      }
      const income = { unitId: String(payer.openingUnitId), glCode: facts.feeIncome };
      transfers.push({ debit, credit: income, amountMinor: feeMinor, currency });
    }
    const paid = { amountMinor: amount.value } as const;
    const out = { ...paid, direction: 'out', account: payer, counterparty: payee } as const;
    const payerUsage = usageRecords(facts, 'payerUsage', out);
    if (!payerUsage.ok) return payerUsage;
    const into = { ...paid, direction: 'in', account: payee, counterparty: payer } as const;
    const payeeUsage = usageRecords(facts, 'payeeUsage', into);
    if (!payeeUsage.ok) return payeeUsage;
    return ok({ ...posted('payment_in_bank', transfers), records: payerUsage.value });
  },
};

/**
 * Takes a posted event back, all of it (冲正), on today's accounting date. Values: postingId (any
 * posting of the event), reason. Both stay in the books.
 */
export const reverse: ServiceOperation = {
  name: 'deposit.reverse',
  needs: ({ values }) => ({
    event: { kind: 'posted_event', postingId: String(values.postingId ?? '') },
  }),
  decide({ values }, facts) {
    const reason = textOf(values, 'reason');
    if (!reason.ok) return reason;
    const event = recordOf(facts, 'event');
    if (event === null) {
      return refuse('posting_unknown', { posting: String(values.postingId ?? '') });
    }
    const back = reversalOf({
      transfers: listOf(event, 'transfers').filter(isTransfer),
      memoranda: listOf(event, 'memoranda').filter(isMemorandum),
    });
    return ok({ values: {}, postings: [{ narrative: 'reversal', ...back }], records: [] });
  },
};

function isTransfer(value: Value): value is Value & ReversibleTransfer {
  return isValues(value) && typeof value.transferId === 'string';
}

function isMemorandum(value: Value): value is Value & ReversibleMemorandum {
  return isValues(value) && (value.direction === 'in' || value.direction === 'out');
}

import { addDays } from '../../base/dates.ts';
import { ok, refuse } from '../../base/result.ts';
import { recordOf, textOf, wholeOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { balanceNeeded } from './accounts.ts';
import { demandInterestMinor } from './interest.ts';
import { readProduct } from './product.ts';
import { interestTransfers } from './term-postings.ts';

const accountNumberOf = (input: OperationInput) => String(input.values.accountNumber ?? '');

/**
 * Settles the interest of a demand account before it is closed (销户结息): its 积数 up to yesterday at
 * the rate posted today, paid at once. Value: accountNumber. Writes `interestMinor`. Refused while
 * yesterday's accrual has not been done: the end of day is still at work.
 */
export const settleInterest: ServiceOperation = {
  name: 'deposit.settle_interest',
  needs: (input) => ({
    account: { kind: 'demand_interest', accountNumber: accountNumberOf(input) },
  }),
  decide(input, facts) {
    const accountNumber = accountNumberOf(input);
    const account = recordOf(facts, 'account');
    if (account === null) return refuse('account_unknown', { account: accountNumber });
    const read = readProduct(account.product ?? null);
    if (!read.ok) return read;
    const product = read.value;
    const ratePpm = account.ratePpm ?? null;
    if (typeof ratePpm !== 'bigint') {
      return refuse('deposit_rate_missing', { rate: product.rateCode });
    }
    const countedTo = addDays(input.context.accountingDate, -1);
    const productMinor = wholeOrZero(account, 'productMinor');
    if (account.countedTo !== null && String(account.countedTo) < countedTo) {
      return refuse('interest_not_yet_accrued', { account: accountNumber });
    }
    const counted = demandInterestMinor({
      ...{ productMinor, ratePpm, yearDays: product.yearDays },
      upperProductMinor: wholeOrZero(account, 'upperProductMinor'),
      upperRatePpm: wholeOrZero(account, 'upperRatePpm'),
    });
    // What back-valued postings added to periods already settled, or took back.
    const adjusted = counted + wholeOrZero(account, 'adjustmentMinor');
    const interestMinor = adjusted > 0n ? adjusted : 0n;
    const releasedMinor = wholeOrZero(account, 'accruedMinor');
    const to = { accountNumber };
    const unitId = String(account.openingUnitId);
    const currency = String(account.currency);
    const paid = { interestMinor, releasedMinor, product, unitId, to, currency };
    const transfers = interestTransfers(paid);
    const interest = {
      ...{ accountNumber, countedTo, kind: 'closing', interestMinor, releasedMinor },
      ...{ ratePpm, productMinor },
    };
    const narrative = 'deposit_interest_payment';
    return ok({
      values: { interestMinor },
      postings: transfers.length === 0 ? [] : [{ narrative, transfers, memoranda: [] }],
      records: [{ kind: 'deposit_interest', values: interest }],
    });
  },
};

/**
 * Agrees that what lies above a base bears its own rate (协定存款), from the accounting date on.
 * Values: accountNumber, baseMinor, rateCode.
 */
export const agree: ServiceOperation = {
  name: 'deposit.agree',
  needs: (input) => ({ account: balanceNeeded(input, 'accountNumber') }),
  decide({ values, context }, facts) {
    const base = wholeOf(values, 'baseMinor');
    if (!base.ok) return base;
    if (base.value < 0n) return refuse('amount_not_positive', { name: 'baseMinor' });
    const rateCode = textOf(values, 'rateCode');
    if (!rateCode.ok) return rateCode;
    const account = recordOf(facts, 'account');
    if (account === null) {
      return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
    }
    const agreement = {
      ...{ accountNumber: String(account.accountNumber), baseMinor: base.value },
      ...{ rateCode: rateCode.value, effectiveFrom: context.accountingDate },
    };
    const record = { kind: 'deposit_agreement', values: agreement } as const;
    return ok({ values: {}, postings: [], records: [record] });
  },
};

/** Ends an agreement from the accounting date on. Value: accountNumber. */
export const endAgreement: ServiceOperation = {
  name: 'deposit.end_agreement',
  needs: (input) => ({ account: balanceNeeded(input, 'accountNumber') }),
  decide({ values, context }, facts) {
    const account = recordOf(facts, 'account');
    if (account === null) {
      return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
    }
    const accountNumber = String(account.accountNumber);
    const end = { accountNumber, effectiveTo: context.accountingDate };
    const record = { kind: 'deposit_agreement_end', values: end } as const;
    return ok({ values: {}, postings: [], records: [record] });
  },
};

/** Wakes a dormant account (不动户激活), after its holder was identified. Value: accountNumber. */
export const wakeAccount: ServiceOperation = {
  name: 'deposit.wake',
  needs: (input) => ({ account: balanceNeeded(input, 'accountNumber') }),
  decide({ values }, facts) {
    const account = recordOf(facts, 'account');
    if (account === null) {
      return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
    }
    const waking = { accountNumber: String(account.accountNumber) };
    return ok({ values: {}, postings: [], records: [{ kind: 'account_waking', values: waking }] });
  },
};

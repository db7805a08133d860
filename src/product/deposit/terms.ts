import { addDays } from '../../base/dates.ts';
import { ok, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf } from '../../ledger/operation-values.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { balanceNeeded } from './accounts.ts';
import { readProduct } from './product.ts';
import { leavingInterest, runningTerm } from './running-term.ts';
import { maturityOf } from './term.ts';
import { interestTransfers, releasedShare } from './term-postings.ts';

const termNeeded = (input: OperationInput) =>
  ({ kind: 'term_deposit', accountNumber: String(input.values.accountNumber ?? '') }) as const;

const renewals = ['none', 'principal', 'principal_and_interest'];

/**
 * Opens a deposit with a term or a notice from a customer's account (定期开户): fixed, notice,
 * instalment savings, large certificate, certificate. Values: fromAccountNumber (interest and
 * principal come back to it), productCode, amountMinor, renewal (none when left out). Writes
 * `accountNumber`, `maturityDate`, `ratePpm`. Posts: debit the account, credit the new deposit.
 * Takes the version of the product and the posted rate of the accounting date.
 */
export const openTerm: ServiceOperation = {
  name: 'deposit.open_term',
  needs: (input) => ({
    from: balanceNeeded(input, 'fromAccountNumber'),
    offer: {
      kind: 'deposit_product',
      productCode: String(input.values.productCode ?? ''),
      currency: String(input.values.currency ?? 'CNY'),
    },
    accountNumber: { kind: 'next_account_number', unitId: input.context.performerUnitId },
  }),
  decide({ values, context }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const code = textOf(values, 'productCode');
    if (!code.ok) return code;
    const renewal = values.renewal ?? 'none';
    if (!renewals.includes(String(renewal))) {
      return refuse('value_of_other_kind', { name: 'renewal' });
    }
    const from = recordOf(facts, 'from');
    if (from === null) {
      return refuse('account_unknown', { account: String(values.fromAccountNumber ?? '') });
    }
    const offer = recordOf(facts, 'offer');
    if (offer === null) return refuse('deposit_product_unknown', { product: code.value });
    const read = readProduct(offer.product ?? null);
    if (!read.ok) return read;
    const product = read.value;
    if (product.kind === 'demand') return refuse('product_without_term', { product: code.value });
    if (amount.value < product.minimumMinor) {
      return refuse('below_product_minimum', { product: code.value });
    }
    const ratePpm = offer.ratePpm ?? null;
    if (typeof ratePpm !== 'bigint') {
      return refuse('deposit_rate_missing', { rate: product.rateCode });
    }
    const startDate = context.accountingDate;
    const hasMaturity = product.kind !== 'notice';
    const maturityDate = hasMaturity ? maturityOf(startDate, product.termMonths) : null;
    const accountNumber = String(facts.accountNumber);
    const settlementAccountNumber = String(from.accountNumber);
    const account = {
      ...{ accountNumber, customerNumber: from.customerNumber ?? null, glCode: product.glCode },
      ...{
        accountName: from.name ?? null,
        productCode: code.value,
        currency: from.currency ?? null,
      },
      unitId: context.performerUnitId,
    };
    const term = {
      ...{ accountNumber, termNumber: 1n, productCode: code.value, termsFrom: startDate },
      ...{ principalMinor: amount.value, ratePpm, startDate, maturityDate, renewal },
      ...{ settlementAccountNumber },
      monthlyMinor: product.kind === 'instalment' ? amount.value : null,
    };
    const debit = { accountNumber: settlementAccountNumber };
    const money = { amountMinor: amount.value, currency: String(from.currency) };
    return ok({
      values: { accountNumber, maturityDate, ratePpm },
      postings: [
        {
          narrative: 'term_deposit_opened',
          transfers: [{ debit, credit: { accountNumber }, ...money }],
          memoranda: [],
        },
      ],
      records: [
        { kind: 'account_opening', values: account },
        { kind: 'term_deposit', values: term },
      ],
    });
  },
};

/** One more payment into instalment savings (零存整取续存). Values: accountNumber, amountMinor. */
export const payInstalment: ServiceOperation = {
  name: 'deposit.pay_instalment',
  needs: (input) => ({ term: termNeeded(input) }),
  decide({ values, context }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const found = runningTerm(recordOf(facts, 'term'), String(values.accountNumber ?? ''));
    if (!found.ok) return found;
    const { accountNumber, monthlyMinor, maturityDate, currency } = found.value;
    const isOver = maturityDate === null || context.accountingDate >= maturityDate;
    if (monthlyMinor === null || isOver || amount.value % monthlyMinor !== 0n) {
      return refuse('instalment_not_fitting', { account: accountNumber });
    }
    const debit = { accountNumber: found.value.settlementAccountNumber };
    const transfer = { debit, credit: { accountNumber }, amountMinor: amount.value, currency };
    const posting = { narrative: 'instalment_saved', transfers: [transfer], memoranda: [] };
    return ok({ values: {}, postings: [posting], records: [] });
  },
};

/** Gives notice of a withdrawal (通知). Values: accountNumber, amountMinor. Writes `dueOn`. */
export const giveNotice: ServiceOperation = {
  name: 'deposit.give_notice',
  needs: (input) => ({ term: termNeeded(input) }),
  decide({ values, context }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const found = runningTerm(recordOf(facts, 'term'), String(values.accountNumber ?? ''));
    if (!found.ok) return found;
    const { accountNumber, product, principalMinor } = found.value;
    if (product.kind !== 'notice') return refuse('notice_not_needed', { account: accountNumber });
    if (amount.value > principalMinor) {
      return refuse('available_exceeded', { account: accountNumber });
    }
    const givenOn = context.accountingDate;
    const dueOn = addDays(givenOn, Number(product.noticeDays));
    const notice = { accountNumber, amountMinor: amount.value, givenOn, dueOn };
    return ok({
      values: { dueOn },
      postings: [],
      records: [{ kind: 'deposit_notice', values: notice }],
    });
  },
};

/**
 * Pays out a term deposit, whole or in part (支取): early, at maturity, late, with notice or without.
 * Values: accountNumber, amountMinor (the whole when left out). Writes `interestMinor` and
 * `withdrawalKind`. Posts principal and interest to the settlement account. Refused: a part the
 * product does not allow, or that leaves less than its minimum.
 */
export const withdrawTerm: ServiceOperation = {
  name: 'deposit.withdraw_term',
  needs: (input) => ({ term: termNeeded(input) }),
  decide({ values, context }, facts) {
    const found = runningTerm(recordOf(facts, 'term'), String(values.accountNumber ?? ''));
    if (!found.ok) return found;
    const term = found.value;
    const { accountNumber, product, principalMinor, currency } = term;
    const amount =
      (values.amountMinor ?? null) === null ? ok(principalMinor) : amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const amountMinor = amount.value;
    if (amountMinor > principalMinor)
      return refuse('available_exceeded', { account: accountNumber });
    const isPart = amountMinor < principalMinor;
    if (isPart && term.partialWithdrawals >= product.partialWithdrawalsMax) {
      return refuse('partial_withdrawal_not_allowed', { account: accountNumber });
    }
    if (isPart && principalMinor - amountMinor < product.remainingMinimumMinor) {
      return refuse('remaining_below_minimum', { account: accountNumber });
    }
    const date = context.accountingDate;
    const { kind, interestMinor } = leavingInterest(term, { amountMinor, date });
    const releasedMinor = releasedShare(term.accruedMinor, { amountMinor, principalMinor });
    const to = { accountNumber: term.settlementAccountNumber };
    const unitId = term.openingUnitId;
    const interest = {
      ...{ accountNumber, countedTo: addDays(date, -1), interestMinor, releasedMinor },
      ...{ kind: isPart ? 'withdrawal' : 'maturity', ratePpm: term.ratePpm, productMinor: 0n },
    };
    const end = { accountNumber, termNumber: term.termNumber };
    return ok({
      values: { interestMinor, withdrawalKind: kind },
      postings: [
        {
          narrative: 'term_deposit_paid_out',
          transfers: [
            { debit: { accountNumber }, credit: to, amountMinor, currency },
            ...interestTransfers({ interestMinor, releasedMinor, product, unitId, to, currency }),
          ],
          memoranda: [],
        },
      ],
      records: [
        { kind: 'deposit_interest', values: interest },
        ...(isPart ? [] : [{ kind: 'term_deposit_end', values: end } as const]),
      ],
    });
  },
};

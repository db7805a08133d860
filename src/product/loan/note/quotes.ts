import { present } from '../../../base/assert.ts';
import type { Values } from '../../../base/data.ts';
import { addMonths } from '../../../base/dates.ts';
import { ok, refuse } from '../../../base/result.ts';
import { amountOf, textOf, wholeOf, wholeOrZero } from '../../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../../ledger/service-operation.ts';
import { type CashFlow, trueRate } from '../pricing/true-rate.ts';
import {
  newLoanMax,
  type Turnover,
  turnsPpm,
  workingCapitalNeed,
} from '../pricing/working-capital.ts';
import { annuityMinor } from './plan.ts';
import { findNote, noteNeeds } from './tasks.ts';
import { type PrepaymentQuote, quotePrepayment } from './what-if.ts';

/** A quote as values of the case. */
export function quoteValues(quote: PrepaymentQuote): Values {
  const { mode, principalMinor, interestMinor, feeMinor, totalMinor } = quote;
  const { outstandingMinor, maturity, savedInterestMinor, rows } = quote;
  return {
    ...{ mode, principalMinor, interestMinor, feeMinor, totalMinor, outstandingMinor, maturity },
    savedInterestMinor,
    rows: rows.map((row) => ({
      ...{ number: BigInt(row.number), dueDate: row.dueDate },
      ...{ principalMinor: row.principalMinor, interestMinor: row.interestMinor },
    })),
  };
}

/**
 * What a prepayment of `prepayPrincipalMinor` would come to today, in both ways (提前还款试算).
 * Writes `prepaymentQuotes` and `prepaymentTotalMinor`. Changes nothing.
 */
export const quotePrepaymentOperation: ServiceOperation = {
  name: 'loan.quote_prepayment',
  needs: noteNeeds,
  decide({ values, context }, facts) {
    const found = findNote(facts, values);
    if (!found.ok) return found;
    const principal = amountOf(values, 'prepayPrincipalMinor');
    if (!principal.ok) return principal;
    const { state, product } = found.value;
    if (principal.value === state.outstandingMinor) return refuse('prepayment_settles', {});
    const order = { date: context.accountingDate, principalMinor: principal.value };
    const feeUntil = addMonths(state.terms.start, product.prepayment.feeMonths);
    const quotes = quotePrepayment(state, order, product.prepayment, feeUntil);
    if (!quotes.ok) return quotes;
    const prepaymentQuotes = quotes.value.map(quoteValues);
    const { totalMinor, interestMinor, feeMinor } = present(quotes.value[0], 'a quote');
    const figures = {
      prepaymentTotalMinor: totalMinor,
      ...{ prepaidInterestMinor: interestMinor, prepaymentFeeMinor: feeMinor, prepaymentQuotes },
    };
    return ok({ values: figures, postings: [], records: [] });
  },
};

const turnoverFields = [
  ...(['salesMinor', 'marginPpm', 'growthPpm', 'stockDays', 'receivableDays'] as const),
  ...(['payableDays', 'prepaidDays', 'advanceDays'] as const),
] as const;

/**
 * Working capital a company needs (营运资金量测算) and the largest new loan. Writes
 * `workingCapitalNeedMinor`, `newLoanMaxMinor`, `turnsPpm`.
 */
export const measureWorkingCapital: ServiceOperation = {
  name: 'loan.measure_working_capital',
  needs: () => ({}),
  decide({ values }) {
    const given: { [name: string]: bigint } = {};
    for (const name of turnoverFields) {
      const value = wholeOf(values, name);
      if (!value.ok) return value;
      given[name] = value.value;
    }
    const turnover = given as Turnover;
    const { stockDays, receivableDays, payableDays, prepaidDays, advanceDays } = turnover;
    const days = stockDays + receivableDays - payableDays + prepaidDays - advanceDays;
    if (days <= 0n) return refuse('no_capital_tied_up', {});
    const own = {
      ownMinor: wholeOrZero(values, 'ownCapitalMinor'),
      loansMinor: wholeOrZero(values, 'existingLoansMinor'),
      otherMinor: wholeOrZero(values, 'otherFundsMinor'),
    };
    return ok({
      values: {
        workingCapitalNeedMinor: workingCapitalNeed(turnover),
        newLoanMaxMinor: newLoanMax(turnover, own),
        turnsPpm: turnsPpm(turnover),
      },
      postings: [],
      records: [],
    });
  },
};

/**
 * The yearly rate that must be shown to the customer (年化利率): of equal instalments of
 * `amountMinor` over `termMonths` at `ratePpm`, or of a flat `monthlyFeeMinor` on equal parts.
 * Writes `nominalRatePpm` and `effectiveRatePpm`.
 */
export const showTrueRate: ServiceOperation = {
  name: 'loan.show_true_rate',
  needs: () => ({}),
  decide({ values }) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const months = wholeOf(values, 'termMonths');
    if (!months.ok) return months;
    if (months.value < 1n) return refuse('months_not_positive', {});
    const kind = textOf(values, 'priceKind');
    if (!kind.ok) return kind;
    const flow = kind.value === 'flat_fee' ? flatFlow(values) : rateFlow(values);
    const paymentsMinor = flow(amount.value, months.value);
    const { nominalPpm, effectivePpm } = trueRate({ principalMinor: amount.value, paymentsMinor });
    const rates = { nominalRatePpm: nominalPpm, effectiveRatePpm: effectivePpm };
    return ok({ values: rates, postings: [], records: [] });
  },
};

type Flow = (amountMinor: bigint, months: bigint) => CashFlow['paymentsMinor'];

function flatFlow(values: Values): Flow {
  const fee = wholeOrZero(values, 'monthlyFeeMinor');
  return (amountMinor, months) =>
    Array.from({ length: Number(months) }, () => amountMinor / months + fee);
}

function rateFlow(values: Values): Flow {
  const rate = wholeOrZero(values, 'ratePpm');
  return (amountMinor, months) =>
    Array.from({ length: Number(months) }, () => annuityMinor(amountMinor, rate, months));
}

import type { Values } from '../../base/data.ts';
import { addMonths } from '../../base/dates.ts';
import { ok, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf, wholeOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';

const ofCustomer = ({ values }: OperationInput) => ({
  customerNumber: String(values.customerNumber ?? ''),
  productCode: String(values.productCode ?? ''),
});

/** A line that may be drawn on: in force, not expired on the date, with enough left. */
export function lineCovers(line: Values | null, amountMinor: bigint, date: string): boolean {
  if (line === null || line.status !== 'in_force' || String(line.validTo) < date) return false;
  return wholeOrZero(line, 'amountMinor') - wholeOrZero(line, 'usedMinor') >= amountMinor;
}

/** Does the customer have a valid credit line for the amount? Writes `creditLineValid`. */
export const checkCreditLine: ServiceOperation = {
  name: 'loan.check_credit_line',
  needs: (input) => ({ line: { kind: 'credit_line', ...ofCustomer(input) } }),
  decide({ values, context }, facts) {
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const line = recordOf(facts, 'line');
    const creditLineValid = lineCovers(line, amount.value, context.accountingDate);
    const creditLineNumber = creditLineValid ? (line?.lineNumber ?? null) : null;
    return ok({ values: { creditLineValid, creditLineNumber }, postings: [], records: [] });
  },
};

/**
 * Sets up the line that the branch has approved (授信额度): amount, months, revolving or not. It
 * covers at least the loan it is set up for.
 */
export const grantCreditLine: ServiceOperation = {
  name: 'loan.grant_credit_line',
  needs: () => ({}),
  decide({ values, context }) {
    const customer = textOf(values, 'customerNumber');
    if (!customer.ok) return customer;
    const product = textOf(values, 'productCode');
    if (!product.ok) return product;
    const amount = amountOf(values, 'creditLineAmountMinor');
    if (!amount.ok) return amount;
    const wanted = amountOf(values, 'amountMinor');
    if (!wanted.ok) return wanted;
    if (amount.value < wanted.value) return refuse('credit_line_below_amount');
    const months = wholeOf(values, 'creditLineMonths');
    if (!months.ok) return months;
    const lineNumber = `SX-${context.caseNumber}`;
    const validTo = addMonths(context.accountingDate, Number(months.value));
    const line = {
      lineNumber,
      customerNumber: customer.value,
      productCode: product.value,
      currency: 'CNY',
      amountMinor: amount.value,
      usedMinor: 0n,
      revolving: values.creditRevolving === true,
      status: 'in_force',
      validFrom: context.accountingDate,
      validTo,
    };
    return ok({
      values: { creditLineNumber: lineNumber, creditLineValidTo: validTo },
      postings: [],
      records: [{ kind: 'credit_line', values: line }],
    });
  },
};

import { addDays } from '../../base/dates.ts';
import { ok, refuse } from '../../base/result.ts';
import { amountOf, recordOf } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { balanceNeeded } from './accounts.ts';
import { runningTerm } from './running-term.ts';
import { interestTransfers } from './term-postings.ts';

/**
 * A large certificate or certificate of deposit passes to another customer (转让): the deposit goes
 * on with its terms in the buyer's name, and the price passes from the buyer to the seller.
 * Values: accountNumber, buyerAccountNumber, priceMinor. Writes the new `accountNumber`. What was
 * accrued for the seller is taken back and accrues for the buyer.
 */
export const transferCertificate: ServiceOperation = {
  name: 'deposit.transfer_certificate',
  needs: (input) => ({
    term: { kind: 'term_deposit', accountNumber: String(input.values.accountNumber ?? '') },
    buyer: balanceNeeded(input, 'buyerAccountNumber'),
    newNumber: { kind: 'next_account_number', unitId: input.context.performerUnitId },
  }),
  decide({ values, context }, facts) {
    const price = amountOf(values, 'priceMinor');
    if (!price.ok) return price;
    const found = runningTerm(recordOf(facts, 'term'), String(values.accountNumber ?? ''));
    if (!found.ok) return found;
    const term = found.value;
    const { accountNumber, product, principalMinor, currency } = term;
    const buyer = recordOf(facts, 'buyer');
    if (buyer === null) {
      return refuse('account_unknown', { account: String(values.buyerAccountNumber ?? '') });
    }
    if (!product.transferable || term.maturityDate === null) {
      return refuse('not_transferable', { account: accountNumber });
    }
    const newNumber = String(facts.newNumber);
    const unitId = context.performerUnitId;
    const seller = { accountNumber: term.settlementAccountNumber };
    const paying = { accountNumber: String(buyer.accountNumber) };
    const released = { interestMinor: 0n, releasedMinor: term.accruedMinor, product, currency };
    const account = {
      ...{ accountNumber: newNumber, customerNumber: buyer.customerNumber ?? null, unitId },
      ...{ accountName: buyer.name ?? null, productCode: term.productCode, currency },
      glCode: product.glCode,
    };
    const passed = {
      ...{ accountNumber: newNumber, termNumber: 1n, productCode: term.productCode },
      ...{ termsFrom: term.startDate, principalMinor, ratePpm: term.ratePpm },
      ...{ startDate: term.startDate, maturityDate: term.maturityDate, renewal: 'none' },
      ...{ settlementAccountNumber: paying.accountNumber, monthlyMinor: null },
    };
    const ended = {
      ...{ accountNumber, countedTo: addDays(context.accountingDate, -1), kind: 'closing' },
      ...{ interestMinor: 0n, releasedMinor: term.accruedMinor, ratePpm: term.ratePpm },
      productMinor: 0n,
    };
    const principal = { amountMinor: principalMinor, currency };
    return ok({
      values: { accountNumber: newNumber },
      postings: [
        {
          narrative: 'certificate_transferred',
          transfers: [
            { debit: { accountNumber }, credit: { accountNumber: newNumber }, ...principal },
            { debit: paying, credit: seller, amountMinor: price.value, currency },
            ...interestTransfers({ ...released, unitId: term.openingUnitId, to: seller }),
          ],
          memoranda: [],
        },
      ],
      records: [
        { kind: 'account_opening', values: account },
        { kind: 'term_deposit', values: passed },
        { kind: 'deposit_interest', values: ended },
        { kind: 'term_deposit_end', values: { accountNumber, termNumber: term.termNumber } },
      ],
    });
  },
};

import { ok, refuse } from '../../base/result.ts';
import { recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { openingNeeds, openingOf } from './opening.ts';

/**
 * Opens a company's settlement account at the performer's unit (单位结算账户开户): basic, general, special
 * or temporary by its product. Values: customerNumber, accountName, productCode. Writes
 * `accountNumber`. Refused: a second basic account; another account before the basic one; a person.
 */
export const openCompanyAccount: ServiceOperation = {
  name: 'deposit.open_company_account',
  needs: openingNeeds,
  decide({ values, context }, facts) {
    const opening = openingOf(values, facts);
    if (!opening.ok) return opening;
    const { customerNumber: customer, accountName, holder, productCode } = opening.value;
    const { companyUse, glCode } = opening.value.product;
    if (companyUse === null || holder.kind !== 'corporate') {
      return refuse('value_of_other_kind', { name: 'productCode' });
    }
    const hasBasic = (holder.basicAccount ?? null) !== null;
    if (companyUse === 'basic' && hasBasic) return refuse('basic_account_exists', { customer });
    if (companyUse !== 'basic' && !hasBasic) return refuse('basic_account_missing', { customer });
    const accountNumber = String(facts.accountNumber);
    const account = {
      ...{ accountNumber, customerNumber: customer, accountName },
      ...{ productCode, glCode, currency: 'CNY', unitId: context.performerUnitId },
    };
    const records = [{ kind: 'account_opening', values: account }] as const;
    return ok({ values: { accountNumber }, postings: [], records });
  },
};

/**
 * Closes a company's settlement account (单位结算账户销户): the others first, the basic one last. Values:
 * customerNumber, accountNumber. Refused: the basic account while another is open; what the ledger
 * refuses, such as a balance.
 */
export const closeCompanyAccount: ServiceOperation = {
  name: 'deposit.close_company_account',
  needs: ({ values }) => ({
    holder: { kind: 'account_holder', customerNumber: String(values.customerNumber ?? '') },
    account: { kind: 'account_balance', accountNumber: String(values.accountNumber ?? '') },
  }),
  decide({ values }, facts) {
    const account = recordOf(facts, 'account');
    const customer = String(values.customerNumber ?? '');
    if (account === null || account.customerNumber !== customer) {
      return refuse('account_unknown', { account: String(values.accountNumber ?? '') });
    }
    const holder = recordOf(facts, 'holder');
    if (holder === null) return refuse('customer_unknown', { customer });
    const accountNumber = String(account.accountNumber);
    if (holder.basicAccount === accountNumber && wholeOrZero(holder, 'otherAccounts') > 0n) {
      return refuse('basic_account_closes_last', { account: accountNumber });
    }
    const record = { kind: 'account_closing', values: { accountNumber } } as const;
    return ok({ values: {}, postings: [], records: [record] });
  },
};

import { refuse } from '../../base/result.ts';
import { textOf } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';
import { accountIn, balance, outcome } from './postings.ts';
import { beforeMaturity, billNeeded, happen, heldBy, knownBill } from './register.ts';

/**
 * A bill changes hands by endorsement (背书). Values: billNumber, accountNumber (of who endorses),
 * endorseeName. Refused: by somebody who does not hold it, to oneself, once it is due, and where
 * the bill stands otherwise than in somebody's hands.
 */
export const endorseBill: ServiceOperation = {
  name: 'bill.endorse',
  needs: (input) => ({ bill: billNeeded(input), account: balance(input, 'accountNumber') }),
  decide(input, facts) {
    const bill = knownBill(input, facts);
    if (!bill.ok) return bill;
    const account = accountIn(facts, 'account', input.values.accountNumber);
    if (!account.ok) return account;
    const { name: from, customerNumber, accountNumber } = account.value;
    const asker = input.values.customerNumber;
    if (typeof asker === 'string' && asker !== customerNumber) {
      return refuse('bill_account_of_other', { account: accountNumber });
    }
    const held = heldBy(bill.value, from);
    if (!held.ok) return held;
    const endorsee = textOf(input.values, 'endorseeName');
    if (!endorsee.ok) return endorsee;
    const to = endorsee.value.trim();
    const { billNumber } = bill.value;
    if (to === from) return refuse('bill_endorsed_to_oneself', { bill: billNumber });
    const inTime = beforeMaturity(bill.value, input.context.accountingDate);
    if (!inTime.ok) return inTime;
    const endorsed = happen(bill.value, 'endorsed', { from, to });
    return endorsed.ok ? outcome({}, null, [endorsed.value.record]) : endorsed;
  },
};

/** A bill is pledged to the bank (质押), or the pledge is released. Values: billNumber, pledge. */
export const pledgeBill: ServiceOperation = {
  name: 'bill.pledge',
  needs: (input) => ({ bill: billNeeded(input), account: balance(input, 'accountNumber') }),
  decide(input, facts) {
    const bill = knownBill(input, facts);
    if (!bill.ok) return bill;
    const account = accountIn(facts, 'account', input.values.accountNumber);
    if (!account.ok) return account;
    const held = heldBy(bill.value, account.value.name);
    if (!held.ok) return held;
    const kind = input.values.pledge === 'release' ? 'released' : 'pledged';
    const changed = happen(bill.value, kind);
    return changed.ok ? outcome({}, null, [changed.value.record]) : changed;
  },
};

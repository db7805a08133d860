import { refuse } from '../../base/result.ts';
import { amountOf, textOf } from '../../ledger/operation-values.ts';
import type { Facts, OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import {
  accountIn,
  balance,
  glCode,
  missingIn,
  moving,
  outcome,
  ownAccount,
  split,
} from './postings.ts';
import { billNeeded, happen, type KnownBill, knownBill } from './register.ts';

/**
 * A bill is sent to its acceptor for payment (托收). Values: billNumber, accountNumber (of a holder
 * for whom the bank collects; none for a bill that the bank holds). Refused: a bill that somebody
 * else holds, that was sold on, or was paid.
 */
export const presentBill: ServiceOperation = {
  name: 'bill.present',
  needs: (input) => ({ bill: billNeeded(input), account: balance(input, 'accountNumber') }),
  decide(input, facts) {
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const { billNumber, discount, holderName, acceptorName } = known.value;
    if (discount === null) {
      const account = accountIn(facts, 'account', input.values.accountNumber);
      if (!account.ok) return account;
      const { name } = account.value;
      if (name !== holderName) {
        return refuse('bill_not_held', { bill: billNumber, name, holder: holderName });
      }
    }
    const sent = happen(known.value, 'presented', { note: acceptorName });
    if (!sent.ok) return sent;
    const { faceMinor, maturesOn } = known.value;
    return outcome({ faceMinor, maturesOn, acceptorName, holderName }, null, [sent.value.record]);
  },
};

/**
 * The acceptor's answer. Values: billNumber, collectionAnswer (paid, dishonoured),
 * dishonourReason, accountNumber (as when it was sent). Posts when paid: debit clearing 3001;
 * credit
 * 1301 when the bank holds the bill, else the holder's deposit. Refused: an answer before maturity,
 * dishonour without a reason, and dishonour by the bank itself, which pays what it accepted.
 */
export const answerCollection: ServiceOperation = {
  name: 'bill.answer_collection',
  needs: (input) => ({
    ...{ bill: billNeeded(input), account: balance(input, 'accountNumber') },
    ...{ clearing: glCode('clearing'), face: glCode('face') },
  }),
  decide(input, facts) {
    const { values, context } = input;
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const bill = known.value;
    const { billNumber, maturesOn, faceMinor, currency, discount } = bill;
    if (context.accountingDate < maturesOn) {
      return refuse('bill_not_yet_due', { bill: billNumber, date: maturesOn });
    }
    if (values.collectionAnswer === 'dishonoured') return dishonoured(input, bill);
    const paid = happen(bill, 'collected', { amountMinor: faceMinor });
    if (!paid.ok) return paid;
    const missing = missingIn(facts, ['clearing', 'face']);
    if (missing !== null) return missing;
    const unitId = String(discount?.unitId ?? context.caseUnitId);
    const debit = ownAccount(unitId, facts.clearing);
    const to = receiver(input, facts, bill, unitId);
    if (!to.ok) return to;
    const transfers = [{ debit, credit: to.value, amountMinor: faceMinor, currency }];
    const posting = { narrative: 'bill_collection', transfers, memoranda: [] };
    return outcome({ collectedMinor: faceMinor }, posting, [paid.value.record]);
  },
};

/** Where the money of a bill that was collected goes. */
function receiver(input: OperationInput, facts: Facts, bill: KnownBill, unitId: string) {
  if (bill.discount !== null) return { ok: true, value: ownAccount(unitId, facts.face) } as const;
  const account = accountIn(facts, 'account', input.values.accountNumber);
  if (!account.ok) return account;
  const { name, accountNumber } = account.value;
  if (name !== bill.holderName) {
    return refuse('bill_not_held', { bill: bill.billNumber, name, holder: bill.holderName });
  }
  return { ok: true, value: { accountNumber } } as const;
}

function dishonoured({ values }: OperationInput, bill: KnownBill) {
  if (bill.acceptedHere) return refuse('bill_own_acceptance', { bill: bill.billNumber });
  const reason = textOf(values, 'dishonourReason');
  if (!reason.ok) return reason;
  const refused = happen(bill, 'dishonoured', { note: reason.value });
  if (!refused.ok) return refused;
  // Who discounted it here is who has to pay it back.
  const from = bill.discount?.accountNumber ?? null;
  const recourseNeeded = bill.discount !== null;
  return outcome({ recourseNeeded, recourseAccountNumber: from }, null, [refused.value.record]);
}

/**
 * Who discounted a bill that was not paid pays it back (追索). Values: billNumber,
 * recourseAccountNumber. Posts: debit that deposit as far as it goes, then a loan overdue from
 * today
 * 1303; credit 1301 with the face. Answers recourseDebtMinor, what is still owed.
 */
export const takeRecourse: ServiceOperation = {
  name: 'bill.recourse',
  needs: (input) => ({
    ...{ bill: billNeeded(input), account: balance(input, 'recourseAccountNumber') },
    ...{ face: glCode('face'), advance: glCode('advance') },
  }),
  decide(input, facts) {
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const { billNumber, faceMinor, currency, discount } = known.value;
    if (discount === null) return refuse('bill_not_discounted_here', { bill: billNumber });
    const account = accountIn(facts, 'account', input.values.recourseAccountNumber);
    if (!account.ok) return account;
    const { accountNumber, available } = account.value;
    if (accountNumber !== discount.accountNumber) {
      return refuse('bill_account_of_other', { account: accountNumber });
    }
    const missing = missingIn(facts, ['face', 'advance']);
    if (missing !== null) return missing;
    const { own, short } = split(faceMinor, available);
    const taken = happen(known.value, 'recourse', { amountMinor: own });
    if (!taken.ok) return taken;
    const unitId = String(discount.unitId);
    const credit = ownAccount(unitId, facts.face);
    const transfers = moving([
      { debit: { accountNumber }, credit, amountMinor: own, currency },
      { debit: ownAccount(unitId, facts.advance), credit, amountMinor: short, currency },
    ]);
    const debt = { billNumber, debtKind: 'recourse', accountNumber, unitId, changeMinor: short };
    const settled = happen(taken.value.bill, 'settled');
    if (!settled.ok) return settled;
    return outcome(
      { recourseDebtMinor: short },
      { narrative: 'bill_recourse', transfers, memoranda: [] },
      [taken.value.record, short > 0n ? { kind: 'bill_debt', values: debt } : settled.value.record],
    );
  },
};

/**
 * What the bank has lent on a bill is paid back, whole or in part. Values: billNumber,
 * accountNumber, repaidMinor. Posts: debit the deposit, credit 1303. Answers debtLeftMinor.
 * Refused:
 * nothing owed, more than is owed, an account of somebody else than who owes it.
 */
export const repayDebt: ServiceOperation = {
  name: 'bill.repay_debt',
  needs: (input) => ({
    ...{ bill: billNeeded(input), account: balance(input, 'accountNumber') },
    advance: glCode('advance'),
  }),
  decide(input, facts) {
    const known = knownBill(input, facts);
    if (!known.ok) return known;
    const bill = known.value;
    const { billNumber, debtMinor, currency } = bill;
    if (debtMinor === 0n) return refuse('bill_nothing_owed', { bill: billNumber });
    const amount = amountOf(input.values, 'repaidMinor');
    if (!amount.ok) return amount;
    if (amount.value > debtMinor) return refuse('bill_more_than_owed', { bill: billNumber });
    const account = accountIn(facts, 'account', input.values.accountNumber);
    if (!account.ok) return account;
    const { accountNumber } = account.value;
    if (accountNumber !== bill.debtAccountNumber) {
      return refuse('bill_account_of_other', { account: accountNumber });
    }
    const missing = missingIn(facts, ['advance']);
    if (missing !== null) return missing;
    const repaid = happen(bill, 'repaid', { amountMinor: amount.value });
    if (!repaid.ok) return repaid;
    const debtLeftMinor = debtMinor - amount.value;
    const settled = happen(repaid.value.bill, 'settled');
    const unitId = String((bill.discount ?? bill.acceptance)?.unitId ?? bill.unitId);
    const debtKind = settled.ok ? 'recourse' : 'advance';
    const row = { billNumber, debtKind, accountNumber, unitId, changeMinor: -amount.value };
    const credit = ownAccount(unitId, facts.advance);
    const transfers = [{ debit: { accountNumber }, credit, amountMinor: amount.value, currency }];
    return outcome(
      { debtLeftMinor },
      { narrative: 'bill_debt_repayment', transfers, memoranda: [] },
      [
        repaid.value.record,
        { kind: 'bill_debt', values: row },
        ...(settled.ok && debtLeftMinor === 0n ? [settled.value.record] : []),
      ],
    );
  },
};

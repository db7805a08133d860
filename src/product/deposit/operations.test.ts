import { describe, expect, test } from 'vitest';
import type { Values } from '../../base/data.ts';
import { refusalCodes } from '../../contract/refusals/index.ts';
import type { Facts, OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import {
  closeAccount,
  liftRestriction,
  openAccount,
  placeHold,
  placeRestriction,
} from './accounts.ts';
import { depositCash, pay, reverse, withdrawCash } from './payments.ts';
import { depositOperations } from './tasks.ts';

const input = (values: Values): OperationInput => ({
  values,
  context: {
    at: Date.UTC(2026, 10, 20, 6),
    accountingDate: '2026-11-20',
    caseNumber: 'CK-2026-000001',
    processInstance: '01900000-0000-7000-8000-000000000001',
    activity: 'post',
    caseUnitId: 'outlet',
    performer: 'teller',
    performerUnitId: 'outlet',
    attributes: {},
  },
});

const account = {
  accountNumber: '62',
  name: '甲公司',
  product: 'corporate_current',
  openingUnitId: 'outlet',
  currency: 'CNY',
  availableMinor: 100n,
};
const payee = { ...account, accountNumber: '63', name: '乙公司' };
const event = {
  transfers: [
    {
      transferId: 't1',
      debitAccountNumber: '62',
      creditAccountNumber: '63',
      amountMinor: 5n,
      currency: 'CNY',
    },
  ],
  memoranda: [{ accountNumber: '71', direction: 'in', amountMinor: 9n, currency: 'CNY' }],
};
const payment = {
  payerAccountNumber: '62',
  payeeAccountNumber: '63',
  payeeName: '乙公司',
  amountMinor: 7n,
};
const opening = { customerNumber: 'C1', accountName: '甲公司', productCode: 'corporate_current' };
const both = { payer: account, payee, feeIncome: '6021' };
const restricting = {
  restrictionKind: 'freeze',
  restrictionEffect: 'debits_blocked',
  reason: '司法冻结',
  orderedBy: '某法院',
};
const withdrawal = { accountNumber: '62', amountMinor: 7n };

describe('refusals of each operation, in their order', () => {
  const rows: [ServiceOperation, string, Values, Facts][] = [
    [openAccount, 'value_missing', {}, {}],
    [openAccount, 'value_missing', { customerNumber: 'C1' }, {}],
    [openAccount, 'customer_unknown', opening, { customer: null }],
    [openAccount, 'parameter_missing', opening, { customer: {} }],
    [depositCash, 'amount_not_positive', { amountMinor: 0n }, {}],
    [depositCash, 'account_unknown', withdrawal, { account: null }],
    [depositCash, 'parameter_missing', withdrawal, { account }],
    [withdrawCash, 'value_missing', {}, {}],
    [withdrawCash, 'account_unknown', withdrawal, {}],
    [withdrawCash, 'parameter_missing', withdrawal, { account }],
    [
      withdrawCash,
      'account_pays_no_cash',
      withdrawal,
      { account, cash: '1001', withoutCash: ['corporate_current'] },
    ],
    [pay, 'value_missing', { amountMinor: 7n }, both],
    [pay, 'amount_not_positive', { ...payment, feeMinor: -1n }, both],
    [pay, 'account_unknown', payment, { ...both, payer: null }],
    [pay, 'account_unknown', payment, { ...both, payee: null }],
    [pay, 'payee_name_differs', { ...payment, payeeName: '乙 公司' }, both],
    [pay, 'parameter_missing', { ...payment, feeMinor: 1n }, { payer: account, payee }],
    [reverse, 'value_missing', { postingId: 'p' }, { event }],
    [reverse, 'posting_unknown', { postingId: 'p', reason: 'r' }, { event: null }],
    [placeHold, 'amount_not_positive', { amountMinor: 0n }, {}],
    [placeHold, 'value_missing', { amountMinor: 1n }, {}],
    [placeHold, 'account_unknown', { amountMinor: 1n, purpose: 'p' }, {}],
    [placeHold, 'available_exceeded', { amountMinor: 101n, purpose: 'p' }, { account }],
    [placeRestriction, 'value_missing', {}, { account }],
    [
      placeRestriction,
      'value_of_other_kind',
      { ...restricting, restrictionKind: 'hold' },
      { account },
    ],
    [
      placeRestriction,
      'value_of_other_kind',
      { ...restricting, restrictionEffect: 'none' },
      { account },
    ],
    [placeRestriction, 'value_missing', restricting, { account }],
    [placeRestriction, 'account_unknown', { ...restricting, documentNumber: '1' }, {}],
    [closeAccount, 'account_unknown', {}, {}],
    [liftRestriction, 'value_missing', {}, { account }],
  ];
  test.each(rows)('%o: %s', (operation, code, values, facts) => {
    expect(operation.decide(input(values), facts)).toMatchObject({ ok: false, code });
  });

  test('each has a text in both languages', () => {
    const codes = rows.map(([, code]) => code);
    expect(codes.filter((code) => !refusalCodes().includes(code))).toEqual([]);
  });
});

describe('what each posts and keeps', () => {
  const outcome = (operation: ServiceOperation, values: Values, facts: Facts) => {
    const result = operation.decide(input(values), facts);
    if (!result.ok) throw new Error(result.code);
    return result.value;
  };
  const transfersOf = (operation: ServiceOperation, values: Values, facts: Facts) =>
    outcome(operation, values, facts).postings[0]?.transfers;
  const cny = { currency: 'CNY' };

  test('CORE-11 cash in and out at the counter of whoever acts', () => {
    expect(transfersOf(depositCash, withdrawal, { account, cash: '1001' })).toEqual([
      {
        ...{ debit: { unitId: 'outlet', glCode: '1001' }, credit: { accountNumber: '62' } },
        ...{ amountMinor: 7n, ...cny },
      },
    ]);
    expect(transfersOf(withdrawCash, withdrawal, { account, cash: '1001' })).toEqual([
      {
        ...{ debit: { accountNumber: '62' }, credit: { unitId: 'outlet', glCode: '1001' } },
        ...{ amountMinor: 7n, ...cny },
      },
    ]);
  });

  test('a payment with its fee', () => {
    const debit = { accountNumber: '62' };
    expect(transfersOf(pay, { ...payment, feeMinor: 2n }, both)).toEqual([
      { debit, credit: { accountNumber: '63' }, amountMinor: 7n, ...cny },
      { debit, credit: { unitId: 'outlet', glCode: '6021' }, amountMinor: 2n, ...cny },
    ]);
    expect(transfersOf(pay, payment, both)).toHaveLength(1);
  });

  test('a reversal of all that was posted', () => {
    const [posting] = outcome(reverse, { postingId: 'p', reason: 'r' }, { event }).postings;
    expect(posting?.transfers).toMatchObject([
      { debit: { accountNumber: '63' }, amountMinor: 5n, reversesTransferId: 't1' },
    ]);
    expect(posting?.memoranda).toMatchObject([{ direction: 'out', amountMinor: 9n }]);
  });

  test('CORE-11 an account is opened at the unit of whoever acts', () => {
    const facts = { customer: {}, accountNumber: '010100000000017', glCode: '2011' };
    const { values, records } = outcome(openAccount, opening, facts);
    expect(values).toEqual({ accountNumber: '010100000000017' });
    expect(records).toMatchObject([
      { kind: 'account_opening', values: { unitId: 'outlet', currency: 'CNY', glCode: '2011' } },
    ]);
  });

  test('holds and restrictions are records', () => {
    const held = outcome(placeHold, { amountMinor: 100n, purpose: 'margin' }, { account });
    expect(held.records).toMatchObject([{ kind: 'hold_placing', values: { amountMinor: 100n } }]);
    const noLimit = { account: { ...account, availableMinor: null } };
    expect(outcome(placeHold, { amountMinor: 101n, purpose: 'p' }, noLimit).records).toHaveLength(
      1,
    );
    const values = { ...restricting, documentNumber: '(2026)1号' };
    expect(outcome(placeRestriction, values, { account }).records).toMatchObject([
      { kind: 'restriction_placing', values: { documentNumber: '(2026)1号' } },
    ]);
  });

  test('every operation has one name', () => {
    const names = depositOperations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

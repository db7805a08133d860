import { expect, test } from 'vitest';
import type { Facts } from '../../ledger/service-operation.ts';
import { checkClosing, closeContract, lapseContract } from './closing.ts';
import { beginInspection } from './inspect.ts';
import { repay } from './repay.ts';
import { contract, input, outcome } from './testing.ts';

const note = {
  noteNumber: 'JJ-1',
  customerNumber: 'C1',
  depositAccountNumber: 'D1',
  unitId: 'u',
  outstandingMinor: 300n,
};
/** All drawn, all of it on this one note. */
const last = { ...contract, drawnMinor: 300n, outstandingMinor: 300n, undrawnMinor: 0n };
test.each([
  // paid, contract, note settled, loan settled, transfers
  [{ principalMinor: 300n, interestMinor: 9n }, last, true, true, 2],
  [{ principalMinor: 300n }, { ...last, outstandingMinor: 301n }, true, false, 1],
  [{ principalMinor: 300n }, { ...last, undrawnMinor: 1n }, true, false, 1],
  [
    { principalMinor: 300n },
    { ...last, undrawnMinor: 1n, availableTo: '2026-11-19' },
    true,
    true,
    1,
  ],
  [{ principalMinor: 300n }, { ...last, revolving: true }, true, false, 1],
  [{ principalMinor: 0n, interestMinor: 9n }, last, false, false, 1],
  [{ principalMinor: 299n }, last, false, false, 1],
] as const)('repay %o of %o', (values, given, noteSettled, loanSettled, transfers) => {
  const result = repay.decide(input(values), { note, contract: given, interestGlCode: '6011' });
  expect(result.ok && result.value.values).toMatchObject({ noteSettled, loanSettled });
  expect(result.ok && result.value.postings[0]?.transfers).toHaveLength(transfers);
  const kinds = result.ok ? result.value.records.map((record) => record.kind) : [];
  expect(kinds.includes('loan_contract_closing')).toBe(loanSettled);
});

const held = [
  { registrationNumber: 'R1', valueMinor: 520n, currency: 'CNY', caseNumber: 'DK-1' },
  { registrationNumber: 'R2', valueMinor: 80n, currency: 'CNY', caseNumber: 'DK-1' },
];
test('the last principal of the last note releases collateral and margin, nothing before', () => {
  const margin = { holdId: 'H1', accountNumber: 'D1', amountMinor: 105n };
  const given = { note, contract: last, interestGlCode: '6011', collateral: held, margin };
  const all = { ...given, collateralGlCode: '7101' };
  const result = repay.decide(input({ principalMinor: 300n }), all);
  const out = { direction: 'out', account: { unitId: 'sub-branch', glCode: '7101' } };
  expect(result.ok && result.value.postings[1]).toMatchObject({
    narrative: 'collateral_released',
    transfers: [],
    memoranda: [
      { ...out, subject: 'DK-1', amountMinor: 520n },
      { ...out, subject: 'DK-1', amountMinor: 80n },
    ],
  });
  expect(result.ok && result.value.records.slice(1)).toEqual([
    {
      kind: 'loan_contract_closing',
      values: { contractNumber: 'HT-1', reason: 'settled', undrawnMinor: 0n },
    },
    { kind: 'hold_ending', values: { holdId: 'H1', accountNumber: 'D1' } },
  ]);
  const before = repay.decide(input({ principalMinor: 299n }), all);
  expect(before.ok && before.value.postings).toHaveLength(1);
  expect(outcome(repay, { principalMinor: 300n }, given)).toBe('parameter_missing');
});

const paid = { ...contract, drawnMinor: 200n, undrawnMinor: 100n };
test.each([
  ['contract_missing', null, {}],
  ['contract_of_other', { ...paid, customerNumber: 'C2' }, {}],
  ['contract_closed', { ...paid, closedOn: '2026-11-19' }, {}],
  ['contract_not_paid', { ...paid, outstandingMinor: 1n }, {}],
  ['undrawn_not_given_up', paid, {}],
  ['given_up', paid, { undrawnGivenUp: true }],
  ['expired', { ...paid, availableTo: '2026-11-19' }, {}],
  ['settled', { ...paid, undrawnMinor: 0n }, {}],
] as const)('closing a contract: %s', (end, given, values) => {
  const about = { contract: given, collateral: held, collateralGlCode: '7101' };
  const result = closeContract.decide(input({ customerNumber: 'C1', ...values }), about);
  expect(result.ok ? result.value.values.closingReason : result.code).toBe(end);
  expect(result.ok ? result.value.postings[0]?.memoranda : [1, 2]).toHaveLength(2);
  const checked = checkClosing.decide(input({ customerNumber: 'C1' }), about);
  const asks = end === 'undrawn_not_given_up' || end === 'given_up';
  expect(checked.ok ? checked.value.values.borrowerDecides : asks).toBe(asks);
});

test('an approval that lapses closes the contract that was never drawn on', () => {
  const result = lapseContract.decide(input({}), { contract, collateral: [] });
  expect(result.ok && result.value.records).toHaveLength(1);
  const unsigned = lapseContract.decide(input({}), { contract: null });
  expect(unsigned.ok && unsigned.value.records).toHaveLength(0);
});

const due = { noteNumber: 'JJ-1', inspectionDueDate: '2026-12-05' };
test.each([
  ['loan_note_missing', { note: null }],
  ['loan_settled_already', { note: { ...note, outstandingMinor: 0n } }],
  ['inspection_begun_already', { note, begun: [{ dueDate: '2026-12-05', status: 'completed' }] }],
  ['inspection_begun_already', { note, begun: [{ dueDate: '2026-12-01', status: 'active' }] }],
  ['ok', { note, begun: [{ dueDate: '2026-12-01', status: 'completed' }] }],
] as const)('an inspection of a note: %s', (code, given) => {
  expect(outcome(beginInspection, due, given as Facts)).toBe(code);
});

test.each([
  ['loan_note_missing', {}, {}],
  ['loan_settled_already', { interestMinor: 9n }, { note: { ...note, outstandingMinor: 0n } }],
  ['amount_not_positive', { principalMinor: 0n }, { note }],
  ['exceeds_outstanding', { principalMinor: 301n }, { note }],
  ['parameter_missing', { principalMinor: 1n }, { note }],
] as const)('repay: %s', (code, values, given) => {
  expect(outcome(repay, values, given)).toBe(code);
});

import { expect, test } from 'vitest';
import { standardChart } from './chart-of-accounts.ts';
import {
  INTER_BRANCH_GL_CODE,
  interBranchAccountsNeeded,
  interBranchText,
  routePostings,
  type WantedPostings,
} from './inter-branch.ts';
import { proveTrialBalance, type TrialBalanceRow } from './trial-balance.ts';

const note = { accountId: 'note', bookId: '0101' };
const deposit = { accountId: 'deposit', bookId: '0101' };
const payee = { accountId: 'payee', bookId: '0202' };
const vault = { accountId: 'vault', bookId: '0909' };
const amount = { amountMinor: 500n, currency: 'CNY' };

const disbursement: WantedPostings = {
  transfers: [
    { debit: note, credit: deposit, ...amount },
    { debit: deposit, credit: payee, ...amount, holdId: 'h' },
  ],
  memoranda: [{ account: vault, direction: 'in', amountMinor: 1n, subject: '权证1' }],
};

test('a transfer between books becomes one in each, through their inter-branch accounts', () => {
  expect(interBranchAccountsNeeded(disbursement)).toEqual([
    { bookId: '0101', counterBookId: '0202', currency: 'CNY' },
    { bookId: '0202', counterBookId: '0101', currency: 'CNY' },
  ]);
  expect(routePostings(disbursement, interBranchText)).toEqual([
    {
      bookId: '0101',
      transfers: [
        { debitAccountId: 'note', creditAccountId: 'deposit', ...amount },
        { debitAccountId: 'deposit', creditAccountId: '0101 0202 CNY', ...amount, holdId: 'h' },
      ],
      memoranda: [],
    },
    {
      bookId: '0202',
      transfers: [{ debitAccountId: '0202 0101 CNY', creditAccountId: 'payee', ...amount }],
      memoranda: [],
    },
    {
      bookId: '0909',
      transfers: [],
      memoranda: [{ accountId: 'vault', direction: 'in', amountMinor: 1n, subject: '权证1' }],
    },
  ]);
});

test('inside one book nothing passes between books', () => {
  const inside = { transfers: disbursement.transfers.slice(0, 1), memoranda: [] };
  expect(interBranchAccountsNeeded(inside)).toEqual([]);
  expect(routePostings(inside, () => 'none')).toHaveLength(1);
});

const row = (bookId: string, glCode: string, closingMinor: bigint): TrialBalanceRow => ({
  bookId,
  currency: 'CNY',
  glCode,
  openingMinor: 0n,
  debitMinor: 0n,
  creditMinor: 0n,
  closingMinor,
});

test.each([
  [
    'whole',
    [
      row('A', '1303', 5n),
      row('A', INTER_BRANCH_GL_CODE, -5n),
      row('B', INTER_BRANCH_GL_CODE, 5n),
      row('B', '2011', -5n),
    ],
    true,
  ],
  ['one book short', [row('A', '1303', 5n), row('A', '2011', -4n)], false],
  [
    'books balance, the two sides between them do not',
    [row('A', '1303', 5n), row('A', INTER_BRANCH_GL_CODE, -5n)],
    false,
  ],
  ['nothing', [], true],
])('trial balance: %s', (_what, rows, balanced) => {
  expect(proveTrialBalance('2026-11-21', rows).balanced).toBe(balanced);
});

test('a trial balance sums each book by the side of its balances', () => {
  const proof = proveTrialBalance('2026-11-21', [row('A', '1303', 5n), row('A', '2011', -3n)]);
  expect(proof.totals).toEqual([
    { bookId: 'A', currency: 'CNY', debitMinor: 5n, creditMinor: 3n, differenceMinor: 2n },
  ]);
});

test('each code of the standard chart stands once and has both names', () => {
  const codes = standardChart.map(({ glCode }) => glCode);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toContain(INTER_BRANCH_GL_CODE);
  expect(standardChart.filter(({ name, nameEn }) => name === '' || nameEn === '')).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { derivedUuid, uuidV7 } from '../base/uuid.ts';
import { isRefusalCode } from '../contract/refusals/index.ts';
import {
  type Account,
  type AccountStatus,
  availableMinor,
  jointEffect,
  type RestrictionEffect,
} from './account.ts';
import { decidePostings, type LedgerFacts } from './decide.ts';
import {
  eventContent,
  type LedgerTransfer,
  type PostingEvent,
  postingIdOf,
  TRANSFERS_PER_POSTING_MAX,
  transferIdOf,
} from './posting.ts';
import { postingRefusals } from './refusals.ts';
import { reversalOf } from './reversal.ts';
import type { Hold } from './rows.ts';

const now = Date.UTC(2026, 10, 21, 2);
const day = 86_400_000;
const keyAt = (at: number, n = 0) => derivedUuid(uuidV7(at, new Uint8Array(10)), n);
const key = keyAt(now);

const deposit: Account = {
  accountId: 'payer',
  accountNumber: '0101-1',
  bookId: 'A',
  glCode: '2011',
  currency: 'CNY',
  normalSide: 'credit',
  kind: 'customer',
  counterBookId: null,
  openingUnitCode: '0101',
  customerNumber: 'C1',
  status: 'open',
  restrictionEffect: 'none',
  overdraftLimitMinor: 0n,
  heldMinor: 0n,
  balanceMinor: 1_000n,
  entryCount: 3n,
  balanceDate: '2026-11-20',
};
const accounts = (changes: Record<string, Partial<Account>> = {}): ReadonlyMap<string, Account> => {
  const all: Account[] = [
    deposit,
    { ...deposit, accountId: 'payee', accountNumber: '0101-2', balanceMinor: 0n },
    { ...deposit, accountId: 'cash', glCode: '1001', normalSide: 'debit', balanceMinor: 500n },
    { ...deposit, accountId: 'far', bookId: 'B' },
    { ...deposit, accountId: 'dollars', currency: 'USD' },
    { ...deposit, accountId: 'vault', kind: 'off_balance', normalSide: 'debit', balanceMinor: 7n },
    {
      ...deposit,
      accountId: 'A>B',
      kind: 'inter_branch',
      counterBookId: 'B',
      normalSide: 'debit',
      overdraftLimitMinor: null,
    },
    {
      ...deposit,
      accountId: 'B>A',
      bookId: 'B',
      kind: 'inter_branch',
      counterBookId: 'A',
      normalSide: 'debit',
      overdraftLimitMinor: null,
    },
  ];
  return new Map(
    all.map((account) => [account.accountId, { ...account, ...changes[account.accountId] }]),
  );
};
const hold: Hold = {
  holdId: 'hold',
  accountId: 'payer',
  amountMinor: 300n,
  remainingMinor: 300n,
  status: 'active',
  expiresAt: now + 1,
  pending: null,
};
const pending: Hold = {
  ...{ ...hold, holdId: 'pending' },
  pending: { debitAccountId: 'payer', creditAccountId: 'payee' },
};
const facts = (changes: Partial<LedgerFacts> = {}): LedgerFacts => ({
  now,
  keyWindow: { keptMs: 400 * day, aheadMs: 60_000 },
  openDates: ['2026-11-21'],
  accounts: accounts(),
  known: new Map(),
  holds: new Map([
    ['hold', hold],
    ['pending', pending],
  ]),
  valueDates: { backDaysMax: 10, aheadDaysMax: 2 },
  reversible: new Map([
    [
      'earlier',
      {
        transferId: 'earlier',
        debitAccountId: 'payee',
        creditAccountId: 'payer',
        amountMinor: 100n,
        currency: 'CNY',
        reversed: false,
      },
    ],
  ]),
  ...changes,
});
const pay: LedgerTransfer = {
  debitAccountId: 'payer',
  creditAccountId: 'payee',
  amountMinor: 100n,
  currency: 'CNY',
};
const context = {
  businessReference: 'R1',
  transactionCode: 'transfer',
  narrative: 'transfer',
  operatingUnitCode: '0101',
  makerLogin: 'teller1',
  authoriserLogin: null,
  processInstanceId: null,
  activity: null,
  taskId: null,
};
const event = (changes: Partial<PostingEvent> = {}): PostingEvent => ({
  eventId: key,
  accountingDate: '2026-11-21',
  context,
  postings: [{ bookId: 'A', transfers: [pay] }],
  ...changes,
});
const moving = (change: Partial<LedgerTransfer>, bookId = 'A') =>
  event({ postings: [{ bookId, transfers: [{ ...pay, ...change }] }] });
const recording = (accountId: string, direction: 'in' | 'out', amountMinor: bigint) =>
  event({
    postings: [
      {
        bookId: 'A',
        transfers: [],
        memoranda: [{ accountId, direction, amountMinor, subject: '权证1' }],
      },
    ],
  });
const hashed = (wanted: PostingEvent) => ({ event: wanted, contentHash: eventContent(wanted) });
const outcome = (wanted: PostingEvent, given = facts()): string => {
  const [verdict] = decidePostings(given, [hashed(wanted)]).verdicts;
  return verdict?.outcome === 'refused' ? verdict.refusal.code : (verdict?.outcome ?? 'none');
};
const withPayer = (change: Partial<Account>) => facts({ accounts: accounts({ payer: change }) });
const withPayee = (change: Partial<Account>) => facts({ accounts: accounts({ payee: change }) });
const known = (contentHash: string, makerLogin = 'teller1') =>
  facts({ known: new Map([[postingIdOf(key, 0), { contentHash, makerLogin }]]) });
const many = (count: number) =>
  event({
    postings: [
      {
        bookId: 'A',
        transfers: Array.from({ length: count }, () => ({ ...pay, amountMinor: 1n })),
      },
    ],
  });

/** A row for each refusal, in their order; where it can, the event is also wrong by a later one. */
const table: [string, PostingEvent, LedgerFacts?][] = [
  ['posting_key_not_valid', { ...event(), eventId: 'nonsense', postings: [] }],
  ['posting_key_used', event({ postings: [] }), known('other')],
  ['posting_key_used', event(), known(eventContent(event()), 'teller2')],
  ['posting_key_too_old', event({ eventId: keyAt(now - 400 * day - 1), postings: [] })],
  ['posting_key_from_future', event({ eventId: keyAt(now + 60_001), postings: [] })],
  ['posting_empty', event({ postings: [], accountingDate: '2026-11-20' })],
  ['posting_empty', event({ postings: [{ bookId: 'A', transfers: [] }] })],
  ['posting_too_large', { ...many(TRANSFERS_PER_POSTING_MAX + 1), accountingDate: '2026-11-20' }],
  ['accounting_date_not_open', { ...moving({ amountMinor: 0n }), accountingDate: '2026-11-20' }],
  ['amount_not_positive', moving({ amountMinor: 0n, creditAccountId: 'payer' })],
  ['amount_not_positive', moving({ amountMinor: -1n })],
  ['amount_above_maximum', moving({ amountMinor: 10n ** 18n, creditAccountId: 'payer' })],
  [
    'value_date_too_early',
    moving({ valueDate: '2026-11-10', debitAccountId: 'nobody', creditAccountId: 'nobody' }),
  ],
  ['value_date_too_late', moving({ valueDate: '2026-11-24', debitAccountId: 'payee' })],
  ['accounts_identical', moving({ debitAccountId: 'nobody', creditAccountId: 'nobody' })],
  ['account_unknown', moving({ creditAccountId: 'nobody', currency: 'USD' })],
  ['account_in_other_book', moving({ creditAccountId: 'far', currency: 'USD' })],
  [
    'account_currency_differs',
    moving({ creditAccountId: 'dollars' }),
    withPayer({ status: 'closed' }),
  ],
  ['account_currency_differs', moving({ currency: 'USD' })],
  ['account_off_balance', moving({ creditAccountId: 'vault' }), withPayer({ status: 'closed' })],
  [
    'account_not_yet_active',
    event(),
    withPayer({ status: 'pending', restrictionEffect: 'all_blocked' }),
  ],
  ['account_closed', event(), withPayer({ status: 'closed', restrictionEffect: 'all_blocked' })],
  ['account_closed', event(), withPayee({ status: 'closed' })],
  ['account_dormant', event(), withPayer({ status: 'dormant', restrictionEffect: 'all_blocked' })],
  [
    'account_debits_blocked',
    moving({ reversesTransferId: 'x' }),
    withPayer({ restrictionEffect: 'debits_blocked' }),
  ],
  [
    'account_credits_blocked',
    moving({ reversesTransferId: 'x' }),
    withPayee({ restrictionEffect: 'credits_blocked' }),
  ],
  ['reversed_transfer_unknown', moving({ reversesTransferId: 'x', holdId: 'x' })],
  ['reversal_not_mirror', moving({ reversesTransferId: 'earlier', amountMinor: 99n, holdId: 'x' })],
  [
    'transfer_already_reversed',
    moving({ reversesTransferId: 'earlier', holdId: 'x' }),
    facts({
      reversible: new Map(
        [...facts().reversible].map(([id, transfer]) => [id, { ...transfer, reversed: true }]),
      ),
    }),
  ],
  ['hold_unknown', moving({ holdId: 'x', amountMinor: 5_000n })],
  [
    'hold_on_other_account',
    moving({ holdId: 'hold', debitAccountId: 'payee', creditAccountId: 'payer' }),
  ],
  [
    'pending_accounts_differ',
    moving({ holdId: 'pending', creditAccountId: 'cash', amountMinor: 5_000n }),
    facts({ now: now + 1 }),
  ],
  ['hold_not_active', moving({ holdId: 'hold', amountMinor: 5_000n }), facts({ now: now + 1 })],
  ['hold_exceeded', moving({ holdId: 'hold', amountMinor: 5_000n })],
  ['nothing_available', moving({ upToAvailable: true }), withPayer({ heldMinor: 1_000n })],
  ['available_exceeded', moving({ amountMinor: 1_001n })],
  ['available_exceeded', moving({ amountMinor: 701n }), withPayer({ heldMinor: 300n })],
  ['available_exceeded', moving({ creditAccountId: 'cash', amountMinor: 501n })],
  ['balance_above_maximum', event(), withPayee({ balanceMinor: 10n ** 18n - 100n })],
  ['account_not_off_balance', recording('payer', 'out', 5_000n)],
  ['memorandum_exceeds_balance', recording('vault', 'out', 8n)],
  ['inter_branch_not_mirrored', moving({ creditAccountId: 'A>B' })],
];

describe('refusals, in the one order in which they are looked for', () => {
  test.each(table)('%s', (code, wanted, given) => {
    expect(outcome(wanted, given)).toBe(code);
  });

  test('each has a row, and the rows stand in the order of the list', () => {
    const rows = [...new Set(table.map(([code]) => code))];
    expect(rows).toEqual([...postingRefusals]);
  });

  test('each has a text in both languages', () => {
    expect(postingRefusals.filter((code) => !isRefusalCode(code))).toEqual([]);
  });

  test('a maker who is the authoriser is a fault of the program, not a refusal', () => {
    const wrong = event({ context: { ...context, authoriserLogin: 'teller1' } });
    expect(() => outcome(wrong)).toThrow('the maker of a posting is not its authoriser');
  });
});

describe('what is posted', () => {
  const rows: [string, PostingEvent, LedgerFacts?][] = [
    ['all of the balance', moving({ amountMinor: 1_000n })],
    ['all that is not held', moving({ amountMinor: 700n }), withPayer({ heldMinor: 300n })],
    [
      'to the overdraft limit',
      moving({ amountMinor: 1_500n }),
      withPayer({ overdraftLimitMinor: 500n }),
    ],
    ['without limit', moving({ amountMinor: 9_000n }), withPayer({ overdraftLimitMinor: null })],
    ['to a dormant account', event(), withPayee({ status: 'dormant' })],
    [
      'from an account that takes no receipts',
      event(),
      withPayer({ restrictionEffect: 'credits_blocked' }),
    ],
    ['a deposit of cash', moving({ debitAccountId: 'cash' })],
    ['a reversal', moving({ reversesTransferId: 'earlier' })],
    ['the earliest value date', moving({ valueDate: '2026-11-11' })],
    ['the latest value date', moving({ valueDate: '2026-11-23' })],
    ['a pending transfer in part', moving({ holdId: 'pending' }), withPayer({ heldMinor: 300n })],
    ['the oldest key', event({ eventId: keyAt(now - 400 * day) })],
    ['the newest key', event({ eventId: keyAt(now + 60_000) })],
    ['the largest posting', many(TRANSFERS_PER_POSTING_MAX)],
    [
      'the day being closed',
      event({ accountingDate: '2026-11-20' }),
      facts({ openDates: ['2026-11-21', '2026-11-20'] }),
    ],
    ['the largest balance', event(), withPayee({ balanceMinor: 10n ** 18n - 101n })],
    ['a certificate taken in', recording('vault', 'in', 1n)],
    ['a certificate given out', recording('vault', 'out', 7n)],
  ];
  test.each(rows)('%s', (_what, wanted, given) => {
    expect(outcome(wanted, given)).toBe('posted');
  });

  test('entries, balances and numbers follow one another', () => {
    const two = event({
      postings: [{ bookId: 'A', transfers: [pay, { ...pay, amountMinor: 50n, holdId: 'hold' }] }],
    });
    const decided = decidePostings(withPayer({ heldMinor: 300n }), [hashed(two)]);
    expect(
      decided.rows.transfers.map((row) => [
        row.debitEntryNumber,
        row.debitBalanceMinor,
        row.creditEntryNumber,
        row.creditBalanceMinor,
      ]),
    ).toEqual([
      [4n, 900n, 4n, 100n],
      [5n, 850n, 5n, 150n],
    ]);
    expect(decided.rows.transfers[1]?.transferId).toBe(transferIdOf(postingIdOf(key, 0), 1));
    expect(decided.accounts.get('payer')).toMatchObject({
      balanceMinor: 850n,
      heldMinor: 250n,
      entryCount: 5n,
      balanceDate: '2026-11-21',
    });
    expect(decided.holds.get('hold')).toMatchObject({ remainingMinor: 250n, status: 'active' });
  });

  test('a hold taken whole is used', () => {
    const decided = decidePostings(withPayer({ heldMinor: 300n }), [
      hashed(moving({ amountMinor: 300n, holdId: 'hold' })),
    ]);
    expect(decided.holds.get('hold')).toMatchObject({ remainingMinor: 0n, status: 'used' });
  });

  test('a pending transfer is posted once: what is left of it is released', () => {
    const decided = decidePostings(withPayer({ heldMinor: 300n }), [
      hashed(moving({ amountMinor: 120n, holdId: 'pending' })),
      hashed({ ...moving({ amountMinor: 1n, holdId: 'pending' }), eventId: keyAt(now, 1) }),
    ]);
    expect(decided.holds.get('pending')).toMatchObject({ remainingMinor: 0n, status: 'used' });
    expect(decided.accounts.get('payer')).toMatchObject({ balanceMinor: 880n, heldMinor: 0n });
    expect(decided.verdicts[1]).toMatchObject({ refusal: { code: 'hold_not_active' } });
  });

  const upTo: [string, Partial<LedgerTransfer>, Partial<Account>, bigint][] = [
    ['all that is asked for', { amountMinor: 400n }, {}, 400n],
    ['no more than there is', { amountMinor: 4_000n }, {}, 1_000n],
    ['no more than is free', { amountMinor: 4_000n }, { heldMinor: 999n }, 1n],
    ['and the overdraft', { amountMinor: 4_000n }, { overdraftLimitMinor: 50n }, 1_050n],
    ['without a limit all', { amountMinor: 4_000n }, { overdraftLimitMinor: null }, 4_000n],
    ['of cash that is paid out', { amountMinor: 4_000n, creditAccountId: 'cash' }, {}, 500n],
  ];
  test.each(upTo)('whatever is available: %s', (_what, change, payer, posted) => {
    const wanted = moving({ ...change, upToAvailable: true });
    const decided = decidePostings(withPayer(payer), [hashed(wanted)]);
    expect(decided.rows.transfers.map(({ amountMinor }) => amountMinor)).toEqual([posted]);
  });

  test('a chain is all or nothing, and the next event sees nothing of a refused one', () => {
    const chain = event({
      postings: [
        {
          bookId: 'A',
          transfers: [
            { ...pay, amountMinor: 900n },
            { ...pay, amountMinor: 200n },
          ],
        },
      ],
    });
    const next = { ...moving({ amountMinor: 1_000n }), eventId: keyAt(now, 1) };
    const decided = decidePostings(facts(), [hashed(chain), hashed(next)]);
    expect(decided.verdicts.map((verdict) => verdict.outcome)).toEqual(['refused', 'posted']);
    expect(decided.rows.transfers).toHaveLength(1);
    expect(decided.accounts.get('payer')?.balanceMinor).toBe(0n);
  });

  test('the same event twice in one batch is posted once; other content is refused', () => {
    const decided = decidePostings(facts(), [
      hashed(event()),
      hashed(event()),
      hashed(moving({ amountMinor: 1n })),
    ]);
    expect(decided.verdicts.map((verdict) => verdict.outcome)).toEqual([
      'posted',
      'repeated',
      'refused',
    ]);
    expect(decided.rows.transfers).toHaveLength(1);
  });

  test('a known event is repeated, even on a later accounting date and with an old key', () => {
    const later = event({ accountingDate: '2028-01-01' });
    expect(outcome(later, { ...known(eventContent(event())), now: now + 500 * day })).toBe(
      'repeated',
    );
  });

  test('a transfer is reversed once in a batch', () => {
    const first = moving({ reversesTransferId: 'earlier' });
    const decided = decidePostings(facts(), [
      hashed(first),
      hashed({ ...first, eventId: keyAt(now, 1) }),
    ]);
    expect(decided.verdicts[1]).toMatchObject({ refusal: { code: 'transfer_already_reversed' } });
  });

  test('a reversal takes every transfer and memorandum back, last first', () => {
    const transfers = ['t1', 't2'].map((transferId) => ({
      ...{ transferId, debitAccountNumber: 'payer', creditAccountNumber: 'payee' },
      ...{ amountMinor: 100n, currency: 'CNY' },
    }));
    const memorandum = { accountNumber: 'vault', amountMinor: 1n, currency: 'CNY' } as const;
    const event = { transfers, memoranda: [{ ...memorandum, direction: 'in' as const }] };
    expect(reversalOf(event)).toEqual({
      transfers: ['t2', 't1'].map((reversesTransferId) => ({
        ...{ debit: { accountNumber: 'payee' }, credit: { accountNumber: 'payer' } },
        ...{ amountMinor: 100n, currency: 'CNY', reversesTransferId },
      })),
      memoranda: [
        {
          ...{ account: { accountNumber: 'vault' }, direction: 'out' },
          ...{ amountMinor: 1n, currency: 'CNY' },
        },
      ],
    });
  });
});

describe('what may leave an account', () => {
  const rows: [AccountStatus, RestrictionEffect, bigint, bigint | null, bigint | null][] = [
    // status   effect             held    limit   available
    ['open', 'none', 0n, 0n, 1_000n],
    ['open', 'none', 300n, 0n, 700n],
    ['open', 'none', 300n, 50n, 750n],
    ['open', 'none', 1_300n, 0n, 0n],
    ['open', 'none', 0n, null, null],
    ['open', 'credits_blocked', 0n, 0n, 1_000n],
    ['open', 'debits_blocked', 0n, 0n, 0n],
    ['open', 'all_blocked', 0n, null, 0n],
    ['pending', 'none', 0n, 0n, 0n],
    ['dormant', 'none', 0n, 0n, 0n],
    ['closed', 'none', 0n, 0n, 0n],
  ];
  test.each(rows)(
    '%s, %s, held %s, limit %s: %s',
    (status, restrictionEffect, heldMinor, overdraftLimitMinor, available) => {
      expect(
        availableMinor({ ...deposit, status, restrictionEffect, heldMinor, overdraftLimitMinor }),
      ).toBe(available);
    },
  );

  const effects: [RestrictionEffect[], RestrictionEffect][] = [
    [[], 'none'],
    [['debits_blocked', 'debits_blocked'], 'debits_blocked'],
    [['debits_blocked', 'credits_blocked'], 'all_blocked'],
    [['none', 'credits_blocked'], 'credits_blocked'],
    [['all_blocked', 'none'], 'all_blocked'],
  ];
  test.each(effects)('restrictions %j together: %s', (given, joint) => {
    expect(jointEffect(given)).toBe(joint);
  });
});

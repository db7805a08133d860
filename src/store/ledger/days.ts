import type { LedgerDecision } from '../../ledger/decide.ts';
import type { LockedAccount } from './locked.ts';

/** The newest day of an account after a batch: goes into account_balance. */
export type NewestDay = {
  readonly balanceDate: string;
  readonly dayDebitMinor: bigint;
  readonly dayCreditMinor: bigint;
};

/** A day that is over for an account because a later one has begun: goes into account_day. */
export type FinishedDay = {
  readonly accountId: string;
  readonly accountingDate: string;
  readonly closingMinor: bigint;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
};

/** What a posting dated before an account's newest day adds to that day and those after it. */
export type LateDay = Omit<FinishedDay, 'closingMinor'> & { readonly changeMinor: bigint };

export type Days = {
  readonly newest: ReadonlyMap<string, NewestDay>;
  readonly finished: readonly FinishedDay[];
  readonly late: readonly LateDay[];
};

type Movement = { changeMinor: bigint; debitMinor: bigint; creditMinor: bigint };

/** Parts what a batch did to each account by accounting date. `before`: the accounts as locked. */
export function daysOf(decision: LedgerDecision, before: ReadonlyMap<string, LockedAccount>): Days {
  const newest = new Map<string, NewestDay>();
  const finished: FinishedDay[] = [];
  const late: LateDay[] = [];
  for (const [accountId, dates] of movementsOf(decision, before)) {
    const account = before.get(accountId);
    if (account === undefined) continue;
    let date = account.balanceDate;
    let balanceMinor = account.balanceMinor;
    let debitMinor = account.dayDebitMinor;
    let creditMinor = account.dayCreditMinor;
    for (const [accountingDate, movement] of [...dates].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (date !== null && accountingDate < date) {
        late.push({ accountId, accountingDate, ...movement });
      } else if (accountingDate === date) {
        debitMinor += movement.debitMinor;
        creditMinor += movement.creditMinor;
      } else {
        if (date !== null) {
          const closingMinor = balanceMinor;
          finished.push({ accountId, accountingDate: date, closingMinor, debitMinor, creditMinor });
        }
        date = accountingDate;
        debitMinor = movement.debitMinor;
        creditMinor = movement.creditMinor;
      }
      balanceMinor += movement.changeMinor;
    }
    if (date === null) continue;
    newest.set(accountId, {
      balanceDate: date,
      dayDebitMinor: debitMinor,
      dayCreditMinor: creditMinor,
    });
  }
  return { newest, finished, late };
}

function movementsOf(
  { rows }: LedgerDecision,
  before: ReadonlyMap<string, LockedAccount>,
): ReadonlyMap<string, Map<string, Movement>> {
  const accounts = new Map<string, Map<string, Movement>>();
  const add = (accountId: string, date: string, side: 'debit' | 'credit', amountMinor: bigint) => {
    const dates = accounts.get(accountId) ?? new Map<string, Movement>();
    accounts.set(accountId, dates);
    const movement = dates.get(date) ?? { changeMinor: 0n, debitMinor: 0n, creditMinor: 0n };
    dates.set(date, movement);
    const rises = before.get(accountId)?.normalSide === side;
    movement.changeMinor += rises ? amountMinor : -amountMinor;
    if (side === 'debit') movement.debitMinor += amountMinor;
    else movement.creditMinor += amountMinor;
  };
  for (const row of rows.transfers) {
    add(row.debitAccountId, row.accountingDate, 'debit', row.amountMinor);
    add(row.creditAccountId, row.accountingDate, 'credit', row.amountMinor);
  }
  for (const row of rows.memoranda) {
    const rising = before.get(row.accountId)?.normalSide ?? 'debit';
    const falling = rising === 'debit' ? 'credit' : 'debit';
    add(
      row.accountId,
      row.accountingDate,
      row.direction === 'in' ? rising : falling,
      row.amountMinor,
    );
  }
  return accounts;
}

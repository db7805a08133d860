import { type BookPosting, transferIdOf } from '../../ledger/posting.ts';

/** Accounts of one book and currency: a plain transfer moves money inside one group. */
type Group = { readonly bookId: string; readonly currency: string };

/**
 * An account of a batch. Changes are what it was credited less what it was debited, in minor units,
 * since its normal side is not known before its row is locked. creditLowMinor, debitLowMinor: the
 * lowest its balance comes beside the opening one by an entry that lowers it, when its normal side
 * is credit, or debit.
 */
type Tally = {
  readonly accountId: string;
  /** Counted from 1, in the order of the accounts' ids. */
  place: number;
  readonly group: number;
  changeMinor: bigint;
  turnoverMinor: bigint;
  entryCount: number;
  creditLowMinor: bigint;
  debitLowMinor: bigint;
};

/** A transfer with what its two entries bring its accounts to, beside where they were. */
type Line = {
  readonly transferId: string;
  /** The posting it belongs to, and the entry of its account that it is, both counted from 1. */
  readonly of: number;
  readonly amountMinor: bigint;
  readonly debit: Tally;
  readonly debitNth: number;
  readonly debitChangeMinor: bigint;
  readonly credit: Tally;
  readonly creditNth: number;
  readonly creditChangeMinor: bigint;
  readonly narrative: string | null;
};

/** A batch of plain transfers added up, before anything is known of the accounts' balances. */
export type Sums = {
  readonly groups: readonly Group[];
  readonly postingGroups: readonly number[];
  readonly tallies: readonly Tally[];
  readonly lines: readonly Line[];
};

/** The most that one batch may debit and credit one account, so that no sum leaves 64 bits. */
const turnoverMinorMax = 400_000_000_000_000_000n;

/**
 * Adds postings up, one transfer after the other. Null when an account stands in two groups, on
 * both sides of a transfer, or turns over too much.
 */
export function addUp(
  postings: readonly { readonly posting: BookPosting; readonly postingId: string }[],
): Sums | null {
  const groups = new Map<string, Group & { readonly number: number }>();
  const tallies = new Map<string, Tally>();
  const postingGroups: number[] = [];
  const lines: Line[] = [];
  const groupOf = (bookId: string, currency: string): number => {
    const key = `${bookId} ${currency}`;
    const known = groups.get(key);
    if (known !== undefined) return known.number;
    groups.set(key, { bookId, currency, number: groups.size + 1 });
    return groups.size;
  };
  const tallyOf = (accountId: string, group: number): Tally => {
    const known = tallies.get(accountId);
    if (known !== undefined) return known;
    const zero = { place: 0, changeMinor: 0n, turnoverMinor: 0n, entryCount: 0 };
    const lows = { creditLowMinor: turnoverMinorMax, debitLowMinor: turnoverMinorMax };
    const tally = { accountId, group, ...zero, ...lows };
    tallies.set(accountId, tally);
    return tally;
  };
  for (const { posting, postingId } of postings) {
    for (const [nth, transfer] of posting.transfers.entries()) {
      const { amountMinor } = transfer;
      const group = groupOf(posting.bookId, transfer.currency);
      if (nth === 0) postingGroups.push(group);
      const debit = tallyOf(transfer.debitAccountId, group);
      const credit = tallyOf(transfer.creditAccountId, group);
      const inGroup = debit.group === group && credit.group === group;
      if (debit === credit || !inGroup || group !== postingGroups.at(-1)) return null;
      debit.changeMinor -= amountMinor;
      debit.turnoverMinor += amountMinor;
      debit.entryCount += 1;
      if (debit.changeMinor < debit.creditLowMinor) debit.creditLowMinor = debit.changeMinor;
      credit.changeMinor += amountMinor;
      credit.turnoverMinor += amountMinor;
      credit.entryCount += 1;
      if (-credit.changeMinor < credit.debitLowMinor) credit.debitLowMinor = -credit.changeMinor;
      lines.push({
        transferId: transferIdOf(postingId, nth),
        of: postingGroups.length,
        amountMinor,
        debit,
        debitNth: debit.entryCount,
        debitChangeMinor: debit.changeMinor,
        credit,
        creditNth: credit.entryCount,
        creditChangeMinor: credit.changeMinor,
        narrative: transfer.narrative ?? null,
      });
    }
  }
  for (const { turnoverMinor } of tallies.values()) {
    if (turnoverMinor > turnoverMinorMax) return null;
  }
  const sorted = [...tallies.values()].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  for (const [index, tally] of sorted.entries()) tally.place = index + 1;
  return { groups: [...groups.values()], postingGroups, tallies: sorted, lines };
}

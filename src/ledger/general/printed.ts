import type { Side } from '../account.ts';

/** An entry as a bank prints it. red: red ink, an amount below zero on the side it takes back. */
export type PrintedEntry = {
  readonly side: Side;
  readonly amountMinor: bigint;
  readonly red: boolean;
};

/**
 * How an entry is printed. A reversal on the day of its original is printed red (红字冲正): on the
 * original's own side, below zero, so that the day's turnover shows what really moved. A later one
 * is printed blue (蓝字反向): an entry of its own on the other side, as it is posted.
 */
export function printedEntry(entry: {
  readonly side: Side;
  readonly amountMinor: bigint;
  readonly isReversal: boolean;
  readonly onTheSameDate: boolean;
}): PrintedEntry {
  const { side, amountMinor } = entry;
  if (!entry.isReversal || !entry.onTheSameDate) return { side, amountMinor, red: false };
  return { side: side === 'debit' ? 'credit' : 'debit', amountMinor: -amountMinor, red: true };
}

import type { CalendarDate } from '../base/dates.ts';
import type { Currency } from '../base/money.ts';
import type { Account } from './account.ts';
import type { PostingContext } from './posting.ts';
import type { ValueDateRule } from './value-date.ts';

/** A transfer as it is kept; its two entries are a view of it. …BalanceMinor: in normal side. */
export type TransferRow = {
  readonly transferId: string;
  readonly postingId: string;
  readonly bookId: string;
  readonly currency: Currency;
  readonly accountingDate: CalendarDate;
  readonly valueDate: CalendarDate;
  readonly amountMinor: bigint;
  readonly debitAccountId: string;
  readonly debitEntryNumber: bigint;
  readonly debitBalanceMinor: bigint;
  readonly creditAccountId: string;
  readonly creditEntryNumber: bigint;
  readonly creditBalanceMinor: bigint;
  readonly reversesTransferId: string | null;
  readonly holdId: string | null;
  readonly narrative: string | null;
};

export type MemorandumRow = {
  readonly memorandumId: string;
  readonly postingId: string;
  readonly accountId: string;
  readonly entryNumber: bigint;
  readonly direction: 'in' | 'out';
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
  readonly accountingDate: CalendarDate;
  readonly subject: string;
};

export type PostingRow = {
  readonly postingId: string;
  readonly eventId: string;
  /** Postings of the event, in all its books. */
  readonly postingCount: number;
  readonly bookId: string;
  readonly accountingDate: CalendarDate;
  readonly occurredAt: number;
  readonly context: PostingContext;
  readonly transferCount: number;
  readonly memorandumCount: number;
  readonly contentHash: string;
};

export type EventRows = {
  readonly postings: PostingRow[];
  readonly transfers: TransferRow[];
  readonly memoranda: MemorandumRow[];
};

/** Rows of nothing yet. */
export function emptyRows(): EventRows {
  return { postings: [], transfers: [], memoranda: [] };
}

export type HoldStatus = 'active' | 'used' | 'released' | 'expired';

/**
 * An amount set aside (圈存). expiresAt: ms UTC, null is never. pending: the accounts of a pending
 * transfer, which alone may use the hold, once; null for any other hold.
 */
export type Hold = {
  readonly holdId: string;
  readonly accountId: string;
  readonly amountMinor: bigint;
  readonly remainingMinor: bigint;
  readonly status: HoldStatus;
  readonly expiresAt: number | null;
  readonly pending: PendingAccounts | null;
};

export type PendingAccounts = {
  readonly debitAccountId: string;
  readonly creditAccountId: string;
};

/** A posted transfer that somebody wants to reverse. */
export type PostedTransfer = {
  readonly transferId: string;
  readonly debitAccountId: string;
  readonly creditAccountId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly reversed: boolean;
};

/**
 * The ledger while one event is decided: lookups see what the event and those before it changed;
 * the maps and rows collect what this event changes, and are thrown away when it is refused.
 */
export type Working = {
  readonly account: (accountId: string) => Account | undefined;
  readonly hold: (holdId: string) => Hold | undefined;
  readonly reversible: (transferId: string) => PostedTransfer | undefined;
  readonly isReversed: (transferId: string) => boolean;
  readonly now: number;
  readonly valueDates: ValueDateRule | null;
  readonly accounts: Map<string, Account>;
  readonly holds: Map<string, Hold>;
  readonly reversed: Set<string>;
  readonly rows: EventRows;
};

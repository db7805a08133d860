import type { CalendarDate } from '../base/dates.ts';
import type { Currency } from '../base/money.ts';
import { derivedUuid, type UuidV7 } from '../base/uuid.ts';

/**
 * One amount from one debit account to one credit account of the posting's book. Value date: the
 * accounting date if not given. reversesTransferId: the transfer this one takes back (冲正).
 * holdId: the hold on the debited account (the credited one, if its normal side is debit) that this
 * amount uses up; of a pending transfer the hold is the pending transfer itself. upToAvailable: as
 * much of amountMinor as may leave the account that it lowers (余额不足扣可用); inside one book.
 */
export type LedgerTransfer = {
  readonly debitAccountId: string;
  readonly creditAccountId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly valueDate?: CalendarDate;
  readonly reversesTransferId?: string;
  readonly holdId?: string;
  readonly narrative?: string;
  readonly upToAvailable?: true;
};

/** Single-sided record on an off-balance account (表外); subject names the thing, by its number. */
export type LedgerMemorandum = {
  readonly accountId: string;
  readonly direction: 'in' | 'out';
  readonly amountMinor: bigint;
  readonly subject: string;
};

/** The transfers of one business event in one book. */
export type BookPosting = {
  readonly bookId: string;
  readonly transfers: readonly LedgerTransfer[];
  readonly memoranda?: readonly LedgerMemorandum[];
};

/**
 * Who did it, where and why. operatingUnitCode: 操作机构; the book is the 账务机构, and each account
 * has its own 开户机构. authoriserLogin is another person than makerLogin, or null. transactionCode:
 * 交易码. businessReference: 全局流水号, one for all that belongs to the business event.
 */
export type PostingContext = {
  readonly businessReference: string;
  readonly transactionCode: string;
  readonly narrative: string;
  readonly operatingUnitCode: string;
  readonly makerLogin: string;
  readonly authoriserLogin: string | null;
  readonly processInstanceId: string | null;
  readonly activity: string | null;
  readonly taskId: string | null;
};

/**
 * All that one business event posts, in one book or in several, all or nothing. eventId is the
 * idempotency key: the client's own UUIDv7, or one derived from it. accountingDate is taken once
 * and borne by every posting and transfer.
 */
export type PostingEvent = {
  readonly eventId: UuidV7;
  readonly accountingDate: CalendarDate;
  readonly context: PostingContext;
  readonly postings: readonly BookPosting[];
};

/** The most transfers and memoranda one posting may hold. */
export const TRANSFERS_PER_POSTING_MAX = 1_000;

/** The most books one event may post in. */
export const POSTINGS_PER_EVENT_MAX = 100;

/** The id of an event's posting, counted from 0. */
export function postingIdOf(eventId: UuidV7, posting: number): UuidV7 {
  return derivedUuid(eventId, posting);
}

/** The id of a posting's transfer, counted from 0. */
export function transferIdOf(postingId: UuidV7, transfer: number): UuidV7 {
  return derivedUuid(postingId, transfer);
}

/** The id of a posting's memorandum, counted from 0. */
export function memorandumIdOf(postingId: UuidV7, memorandum: number): UuidV7 {
  return derivedUuid(postingId, TRANSFERS_PER_POSTING_MAX + memorandum);
}

/**
 * The content of an event as one text, for its hash: who, what and how much. The accounting date is
 * left out, because the system gives it: the same command sent again on the next day is the same.
 */
export function eventContent(event: PostingEvent): string {
  const { context } = event;
  const parts: (string | null)[] = [
    context.businessReference,
    context.transactionCode,
    context.operatingUnitCode,
    context.makerLogin,
    context.authoriserLogin,
    context.processInstanceId,
    context.activity,
    context.taskId,
  ];
  for (const posting of event.postings) {
    parts.push('posting', posting.bookId);
    for (const transfer of posting.transfers) parts.push(...transferContent(transfer));
    for (const memorandum of posting.memoranda ?? []) {
      parts.push('memorandum', memorandum.accountId, memorandum.direction);
      parts.push(memorandum.amountMinor.toString(), memorandum.subject);
    }
  }
  return JSON.stringify(parts);
}

function transferContent(transfer: LedgerTransfer): (string | null)[] {
  return [
    'transfer',
    transfer.debitAccountId,
    transfer.creditAccountId,
    transfer.amountMinor.toString(),
    transfer.currency,
    transfer.valueDate ?? null,
    transfer.reversesTransferId ?? null,
    transfer.holdId ?? null,
    transfer.narrative ?? null,
    ...(transfer.upToAvailable ? ['up_to_available'] : []),
  ];
}

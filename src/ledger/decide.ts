import { assert, present } from '../base/assert.ts';
import type { CalendarDate } from '../base/dates.ts';
import { ok, type Refusal, type Result, refuse } from '../base/result.ts';
import { uuidInstant } from '../base/uuid.ts';
import type { Account } from './account.ts';
import { checkInterBranch } from './inter-branch.ts';
import { postMemorandum } from './memorandum.ts';
import {
  type BookPosting,
  memorandumIdOf,
  POSTINGS_PER_EVENT_MAX,
  type PostingEvent,
  postingIdOf,
  TRANSFERS_PER_POSTING_MAX,
  transferIdOf,
} from './posting.ts';
import type { PostingRefusal } from './refusals.ts';
import { type EventRows, emptyRows, type Hold, type PostedTransfer, type Working } from './rows.ts';
import { postTransfer } from './transfer.ts';
import type { ValueDateRule } from './value-date.ts';

/**
 * What the ledger decides on. accounts, holds: read under their locks. known: the postings that
 * bear an id of these events already. reversible: the transfers these events want to reverse.
 * openDates: the accounting date, and the day before it while that is being closed. now: ms UTC.
 */
export type LedgerFacts = {
  readonly now: number;
  readonly keyWindow: KeyWindow;
  readonly openDates: readonly CalendarDate[];
  readonly accounts: ReadonlyMap<string, Account>;
  readonly known: ReadonlyMap<string, KnownPosting>;
  readonly holds: ReadonlyMap<string, Hold>;
  readonly reversible: ReadonlyMap<string, PostedTransfer>;
  /** How far a value date may lie from the accounting date; null: no bound. */
  readonly valueDates: ValueDateRule | null;
};

/** keptMs: how long a key is surely found again. aheadMs: how far a client's clock may be ahead. */
export type KeyWindow = { readonly keptMs: number; readonly aheadMs: number };

export type KnownPosting = { readonly makerLogin: string; readonly contentHash: string };

/** An event and the hash (SHA-256, hexadecimal) of its `eventContent`. */
export type HashedEvent = { readonly event: PostingEvent; readonly contentHash: string };

/** repeated: posted before, by the same maker, with the same content; the first answer holds. */
export type Verdict =
  | { readonly outcome: 'posted' }
  | { readonly outcome: 'repeated' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal<PostingRefusal> };

/** verdicts: one for each event, in their order. rows: what all posted events add, in order. */
export type LedgerDecision = {
  readonly verdicts: readonly Verdict[];
  readonly rows: EventRows;
  /** Accounts and holds that changed, as they are afterwards. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly holds: ReadonlyMap<string, Hold>;
};

/**
 * Decides events one after the other on the balances the ones before left. Each event is posted
 * whole or refused whole; a refused one changes nothing for those after it.
 */
export function decidePostings(facts: LedgerFacts, events: readonly HashedEvent[]): LedgerDecision {
  const known = new Map(facts.known);
  const reversed = new Set<string>();
  const accounts = new Map<string, Account>();
  const holds = new Map<string, Hold>();
  const rows = emptyRows();
  const verdicts = events.map((hashed): Verdict => {
    const working: Working = {
      account: (id) => working.accounts.get(id) ?? accounts.get(id) ?? facts.accounts.get(id),
      hold: (id) => working.holds.get(id) ?? holds.get(id) ?? facts.holds.get(id),
      reversible: (id) => facts.reversible.get(id),
      isReversed: (id) => working.reversed.has(id) || reversed.has(id),
      now: facts.now,
      valueDates: facts.valueDates,
      accounts: new Map(),
      holds: new Map(),
      reversed: new Set(),
      rows: emptyRows(),
    };
    const checked = checkEvent(facts, known, hashed);
    if (!checked.ok) return { outcome: 'refused', refusal: checked };
    if (checked.value === 'repeated') return { outcome: 'repeated' };
    const posted = postEvent(working, hashed);
    if (!posted.ok) return { outcome: 'refused', refusal: posted };
    for (const [id, account] of working.accounts) accounts.set(id, account);
    for (const [id, hold] of working.holds) holds.set(id, hold);
    for (const id of working.reversed) reversed.add(id);
    rows.postings.push(...working.rows.postings);
    rows.transfers.push(...working.rows.transfers);
    rows.memoranda.push(...working.rows.memoranda);
    known.set(postingIdOf(hashed.event.eventId, 0), {
      makerLogin: hashed.event.context.makerLogin,
      contentHash: hashed.contentHash,
    });
    return { outcome: 'posted' };
  });
  return { verdicts, rows, accounts, holds };
}

/** The refusals of an event as a whole, in their order; whether it was posted before. */
function checkEvent(
  facts: LedgerFacts,
  known: ReadonlyMap<string, KnownPosting>,
  { event, contentHash }: HashedEvent,
): Result<'new' | 'repeated', PostingRefusal> {
  const madeAt = uuidInstant(event.eventId);
  if (madeAt === null) return refuse('posting_key_not_valid', {});
  const { makerLogin, authoriserLogin } = event.context;
  assert(authoriserLogin !== makerLogin, 'the maker of a posting is not its authoriser');
  const before = known.get(postingIdOf(event.eventId, 0));
  if (before !== undefined) {
    const same = before.contentHash === contentHash && before.makerLogin === makerLogin;
    return same ? ok('repeated') : refuse('posting_key_used', { key: event.eventId });
  }
  if (madeAt < facts.now - facts.keyWindow.keptMs) {
    return refuse('posting_key_too_old', { key: event.eventId });
  }
  if (madeAt > facts.now + facts.keyWindow.aheadMs) {
    return refuse('posting_key_from_future', { key: event.eventId });
  }
  if (event.postings.length === 0 || event.postings.some((posting) => sizeOf(posting) === 0)) {
    return refuse('posting_empty', {});
  }
  const tooLarge =
    event.postings.length > POSTINGS_PER_EVENT_MAX ||
    event.postings.some((posting) => sizeOf(posting) > TRANSFERS_PER_POSTING_MAX);
  if (tooLarge) {
    return refuse('posting_too_large', { transfersMax: String(TRANSFERS_PER_POSTING_MAX) });
  }
  if (!facts.openDates.includes(event.accountingDate)) {
    return refuse('accounting_date_not_open', { date: event.accountingDate });
  }
  return ok('new');
}

function sizeOf(posting: BookPosting): number {
  return posting.transfers.length + (posting.memoranda?.length ?? 0);
}

/** Posts all of an event into `working`, or tells why not. */
function postEvent(
  working: Working,
  { event, contentHash }: HashedEvent,
): Result<'posted', PostingRefusal> {
  for (const [index, posting] of event.postings.entries()) {
    const postingId = postingIdOf(event.eventId, index);
    for (const [number, transfer] of posting.transfers.entries()) {
      const posted = postTransfer(working, transfer, {
        transferId: transferIdOf(postingId, number),
        postingId,
        bookId: posting.bookId,
        accountingDate: event.accountingDate,
      });
      if (!posted.ok) return posted;
    }
    for (const [number, memorandum] of (posting.memoranda ?? []).entries()) {
      const posted = postMemorandum(working, memorandum, {
        memorandumId: memorandumIdOf(postingId, number),
        postingId,
        bookId: posting.bookId,
        accountingDate: event.accountingDate,
      });
      if (!posted.ok) return posted;
    }
    working.rows.postings.push({
      postingId,
      eventId: event.eventId,
      postingCount: event.postings.length,
      bookId: posting.bookId,
      accountingDate: event.accountingDate,
      occurredAt: working.now,
      context: event.context,
      transferCount: posting.transfers.length,
      memorandumCount: posting.memoranda?.length ?? 0,
      contentHash,
    });
  }
  const mirrored = checkInterBranch(working.rows.transfers, (id) =>
    present(working.account(id), 'an account that was posted to'),
  );
  return mirrored.ok ? ok('posted') : mirrored;
}

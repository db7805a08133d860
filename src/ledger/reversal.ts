import type { BookPosting } from './posting.ts';

/** What a reversal needs to know of a posted transfer. */
export type ReversibleTransfer = {
  readonly transferId: string;
  readonly bookId: string;
  readonly debitAccountId: string;
  readonly creditAccountId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};

/**
 * The postings that take posted transfers back (冲正): each goes back between the same accounts, in
 * reverse order, and points at what it reverses. Both stay; nothing is deleted. All transfers of
 * the business event go back together, so what passed between two books passes back as well.
 */
export function reversalOf(transfers: readonly ReversibleTransfer[]): BookPosting[] {
  const books = [...new Set(transfers.map(({ bookId }) => bookId))].reverse();
  return books.map((bookId) => ({
    bookId,
    transfers: transfers
      .filter((transfer) => transfer.bookId === bookId)
      .reverse()
      .map((transfer) => ({
        debitAccountId: transfer.creditAccountId,
        creditAccountId: transfer.debitAccountId,
        amountMinor: transfer.amountMinor,
        currency: transfer.currency,
        reversesTransferId: transfer.transferId,
      })),
  }));
}

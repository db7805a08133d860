import type { MemorandumRequest, TransferRequest } from './service-operation.ts';

/** What a reversal needs to know of a posted transfer. */
export type ReversibleTransfer = {
  readonly transferId: string;
  readonly debitAccountNumber: string;
  readonly creditAccountNumber: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};

/** What a reversal needs to know of a posted memorandum. */
export type ReversibleMemorandum = {
  readonly accountNumber: string;
  readonly direction: 'in' | 'out';
  readonly amountMinor: bigint;
  readonly currency: string;
};

/**
 * What takes a posted event back (冲正): each transfer goes back between the same accounts, in
 * reverse order, and points at what it reverses; each memorandum goes the other way. Both stay;
 * nothing is deleted. All transfers of the event go back together, so what passed between two books
 * passes back as well.
 */
export function reversalOf(event: {
  readonly transfers: readonly ReversibleTransfer[];
  readonly memoranda: readonly ReversibleMemorandum[];
}): { readonly transfers: TransferRequest[]; readonly memoranda: MemorandumRequest[] } {
  const transfers = event.transfers.map((transfer) => ({
    debit: { accountNumber: transfer.creditAccountNumber },
    credit: { accountNumber: transfer.debitAccountNumber },
    amountMinor: transfer.amountMinor,
    currency: transfer.currency,
    reversesTransferId: transfer.transferId,
  }));
  const memoranda = event.memoranda.map(
    ({ accountNumber, direction, amountMinor, currency }): MemorandumRequest => ({
      account: { accountNumber },
      direction: direction === 'in' ? 'out' : 'in',
      amountMinor,
      currency,
    }),
  );
  return { transfers: transfers.reverse(), memoranda: memoranda.reverse() };
}

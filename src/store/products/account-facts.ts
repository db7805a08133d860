import type { Values } from '../../base/data.ts';
import { availableMinor } from '../../ledger/account.ts';
import type { Queries } from '../database.ts';
import { findAccount } from '../ledger/accounts.ts';
import { readEvent } from '../ledger/journal.ts';

/** Shapes of the facts are those of FactRequest in ledger/service-operation.ts. */

/** A customer's account with what may leave it now. The bank's own accounts are none of these. */
export async function accountBalanceOf(
  queries: Queries,
  cellId: number,
  accountNumber: string,
): Promise<Values | null> {
  const account = await findAccount(queries, cellId, accountNumber);
  if (account === null || account.kind !== 'customer') return null;
  return {
    accountNumber: account.accountNumber,
    name: account.name,
    product: account.product,
    customerNumber: account.customerNumber,
    openingUnitId: account.openingUnitCode,
    bookId: account.bookId,
    currency: account.currency,
    status: account.status,
    restrictionEffect: account.restrictionEffect,
    balanceMinor: account.balanceMinor,
    heldMinor: account.heldMinor,
    availableMinor: availableMinor(account),
  };
}

/** All that one business event posted, in all its books, from the id of any of its postings. */
export async function postedEventOf(
  queries: Queries,
  cellId: number,
  postingId: string,
): Promise<Values | null> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(postingId);
  const event = isId ? await readEvent(queries, cellId, postingId) : [];
  if (event.length === 0) return null;
  return {
    transfers: event.flatMap(({ transfers }) =>
      transfers.map((transfer) => ({
        transferId: transfer.transferId,
        debitAccountNumber: transfer.debitAccountNumber,
        creditAccountNumber: transfer.creditAccountNumber,
        amountMinor: transfer.amountMinor,
        currency: transfer.currency,
        reversed: transfer.reversedByTransferId !== null,
      })),
    ),
    memoranda: event.flatMap(({ memoranda }) =>
      memoranda.map(({ accountNumber, direction, amountMinor, currency }) => ({
        accountNumber,
        direction,
        amountMinor,
        currency,
      })),
    ),
  };
}

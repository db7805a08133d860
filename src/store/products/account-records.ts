import { assert } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { type Result, refuse } from '../../base/result.ts';
import type { Account } from '../../ledger/account.ts';
import type { AccountRecordRequest } from '../../ledger/service-operation.ts';
import type { Transaction } from '../database.ts';
import { findAccount, openAccounts } from '../ledger/accounts.ts';
import { bookOfUnit } from '../ledger/books.ts';
import { liftJudicialFreeze, placeJudicialFreeze } from '../ledger/control/judicial.ts';
import { placePending } from '../ledger/control/pending.ts';
import {
  type ControlOrder,
  changeStatus,
  endHold,
  liftRestriction,
  placeHold,
  placeRestriction,
  type Restriction,
} from '../ledger/controls.ts';

/** Where, when and by whom an account is opened or changed. */
export type AccountRecordPlace = {
  readonly cellId: number;
  readonly accountingDate: string;
  readonly at: number;
  readonly login: string;
  readonly processInstanceId: string;
  readonly newId: () => string;
};

/** Carries out what a deposit operation decided on an account; refuses as controls.ts does. */
export async function writeAccountRecord(
  transaction: Transaction,
  place: AccountRecordPlace,
  record: AccountRecordRequest,
): Promise<Result<unknown>> {
  const { values } = record;
  if (record.kind === 'account_opening') return await open(transaction, place, values);
  const number = text(values, 'accountNumber');
  const account = await findAccount(transaction, place.cellId, number);
  if (account === null) return refuse('account_unknown', { account: number });
  const { newId, ...rest } = place;
  const order: ControlOrder = { ...rest, accountId: account.accountId, newId: newId() };
  switch (record.kind) {
    case 'account_closing':
      return await changeStatus(transaction, { ...order, to: 'closed' });
    case 'hold_placing':
      return await placeHold(transaction, {
        ...order,
        amountMinor: whole(values, 'amountMinor'),
        purpose: text(values, 'purpose'),
        expiresAt: values.expiresAt === undefined ? null : Number(whole(values, 'expiresAt')),
      });
    case 'hold_ending':
      return typeof values.holdId === 'string'
        ? await endHold(transaction, { ...order, holdId: values.holdId, as: 'released' })
        : await endHoldOfCase(transaction, order);
    case 'restriction_placing':
      return await placeRestriction(transaction, { ...order, ...restrictionOf(values) });
    case 'restriction_lifting':
      return await liftRestriction(transaction, {
        ...order,
        restrictionId: text(values, 'restrictionId'),
      });
    case 'pending_placing':
      return await placePendingOf(transaction, order, account, values);
    case 'judicial_freeze_placing':
      return await placeJudicialFreeze(transaction, {
        ...order,
        orderedBy: text(values, 'orderedBy'),
        documentNumber: text(values, 'documentNumber'),
        amountMinor: values.amountMinor === undefined ? null : whole(values, 'amountMinor'),
        frozenUntil: text(values, 'frozenUntil'),
      });
    case 'judicial_freeze_lifting':
      return await liftJudicialFreeze(transaction, {
        ...order,
        freezeId: text(values, 'freezeId'),
      });
    default: {
      const never: never = record.kind;
      return never;
    }
  }
}

async function open(
  transaction: Transaction,
  place: AccountRecordPlace,
  values: Values,
): Promise<Result<unknown>> {
  const unitCode = text(values, 'unitId');
  const { cellId, accountingDate } = place;
  const bookId = await bookOfUnit(transaction, { cellId, unitCode, date: accountingDate });
  if (bookId === null) return refuse('book_unknown', { book: unitCode });
  return await openAccounts(transaction, {
    cellId,
    openedOn: accountingDate,
    openedLogin: place.login,
    accounts: [
      {
        accountId: place.newId(),
        accountNumber: text(values, 'accountNumber'),
        bookId,
        glCode: text(values, 'glCode'),
        currency: text(values, 'currency'),
        kind: 'customer',
        counterBookId: null,
        openingUnitCode: unitCode,
        customerNumber: text(values, 'customerNumber'),
        name: text(values, 'accountName'),
        product: text(values, 'productCode'),
        overdraftLimitMinor: 0n,
      },
    ],
  });
}

/** A pending transfer from the account to another of its book; its id is the hold's. */
async function placePendingOf(
  transaction: Transaction,
  order: ControlOrder,
  debit: Account,
  values: Values,
) {
  const creditNumber = text(values, 'creditAccountNumber');
  const credit = await findAccount(transaction, order.cellId, creditNumber);
  if (credit === null) return refuse('account_unknown', { account: creditNumber });
  return await placePending(transaction, {
    ...order,
    holdId: order.newId,
    bookId: debit.bookId,
    transfer: {
      ...{ debitAccountId: debit.accountId, creditAccountId: credit.accountId },
      ...{ amountMinor: whole(values, 'amountMinor'), currency: debit.currency },
    },
    purpose: text(values, 'purpose'),
    expiresAt: values.expiresAt === undefined ? null : Number(whole(values, 'expiresAt')),
  });
}

/** The hold that this case placed on the account. */
async function endHoldOfCase(transaction: Transaction, order: ControlOrder) {
  const [hold] = await transaction.query<{ holdId: string }>(
    `select hold_id as "holdId" from hold
     where cell_id = $1 and account_id = $2 and process_instance_id = $3 and status = 'active'
     order by placed_at limit 1`,
    [order.cellId, order.accountId, order.processInstanceId],
  );
  const holdId = hold?.holdId ?? '';
  if (holdId === '') return refuse('hold_unknown', { hold: '' });
  return await endHold(transaction, { ...order, holdId, as: 'released' });
}

function restrictionOf(values: Values): Restriction {
  return {
    kind: text(values, 'restrictionKind') as Restriction['kind'],
    effect: text(values, 'restrictionEffect') as Restriction['effect'],
    reason: text(values, 'reason'),
    orderedBy: text(values, 'orderedBy'),
    documentNumber: values.documentNumber === undefined ? null : text(values, 'documentNumber'),
  };
}

function text(values: Values, name: string): string {
  const value = values[name];
  assert(typeof value === 'string', `${name} of the record is a text`);
  return value;
}

function whole(values: Values, name: string): bigint {
  const value = values[name];
  assert(typeof value === 'bigint', `${name} of the record is a whole number`);
  return value;
}

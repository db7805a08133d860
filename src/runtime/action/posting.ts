import { assert, present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { derivedUuid } from '../../base/uuid.ts';
import { elementInfo } from '../../kernel/index.ts';
import { isCounterRecord } from '../../ledger/counter/requests.ts';
import { isDepositRecord } from '../../ledger/deposit-requests.ts';
import {
  type BookedAccount,
  interBranchAccountsNeeded,
  interBranchText,
  routePostings,
  type WantedPostings,
} from '../../ledger/inter-branch.ts';
import { isMarketRecord } from '../../ledger/market/requests.ts';
import type { PostingEvent } from '../../ledger/posting.ts';
import type {
  AccountReference,
  PostingRequest,
  RecordRequest,
} from '../../ledger/service-operation.ts';
import { writeMarketRecord } from '../../store/bills/market.ts';
import { writeCounterRecord } from '../../store/counter/counter.ts';
import {
  findAccount,
  interBranchAccountOf,
  internalAccountOf,
  openAccounts,
} from '../../store/ledger/accounts.ts';
import { accountingDates, bookOfUnit } from '../../store/ledger/books.ts';
import { postEvent } from '../../store/ledger/post.ts';
import { writeAccountRecord } from '../../store/products/account-records.ts';
import { writeDepositRecord } from '../../store/products/deposit-records.ts';
import { isLoanRecord, writeLoanRecord } from '../../store/products/loan-records.ts';
import { keptFromBy, performedIn } from '../task/segregation.ts';
import { namesIn } from '../task/task-rules.ts';
import { type Burst, type Live, say } from './burst.ts';

/** Which operation, for which activity, and what its performer has just filled in. */
export type OperationCall = {
  readonly operation: string;
  readonly element: number;
  readonly activityInstance: number;
  /** The task that its performer submits, null for a service task. */
  readonly taskId: string | null;
  readonly filledIn: Values;
};

/** The accounting date of the action: taken once, borne by every leg. */
export async function takeAccountingDate(burst: Burst): Promise<Result<string>> {
  if (burst.accountingDate === null) {
    const dates = await accountingDates(burst.transaction, burst.parts.cellId);
    if (dates === null) return refuse('books_not_open');
    burst.accountingDate = burst.parts.accountingDate ?? dates.accountingDate;
  }
  return ok(burst.accountingDate);
}

/** Postings of one action beyond the first take ids from here on (derivedUuid counts to 9,999). */
const firstDerivedEvent = 5_000;

/**
 * Posts what an operation decided, in the books its accounts are in, and says so in the business
 * log: one line for each book's posting. A refusal of the ledger is the action's refusal.
 */
export async function post(
  burst: Burst,
  live: Live,
  call: OperationCall,
  posting: PostingRequest,
): Promise<Result<null>> {
  assertSeparate(burst, live, call);
  const wanted = await bookedAccounts(burst, live, posting);
  if (!wanted.ok) return wanted;
  const routed = await routeToBooks(burst, wanted.value);
  if (!routed.ok) return routed;
  const info = elementInfo(live.model.program, call.element);
  const authoriser = authoriserOf(burst, info.attributes.authorisedBy);
  if (!authoriser.ok) return authoriser;
  const made = burst.eventsPosted;
  burst.eventsPosted += 1;
  const event: PostingEvent = {
    eventId: made === 0 ? burst.commandId : derivedUuid(burst.commandId, firstDerivedEvent + made),
    accountingDate: present(burst.accountingDate, 'the accounting date of the action'),
    context: {
      businessReference: live.row.case_number,
      transactionCode: call.operation,
      narrative: posting.narrative,
      operatingUnitCode: burst.actor.unitCode === '' ? live.row.unit_code : burst.actor.unitCode,
      makerLogin: burst.actor.login,
      authoriserLogin: authoriser.value,
      processInstanceId: live.row.id,
      activity: info.id,
      taskId: call.taskId,
    },
    postings: routed.value,
  };
  const { transaction, parts, at } = burst;
  const posted = await postEvent(transaction, { cellId: parts.cellId, now: at, event });
  if (!posted.ok) return posted;
  for (const [nth, receipt] of posted.value.entries()) {
    burst.postings.push(String(receipt.postingNumber));
    say(burst, live, {
      kind: 'posted',
      elementId: info.id,
      activityInstance: call.activityInstance,
      role: info.role,
      facts: {
        postingId: receipt.postingId,
        postingNumber: receipt.postingNumber,
        bookId: receipt.bookId,
        accountingDate: receipt.accountingDate,
        narrative: posting.narrative,
        ...(nth === 0 ? moneyOf(posting) : {}),
      },
    });
  }
  return ok(null);
}

/**
 * What a posting is about, said once and not for each of its books: its first transfer. The others
 * pass the same money on (an entrusted payment, the way between two books).
 */
function moneyOf(posting: PostingRequest): Values {
  const [first] = posting.transfers;
  return first === undefined ? {} : { amountMinor: first.amountMinor, currency: first.currency };
}

/**
 * Who authorised the posting (授权人): the login that last did one of the user tasks which the
 * activity's attribute authorisedBy names. Refused when it is the maker's own person.
 */
function authoriserOf(
  burst: Burst,
  authorisedBy: string | undefined,
): Result<string | null, 'authoriser_is_maker'> {
  const tasks = namesIn(authorisedBy);
  const last = burst.performed.findLast((one) => tasks.includes(one.element_id));
  if (last === undefined) return ok(null);
  return last.person === burst.actor.person ? refuse('authoriser_is_maker') : ok(last.login);
}

/** The maker is never the checker: refused when the task is claimed, asserted when money moves. */
function assertSeparate(burst: Burst, live: Live, call: OperationCall): void {
  const { id: elementId, attributes } = elementInfo(live.model.program, call.element);
  const separateFrom = namesIn(attributes.separateFrom);
  const task = { taskId: call.taskId ?? '', elementId, separateFrom };
  const other = keptFromBy(burst.actor, task, performedIn(burst.performed));
  assert(other === null, `the person who posts did not do ${other} in the same case`);
}

async function bookedAccounts(
  burst: Burst,
  live: Live,
  posting: PostingRequest,
): Promise<Result<WantedPostings>> {
  const transfers: WantedPostings['transfers'][number][] = [];
  for (const transfer of posting.transfers) {
    const debit = await bookedAccount(burst, transfer.debit, transfer.currency);
    if (!debit.ok) return debit;
    const credit = await bookedAccount(burst, transfer.credit, transfer.currency);
    if (!credit.ok) return credit;
    const { debit: _, credit: __, ...rest } = transfer;
    const accounts = { debit: debit.value, credit: credit.value };
    transfers.push({ ...rest, ...accounts, narrative: posting.narrative });
  }
  const memoranda: WantedPostings['memoranda'][number][] = [];
  for (const memorandum of posting.memoranda) {
    const { account, direction, amountMinor, currency } = memorandum;
    const booked = await bookedAccount(burst, account, currency);
    if (!booked.ok) return booked;
    const subject = memorandum.subject ?? live.row.case_number;
    memoranda.push({ account: booked.value, direction, amountMinor, subject });
  }
  return ok({ transfers, memoranda });
}

async function bookedAccount(
  burst: Burst,
  reference: AccountReference,
  currency: string,
): Promise<Result<BookedAccount>> {
  const { transaction, parts } = burst;
  const { cellId } = parts;
  if ('accountNumber' in reference) {
    const found = await findAccount(transaction, cellId, reference.accountNumber);
    if (found === null) return refuse('account_unknown', { account: reference.accountNumber });
    return ok({ accountId: found.accountId, bookId: found.bookId });
  }
  const openedOn = present(burst.accountingDate, 'the accounting date of the action');
  const book = await bookOf(burst, reference.unitId);
  if (!book.ok) return book;
  return await internalAccountOf(transaction, {
    cellId,
    openedOn,
    openedLogin: burst.actor.login,
    accountId: burst.newId(),
    bookId: book.value,
    glCode: reference.glCode,
    currency,
  });
}

async function bookOf(burst: Burst, unitCode: string): Promise<Result<string>> {
  const date = present(burst.accountingDate, 'the accounting date of the action');
  const { cellId } = burst.parts;
  const bookId = await bookOfUnit(burst.transaction, { cellId, unitCode, date });
  return bookId === null ? refuse('unit_without_book', { unit: unitCode }) : ok(bookId);
}

/** One posting for each book, with the inter-branch accounts between them. */
async function routeToBooks(burst: Burst, wanted: WantedPostings) {
  const accounts = new Map<string, string>();
  for (const key of interBranchAccountsNeeded(wanted)) {
    const account = await interBranchAccountOf(burst.transaction, {
      ...key,
      cellId: burst.parts.cellId,
      openedOn: present(burst.accountingDate, 'the accounting date of the action'),
      openedLogin: burst.actor.login,
      accountId: burst.newId(),
    });
    if (!account.ok) return account;
    accounts.set(interBranchText(key), account.value.accountId);
  }
  return ok(
    routePostings(wanted, (key) => present(accounts.get(interBranchText(key)), 'its account')),
  );
}

/** Keeps a record of the product, or changes an account; a loan note gets its account first. */
export async function record(
  burst: Burst,
  live: Live,
  wanted: RecordRequest,
): Promise<Result<null>> {
  if (wanted.kind === 'loan_note') {
    const opened = await openNoteAccount(burst, wanted.values);
    if (!opened.ok) return opened;
  }
  const place = {
    cellId: burst.parts.cellId,
    caseNumber: live.row.case_number,
    accountingDate: present(burst.accountingDate, 'the accounting date of the action'),
    at: burst.at,
    newId: burst.newId,
  };
  if (isLoanRecord(wanted)) {
    await writeLoanRecord(burst.transaction, place, wanted);
    return ok(null);
  }
  const who = { login: burst.actor.login, processInstanceId: live.row.id };
  if (isCounterRecord(wanted)) {
    return await writeCounterRecord(burst.transaction, { ...place, ...who }, wanted);
  }
  if (isMarketRecord(wanted)) {
    await writeMarketRecord(burst.transaction, { ...place, ...who }, wanted);
    return ok(null);
  }
  if (isDepositRecord(wanted)) {
    return await writeDepositRecord(burst.transaction, { ...place, ...who }, wanted);
  }
  const written = await writeAccountRecord(burst.transaction, { ...place, ...who }, wanted);
  return written.ok ? ok(null) : written;
}

async function openNoteAccount(
  burst: Burst,
  note: RecordRequest['values'],
): Promise<Result<number>> {
  const { transaction, parts } = burst;
  const unitCode = String(note.unitId);
  const book = await bookOf(burst, unitCode);
  if (!book.ok) return book;
  const deposit = await findAccount(transaction, parts.cellId, String(note.depositAccountNumber));
  return await openAccounts(transaction, {
    cellId: parts.cellId,
    openedOn: present(burst.accountingDate, 'the accounting date of the action'),
    openedLogin: burst.actor.login,
    accounts: [
      {
        accountId: burst.newId(),
        accountNumber: String(note.noteNumber),
        bookId: book.value,
        glCode: String(note.glCode),
        currency: String(note.currency),
        kind: 'customer',
        counterBookId: null,
        openingUnitCode: unitCode,
        customerNumber: String(note.customerNumber),
        name: deposit?.name ?? '',
        product: 'loan',
        overdraftLimitMinor: 0n,
      },
    ],
  });
}

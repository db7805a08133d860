import { present } from '../../base/assert.ts';
import { memorandumIdOf, postingIdOf, transferIdOf } from '../../ledger/posting.ts';
import type { Queries } from '../database.ts';

/** One transfer of a posting, as a voucher (记账凭证) shows it. */
export type JournalTransfer = {
  readonly transferId: string;
  readonly postingId: string;
  readonly bookId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly valueDate: string;
  readonly debitAccountId: string;
  readonly debitAccountNumber: string;
  readonly debitAccountName: string;
  readonly debitGlCode: string;
  readonly debitOpeningUnitCode: string;
  readonly creditAccountId: string;
  readonly creditAccountNumber: string;
  readonly creditAccountName: string;
  readonly creditGlCode: string;
  readonly creditOpeningUnitCode: string;
  readonly narrative: string;
  readonly reversesTransferId: string | null;
  readonly reversedByTransferId: string | null;
};

export type JournalMemorandum = {
  readonly memorandumId: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly glCode: string;
  readonly currency: string;
  readonly direction: 'in' | 'out';
  readonly amountMinor: bigint;
  readonly subject: string;
};

/** A posting with all it holds. operatingUnitCode: 操作机构; bookId: 账务机构. */
export type JournalPosting = {
  readonly postingId: string;
  readonly postingNumber: bigint;
  readonly eventId: string;
  readonly postingCount: number;
  readonly bookId: string;
  readonly bookName: string;
  readonly accountingDate: string;
  readonly occurredAt: number;
  readonly businessReference: string;
  readonly transactionCode: string;
  readonly narrative: string;
  readonly operatingUnitCode: string;
  readonly makerLogin: string;
  readonly authoriserLogin: string | null;
  readonly processInstanceId: string | null;
  readonly activity: string | null;
  readonly taskId: string | null;
  readonly transfers: readonly JournalTransfer[];
  readonly memoranda: readonly JournalMemorandum[];
};

/** Which postings: by ids, of a process instance or of a business reference. */
export type JournalFilter = {
  readonly postingIds?: readonly string[];
  readonly processInstanceIds?: readonly string[];
  readonly businessReference?: string;
};

/** The most postings one reading of the journal gives. */
export const journalPostingsMax = 500;

/** Postings with their transfers and memoranda, in the order of their numbers. */
export async function readJournal(
  queries: Queries,
  cellId: number,
  filter: JournalFilter,
): Promise<readonly JournalPosting[]> {
  const postings = await queries.query<
    Omit<JournalPosting, 'occurredAt' | 'transfers' | 'memoranda'> & {
      occurredAt: bigint;
      transferCount: number;
      memorandumCount: number;
    }
  >(
    `select p.posting_id as "postingId", p.posting_number as "postingNumber",
       p.event_id as "eventId", p.posting_count::int as "postingCount", p.book_id as "bookId",
       k.name as "bookName", p.accounting_date as "accountingDate",
       p.occurred_at as "occurredAt", p.business_reference as "businessReference",
       p.transaction_code as "transactionCode", p.narrative,
       p.operating_unit_code as "operatingUnitCode", p.maker_login as "makerLogin",
       p.authoriser_login as "authoriserLogin", p.process_instance_id as "processInstanceId",
       p.activity, p.task_id as "taskId", p.transfer_count as "transferCount",
       p.memorandum_count as "memorandumCount"
     from posting p join book k on k.cell_id = p.cell_id and k.book_id = p.book_id
     where p.cell_id = $1 and (p.posting_id = any($2::uuid[])
       or p.process_instance_id = any($3::uuid[]) or p.business_reference = $4)
     order by p.posting_number limit $5`,
    [
      cellId,
      filter.postingIds ?? [],
      filter.processInstanceIds ?? [],
      filter.businessReference ?? null,
      journalPostingsMax,
    ],
  );
  // The ids of what a posting holds derive from its own id, so no index is needed to find them.
  const ids = (of: (postingId: string, n: number) => string, count: (p: Counts) => number) =>
    postings.flatMap((posting) =>
      Array.from({ length: count(posting) }, (_, n) => of(posting.postingId, n)),
    );
  const transferIds = ids(transferIdOf, (posting) => posting.transferCount);
  const memorandumIds = ids(memorandumIdOf, (posting) => posting.memorandumCount);
  const transfers = await transfersOf(queries, cellId, transferIds);
  const memoranda = await memorandaOf(queries, cellId, memorandumIds);
  return postings.map(({ occurredAt, transferCount, memorandumCount, ...posting }) => ({
    ...posting,
    occurredAt: Number(occurredAt),
    transfers: Array.from({ length: transferCount }, (_, n) =>
      present(transfers.get(transferIdOf(posting.postingId, n)), 'a transfer of the posting'),
    ),
    memoranda: Array.from({ length: memorandumCount }, (_, n) =>
      present(memoranda.get(memorandumIdOf(posting.postingId, n)), 'a memorandum of the posting'),
    ),
  }));
}

/** All postings of the event one of whose postings is given, in the order of the event. */
export async function readEvent(
  queries: Queries,
  cellId: number,
  postingId: string,
): Promise<readonly JournalPosting[]> {
  const [one] = await readJournal(queries, cellId, { postingIds: [postingId] });
  if (one === undefined || one.postingCount === 1) return one === undefined ? [] : [one];
  const postingIds = Array.from({ length: one.postingCount }, (_, n) =>
    postingIdOf(one.eventId, n),
  );
  const all = await readJournal(queries, cellId, { postingIds });
  return postingIds.map((id) =>
    present(
      all.find((posting) => posting.postingId === id),
      'a posting of the event',
    ),
  );
}

type Counts = { readonly transferCount: number; readonly memorandumCount: number };

async function transfersOf(
  queries: Queries,
  cellId: number,
  transferIds: readonly string[],
): Promise<ReadonlyMap<string, JournalTransfer>> {
  const rows = await queries.query<JournalTransfer>(
    `select t.transfer_id as "transferId", t.posting_id as "postingId", t.book_id as "bookId",
       t.currency, t.amount_minor as "amountMinor", t.value_date as "valueDate",
       d.account_id as "debitAccountId", d.account_number as "debitAccountNumber",
       d.name as "debitAccountName", d.gl_code as "debitGlCode",
       d.opening_unit_code as "debitOpeningUnitCode",
       c.account_id as "creditAccountId", c.account_number as "creditAccountNumber",
       c.name as "creditAccountName", c.gl_code as "creditGlCode",
       c.opening_unit_code as "creditOpeningUnitCode",
       coalesce(t.narrative, p.narrative) as narrative,
       t.reverses_transfer_id as "reversesTransferId", r.transfer_id as "reversedByTransferId"
     from transfer t
       join posting p on p.cell_id = t.cell_id and p.posting_id = t.posting_id
       join account d on d.cell_id = t.cell_id and d.account_id = t.debit_account_id
       join account c on c.cell_id = t.cell_id and c.account_id = t.credit_account_id
       left join transfer r on r.cell_id = t.cell_id and r.reverses_transfer_id = t.transfer_id
     where t.cell_id = $1 and t.transfer_id = any($2::uuid[])`,
    [cellId, transferIds],
  );
  return new Map(rows.map((row) => [row.transferId, row]));
}

async function memorandaOf(
  queries: Queries,
  cellId: number,
  memorandumIds: readonly string[],
): Promise<ReadonlyMap<string, JournalMemorandum>> {
  const rows = await queries.query<JournalMemorandum>(
    `select m.memorandum_id as "memorandumId", a.account_number as "accountNumber",
       a.name as "accountName", a.gl_code as "glCode", a.currency, m.direction,
       m.amount_minor as "amountMinor", m.subject
     from memorandum m join account a on a.cell_id = m.cell_id and a.account_id = m.account_id
     where m.cell_id = $1 and m.memorandum_id = any($2::uuid[])`,
    [cellId, memorandumIds],
  );
  return new Map(rows.map((row) => [row.memorandumId, row]));
}

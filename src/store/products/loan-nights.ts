import type { Queries, Transaction } from '../database.ts';

/** Notes from one number to before another; '' at an end: no bound there. */
export type NoteSlice = { readonly from: string; readonly to: string };

/** A note on which something is owed, with what the night asks of its debtor and its security. */
export type NightNote = {
  readonly noteNumber: string;
  readonly bookId: string;
  readonly currency: string;
  readonly productCode: string;
  readonly collateralMinor: bigint;
  /** The class a person confirmed last; null before the first. */
  readonly confirmed: string | null;
  /**
   * Share of the customer's debt that was bad by itself on the last closed night, in millionths;
   * what was bad only because the rest was does not count.
   */
  readonly debtorBadPpm: bigint;
};

const owed = `
  n.principal_minor > (select coalesce(sum(r.principal_minor), 0) from loan_repayment r
    where r.cell_id = n.cell_id and r.note_number = n.note_number)
  and not exists (select from loan_event e where e.cell_id = n.cell_id
    and e.note_number = n.note_number and e.kind = 'written_off')`;

/** Notes on which something is owed, in slices of at most so many. */
export async function noteSlices(
  queries: Queries,
  cellId: number,
  notesMax: number,
): Promise<readonly NoteSlice[]> {
  const rows = await queries.query<{ number: string }>(
    `select note_number as number from (
       select n.note_number, row_number() over (order by n.note_number) as place
       from loan_note n where n.cell_id = $1 and ${owed}) s
     where place % $2 = 1 or $2 = 1 order by note_number`,
    [cellId, notesMax],
  );
  return rows.map(({ number }, index) => ({
    from: index === 0 ? '' : number,
    to: rows[index + 1]?.number ?? '',
  }));
}

/** The notes of a slice on which something is owed. */
export async function nightNotes(
  queries: Queries,
  cellId: number,
  { from, to }: NoteSlice,
): Promise<NightNote[]> {
  return await queries.query<NightNote>(
    `with debtor as (
       select o.customer_number, coalesce(sum(l.outstanding_minor) filter (where
           l.five_level_class in ('substandard', 'doubtful', 'loss')
           and l.reasons <> 'debtor_is_bad') * 1000000
           / nullif(sum(l.outstanding_minor), 0), 0)::int8 as bad_ppm
       from loan_note o join lateral (
         select outstanding_minor, five_level_class, reasons from loan_night l
         where l.cell_id = o.cell_id and l.note_number = o.note_number
         order by l.accounting_date desc limit 1) l on true
       where o.cell_id = $1 and not exists (select from loan_event e where e.cell_id = o.cell_id
         and e.note_number = o.note_number and e.kind = 'written_off')
       group by o.customer_number
     )
     select n.note_number as "noteNumber", a.book_id as "bookId", n.currency,
       c.product_code as "productCode",
       (select coalesce(sum(g.value_minor), 0) from collateral g
         where g.cell_id = n.cell_id and g.contract_number = n.contract_number)::int8
         as "collateralMinor",
       (select k.five_level_class from loan_classification k
         where k.cell_id = n.cell_id and k.note_number = n.note_number
         order by k.classified_at desc limit 1) as confirmed,
       coalesce(d.bad_ppm, 0)::int8 as "debtorBadPpm"
     from loan_note n
     join loan_contract c on c.cell_id = n.cell_id and c.contract_number = n.contract_number
     join account a on a.cell_id = n.cell_id and a.account_number = n.note_number
     left join debtor d on d.customer_number = n.customer_number
     where n.cell_id = $1 and n.note_number >= $2 and ($3 = '' or n.note_number < $3) and ${owed}
     order by n.note_number`,
    [cellId, from, to],
  );
}

/** The notes of a slice on which something is owed and whose rate follows the LPR. */
export async function floatingNotes(
  queries: Queries,
  cellId: number,
  { from, to }: NoteSlice,
): Promise<{ readonly noteNumber: string; readonly contractNumber: string }[]> {
  return await queries.query<{ noteNumber: string; contractNumber: string }>(
    `select n.note_number as "noteNumber", n.contract_number as "contractNumber"
     from loan_note n
     join lateral (
       select e.details -> 'agreement' ->> 'kind' as kind from loan_event e
       where e.cell_id = n.cell_id and e.note_number = n.note_number and e.details ? 'agreement'
       order by e.sequence desc limit 1) agreed on agreed.kind = 'lpr'
     where n.cell_id = $1 and n.note_number >= $2 and ($3 = '' or n.note_number < $3) and ${owed}
     order by n.contract_number, n.note_number`,
    [cellId, from, to],
  );
}

/** What a night found of a note. */
export type NightRow = {
  readonly noteNumber: string;
  readonly bookId: string;
  readonly currency: string;
  readonly outstandingMinor: bigint;
  readonly daysOverdue: number;
  readonly level: string;
  readonly reasons: string;
  readonly stage: number;
  readonly accrualMinor: bigint;
  readonly receivableMinor: bigint;
  readonly expectedLossMinor: bigint;
  readonly provisionMinor: bigint;
};

/** Keeps what a night found of its notes, in one statement. */
export async function addNights(
  transaction: Transaction,
  at: { readonly cellId: number; readonly accountingDate: string },
  rows: readonly NightRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.query(
    `insert into loan_night (cell_id, accounting_date, note_number, book_id, currency,
       outstanding_minor, days_overdue, five_level_class, reasons, stage, accrual_minor,
       receivable_minor, expected_loss_minor, provision_minor)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::int8[], $7::int[],
       $8::text[], $9::text[], $10::smallint[], $11::int8[], $12::int8[], $13::int8[],
       $14::int8[])`,
    [
      at.cellId,
      at.accountingDate,
      rows.map(({ noteNumber }) => noteNumber),
      rows.map(({ bookId }) => bookId),
      rows.map(({ currency }) => currency),
      rows.map(({ outstandingMinor }) => outstandingMinor),
      rows.map(({ daysOverdue }) => daysOverdue),
      rows.map(({ level }) => level),
      rows.map(({ reasons }) => reasons),
      rows.map(({ stage }) => stage),
      rows.map(({ accrualMinor }) => accrualMinor),
      rows.map(({ receivableMinor }) => receivableMinor),
      rows.map(({ expectedLossMinor }) => expectedLossMinor),
      rows.map(({ provisionMinor }) => provisionMinor),
    ],
  );
}

/** What the night of a date adds in a book, per currency. */
export type NightTotal = {
  readonly currency: string;
  readonly accrualMinor: bigint;
  readonly provisionMinor: bigint;
};

/** Books that have notes of a night. */
export async function nightBooks(
  queries: Queries,
  cellId: number,
  accountingDate: string,
): Promise<readonly string[]> {
  const rows = await queries.query<{ bookId: string }>(
    `select distinct book_id as "bookId" from loan_night
     where cell_id = $1 and accounting_date = $2 order by book_id`,
    [cellId, accountingDate],
  );
  return rows.map(({ bookId }) => bookId);
}

/** The totals of a book's notes of a night. */
export async function nightTotals(
  queries: Queries,
  of: { readonly cellId: number; readonly accountingDate: string; readonly bookId: string },
): Promise<readonly NightTotal[]> {
  return await queries.query<NightTotal>(
    `select currency, sum(accrual_minor)::int8 as "accrualMinor",
       sum(provision_minor)::int8 as "provisionMinor"
     from loan_night where cell_id = $1 and accounting_date = $2 and book_id = $3
     group by currency order by currency`,
    [of.cellId, of.accountingDate, of.bookId],
  );
}

/** The nights of a note, the newest first, at most so many. */
export async function nightsOf(
  queries: Queries,
  of: { readonly cellId: number; readonly noteNumber: string; readonly max: number },
): Promise<(NightRow & { readonly accountingDate: string })[]> {
  return await queries.query<NightRow & { readonly accountingDate: string }>(
    `select accounting_date as "accountingDate", note_number as "noteNumber",
       book_id as "bookId", currency, outstanding_minor as "outstandingMinor",
       days_overdue as "daysOverdue", five_level_class as level, reasons, stage,
       accrual_minor as "accrualMinor", receivable_minor as "receivableMinor",
       expected_loss_minor as "expectedLossMinor", provision_minor as "provisionMinor"
     from loan_night where cell_id = $1 and note_number = $2
     order by accounting_date desc limit $3`,
    [of.cellId, of.noteNumber, of.max],
  );
}

import { assert, present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { GlAccount } from '../../ledger/chart-of-accounts.ts';
import type { Queries, Transaction } from '../database.ts';

export type LegalEntity = {
  readonly legalEntityId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly baseCurrency: string;
  readonly accountingDate: string;
};

/** Opens the books of a legal entity on its first accounting date; once. */
export async function openLegalEntity(
  transaction: Transaction,
  cellId: number,
  entity: LegalEntity,
): Promise<void> {
  await transaction.query(
    `insert into legal_entity
       (cell_id, legal_entity_id, name, name_en, base_currency, accounting_date)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      cellId,
      entity.legalEntityId,
      entity.name,
      entity.nameEn,
      entity.baseCurrency,
      entity.accountingDate,
    ],
  );
}

/**
 * The accounting date of the cell's legal entity and, while it is being closed, the day before;
 * null before the books are opened. A transaction takes it once, and every leg bears it.
 */
export async function accountingDates(
  queries: Queries,
  cellId: number,
): Promise<{ readonly accountingDate: string; readonly previousDate: string | null } | null> {
  const [row] = await queries.query<{ accountingDate: string; previousDate: string | null }>(
    `select accounting_date as "accountingDate", previous_date as "previousDate"
     from legal_entity where cell_id = $1`,
    [cellId],
  );
  return row ?? null;
}

/**
 * Rolls the accounting date to a later one (日切). The date before stays open for the end of day
 * until `closePreviousDate`; it must be closed before the next roll.
 */
export async function rollAccountingDate(
  transaction: Transaction,
  cellId: number,
  to: string,
): Promise<Result<{ readonly from: string }, 'accounting_date_not_open' | 'legal_entity_unknown'>> {
  const [entity] = await transaction.query<{ from: string; previous: string | null }>(
    `select accounting_date as "from", previous_date as previous
     from legal_entity where cell_id = $1 for update`,
    [cellId],
  );
  if (entity === undefined) return refuse('legal_entity_unknown', { legalEntity: String(cellId) });
  if (entity.previous !== null || to <= entity.from) {
    return refuse('accounting_date_not_open', { date: to });
  }
  await transaction.query(
    `update legal_entity set previous_date = accounting_date, accounting_date = $2
     where cell_id = $1`,
    [cellId, to],
  );
  return ok({ from: entity.from });
}

/** Ends the day before the open one: nothing is posted on it any more (日结). */
export async function closePreviousDate(transaction: Transaction, cellId: number): Promise<void> {
  await transaction.query('update legal_entity set previous_date = null where cell_id = $1', [
    cellId,
  ]);
}

export type Book = {
  readonly bookId: string;
  readonly legalEntityId: string;
  readonly unitCode: string;
  readonly name: string;
  readonly nameEn: string;
  readonly openedOn: string;
};

/** Opens books, one for each accounting unit (账务机构). */
export async function openBooks(
  transaction: Transaction,
  cellId: number,
  books: readonly Book[],
): Promise<void> {
  await transaction.query(
    `insert into book (cell_id, book_id, legal_entity_id, unit_code, name, name_en, opened_on)
     select $1::smallint, r.*
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[]) as r`,
    [
      cellId,
      books.map(({ bookId }) => bookId),
      books.map(({ legalEntityId }) => legalEntityId),
      books.map(({ unitCode }) => unitCode),
      books.map(({ name }) => name),
      books.map(({ nameEn }) => nameEn),
      books.map(({ openedOn }) => openedOn),
    ],
  );
}

/** All books of the cell, in the order of their ids. */
export async function readBooks(queries: Queries, cellId: number): Promise<readonly Book[]> {
  return await queries.query<Book>(
    `select book_id as "bookId", legal_entity_id as "legalEntityId", unit_code as "unitCode", name,
       name_en as "nameEn", opened_on as "openedOn"
     from book where cell_id = $1 and closed_on is null order by book_id`,
    [cellId],
  );
}

/**
 * The open book that keeps a unit's postings: that of its accounting unit (账务机构) on the date, or
 * its own; null when there is none.
 */
export async function bookOfUnit(
  queries: Queries,
  of: { readonly cellId: number; readonly unitCode: string; readonly date: string },
): Promise<string | null> {
  const [row] = await queries.query<{ bookId: string }>(
    `select b.book_id as "bookId" from book b
     where b.cell_id = $1 and b.closed_on is null and b.unit_code = coalesce(
       (select u.accounting_unit_code from org_unit u
        where u.cell_id = $1 and u.unit_code = $2 and u.effective_from <= $3
          and (u.effective_to is null or u.effective_to > $3)), $2)`,
    [of.cellId, of.unitCode, of.date],
  );
  return row?.bookId ?? null;
}

/** Adds GL accounts to the chart, in force from a date. */
export async function addGlAccounts(
  transaction: Transaction,
  cellId: number,
  effectiveFrom: string,
  chart: readonly GlAccount[],
): Promise<void> {
  const rows = await transaction.query(
    `insert into gl_account
       (cell_id, gl_code, name, name_en, gl_class, normal_side, never_negative, open_items,
         effective_from)
     select $1::smallint, r.*, $8::date
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bool[],
       $9::text[]) as r
     returning 1`,
    [
      cellId,
      chart.map(({ glCode }) => glCode),
      chart.map(({ name }) => name),
      chart.map(({ nameEn }) => nameEn),
      chart.map(({ glClass }) => glClass),
      chart.map(({ normalSide }) => normalSide),
      chart.map(({ neverNegative }) => neverNegative),
      effectiveFrom,
      chart.map(({ openItems }) => openItems ?? null),
    ],
  );
  assert(rows.length === chart.length, 'every GL account was written');
}

/**
 * Changes GL accounts of the chart from a date on: the rows in force end there, the new ones begin.
 * Accounts keep their GL code; what they are called and where they stand is that of the date asked.
 * An account's normal side is fixed when it is opened, so a code never changes its side.
 */
export async function changeGlAccounts(
  transaction: Transaction,
  cellId: number,
  effectiveFrom: string,
  chart: readonly GlAccount[],
): Promise<Result<number, 'gl_account_unknown'>> {
  const ended = await transaction.query<{ glCode: string }>(
    `update gl_account g set effective_to = $2
     from unnest($3::text[], $4::text[]) as w(gl_code, normal_side)
     where g.cell_id = $1 and g.gl_code = w.gl_code and g.normal_side = w.normal_side
       and g.effective_from < $2 and (g.effective_to is null or g.effective_to > $2)
     returning g.gl_code as "glCode"`,
    [
      ...[cellId, effectiveFrom],
      ...[chart.map(({ glCode }) => glCode), chart.map(({ normalSide }) => normalSide)],
    ],
  );
  const known = new Set(ended.map(({ glCode }) => glCode));
  const unknown = chart.find(({ glCode }) => !known.has(glCode));
  if (unknown !== undefined) return refuse('gl_account_unknown', { glCode: unknown.glCode });
  await addGlAccounts(transaction, cellId, effectiveFrom, chart);
  return ok(chart.length);
}

/** The chart in force on a date, in the order of the codes. */
export async function readChart(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly GlAccount[]> {
  return await queries.query<GlAccount>(
    `select gl_code as "glCode", name, name_en as "nameEn", gl_class as "glClass",
       normal_side as "normalSide", never_negative as "neverNegative"
     from gl_account
     where cell_id = $1 and effective_from <= $2 and (effective_to is null or effective_to > $2)
     order by gl_code`,
    [cellId, date],
  );
}

/** Takes a name that is unique in the whole bank; false when another has it. */
export async function takeIdentity(
  transaction: Transaction,
  cellId: number,
  name: { readonly kind: string; readonly value: string; readonly ownerId: string },
  at: number,
): Promise<boolean> {
  const [row] = await transaction.query<{ ownerId: string }>(
    `with taken as (
       insert into identity (cell_id, kind, value, owner_id, taken_at)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning owner_id
     )
     select owner_id as "ownerId" from taken
     union all
     select owner_id from identity where cell_id = $1 and kind = $2 and value = $3
     limit 1`,
    [cellId, name.kind, name.value, name.ownerId, at],
  );
  return present(row ?? { ownerId: '' }, 'a row').ownerId === name.ownerId;
}

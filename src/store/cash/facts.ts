import type { Value, Values } from '../../base/data.ts';
import type { CashFactRequest } from '../../ledger/counter/requests.ts';
import type { Queries } from '../database.ts';

/** Shapes of the facts are those of CashFactRequest in ledger/counter/requests.ts. */

type On = { readonly cellId: number; readonly date: string };

/** Looks up a fact of cash; a box is locked until the transaction ends. */
export async function cashFactOf(
  queries: Queries,
  on: On,
  request: CashFactRequest,
): Promise<Value> {
  switch (request.kind) {
    case 'cash_box':
      return await boxOf(queries, on, request);
    case 'cash_difference':
      return await differenceOf(queries, on.cellId, request.differenceNumber);
    default: {
      const never: never = request;
      return never;
    }
  }
}

type BoxRow = {
  readonly boxNumber: string;
  readonly boxKind: string;
  readonly unitId: string;
  readonly holderLogin: string | null;
  readonly signedOffOn: string | null;
};

/** The unit that keeps the books of unit $2, where its vault is. */
const keeperSql = `coalesce((select accounting_unit_code from org_unit
  where cell_id = $1 and unit_code = $2 and effective_from <= $4
    and (effective_to is null or effective_to > $4)), $2)`;

async function boxOf(
  queries: Queries,
  on: On,
  request: Extract<CashFactRequest, { kind: 'cash_box' }>,
): Promise<Values | null> {
  const [where, given] =
    'tillOf' in request
      ? [`kind = 'till' and holder_login = $2`, [request.tillOf]]
      : [`kind = $3 and unit_code = ${keeperSql}`, [request.unitId, request.boxKind, on.date]];
  const [box] = await queries.query<BoxRow>(
    `select box_number as "boxNumber", kind as "boxKind", unit_code as "unitId",
       holder_login as "holderLogin", signed_off_on as "signedOffOn"
     from cash_box where cell_id = $1 and ${where} for update`,
    [on.cellId, ...given],
  );
  if (box === undefined) return null;
  const notes = await notesOf(queries, on.cellId, box.boxNumber);
  const counts = await countsOf(queries, on, box.boxNumber);
  return { ...box, notes, ...counts };
}

async function notesOf(queries: Queries, cellId: number, boxNumber: string): Promise<Values[]> {
  return await queries.query<{ currency: string; faceMinor: bigint; count: bigint }>(
    `select currency, face_minor as "faceMinor", note_count as count from cash_note
     where cell_id = $1 and box_number = $2 and note_count > 0
     order by currency, face_minor desc`,
    [cellId, boxNumber],
  );
}

/** What of a box was not counted today since it last moved, and what differed when it was. */
async function countsOf(
  queries: Queries,
  { cellId, date }: On,
  boxNumber: string,
): Promise<{ uncounted: string[]; unbooked: string[] }> {
  const rows = await queries.query<{ currency: string; counted: boolean; even: boolean }>(
    `with held as (
       select currency from cash_note
         where cell_id = $1 and box_number = $2 and note_count > 0
       union select currency from cash_movement
         where cell_id = $1 and box_number = $2 and accounting_date = $3),
     newest as (
       select distinct on (currency) currency, serial, book_minor, counted_minor from cash_count
       where cell_id = $1 and box_number = $2 and accounting_date = $3
       order by currency, serial desc),
     moved as (
       select currency, max(serial) as any_serial,
         max(serial) filter (where kind not in ('over', 'short')) as serial
       from cash_movement where cell_id = $1 and box_number = $2 group by currency)
     select h.currency,
       n.serial is not null and n.serial > coalesce(m.serial, 0) as counted,
       n.serial is null or n.book_minor = n.counted_minor or m.any_serial > n.serial as even
     from held h left join newest n using (currency) left join moved m using (currency)
     order by h.currency`,
    [cellId, boxNumber, date],
  );
  return {
    uncounted: rows.filter(({ counted }) => !counted).map(({ currency }) => currency),
    unbooked: rows.filter(({ even }) => !even).map(({ currency }) => currency),
  };
}

async function differenceOf(
  queries: Queries,
  cellId: number,
  differenceNumber: string,
): Promise<Values | null> {
  const [row] = await queries.query<{ [column: string]: string | bigint }>(
    `select d.difference_number as "differenceNumber", d.kind as "differenceKind",
       d.unit_code as "unitId", d.currency, d.amount_minor as "amountMinor",
       d.found_on as "foundOn"
     from cash_difference d left join cash_difference_end e
       on e.cell_id = d.cell_id and e.difference_number = d.difference_number
     where d.cell_id = $1 and d.difference_number = $2 and e.difference_number is null`,
    [cellId, differenceNumber],
  );
  return row ?? null;
}

import type { CashOfDay } from '../../operation/report/large-cash.ts';
import type { Queries } from '../database.ts';

/** A box with its notes of one currency; a box with none has no line of notes. */
export type BoxPage = {
  readonly boxNumber: string;
  readonly kind: 'till' | 'vault' | 'transit';
  readonly unitCode: string;
  readonly holderLogin: string | null;
  readonly signedOffOn: string | null;
  readonly notes: readonly {
    readonly currency: string;
    readonly faceMinor: bigint;
    readonly count: bigint;
  }[];
};

/** The boxes of units, vaults first, with what lies in them. */
export async function readBoxes(
  queries: Queries,
  cellId: number,
  units: readonly string[],
): Promise<readonly BoxPage[]> {
  const boxes = await queries.query<Omit<BoxPage, 'notes'>>(
    `select box_number as "boxNumber", kind, unit_code as "unitCode",
       holder_login as "holderLogin", signed_off_on as "signedOffOn"
     from cash_box where cell_id = $1 and unit_code = any($2)
     order by unit_code, kind desc, box_number`,
    [cellId, units],
  );
  const notes = await queries.query<{
    boxNumber: string;
    currency: string;
    faceMinor: bigint;
    count: bigint;
  }>(
    `select box_number as "boxNumber", currency, face_minor as "faceMinor", note_count as count
     from cash_note where cell_id = $1 and box_number = any($2) and note_count > 0
     order by currency, face_minor desc`,
    [cellId, boxes.map(({ boxNumber }) => boxNumber)],
  );
  const byBox = Map.groupBy(notes, ({ boxNumber }) => boxNumber);
  return boxes.map((box) => ({
    ...box,
    notes: (byBox.get(box.boxNumber) ?? []).map(({ boxNumber: _, ...note }) => note),
  }));
}

/** A movement of a box, or a count of it, as its page lists them. */
export type BoxLine = {
  readonly serial: bigint;
  readonly kind: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** Of a count: what the book said. */
  readonly bookMinor: bigint | null;
  readonly counterBox: string | null;
  readonly accountNumber: string | null;
  readonly caseNumber: string | null;
  readonly at: number;
  readonly login: string;
  readonly checkerLogin: string | null;
};

/** What happened in a box on an accounting date, the newest first, at most so many lines. */
export async function readBoxLines(
  queries: Queries,
  cellId: number,
  of: { readonly boxNumber: string; readonly date: string; readonly max: number },
): Promise<readonly BoxLine[]> {
  const rows = await queries.query<BoxLine & { readonly at: number | bigint }>(
    `select serial, kind, currency, amount_minor as "amountMinor", null::int8 as "bookMinor",
       counter_box as "counterBox", account_number as "accountNumber",
       case_number as "caseNumber", moved_at as at, login, checker_login as "checkerLogin"
     from cash_movement where cell_id = $1 and box_number = $2 and accounting_date = $3
     union all
     select serial, 'count', currency, counted_minor, book_minor, null, null, case_number,
       counted_at, login, null
     from cash_count where cell_id = $1 and box_number = $2 and accounting_date = $3
     order by serial desc limit $4`,
    [cellId, of.boxNumber, of.date, of.max],
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** Cash of a unit in one currency: what lies in its boxes, and what its books have. */
export type CashProof = {
  readonly unitCode: string;
  readonly currency: string;
  readonly boxesMinor: bigint;
  readonly ledgerMinor: bigint;
};

/** Tills, vault and what is on its way against the ledger's cash, unit by unit (CTR-06). */
export async function proveCash(
  queries: Queries,
  cellId: number,
  of: { readonly units: readonly string[]; readonly glCode: string },
): Promise<readonly CashProof[]> {
  return await queries.query<CashProof>(
    `with boxes as (
       select b.unit_code, n.currency::text, sum(n.face_minor * n.note_count)::int8 as minor
       from cash_box b join cash_note n on n.cell_id = b.cell_id and n.box_number = b.box_number
       where b.cell_id = $1 group by 1, 2),
     ledger as (
       select k.unit_code, a.currency::text, sum(s.balance_minor)::int8 as minor
       from account a
         join account_balance s on s.cell_id = a.cell_id and s.account_id = a.account_id
         join book k on k.cell_id = a.cell_id and k.book_id = a.book_id
       where a.cell_id = $1 and a.gl_code = $3 and a.kind = 'internal' group by 1, 2)
     select unit_code as "unitCode", currency, coalesce(b.minor, 0) as "boxesMinor",
       coalesce(l.minor, 0) as "ledgerMinor"
     from boxes b full join ledger l using (unit_code, currency)
     where unit_code = any($2) order by unit_code, currency`,
    [cellId, of.units, of.glCode],
  );
}

/** An over or short that nobody has resolved yet. */
export type OpenDifference = {
  readonly differenceNumber: string;
  readonly kind: 'over' | 'short';
  readonly boxNumber: string;
  readonly unitCode: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly foundOn: string;
};

/** Overs and shorts of units that are still open, the oldest first. */
export async function readOpenDifferences(
  queries: Queries,
  cellId: number,
  units: readonly string[],
): Promise<readonly OpenDifference[]> {
  return await queries.query<OpenDifference>(
    `select d.difference_number as "differenceNumber", d.kind, d.box_number as "boxNumber",
       d.unit_code as "unitCode", d.currency, d.amount_minor as "amountMinor",
       d.found_on as "foundOn"
     from cash_difference d left join cash_difference_end e
       on e.cell_id = d.cell_id and e.difference_number = d.difference_number
     where d.cell_id = $1 and d.unit_code = any($2) and e.difference_number is null
     order by d.found_on, d.difference_number`,
    [cellId, units],
  );
}

/** Customers' cash of a day over the counters of all units, by customer, direction and currency. */
export async function readCashOfDay(
  queries: Queries,
  cellId: number,
  date: string,
): Promise<readonly CashOfDay[]> {
  return await queries.query<CashOfDay>(
    `select customer_number as "customerNumber",
       case kind when 'deposit' then 'in' else 'out' end as direction, currency,
       abs(sum(amount_minor))::int8 as "amountMinor", count(*)::int8 as times
     from cash_movement
     where cell_id = $1 and accounting_date = $2 and customer_number is not null
       and kind in ('deposit', 'withdrawal')
     group by 1, 2, 3 order by 1, 2, 3`,
    [cellId, date],
  );
}

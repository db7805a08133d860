import type { Queries } from '../database.ts';
import { billSql } from './facts.ts';
import { quoteSql } from './fx-facts.ts';

type Row = { readonly [column: string]: string | bigint | number | boolean | null };

/** The book that keeps a bill is among these: its unit's own, or that of its accounting unit. */
const inBooks = `exists (select from book k where k.cell_id = b.cell_id and k.book_id = any($2)
  and k.unit_code = coalesce((select u.accounting_unit_code from org_unit u
    where u.cell_id = b.cell_id and u.unit_code = b.unit_code and u.effective_to is null),
    b.unit_code))`;

/** Bills of these books, the next to mature first; `total` counts all that match. */
export async function findBills(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly bookIds: readonly string[];
    readonly status: string | null;
    readonly search: string | null;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ readonly bills: readonly Row[]; readonly total: number }> {
  const search = (of.search ?? '').replace(/[\\%_]/g, String.raw`\$&`);
  const rows = await queries.query<Row & { readonly total: bigint }>(
    `select *, count(*) over ()::int8 as total from (${billSql} where b.cell_id = $1 and ${inBooks}
       and ($3::text is null or e.status = $3)
       and ($4 = '' or b.bill_number like $4 || '%' or b.drawer_name like $4 || '%'
         or b.acceptor_name like $4 || '%' or e.holder_name like $4 || '%')) f
     order by "maturesOn" desc, "billNumber" limit $5 offset $6`,
    [of.cellId, [...of.bookIds], of.status, search, of.limit, of.offset],
  );
  return { bills: rows, total: Number(rows[0]?.total ?? 0n) };
}

/** All that the register keeps of a bill of these books, null when it is not among them. */
export async function billPage(
  queries: Queries,
  of: { readonly cellId: number; readonly bookIds: readonly string[]; readonly billNumber: string },
) {
  const [bill] = await queries.query<Row>(
    `${billSql} where b.cell_id = $1 and ${inBooks} and b.bill_number = $3`,
    [of.cellId, [...of.bookIds], of.billNumber],
  );
  if (bill === undefined) return null;
  const key = [of.cellId, of.billNumber];
  const events = await queries.query<Row>(
    `select number, kind, status, from_name as "fromName", to_name as "toName",
       amount_minor as "amountMinor", note, case_number as "caseNumber",
       accounting_date as "accountingDate", happened_at as "happenedAt", login
     from bill_event where cell_id = $1 and bill_number = $2 order by number`,
    key,
  );
  const [acceptance] = await queries.query<Row>(
    `select account_number as "accountNumber", margin_minor as "marginMinor",
       fee_minor as "feeMinor", guarantee, accepted_on as "acceptedOn"
     from bill_acceptance where cell_id = $1 and bill_number = $2`,
    key,
  );
  const interest = await queries.query<Row>(
    `select i.side, i.counterparty, i.rate_ppm as "ratePpm", i.begun_on as "begunOn",
       i.counted_to as "countedTo", i.interest_minor as "interestMinor",
       (select coalesce(sum(d.amount_minor), 0)::int8 from bill_interest_day d
        where d.cell_id = i.cell_id and d.bill_number = i.bill_number and d.side = i.side)
         as "bookedMinor"
     from bill_interest i where i.cell_id = $1 and i.bill_number = $2 order by i.side`,
    key,
  );
  const postings = await postingsOf(queries, of);
  return { bill, events, acceptance: acceptance ?? null, interest, postings };
}

/** What the cases of a bill have posted, in the order in which they did. */
async function postingsOf(
  queries: Queries,
  of: { readonly cellId: number; readonly billNumber: string },
): Promise<readonly Row[]> {
  return await queries.query<Row>(
    `select p.posting_number::text as "postingNumber", p.accounting_date as "accountingDate",
       p.narrative, i.case_number as "caseNumber", d.gl_code as "debitGlCode",
       c.gl_code as "creditGlCode", t.currency, t.amount_minor as "amountMinor"
     from process_instance i
       join posting p on p.cell_id = i.cell_id and p.process_instance_id = i.id
       join transfer t on t.cell_id = p.cell_id and t.posting_id = p.posting_id
       join account d on d.cell_id = t.cell_id and d.account_id = t.debit_account_id
       join account c on c.cell_id = t.cell_id and c.account_id = t.credit_account_id
     where i.cell_id = $1 and i.case_number in (select e.case_number from bill_event e
       where e.cell_id = $1 and e.bill_number = $2)
     order by p.posting_number, t.transfer_id limit 500`,
    [of.cellId, of.billNumber],
  );
}

/** Lines of the board, the newest of each currency first; at most `max`. */
export async function boardLines(
  queries: Queries,
  of: { readonly cellId: number; readonly max: number },
): Promise<readonly Row[]> {
  return await queries.query<Row>(
    `select * from (${quoteSql} where q.cell_id = $1) l
     order by (select max(n.version) from fx_quote n where n.cell_id = $1
       and n.currency = l.currency) - l.version, l.currency limit $2`,
    [of.cellId, of.max],
  );
}

import type { Values } from '../../base/data.ts';
import type { Queries } from '../database.ts';

type Row = { readonly [column: string]: string | bigint | boolean | null };

/** The columns of a bill as MarketFactRequest names them, with the newest event as `e`. */
export const billSql = `select b.bill_number as "billNumber", b.kind as "billKind", b.medium,
    b.drawer_name as "drawerName", b.drawer_account_number as "drawerAccountNumber",
    b.acceptor_name as "acceptorName", b.accepted_here as "acceptedHere",
    b.payee_name as "payeeName", b.currency, b.amount_minor as "faceMinor",
    b.issued_on as "issuedOn", b.matures_on as "maturesOn", b.elsewhere,
    b.unit_code as "unitId", b.case_number as "caseNumber", e.status,
    e.holder_name as "holderName",
    exists (select from bill_event h where h.cell_id = b.cell_id
      and h.bill_number = b.bill_number and h.kind = 'honoured') as honoured,
    (select coalesce(sum(d.change_minor), 0)::int8 from bill_debt d where d.cell_id = b.cell_id
      and d.bill_number = b.bill_number) as "debtMinor"
  from bill b
    cross join lateral (select n.status, n.holder_name from bill_event n
      where n.cell_id = b.cell_id and n.bill_number = b.bill_number
      order by n.number desc limit 1) e`;

/**
 * A bill by its number. Until the transaction ends nobody else does anything to it: whoever asks
 * second waits here, and then sees what the first has done. A number that is not in the register is
 * locked too, so that two cannot register it.
 */
export async function billToWorkOn(
  queries: Queries,
  cellId: number,
  billNumber: string,
): Promise<Values | null> {
  await queries.query(`select pg_advisory_xact_lock(hashtextextended('bill ' || $1, $2))`, [
    billNumber,
    cellId,
  ]);
  const of = [cellId, billNumber];
  const [bill] = await queries.query<Row>(
    `${billSql} where b.cell_id = $1 and b.bill_number = $2`,
    of,
  );
  if (bill === undefined) return null;
  const [acceptance] = await queries.query<Row>(
    `select account_number as "accountNumber", margin_account_number as "marginAccountNumber",
       margin_minor as "marginMinor", unit_code as "unitId", case_number as "caseNumber"
     from bill_acceptance where cell_id = $1 and bill_number = $2`,
    of,
  );
  const [discount] = await queries.query<Row>(
    `select account_number as "accountNumber", unit_code as "unitId"
     from bill_interest where cell_id = $1 and bill_number = $2 and side = 'earned'`,
    of,
  );
  const [debt] = await queries.query<{ number: string }>(
    `select account_number as number from bill_debt
     where cell_id = $1 and bill_number = $2 order by number limit 1`,
    of,
  );
  return {
    ...bill,
    acceptance: acceptance ?? null,
    discount: discount ?? null,
    debtAccountNumber: debt?.number ?? '',
  };
}

import type { Values } from '../../base/data.ts';
import type { Queries } from '../database.ts';

/** Shapes of the facts are those of FactRequest in ledger/service-operation.ts. */

const accountSql = `select a.account_number as "accountNumber", a.book_id as "bookId",
    k.unit_code as "unitId", a.gl_code as "glCode", a.currency, b.status,
    a.customer_number as "customerNumber"
  from account a
    join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
    join book k on k.cell_id = a.cell_id and k.book_id = a.book_id`;

type Row = { readonly [column: string]: string | null };

/** An account by its number. */
export async function accountFact(
  queries: Queries,
  cellId: number,
  accountNumber: string,
): Promise<Values | null> {
  const [row] = await queries.query<Row>(
    `${accountSql} where a.cell_id = $1 and a.account_number = $2`,
    [cellId, accountNumber],
  );
  return row ?? null;
}

/** The bank's own account of a GL code in the book of a unit. */
export async function internalAccountFact(
  queries: Queries,
  cellId: number,
  of: { readonly unitCode: string; readonly glCode: string; readonly currency: string },
): Promise<Values | null> {
  const [row] = await queries.query<Row>(
    `${accountSql}
     where a.cell_id = $1 and k.unit_code = $2 and a.gl_code = $3 and a.currency = $4
       and a.kind in ('internal', 'off_balance')
     order by a.account_number limit 1`,
    [cellId, of.unitCode, of.glCode, of.currency],
  );
  return row ?? null;
}

/** A customer by its number. */
export async function customerFact(
  queries: Queries,
  cellId: number,
  customerNumber: string,
): Promise<Values | null> {
  const [row] = await queries.query<Row>(
    `select customer_number as "customerNumber", group_code as "groupNumber",
       unit_code as "unitId"
     from customer where cell_id = $1 and customer_number = $2`,
    [cellId, customerNumber],
  );
  return row ?? null;
}

/** Logins of those who hold a role at a unit on a day, in the order of the login. */
export async function roleHolders(
  queries: Queries,
  cellId: number,
  of: { readonly role: string; readonly unitCode: string; readonly date: string },
): Promise<{ login: string; person: string }[]> {
  const holders = await queries.query<{ login: string; person: string }>(
    `select distinct on (h.employee_number) l.login, h.employee_number as person
     from position_holding h
       join staff_position p on p.cell_id = h.cell_id and p.position_code = h.position_code
       join user_login l on l.cell_id = h.cell_id and l.employee_number = h.employee_number
     where h.cell_id = $1 and $2 = any(p.role_codes) and h.unit_code = $3
       and h.effective_from <= $4 and (h.effective_to is null or h.effective_to > $4)
       and l.kind = 'employee' and l.status = 'active'
     order by h.employee_number, l.login`,
    [cellId, of.role, of.unitCode, of.date],
  );
  return holders.sort((a, b) => (a.login < b.login ? -1 : 1));
}

/** The person behind a login, null when there is no such login. */
export async function personOfLogin(
  queries: Queries,
  cellId: number,
  login: string,
): Promise<string | null> {
  const [row] = await queries.query<{ person: string | null }>(
    `select coalesce(employee_number, customer_number) as person
     from user_login where cell_id = $1 and login = $2`,
    [cellId, login],
  );
  return row?.person ?? null;
}

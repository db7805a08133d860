import { checkCreditCode, checkResidentId } from '../../base/identifiers.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { Queries, Transaction } from '../database.ts';

/** A party with at least one product or application. The identity number is personal data. */
export type Customer = {
  readonly customerNumber: string;
  readonly kind: 'corporate' | 'retail';
  readonly name: string;
  readonly identityKind: 'credit_code' | 'resident_id';
  readonly identityNumber: string;
  readonly legalRepresentative: string | null;
  readonly groupCode: string | null;
  readonly creditRating: string | null;
  readonly unitCode: string;
  readonly managerEmployeeNumber: string | null;
};

/** Writes down a customer. The number must pass its check digits; one identity is one customer. */
export async function openCustomer(
  transaction: Transaction,
  cellId: number,
  customer: Customer,
  by: { readonly login: string; readonly at: number },
): Promise<Result<Customer, 'customer_exists' | 'identity_number_not_valid'>> {
  const checked =
    customer.identityKind === 'credit_code'
      ? checkCreditCode(customer.identityNumber)
      : checkResidentId(customer.identityNumber);
  if (!checked.ok) return refuse('identity_number_not_valid');
  const inserted = await transaction.query(
    `insert into customer (cell_id, customer_number, kind, name, identity_kind, identity_number,
       legal_representative, group_code, credit_rating, unit_code, manager_employee_number,
       opened_at, opened_login)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict do nothing returning customer_number`,
    [
      cellId,
      customer.customerNumber,
      customer.kind,
      customer.name,
      customer.identityKind,
      customer.identityNumber,
      customer.legalRepresentative,
      customer.groupCode,
      customer.creditRating,
      customer.unitCode,
      customer.managerEmployeeNumber,
      by.at,
      by.login,
    ],
  );
  if (inserted.length > 0) return ok(customer);
  const held = await transaction.query<{ number: string }>(
    `select customer_number as number from customer
     where cell_id = $1
       and (customer_number = $2 or (identity_kind = $3 and identity_number = $4))`,
    [cellId, customer.customerNumber, customer.identityKind, customer.identityNumber],
  );
  return refuse('customer_exists', { customer: held[0]?.number ?? customer.customerNumber });
}

const columns = `customer_number as "customerNumber", kind, name,
  identity_kind as "identityKind", identity_number as "identityNumber",
  legal_representative as "legalRepresentative", group_code as "groupCode",
  credit_rating as "creditRating", unit_code as "unitCode",
  manager_employee_number as "managerEmployeeNumber"`;

/** The customer of a number, or null. */
export async function readCustomer(
  queries: Queries,
  cellId: number,
  customerNumber: string,
): Promise<Customer | null> {
  const rows = await queries.query<Customer>(
    `select ${columns} from customer where cell_id = $1 and customer_number = $2`,
    [cellId, customerNumber],
  );
  return rows[0] ?? null;
}

/** Which customers a list shows; `units` is the reader's data scope. */
export type CustomerSearch = {
  readonly units: readonly string[];
  readonly search: string | null;
  readonly kind: 'corporate' | 'retail' | null;
  readonly limit: number;
  readonly offset: number;
};

/** Customers by number or identity number (exact) or by a part of the name, and how many. */
export async function findCustomers(
  queries: Queries,
  cellId: number,
  search: CustomerSearch,
): Promise<{ customers: Customer[]; total: number }> {
  const like = search.search === null ? null : `%${search.search.replace(/[\\%_]/g, '\\$&')}%`;
  const condition = `cell_id = $1 and unit_code = any($2) and ($3::text is null or kind = $3)
    and ($4::text is null or customer_number = $4 or identity_number = $4 or name like $5)`;
  const values = [cellId, search.units, search.kind, search.search, like];
  const customers = await queries.query<Customer>(
    `select ${columns} from customer where ${condition}
     order by customer_number limit $6 offset $7`,
    [...values, search.limit, search.offset],
  );
  const counted = await queries.query<{ total: bigint }>(
    `select count(*) as total from customer where ${condition}`,
    values,
  );
  return { customers, total: Number(counted[0]?.total ?? 0n) };
}

import type { Values } from '../../base/data.ts';
import type { Queries } from '../database.ts';

/** Shapes of the facts are those of FactRequest in ledger/service-operation.ts. */

export type OfCase = { readonly cellId: number; readonly caseNumber: string };

/** The customer's newest line for a product that is not over, with what is used of it. */
export async function creditLineOf(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly customerNumber: string;
    readonly productCode: string;
    readonly date: string;
  },
): Promise<Values | null> {
  const [row] = await queries.query<{
    line_number: string;
    currency: string;
    amount_minor: bigint;
    revolving: boolean;
    valid_from: string;
    valid_to: string;
    drawn_minor: bigint;
    repaid_minor: bigint;
  }>(
    `select l.line_number, l.currency, l.amount_minor, l.revolving, l.valid_from, l.valid_to,
       coalesce(sum(n.principal_minor), 0)::int8 as drawn_minor,
       coalesce(sum(n.repaid_minor), 0)::int8 as repaid_minor
     from credit_line l
     left join lateral (
       select n.principal_minor,
         (select coalesce(sum(r.principal_minor), 0) from loan_repayment r
          where r.cell_id = n.cell_id and r.note_number = n.note_number) as repaid_minor
       from loan_contract c
       join loan_note n on n.cell_id = c.cell_id and n.contract_number = c.contract_number
       where c.cell_id = l.cell_id and c.customer_number = l.customer_number
         and c.product_code = l.product_code
         -- At one and the same instant the case that came first is drawn on an older line.
         and (n.disbursed_at, n.case_number) >= (l.granted_at, l.case_number)
     ) n on true
     where l.cell_id = $1 and l.customer_number = $2 and l.product_code = $3
     group by l.cell_id, l.line_number
     order by l.granted_at desc, l.line_number desc
     limit 1`,
    [of.cellId, of.customerNumber, of.productCode],
  );
  if (row === undefined) return null;
  return {
    lineNumber: row.line_number,
    customerNumber: of.customerNumber,
    productCode: of.productCode,
    currency: row.currency,
    amountMinor: row.amount_minor,
    // A revolving line is restored by what is paid back.
    usedMinor: row.revolving ? row.drawn_minor - row.repaid_minor : row.drawn_minor,
    revolving: row.revolving,
    status: row.valid_to < of.date ? 'expired' : 'in_force',
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}

/** The approval notice of a case. */
export async function loanApprovalOf(queries: Queries, of: OfCase): Promise<Values | null> {
  const [row] = await queries.query<{ [column: string]: string | bigint }>(
    `select approval_number as "approvalNumber", customer_number as "customerNumber",
       currency, amount_minor as "amountMinor", term_months::int8 as "termMonths",
       rate_ppm as "ratePpm", conditions, valid_from as "validFrom", valid_to as "validTo"
     from loan_approval where cell_id = $1 and case_number = $2`,
    [of.cellId, of.caseNumber],
  );
  return row ?? null;
}

/** The loan contract of a case, with what is drawn of it. */
export async function loanContractOf(queries: Queries, of: OfCase): Promise<Values | null> {
  const [row] = await queries.query<{ [column: string]: string | bigint | null }>(
    `select c.contract_number as "contractNumber", c.approval_number as "approvalNumber",
       c.customer_number as "customerNumber", c.product_code as "productCode", c.currency,
       c.amount_minor as "amountMinor", c.term_months::int8 as "termMonths",
       c.rate_ppm as "ratePpm", c.repayment_method as "repaymentMethod",
       c.credit_protection as "creditProtection", c.payment_method as "paymentMethod",
       c.payee_name as "payeeName", c.payee_account_number as "payeeAccountNumber",
       c.contract_date as "contractDate",
       (select coalesce(sum(n.principal_minor), 0)::int8 from loan_note n
        where n.cell_id = c.cell_id and n.contract_number = c.contract_number) as "drawnMinor"
     from loan_contract c where c.cell_id = $1 and c.case_number = $2`,
    [of.cellId, of.caseNumber],
  );
  return row ?? null;
}

/** The newest collateral of a case. */
export async function collateralOf(queries: Queries, of: OfCase): Promise<Values | null> {
  const [row] = await queries.query<{ [column: string]: string | bigint }>(
    `select registration_number as "registrationNumber", contract_number as "contractNumber",
       description, currency, value_minor as "valueMinor"
     from collateral where cell_id = $1 and case_number = $2
     order by registered_at desc limit 1`,
    [of.cellId, of.caseNumber],
  );
  return row ?? null;
}

/** All collateral registered in a case, in the order of its registration. */
export async function collateralHeldOf(queries: Queries, of: OfCase): Promise<readonly Values[]> {
  return await queries.query<{ [column: string]: string | bigint }>(
    `select registration_number as "registrationNumber", value_minor as "valueMinor", currency
     from collateral where cell_id = $1 and case_number = $2
     order by registered_at, registration_number`,
    [of.cellId, of.caseNumber],
  );
}

/** The newest note of a case, with what is outstanding on it. */
export async function loanNoteOf(queries: Queries, of: OfCase): Promise<Values | null> {
  const [row] = await queries.query<{ [column: string]: string | bigint }>(
    `select n.note_number as "noteNumber", n.contract_number as "contractNumber",
       n.customer_number as "customerNumber",
       n.deposit_account_number as "depositAccountNumber", n.unit_code as "unitId",
       n.gl_code as "glCode", n.currency, n.principal_minor as "principalMinor",
       n.rate_ppm as "ratePpm", n.repayment_method as "repaymentMethod",
       n.start_date as "startDate", n.maturity_date as "maturityDate",
       (n.principal_minor - (select coalesce(sum(r.principal_minor), 0) from loan_repayment r
         where r.cell_id = n.cell_id and r.note_number = n.note_number))::int8
         as "outstandingMinor"
     from loan_note n where n.cell_id = $1 and n.case_number = $2
     order by n.disbursed_at desc limit 1`,
    [of.cellId, of.caseNumber],
  );
  return row ?? null;
}

/** The schedule of a note, in order. */
export async function instalmentsOf(
  queries: Queries,
  of: { readonly cellId: number; readonly noteNumber: string },
): Promise<readonly Values[]> {
  return await queries.query<{ [column: string]: string | bigint }>(
    `select number::int8 as number, due_date as "dueDate", days::int8 as days,
       principal_minor as "principalMinor", interest_minor as "interestMinor",
       balance_minor as "balanceMinor"
     from loan_instalment where cell_id = $1 and note_number = $2 order by number`,
    [of.cellId, of.noteNumber],
  );
}

/**
 * Exposure of a customer's whole group in CNY: what is outstanding on notes, and what approvals in
 * force still promise, with or without a contract.
 */
export async function groupExposureOf(
  queries: Queries,
  of: { readonly cellId: number; readonly customerNumber: string; readonly date: string },
): Promise<Values> {
  const [row] = await queries.query<{ outstandingMinor: bigint; committedMinor: bigint }>(
    `with member as (
       select m.customer_number from customer c
       join customer m on m.cell_id = c.cell_id
         and (m.customer_number = c.customer_number or m.group_code = c.group_code)
       where c.cell_id = $1 and c.customer_number = $2
     ), note as (
       select n.contract_number, n.principal_minor,
         n.principal_minor - (select coalesce(sum(r.principal_minor), 0) from loan_repayment r
           where r.cell_id = n.cell_id and r.note_number = n.note_number) as outstanding_minor
       from loan_note n join member m on m.customer_number = n.customer_number
       where n.cell_id = $1
     ), promised as (
       select greatest(a.amount_minor - coalesce((select sum(n.principal_minor)
           from loan_contract c join note n on n.contract_number = c.contract_number
           where c.cell_id = a.cell_id and c.approval_number = a.approval_number), 0), 0)
         as left_minor
       from loan_approval a
       join member m on m.customer_number = a.customer_number
       where a.cell_id = $1 and a.valid_to >= $3
     )
     select (select coalesce(sum(outstanding_minor), 0)::int8 from note) as "outstandingMinor",
       (select coalesce(sum(left_minor), 0)::int8 from promised) as "committedMinor"`,
    [of.cellId, of.customerNumber, of.date],
  );
  return row ?? { outstandingMinor: 0n, committedMinor: 0n };
}

import type { Values } from '../../base/data.ts';
import type { Queries } from '../database.ts';
import { accountBalanceOf } from './account-facts.ts';

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

/**
 * The collateral registered for a contract, in the order of its registration. `images`: how many
 * papers of the kind the case of its registration holds (权证影像).
 */
export async function collateralHeldOf(
  queries: Queries,
  of: { readonly cellId: number; readonly contractNumber: string; readonly imageKind: string },
): Promise<readonly Values[]> {
  return await queries.query<{ [column: string]: string | bigint }>(
    `select c.registration_number as "registrationNumber", c.value_minor as "valueMinor",
       c.currency, c.case_number as "caseNumber",
       (select count(*) from document d
          join process_instance i on i.cell_id = d.cell_id and i.id = d.root_id
        where d.cell_id = c.cell_id and i.case_number = c.case_number and d.kind = $3)::int8
         as images
     from collateral c where c.cell_id = $1 and c.contract_number = $2
     order by c.registered_at, c.registration_number`,
    [of.cellId, of.contractNumber, of.imageKind],
  );
}

/** A note by its number, with what is outstanding on it and what its deposit can give now. */
export async function loanNoteOf(
  queries: Queries,
  of: { readonly cellId: number; readonly noteNumber: string },
): Promise<Values | null> {
  const [row] = await queries.query<{ [column: string]: string | bigint }>(
    `select n.note_number as "noteNumber", n.contract_number as "contractNumber",
       n.case_number as "caseNumber", n.customer_number as "customerNumber",
       n.deposit_account_number as "depositAccountNumber", n.unit_code as "unitId",
       n.gl_code as "glCode", n.currency, n.principal_minor as "principalMinor",
       n.rate_ppm as "ratePpm", n.repayment_method as "repaymentMethod",
       n.start_date as "startDate", n.maturity_date as "maturityDate",
       (n.principal_minor - (select coalesce(sum(r.principal_minor), 0) from loan_repayment r
         where r.cell_id = n.cell_id and r.note_number = n.note_number))::int8
         as "outstandingMinor"
     from loan_note n where n.cell_id = $1 and n.note_number = $2`,
    [of.cellId, of.noteNumber],
  );
  if (row === undefined) return null;
  const deposit = await accountBalanceOf(queries, of.cellId, String(row.depositAccountNumber));
  return { ...row, depositAvailableMinor: deposit?.availableMinor ?? 0n };
}

/** The contract of a note, null when there is no such note. */
export async function contractNumberOfNote(
  queries: Queries,
  cellId: number,
  noteNumber: string,
): Promise<string | null> {
  const [row] = await queries.query<{ contractNumber: string }>(
    `select contract_number as "contractNumber" from loan_note
     where cell_id = $1 and note_number = $2`,
    [cellId, noteNumber],
  );
  return row?.contractNumber ?? null;
}

/** Days on which inspections of a note were due that were begun, the newest first. */
export async function inspectionsBegun(
  queries: Queries,
  of: { readonly cellId: number; readonly noteNumber: string },
): Promise<readonly Values[]> {
  return await queries.query<{ [column: string]: string | null }>(
    `select i.due_date as "dueDate", i.case_number as "caseNumber",
       (select p.status from process_instance p where p.cell_id = i.cell_id
         and p.case_number = i.case_number and p.parent_id is null) as status
     from loan_inspection i where i.cell_id = $1 and i.note_number = $2
     order by i.due_date desc`,
    [of.cellId, of.noteNumber],
  );
}

/** The schedule of a note, in order, with what of it is paid. */
export async function instalmentsOf(
  queries: Queries,
  of: { readonly cellId: number; readonly noteNumber: string },
): Promise<readonly Values[]> {
  return await queries.query<{ [column: string]: string | bigint | boolean }>(
    `select number::int8 as number, due_date as "dueDate", days::int8 as days,
       principal_minor as "principalMinor", interest_minor as "interestMinor",
       balance_minor as "balanceMinor",
       exists (select from loan_repayment r where r.cell_id = i.cell_id
         and r.note_number = i.note_number and r.instalment_number = i.number
         and r.clears) as paid
     from loan_plan_now i where cell_id = $1 and note_number = $2 order by number`,
    [of.cellId, of.noteNumber],
  );
}

/**
 * Exposure of a customer's whole group in CNY: what is outstanding on notes, and what approvals and
 * contracts in force still promise.
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
       -- An approval without a contract promises all of it; a contract what may still be drawn,
       -- which a revolving one has again when it is paid back; a closed one nothing more.
       select case when x.contract_number is not null then 0
         else greatest(a.amount_minor - coalesce((
             select sum(case when c.revolving then n.outstanding_minor else n.principal_minor end)
             from note n where n.contract_number = c.contract_number), 0), 0) end as left_minor
       from loan_approval a
       join member m on m.customer_number = a.customer_number
       left join loan_contract c on c.cell_id = a.cell_id
         and c.approval_number = a.approval_number
       left join loan_contract_closing x on x.cell_id = c.cell_id
         and x.contract_number = c.contract_number
       where a.cell_id = $1 and coalesce(c.available_to, a.valid_to) >= $3
     )
     select (select coalesce(sum(outstanding_minor), 0)::int8 from note) as "outstandingMinor",
       (select coalesce(sum(left_minor), 0)::int8 from promised) as "committedMinor"`,
    [of.cellId, of.customerNumber, of.date],
  );
  return row ?? { outstandingMinor: 0n, committedMinor: 0n };
}

import type { Values } from '../../base/data.ts';
import type { Queries } from '../database.ts';

/**
 * A contract as its notes leave it. `drawnMinor` is all that was ever drawn, `outstandingMinor`
 * what is owed now, `undrawnMinor` what may still be drawn by amount (a revolving contract is
 * refilled by what is paid back), whatever the day says.
 */
const contractSql = `select c.contract_number as "contractNumber",
    c.case_number as "loanCaseNumber", c.approval_number as "approvalNumber",
    c.customer_number as "customerNumber", c.product_code as "productCode", c.currency,
    c.amount_minor as "amountMinor", c.term_months::int8 as "termMonths",
    c.rate_ppm as "ratePpm", c.repayment_method as "repaymentMethod",
    c.credit_protection as "creditProtection", c.payment_method as "paymentMethod",
    c.payee_name as "payeeName", c.payee_account_number as "payeeAccountNumber",
    c.contract_date as "contractDate", c.revolving,
    coalesce(c.available_to, a.valid_to) as "availableTo", a.valid_to as "approvalValidTo",
    coalesce(c.deposit_account_number, n.last_deposit) as "depositAccountNumber",
    n.first_drawn_on as "firstDrawnOn", n.drawn_minor as "drawnMinor",
    n.drawn_minor - n.repaid_minor as "outstandingMinor",
    greatest(c.amount_minor - n.drawn_minor
      + case when c.revolving then n.repaid_minor else 0 end, 0) as "undrawnMinor",
    x.accounting_date as "closedOn",
    (select i.unit_code from process_instance i where i.cell_id = c.cell_id
      and i.case_number = c.case_number and i.parent_id is null) as "unitId"
  from loan_contract c
    join loan_approval a on a.cell_id = c.cell_id and a.approval_number = c.approval_number
    left join loan_contract_closing x on x.cell_id = c.cell_id
      and x.contract_number = c.contract_number
    cross join lateral (
      select coalesce(sum(o.principal_minor), 0)::int8 as drawn_minor,
        min(o.start_date) as first_drawn_on,
        (array_agg(o.deposit_account_number order by o.disbursed_at desc))[1] as last_deposit,
        coalesce(sum((select sum(r.principal_minor) from loan_repayment r
          where r.cell_id = o.cell_id and r.note_number = o.note_number)), 0)::int8
          as repaid_minor
      from loan_note o
      where o.cell_id = c.cell_id and o.contract_number = c.contract_number) n`;

type Row = { readonly [column: string]: string | bigint | boolean | null };

/**
 * A contract by its number. Until the transaction ends nobody else draws on it, pays on it or
 * closes it: whoever asks second waits here, and then sees what the first has done.
 */
export async function contractToDrawOn(
  queries: Queries,
  cellId: number,
  contractNumber: string,
): Promise<Values | null> {
  await lockContract(queries, cellId, contractNumber);
  const [row] = await queries.query<Row>(
    `${contractSql} where c.cell_id = $1 and c.contract_number = $2`,
    [cellId, contractNumber],
  );
  return row ?? null;
}

/** The one lock of a contract; held until the transaction ends. */
export async function lockContract(
  queries: Queries,
  cellId: number,
  contractNumber: string,
): Promise<void> {
  await queries.query(
    `select pg_advisory_xact_lock(hashtextextended('loan contract ' || $1, $2))`,
    [contractNumber, cellId],
  );
}

/** The contract of the case in which it was signed, as it stands; nothing is locked. */
export async function contractOfCase(
  queries: Queries,
  cellId: number,
  caseNumber: string,
): Promise<Values | null> {
  const [row] = await queries.query<Row>(
    `${contractSql} where c.cell_id = $1 and c.case_number = $2`,
    [cellId, caseNumber],
  );
  return row ?? null;
}

/** A note with what is owed on it and what comes due next, for a list. */
export type NoteSummary = {
  readonly noteNumber: string;
  readonly contractNumber: string;
  readonly caseNumber: string;
  readonly currency: string;
  readonly principalMinor: bigint;
  readonly outstandingMinor: bigint;
  readonly ratePpm: bigint;
  readonly repaymentMethod: string;
  readonly startDate: string;
  readonly maturityDate: string;
  readonly nextDueDate: string | null;
  readonly nextPrincipalMinor: bigint | null;
  readonly nextInterestMinor: bigint | null;
};

/** The contracts of a customer, the newest first, each as it stands; at most `max`. */
export async function contractsOfCustomer(
  queries: Queries,
  of: { readonly cellId: number; readonly customerNumber: string; readonly max: number },
): Promise<readonly Values[]> {
  return await queries.query<Row>(
    `${contractSql} where c.cell_id = $1 and c.customer_number = $2
     order by c.signed_at desc, c.contract_number desc limit $3`,
    [of.cellId, of.customerNumber, of.max],
  );
}

/** The notes of a customer, the oldest first, with the next instalment that is not paid. */
export async function notesOfCustomer(
  queries: Queries,
  of: { readonly cellId: number; readonly customerNumber: string },
): Promise<readonly NoteSummary[]> {
  return await queries.query<NoteSummary>(
    `with note as (
       select n.*, (n.principal_minor - (select coalesce(sum(r.principal_minor), 0)
           from loan_repayment r
           where r.cell_id = n.cell_id and r.note_number = n.note_number))::int8
           as outstanding_minor
       from loan_note n where n.cell_id = $1 and n.customer_number = $2)
     select n.note_number as "noteNumber", n.contract_number as "contractNumber",
       n.case_number as "caseNumber", n.currency, n.principal_minor as "principalMinor",
       n.outstanding_minor as "outstandingMinor", n.rate_ppm as "ratePpm",
       n.repayment_method as "repaymentMethod", n.start_date as "startDate",
       n.maturity_date as "maturityDate", i.due_date as "nextDueDate",
       i.principal_minor as "nextPrincipalMinor", i.interest_minor as "nextInterestMinor"
     from note n
       left join lateral (
         select i.due_date, i.principal_minor, i.interest_minor from loan_plan_now i
         where i.cell_id = n.cell_id and i.note_number = n.note_number
           and n.outstanding_minor > 0
           and not exists (select from loan_repayment r where r.cell_id = i.cell_id
             and r.note_number = i.note_number and r.instalment_number = i.number and r.clears)
         order by i.number limit 1) i on true
     order by n.disbursed_at, n.note_number`,
    [of.cellId, of.customerNumber],
  );
}

/**
 * What is set aside on the borrower's account for a contract (保证金圈存) and not released: the
 * hold, its account and what is left of it.
 */
export async function marginHeldOf(
  queries: Queries,
  cellId: number,
  contractNumber: string,
): Promise<Values | null> {
  const [row] = await queries.query<Row>(
    `select h.hold_id as "holdId", a.account_number as "accountNumber",
       h.remaining_minor as "amountMinor"
     from hold h join account a on a.cell_id = h.cell_id and a.account_id = h.account_id
     where h.cell_id = $1 and h.purpose = 'loan_margin ' || $2 and h.status = 'active'
     order by h.placed_at limit 1`,
    [cellId, contractNumber],
  );
  return row ?? null;
}

/** A contract that can no longer be drawn on, with nothing owed on it and not yet closed. */
export type RipeContract = {
  readonly contractNumber: string;
  readonly customerNumber: string;
  readonly unitCode: string;
};

/** Contracts with notes, all paid, whose time to draw is over on the date; at most `max`. */
export async function contractsToClose(
  queries: Queries,
  on: { readonly cellId: number; readonly date: string; readonly max: number },
): Promise<readonly RipeContract[]> {
  return await queries.query<RipeContract>(
    `select d."contractNumber", d."customerNumber", d."unitId" as "unitCode"
     from (${contractSql} where c.cell_id = $1) d
     where d."closedOn" is null and d."drawnMinor" > 0 and d."outstandingMinor" = 0
       and d."availableTo" < $2
     order by d."contractNumber" limit $3`,
    [on.cellId, on.date, on.max],
  );
}

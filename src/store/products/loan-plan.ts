import type { Queries } from '../database.ts';

/** A note of which something is due, and its deposit has money. */
export type DueNote = {
  readonly noteNumber: string;
  readonly customerNumber: string;
  readonly unitCode: string;
  /** Since when something of it has been due. */
  readonly dueDate: string;
};

/**
 * Notes with an instalment due on a date or before it that is not cleared, the oldest first, at
 * most `max`. Left out: notes that were paid off as a whole, and those whose deposit has nothing to
 * take; they stay due, and the night counts their days.
 */
export async function notesDue(
  queries: Queries,
  on: { readonly cellId: number; readonly date: string; readonly max: number },
): Promise<DueNote[]> {
  return await queries.query<DueNote>(
    `select n.note_number as "noteNumber", n.customer_number as "customerNumber",
       n.unit_code as "unitCode", min(i.due_date) as "dueDate"
     from loan_plan_now i
     join loan_note n on n.cell_id = i.cell_id and n.note_number = i.note_number
     join account a on a.cell_id = n.cell_id and a.account_number = n.deposit_account_number
     join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
     where i.cell_id = $1 and i.due_date <= $2
       and i.principal_minor + i.interest_minor > 0
       and not exists (select from loan_repayment r where r.cell_id = i.cell_id
         and r.note_number = i.note_number and r.instalment_number = i.number and r.clears)
       and (b.overdraft_limit_minor is null
         or b.balance_minor + b.overdraft_limit_minor > b.held_minor)
       and (n.principal_minor > (select coalesce(sum(r.principal_minor), 0) from loan_repayment r
           where r.cell_id = n.cell_id and r.note_number = n.note_number)
         or not exists (select from loan_repayment r where r.cell_id = n.cell_id
           and r.note_number = n.note_number and r.instalment_number is null))
     group by n.note_number, n.customer_number, n.unit_code
     order by min(i.due_date), n.note_number
     limit $3`,
    [on.cellId, on.date, on.max],
  );
}

/** A note whose next inspection is due. */
export type DueInspection = {
  readonly noteNumber: string;
  readonly customerNumber: string;
  readonly unitCode: string;
  readonly dueDate: string;
};

/**
 * Notes with principal outstanding whose inspection is due on a date or before it: the first so
 * many days after the release, each later one on the day its last classification set. A note whose
 * inspection is under way is not due.
 */
export async function inspectionsDue(
  queries: Queries,
  on: {
    readonly cellId: number;
    readonly date: string;
    readonly firstAfterDays: number;
    readonly max: number;
  },
): Promise<DueInspection[]> {
  return await queries.query<DueInspection>(
    `with note as (
       select n.*,
         (select max(i.due_date) from loan_inspection i where i.cell_id = n.cell_id
           and i.note_number = n.note_number) as last_due,
         (select c.next_inspection_date from loan_inspection i
           join loan_classification c on c.cell_id = i.cell_id and c.case_number = i.case_number
             and c.note_number = i.note_number
           where i.cell_id = n.cell_id and i.note_number = n.note_number
           order by i.due_date desc limit 1) as next_due,
         (select max(i.begun_at) from loan_inspection i where i.cell_id = n.cell_id
           and i.note_number = n.note_number) as last_begun_at,
         (select max(c.classified_at) from loan_classification c where c.cell_id = n.cell_id
           and c.note_number = n.note_number) as last_classified_at,
         n.principal_minor - (select coalesce(sum(r.principal_minor), 0) from loan_repayment r
           where r.cell_id = n.cell_id and r.note_number = n.note_number) as outstanding_minor
       from loan_note n
       where n.cell_id = $1
     ), due as (
       select note_number, customer_number, unit_code,
         case when last_due is null then start_date + $3::int else next_due end as due_date
       from note
       where outstanding_minor > 0
         and (last_due is null or last_classified_at >= last_begun_at)
     )
     select note_number as "noteNumber",
       customer_number as "customerNumber", unit_code as "unitCode", due_date as "dueDate"
     from due where due_date <= $2
     order by due_date, note_number
     limit $4`,
    [on.cellId, on.date, on.firstAfterDays, on.max],
  );
}

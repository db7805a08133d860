import type { Queries } from '../database.ts';

/** What the bank's own records say against a case, whatever was decided in it at first. */
export type RiskSigns = {
  readonly case_number: string;
  /** People refused it in the end, or it was lost. */
  readonly refused: boolean;
  /** Somebody sent it back for correction. */
  readonly returned: boolean;
  /** An instalment of its loan was not paid on its day. */
  readonly overdue: boolean;
  /** Its loan was classified below normal. */
  readonly classified_down: boolean;
};

/**
 * What stands against some cases up to a day. `refusedOutcomes`: the outcomes of a case that mean
 * it was refused or lost.
 */
export async function riskSignsOf(
  queries: Queries,
  cellId: number,
  wanted: {
    readonly caseNumbers: readonly string[];
    readonly refusedOutcomes: readonly string[];
    readonly day: string;
  },
): Promise<RiskSigns[]> {
  return await queries.query<RiskSigns>(
    `with wanted as (
       select i.id, i.case_number, i.outcome from process_instance i
       where i.cell_id = $1 and i.case_number = any($2::text[]) and i.parent_id is null),
     note as (
       select w.case_number, n.note_number from wanted w
       join loan_contract c on c.cell_id = $1 and c.case_number = w.case_number
       join loan_note n on n.cell_id = $1 and n.contract_number = c.contract_number)
     select w.case_number,
       coalesce(w.outcome = any($3::text[]), false) as refused,
       exists (select 1 from business_event e where e.cell_id = $1 and e.root_id = w.id
         and e.kind = 'task_returned') as returned,
       exists (select 1 from note n
         join loan_instalment p on p.cell_id = $1 and p.note_number = n.note_number
         left join loan_repayment r on r.cell_id = $1 and r.note_number = p.note_number
           and r.instalment_number = p.number and r.clears
         where n.case_number = w.case_number and p.due_date < $4::date
           and coalesce(r.accounting_date, $4::date) > p.due_date) as overdue,
       exists (select 1 from note n
         join loan_classification k on k.cell_id = $1 and k.note_number = n.note_number
         where n.case_number = w.case_number
           and k.five_level_class <> 'normal') as classified_down
     from wanted w`,
    [cellId, wanted.caseNumbers, wanted.refusedOutcomes, wanted.day],
  );
}

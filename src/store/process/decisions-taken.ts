import type { Queries } from '../database.ts';
import type { DecisionRow } from './rows.ts';

/** Which decisions are asked for: one kind or all, of a period (instants, the end not included). */
export type DecisionsWanted = {
  readonly decisionId: string | null;
  /** Of one process only; all where it is not given. */
  readonly processId?: string;
  readonly from: number;
  readonly to: number;
};

/** A decision with the number of its case. */
export type DecisionTaken = DecisionRow & { readonly case_number: string };

type Raw = Omit<DecisionTaken, 'at' | 'activity_instance'> & {
  readonly at: bigint;
  readonly activity_instance: bigint;
};

/** Decisions in the order they were taken, a page at a time; `after` is the last id seen. */
export async function decisionsTaken(
  queries: Queries,
  cellId: number,
  wanted: DecisionsWanted,
  page: { readonly after: string; readonly rows: number },
): Promise<DecisionTaken[]> {
  const rows = await queries.query<Raw>(
    `select d.id, d.root_id, d.instance_id, d.activity_instance, d.decision_id, d.model_id,
       d.version_id, d.file_name, d.file_hash, d.inputs, d.matched, d.output, d.reasons, d.at, i.case_number
     from decision_taken d
     join process_instance i on i.cell_id = d.cell_id and i.id = d.root_id
     where d.cell_id = $1 and d.id > $2 and d.at >= $3 and d.at < $4
       and ($5::text is null or d.decision_id = $5)
       and ($7::text is null or exists (select 1 from process_instance p
         where p.cell_id = d.cell_id and p.id = d.instance_id and p.process_id = $7))
     order by d.id limit $6`,
    [
      ...[cellId, page.after, wanted.from, wanted.to, wanted.decisionId, page.rows],
      wanted.processId ?? null,
    ],
  );
  return rows.map((row) => ({
    ...row,
    at: Number(row.at),
    activity_instance: Number(row.activity_instance),
  }));
}

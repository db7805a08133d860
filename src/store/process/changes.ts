import type { Queries } from '../database.ts';

/** A case of which something was written, and whom that concerns. */
export type CaseChange = {
  readonly eventId: string;
  readonly caseNumber: string;
  readonly unitCode: string;
  readonly customerNumber: string | null;
};

/** Business events with an id above `after`, the oldest first: what live screens should hear of. */
export async function changesAfter(
  queries: Queries,
  cellId: number,
  after: string,
  limit: number,
): Promise<CaseChange[]> {
  return await queries.query<CaseChange>(
    `select e.id as "eventId", e.case_number as "caseNumber", i.unit_code as "unitCode",
       i.customer_id as "customerNumber"
     from business_event e
     join process_instance i on i.cell_id = e.cell_id and i.id = e.root_id
     where e.cell_id = $1 and e.id > $2
     order by e.id limit $3`,
    [cellId, after, limit],
  );
}

import type { Queries } from '../database.ts';

/** What tells one case of a list from another: whose it is, and its amounts by variable. */
export type CaseFacts = {
  readonly caseNumber: string;
  readonly modelId: string;
  readonly customerName: string | null;
  /** Every variable of the root whose name ends in Minor, in digits. */
  readonly amounts: Readonly<Record<string, string>>;
};

/** Facts of some cases, by their numbers. */
export async function factsOfCases(
  queries: Queries,
  cellId: number,
  caseNumbers: readonly string[],
): Promise<ReadonlyMap<string, CaseFacts>> {
  if (caseNumbers.length === 0) return new Map();
  const rows = await queries.query<Omit<CaseFacts, 'amounts'> & { amounts: string | null }>(
    `select i.case_number as "caseNumber", i.model_id as "modelId", c.name as "customerName",
       (select json_object_agg(e.key, e.value)::text from jsonb_each_text(i.data -> 'root') e
        where e.key like '%Minor' and e.value is not null) as amounts
     from process_instance i
       left join customer c on c.cell_id = i.cell_id and c.customer_number = i.customer_id
     where i.cell_id = $1 and i.parent_id is null and i.case_number = any($2)`,
    [cellId, [...new Set(caseNumbers)]],
  );
  return new Map(
    rows.map((row) => {
      const amounts = JSON.parse(row.amounts ?? '{}') as Record<string, string>;
      return [row.caseNumber, { ...row, amounts }] as const;
    }),
  );
}

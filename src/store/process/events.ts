import { createHash } from 'node:crypto';
import type { Queries } from '../database.ts';
import type { BusinessEventRow } from './rows.ts';

/**
 * The event's own SHA-256, over all it says, in a fixed order of members. `facts` counts by value,
 * so the text must be canonical: members in the order of their names, no blanks.
 */
export function eventHash(event: Omit<BusinessEventRow, 'hash'>): string {
  const said = [
    event.id,
    event.root_id,
    event.instance_id,
    event.n,
    event.step,
    event.case_number,
    event.kind,
    event.element_id,
    event.activity_instance,
    event.model_id,
    event.at,
    event.login,
    event.person,
    event.role,
    event.unit_code,
    event.facts,
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

type StoredEvent = Omit<BusinessEventRow, 'n' | 'step' | 'activity_instance' | 'at'> & {
  readonly n: bigint;
  readonly step: bigint;
  readonly activity_instance: bigint | null;
  readonly at: bigint;
};

const eventColumns = `e.id, e.root_id, e.instance_id, e.n, e.step, e.case_number, e.kind,
  e.element_id, e.activity_instance, e.model_id, e.at, e.login, e.person, e.role, e.unit_code,
  e.facts, encode(e.hash, 'hex') as hash`;

function fromStored(row: StoredEvent): BusinessEventRow {
  return {
    ...row,
    n: Number(row.n),
    step: Number(row.step),
    activity_instance: row.activity_instance === null ? null : Number(row.activity_instance),
    at: Number(row.at),
  };
}

/** Business events of a case in the order they happened, `limit` of them after number `after`. */
export async function eventsOfCase(
  queries: Queries,
  cellId: number,
  caseNumber: string,
  { after = 0, limit = 1_000 }: { readonly after?: number; readonly limit?: number } = {},
): Promise<BusinessEventRow[]> {
  const rows = await queries.query<StoredEvent>(
    `select ${eventColumns} from business_event e
     where e.cell_id = $1 and e.n > $3
       and e.root_id = (select id from process_instance
         where cell_id = $1 and case_number = $2 and parent_id is null)
     order by e.n limit $4`,
    [cellId, caseNumber, after, limit],
  );
  return rows.map(fromStored);
}

/** Business events of a whole cell by id, `limit` of them after id `after`: for logs and checks. */
export async function eventsAfter(
  queries: Queries,
  cellId: number,
  after: string,
  limit: number,
): Promise<BusinessEventRow[]> {
  const rows = await queries.query<StoredEvent>(
    `select ${eventColumns} from business_event e
     where e.cell_id = $1 and e.id > $2 order by e.id limit $3`,
    [cellId, after, limit],
  );
  return rows.map(fromStored);
}

/** Whether an activity of the case was ever completed. */
export async function hasPassed(
  queries: Queries,
  cellId: number,
  rootId: string,
  elementId: string,
): Promise<boolean> {
  const rows = await queries.query(
    `select 1 from business_event e
     where e.cell_id = $1 and e.root_id = $2 and e.element_id = $3
       and e.kind = 'activity_completed' limit 1`,
    [cellId, rootId, elementId],
  );
  return rows.length > 0;
}

/** How often a paper of the case was printed. */
export async function printingsOf(
  queries: Queries,
  cellId: number,
  rootId: string,
  paper: string,
): Promise<number> {
  const [row] = await queries.query<{ printings: bigint }>(
    `select count(*) as printings from business_event e
     where e.cell_id = $1 and e.root_id = $2 and e.kind = 'paper_printed'
       and e.facts ->> 'paper' = $3`,
    [cellId, rootId, paper],
  );
  return Number(row?.printings ?? 0n);
}

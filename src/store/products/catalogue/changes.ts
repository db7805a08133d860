import type { Queries, Transaction } from '../../database.ts';
import type { ProductFamily } from './versions.ts';

/** A change of a product as it was drafted; it never changes. */
export type ProductChangeRow = {
  readonly id: string;
  readonly family: ProductFamily;
  readonly productCode: string;
  readonly effectiveFrom: string;
  /** Effective day of the version that it stands on. */
  readonly standsOn: string;
  /** JSON: [{ path, text }]. */
  readonly parameters: string;
  readonly note: string;
};

export type ChangeEventKind = 'drafted' | 'approved' | 'refused' | 'withdrawn';

/** A line in the life of a change: n 0 its draft, n 1 what became of it. */
export type ChangeEventRow = {
  readonly changeId: string;
  readonly n: number;
  readonly kind: ChangeEventKind;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly login: string;
  readonly person: string;
  readonly reason: string;
};

const columns = `id, family, product_code as "productCode", effective_from as "effectiveFrom",
  stands_on as "standsOn", parameters, note`;

/** Keeps a change. */
export async function insertProductChange(
  transaction: Transaction,
  cellId: number,
  row: ProductChangeRow,
): Promise<void> {
  await transaction.query(
    `insert into product_change (cell_id, id, family, product_code, effective_from, stands_on,
       parameters, note) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)`,
    [
      cellId,
      row.id,
      row.family,
      row.productCode,
      row.effectiveFrom,
      row.standsOn,
      row.parameters,
      row.note,
    ],
  );
}

/** Adds a line to a change's life. False: it has that line already, and nothing was written. */
export async function insertChangeEvent(
  transaction: Transaction,
  cellId: number,
  event: ChangeEventRow,
): Promise<boolean> {
  const rows = await transaction.query<{ n: number }>(
    `insert into product_change_event (cell_id, change_id, n, kind, at, login, person, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning n`,
    [
      cellId,
      event.changeId,
      event.n,
      event.kind,
      event.at,
      event.login,
      event.person,
      event.reason,
    ],
  );
  return rows.length === 1;
}

/** One change, or null. */
export async function productChangeById(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<ProductChangeRow | null> {
  const [row] = await queries.query<ProductChangeRow>(
    `select ${columns} from product_change where cell_id = $1 and id = $2`,
    [cellId, id],
  );
  return row ?? null;
}

/** The changes of a product, or of all of them, the newest first, at most so many. */
export async function productChanges(
  queries: Queries,
  cellId: number,
  of: { readonly family: ProductFamily; readonly productCode: string } | null,
  max: number,
): Promise<readonly ProductChangeRow[]> {
  return await queries.query<ProductChangeRow>(
    `select ${columns} from product_change
     where cell_id = $1 and ($2::text is null or (family = $2 and product_code = $3))
     order by id desc limit $4`,
    [cellId, of?.family ?? null, of?.productCode ?? null, max],
  );
}

/** The lives of some changes, in order. */
export async function changeEventsOf(
  queries: Queries,
  cellId: number,
  ids: readonly string[],
): Promise<readonly ChangeEventRow[]> {
  const rows = await queries.query<Omit<ChangeEventRow, 'at'> & { readonly at: bigint }>(
    `select change_id as "changeId", n, kind, at, login, person, reason
     from product_change_event where cell_id = $1 and change_id = any($2::uuid[])
     order by change_id, n`,
    [cellId, ids],
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

import { isValueList, isValues, parseValue, type Value, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { differencesOf, type LeafChange, withLeaves } from '../../product/catalogue/leaves.ts';
import { readProduct } from '../../product/deposit/product.ts';
import type { Queries } from '../../store/database.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import {
  type ChangeEventRow,
  changeEventsOf,
  type ProductChangeRow,
  productChanges,
} from '../../store/products/catalogue/changes.ts';
import {
  type ProductFamily,
  type ProductVersion,
  productVersions,
} from '../../store/products/catalogue/versions.ts';
import type { Parts } from '../parts.ts';

export type ProductRef = { readonly family: ProductFamily; readonly productCode: string };

/** A product with the version in force, if any, and what waits to be approved. */
export type ProductLine = ProductRef & {
  readonly version: ProductVersion;
  /** The version begins later than today. */
  readonly isToCome: boolean;
  readonly versions: number;
  readonly pending: number;
};

/** Changes that a product's page shows. */
const changesMax = 100;
/** Changes looked through for what is pending. */
const pendingMax = 1_000;

/** A product's versions with every parameter spelt out, also those a definition leaves out. */
export async function spelledOut(
  queries: Queries,
  cellId: number,
  of: ProductRef | null,
): Promise<readonly ProductVersion[]> {
  const versions = await productVersions(queries, cellId, of);
  return versions.map((version) => {
    if (version.family !== 'deposit') return version;
    const read = readProduct(version.definition);
    return read.ok ? { ...version, definition: { ...read.value } } : version;
  });
}

/** The accounting date, from which versions are in force. */
export async function productToday(parts: Parts): Promise<Result<string, 'books_not_open'>> {
  const dates = await accountingDates(parts.database, parts.cellId);
  return dates === null ? refuse('books_not_open') : ok(dates.accountingDate);
}

/** The version that is in force on a day, among versions in the order of their days. */
export function versionOn(
  versions: readonly ProductVersion[],
  date: string,
): ProductVersion | undefined {
  return versions.findLast(({ effectiveFrom }) => effectiveFrom <= date);
}

/** Every product of the bank, loans first. */
export async function listProducts(parts: Parts): Promise<Result<readonly ProductLine[]>> {
  const { database, cellId } = parts;
  const today = await productToday(parts);
  if (!today.ok) return today;
  const all = await spelledOut(database, cellId, null);
  const changes = await productChanges(database, cellId, null, pendingMax);
  const open = await openOf(parts, changes);
  const groups = new Map<string, ProductVersion[]>();
  for (const version of all) {
    const key = `${version.family} ${version.productCode}`;
    groups.set(key, [...(groups.get(key) ?? []), version]);
  }
  const lines = [...groups.values()].flatMap((versions): ProductLine[] => {
    const now = versionOn(versions, today.value);
    const version = now ?? versions[0];
    if (version === undefined) return [];
    const { family, productCode } = version;
    const isOwn = (one: ProductRef) => one.family === family && one.productCode === productCode;
    const pending = open.filter(isOwn).length;
    const isToCome = now === undefined;
    return [{ family, productCode, version, isToCome, versions: versions.length, pending }];
  });
  return ok(lines);
}

async function openOf(
  { database, cellId }: Parts,
  changes: readonly ProductChangeRow[],
): Promise<readonly ProductChangeRow[]> {
  const ids = changes.map(({ id }) => id);
  const closed = new Set(
    (await changeEventsOf(database, cellId, ids))
      .filter(({ n }) => n === 1)
      .map(({ changeId }) => changeId),
  );
  return changes.filter(({ id }) => !closed.has(id));
}

/** A change with its life and what it would make different. */
export type ProductChangeView = {
  readonly change: ProductChangeRow;
  readonly events: readonly ChangeEventRow[];
  readonly differences: ReturnType<typeof differencesOf>;
};

export type ProductView = ProductRef & {
  readonly today: string;
  /** The oldest first. */
  readonly versions: readonly ProductVersion[];
  /** The newest first. */
  readonly changes: readonly ProductChangeView[];
};

/** One product with all its versions and changes. Refused: one that is not known. */
export async function viewProduct(parts: Parts, of: ProductRef): Promise<Result<ProductView>> {
  const { database, cellId } = parts;
  const today = await productToday(parts);
  if (!today.ok) return today;
  const versions = await spelledOut(database, cellId, of);
  if (versions.length === 0) return refuse('product_unknown', { code: of.productCode });
  const rows = await productChanges(database, cellId, of, changesMax);
  const lives = await changeEventsOf(
    database,
    cellId,
    rows.map(({ id }) => id),
  );
  const changes = rows.map((change): ProductChangeView => {
    const events = lives.filter(({ changeId }) => changeId === change.id);
    const base = versions.find(({ effectiveFrom }) => effectiveFrom === change.standsOn);
    const before = base?.definition ?? {};
    const after = withLeaves(before, changesIn(change.parameters));
    return { change, events, differences: differencesOf(before, after.ok ? after.value : before) };
  });
  return ok({ ...of, today: today.value, versions, changes });
}

/** The parameters of a stored change. */
export function changesIn(text: string): LeafChange[] {
  const value = parseValue(text);
  const list: Value = value.ok ? value.value : null;
  const rows = isValueList(list) ? list.filter((one): one is Values => isValues(one)) : [];
  return rows.map((row) => ({ path: String(row.path), text: String(row.text) }));
}

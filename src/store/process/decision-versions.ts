import { createHash } from 'node:crypto';
import type { Queries, Transaction } from '../database.ts';

/** A table its owners changed: a DMN file with its cases. It never changes after it is drafted. */
export type DecisionVersionRow = {
  readonly id: string;
  readonly process_id: string;
  readonly file_name: string;
  /** Counts the versions of a file of a process, from 1. */
  readonly version: number;
  readonly content: string;
  readonly content_hash: string;
  readonly cases: string;
  /** The first day on which it decides, 'YYYY-MM-DD'. */
  readonly effective_from: string;
  readonly note: string;
};

export type VersionEventKind = 'drafted' | 'approved' | 'refused' | 'withdrawn';

/** A line in the life of a version: n 0 its draft, n 1 what became of it. */
export type VersionEventRow = {
  readonly version_id: string;
  readonly n: number;
  readonly kind: VersionEventKind;
  readonly at: number;
  readonly login: string;
  readonly person: string;
  /** Canonical text, so that the hash can be made again. */
  readonly facts: string;
};

const columns = `v.id, v.process_id, v.file_name, v.version, v.content, v.content_hash, v.cases,
  v.effective_from, v.note`;

/** The line's own SHA-256 over all it says, in a fixed order of members. */
export function versionEventHash(event: VersionEventRow): string {
  const { version_id, n, kind, at, login, person, facts } = event;
  const said = [version_id, n, kind, at, login, person, facts];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** Waits until nobody else drafts this file, so that versions count without a gap. */
export async function lockDrafting(
  transaction: Transaction,
  file: { readonly processId: string; readonly fileName: string },
): Promise<void> {
  const name = `decision ${file.processId} ${file.fileName}`;
  await transaction.query('select pg_advisory_xact_lock(hashtext($1))', [name]);
}

/** Adds a version; `nextVersion` gives its number under lockDrafting. */
export async function insertDecisionVersion(
  transaction: Transaction,
  cellId: number,
  row: DecisionVersionRow,
): Promise<void> {
  await transaction.query(
    `insert into decision_version (cell_id, id, process_id, file_name, version, content,
       content_hash, cases, effective_from, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      cellId,
      row.id,
      row.process_id,
      row.file_name,
      row.version,
      row.content,
      row.content_hash,
      row.cases,
      row.effective_from,
      row.note,
    ],
  );
}

/** The number the next version of a file gets. */
export async function nextVersion(
  transaction: Transaction,
  cellId: number,
  file: { readonly processId: string; readonly fileName: string },
): Promise<number> {
  const [row] = await transaction.query<{ next: number }>(
    `select coalesce(max(version), 0)::int4 + 1 as next from decision_version
     where cell_id = $1 and process_id = $2 and file_name = $3`,
    [cellId, file.processId, file.fileName],
  );
  return row?.next ?? 1;
}

/** Adds a line to a version's life. False: it has that line already, and nothing was written. */
export async function insertVersionEvent(
  transaction: Transaction,
  cellId: number,
  event: VersionEventRow,
): Promise<boolean> {
  const rows = await transaction.query<{ n: number }>(
    `insert into decision_version_event (cell_id, version_id, n, kind, at, login, person, facts,
       hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)
     on conflict do nothing returning n`,
    [
      cellId,
      event.version_id,
      event.n,
      event.kind,
      event.at,
      event.login,
      event.person,
      event.facts,
      versionEventHash(event),
    ],
  );
  return rows.length === 1;
}

/** One version, or null. */
export async function decisionVersionById(
  queries: Queries,
  cellId: number,
  id: string,
): Promise<DecisionVersionRow | null> {
  const [row] = await queries.query<DecisionVersionRow>(
    `select ${columns} from decision_version v where v.cell_id = $1 and v.id = $2`,
    [cellId, id],
  );
  return row ?? null;
}

/** Every version of a process's files, or of one of them, the newest first. */
export async function decisionVersionsOf(
  queries: Queries,
  cellId: number,
  wanted: { readonly processId: string; readonly fileName: string | null },
): Promise<DecisionVersionRow[]> {
  return await queries.query<DecisionVersionRow>(
    `select ${columns} from decision_version v
     where v.cell_id = $1 and v.process_id = $2 and ($3::text is null or v.file_name = $3)
     order by v.file_name, v.version desc`,
    [cellId, wanted.processId, wanted.fileName],
  );
}

/** The lives of some versions, in order. */
export async function versionEventsOf(
  queries: Queries,
  cellId: number,
  ids: readonly string[],
): Promise<VersionEventRow[]> {
  const rows = await queries.query<Omit<VersionEventRow, 'at'> & { readonly at: bigint }>(
    `select version_id, n, kind, at, login, person, facts from decision_version_event
     where cell_id = $1 and version_id = any($2::uuid[]) order by version_id, n`,
    [cellId, ids],
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** The lines of all versions after one, with what they are about: for whoever checks the hashes. */
export async function versionEventsAfter(
  queries: Queries,
  cellId: number,
  after: { readonly versionId: string; readonly n: number },
  rowsMax: number,
): Promise<(VersionEventRow & { hash: string; content: string; content_hash: string })[]> {
  const rows = await queries.query<
    Omit<VersionEventRow, 'at'> & {
      readonly at: bigint;
      readonly hash: string;
      readonly content: string;
      readonly content_hash: string;
    }
  >(
    `select e.version_id, e.n, e.kind, e.at, e.login, e.person, e.facts, e.hash, v.content,
       v.content_hash
     from decision_version_event e
     join decision_version v on v.cell_id = e.cell_id and v.id = e.version_id
     where e.cell_id = $1 and (e.version_id, e.n) > ($2::uuid, $3::int4)
     order by e.version_id, e.n limit $4`,
    [cellId, after.versionId, after.n, rowsMax],
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/**
 * The approved versions of a process that are in force on a day or were before, in the order in
 * which one takes over from another: by day, then by number.
 */
export async function approvedVersions(
  queries: Queries,
  cellId: number,
  processId: string,
  day: string,
): Promise<{ readonly id: string; readonly effective_from: string }[]> {
  return await queries.query(
    `select v.id, v.effective_from from decision_version v
     join decision_version_event e on e.cell_id = v.cell_id and e.version_id = v.id
       and e.n = 1 and e.kind = 'approved'
     where v.cell_id = $1 and v.process_id = $2 and v.effective_from <= $3::date
     order by v.effective_from, v.version`,
    [cellId, processId, day],
  );
}

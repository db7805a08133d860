import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { LogSource } from '../../insight/analysis.ts';
import type { EventLog } from '../../insight/event-log.ts';
import { joinedLogs, type PickedCase } from '../../insight/log/joined-logs.ts';
import { LogReader } from '../../insight/log/log-reader.ts';
import { decodeLog, encodeLog } from '../../insight/log/log-snapshot.ts';
import type { Queries } from '../../store/database.ts';
import { type CaseMark, caseMarks, countCases, firstCase } from '../../store/process/event-log.ts';
import { eventLog, type WantedLog } from '../event-log.ts';

/** What a snapshot remembers besides the log: its cases by id, names and how it was read. */
type Remembered = {
  readonly cases: readonly CaseMark[];
  readonly names: readonly (readonly [string, string])[];
  readonly source: LogSource;
};

type Snapshot = Remembered & { readonly log: EventLog };

/** What reading the bank's own log cost: cases it has, and those that had to be read. */
export type LiveReading = {
  readonly log: EventLog;
  readonly source: LogSource;
  readonly cases: number;
  readonly casesRead: number;
};

const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * The bank's own event log, by a snapshot of its columns that lies in the data folder: only cases
 * in which something happened since are read again, and the result is what reading all would give.
 * The snapshot is a copy: when it is damaged, of another database or gone, everything is read.
 * Without a folder everything is read each time. One process reads one log at a time.
 */
export async function readBySnapshot(
  database: Queries,
  wanted: WantedLog,
  folder: string | null,
): Promise<Result<LiveReading>> {
  if (folder === null) return await readAll(database, wanted, null);
  const file = await fileOf(database, wanted, folder);
  const old = await load(file);
  if (old === null) return await readAll(database, wanted, file);
  const { cellId, processId } = wanted;
  const open = old.cases.filter(({ ended }) => !ended).map(({ id }) => id);
  const after = old.cases.at(-1)?.id ?? firstId;
  let marks = await caseMarks(database, cellId, { processId, after, open });
  const known = new Map(old.cases.map((each) => [each.id, each]));
  const isNew = marks.filter(({ id }) => !known.has(id)).length;
  if (known.size + isNew !== (await countCases(database, cellId, processId))) {
    // A case with an earlier id was committed later: then all marks are asked for.
    marks = await caseMarks(database, cellId, { processId, after: firstId, open: [] });
  }
  const changed = marks.filter(({ id, mark }) => known.get(id)?.mark !== mark);
  for (const each of marks) known.set(each.id, each);
  const all = [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (changed.length === 0) {
    return ok({ log: old.log, source: old.source, cases: all.length, casesRead: 0 });
  }
  const names = new Map(old.names);
  const ids = changed.map(({ id }) => id);
  const read = await readCases(database, wanted, { ids, names });
  if (!read.ok)
    return read.code === 'log_without_events' ? await readAll(database, wanted, file) : read;
  // A new name that is already another's: which of them keeps it depends on the order of all.
  const newNames = [...names.keys()].slice(old.names.length);
  if (newNames.some((label) => label.endsWith(')'))) return await readAll(database, wanted, file);
  const log = joinedLogs(pickedCases(all, new Set(ids), old.log, read.value.log));
  const { source } = old;
  await save(file, { log, cases: all, names: [...names], source });
  return ok({ log, source, cases: all.length, casesRead: changed.length });
}

/** Each case out of the reading it was last read by, in the order of ids. */
function pickedCases(
  cases: readonly CaseMark[],
  changed: ReadonlySet<string>,
  old: EventLog,
  fresh: EventLog,
): PickedCase[] {
  const codesOf = (log: EventLog) =>
    new Map(Array.from({ length: log.cases.size }, (_, code) => [log.cases.text(code), code]));
  const [oldCodes, freshCodes] = [codesOf(old), codesOf(fresh)];
  return cases.flatMap(({ id, caseNumber }) => {
    const isFresh = changed.has(id);
    const caseCode = (isFresh ? freshCodes : oldCodes).get(caseNumber);
    return caseCode === undefined ? [] : [{ log: isFresh ? fresh : old, caseCode }];
  });
}

async function readAll(
  database: Queries,
  wanted: WantedLog,
  file: string | null,
): Promise<Result<LiveReading>> {
  const { cellId, processId } = wanted;
  // Marks first: what happens while the events are read is read again next time.
  const cases = await caseMarks(database, cellId, { processId, after: firstId, open: [] });
  const names = new Map<string, string>();
  const read = await readCases(database, wanted, { ids: null, names });
  if (!read.ok) return read;
  const { log, source } = read.value;
  if (file !== null) await save(file, { log, cases, names: [...names], source });
  return ok({ log, source, cases: cases.length, casesRead: cases.length });
}

async function readCases(
  database: Queries,
  wanted: WantedLog,
  some: Parameters<typeof eventLog>[2],
): Promise<Result<{ log: EventLog; source: LogSource }>> {
  const reader = new LogReader({ attributes: true });
  const encoder = new TextEncoder();
  for await (const piece of eventLog(database, wanted, some)) {
    const refusal = reader.push(encoder.encode(piece));
    if (refusal) return refusal;
  }
  return reader.end();
}

/** One file for each cell, process and language of one database. */
async function fileOf(database: Queries, wanted: WantedLog, folder: string): Promise<string> {
  const { cellId, processId, language } = wanted;
  const first = await firstCase(database, cellId);
  const key = JSON.stringify([first, cellId, processId, language]);
  const name = createHash('sha256').update(key).digest('hex').slice(0, 24);
  return join(folder, 'event-logs', `cell-${cellId}-${name}`);
}

async function load(file: string): Promise<Snapshot | null> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null || bytes.length < 32) return null;
  const body = bytes.subarray(32);
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(0, 32))) return null;
  const read = decodeLog(body);
  if (!read.ok) return null;
  return { log: read.value.log, ...(read.value.extra as Remembered) };
}

/** The snapshot is a copy, so a folder that cannot be written only costs the next reading time. */
async function save(file: string, { log, ...remembered }: Snapshot): Promise<void> {
  const body = encodeLog(log, remembered);
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
    const sum = createHash('sha256').update(body).digest();
    await writeFile(draft, Buffer.concat([sum, body]), { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'ENOSPC'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
    await rm(draft, { force: true });
  }
}

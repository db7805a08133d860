import { gunzipSync } from 'node:zlib';
import { assert, present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { LogSource } from '../../insight/analysis.ts';
import { casesOnly, type EventLog } from '../../insight/event-log.ts';
import { type Filtered, filtered } from '../../insight/filter.ts';
import type { Instances } from '../../insight/instances.ts';
import { decodeLog } from '../../insight/log/log-snapshot.ts';
import { readBySnapshot } from '../../runtime/log/live-snapshot.ts';
import type { Queries } from '../../store/database.ts';
import { importedLogBytes } from '../../store/logs/imported-logs.ts';
import { eventsMax } from './limits.ts';
import type { About } from './question.ts';

/** What a question is answered from: the cases that the filters left, and all that may be seen. */
export type Found = Filtered & {
  /** Cases within the reader's scope before any filter. */
  readonly casesInScope: number;
  /** The log of those cases, before any filter. */
  readonly log: EventLog;
  readonly source: LogSource;
  /** The server's database, for models and names. */
  readonly queries: Queries;
};

/**
 * The log a question is about, in scope and filtered. Refusals: insight_without_cases,
 * insight_log_too_large, those of reading the log and of the filters.
 */
export async function foundLog(
  queries: Queries,
  dataFolder: string | null,
  { log: wanted, units, filters }: About,
): Promise<Result<Found>> {
  const read = await readWanted(queries, dataFolder, wanted);
  if (!read.ok) return read.code === 'log_without_events' ? refuse('insight_without_cases') : read;
  const { source } = read.value;
  const events = read.value.log.atMs.length;
  if (events > eventsMax) {
    return refuse('insight_log_too_large', { events: String(events), most: String(eventsMax) });
  }
  const log = units === null ? read.value.log : inUnits(read.value.log, units);
  const all = filtered(log, 'instances', []);
  if (!all.ok) return all;
  const casesInScope = casesOf(all.value.work).length;
  if (casesInScope === 0) return refuse('insight_without_cases');
  const left = filters.length === 0 ? all : filtered(log, 'instances', filters);
  return left.ok ? ok({ ...left.value, casesInScope, log, source, queries }) : left;
}

type Read = { readonly log: EventLog; readonly source: LogSource };

async function readWanted(
  queries: Queries,
  dataFolder: string | null,
  wanted: About['log'],
): Promise<Result<Read>> {
  if (wanted.kind === 'live') return await readBySnapshot(queries, wanted.wanted, dataFolder);
  return await readImported(queries, wanted.cellId, wanted.id);
}

/** Imported logs never change, so the last ones asked about are kept as they were read. */
const keptImported = new Map<string, Read>();
const keptMost = 2;

async function readImported(queries: Queries, cellId: number, id: string): Promise<Result<Read>> {
  const key = `${cellId} ${id}`;
  const kept = keptImported.get(key);
  const packed = kept === undefined ? await importedLogBytes(queries, cellId, id) : null;
  if (packed?.length === 0) return refuse('insight_log_unknown');
  const read = kept ?? unpacked(present(packed, 'the bytes of a log'));
  keptImported.delete(key);
  keptImported.set(key, read);
  for (const old of [...keptImported.keys()].slice(0, -keptMost)) keptImported.delete(old);
  return ok(read);
}

function unpacked(packed: Uint8Array): Read {
  const decoded = decodeLog(gunzipSync(packed));
  assert(decoded.ok, 'columns that were kept can be read');
  return { log: decoded.value.log, source: decoded.value.extra as LogSource };
}

/** The log of the cases that lie at some units. */
function inUnits(log: EventLog, units: readonly string[]): EventLog {
  const unit = log.attributes.find(({ name, of }) => name === 'huiliu:unit' && of === 'case');
  const kept = new Uint8Array(log.cases.size);
  for (let c = 0; c < kept.length; c++) {
    const code = unit?.code[c] ?? -1;
    if (unit !== undefined && code >= 0 && units.includes(unit.values.text(code))) kept[c] = 1;
  }
  return casesOnly(log, kept);
}

/** Cases in which at least one piece of work was done, by their code. */
export function casesOf({ firstOfCase, log }: Instances): number[] {
  return Array.from({ length: log.cases.size }, (_, c) => c).filter(
    (c) => firstOfCase[c] !== firstOfCase[c + 1],
  );
}

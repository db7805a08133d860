import { gzipSync } from 'node:zlib';
import { ok, type Result, refuse } from '../../../base/result.ts';
import type { LogSource } from '../../../insight/analysis.ts';
import type { EventLog } from '../../../insight/event-log.ts';
import { activityInstances } from '../../../insight/instances.ts';
import type { ColumnRole } from '../../../insight/log/csv-columns.ts';
import { encodeLog } from '../../../insight/log/log-snapshot.ts';
import type { TimeFormat } from '../../../insight/log/times.ts';
import { type FileLook, lookAtFile } from '../../../runtime/log/files/look.ts';
import { type Encoding, readLog } from '../../../runtime/log/files/read-log.ts';
import { eventsMax } from '../limits.ts';

/** The file to look at; encoding null: as its bytes look; sheet of a workbook, null: the first. */
export type LookAsked = {
  readonly file: string;
  readonly encoding: Encoding | null;
  readonly sheet: string | null;
};

/** How a file is to be read, as people said. */
export type ImportAsked = {
  readonly file: string;
  readonly encoding: Encoding;
  readonly columns: Readonly<Partial<Record<ColumnRole, string>>>;
  readonly timeFormat: TimeFormat | null;
  readonly delimiter: string | null;
  readonly sheet: string | null;
  readonly objectType: string | null;
  readonly skipBadRows: boolean;
  /** How many ms before UTC times without a zone are, such as 28,800,000 for the bank's clock. */
  readonly offsetMs: number;
};

export type Imported = {
  readonly packed: Uint8Array;
  readonly cases: number;
  readonly events: number;
  readonly activities: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly source: LogSource;
};

/** The first rows of a file. Refusals: those of `lookAtFile`. */
export async function looked({ file, encoding, sheet }: LookAsked): Promise<Result<FileLook>> {
  return await lookAtFile(file, encoding, sheet);
}

/**
 * Reads a whole file into packed columns. Refusals: log_too_many_events, log_without_completions
 * and those of the reader.
 */
export async function imported(asked: ImportAsked): Promise<Result<Imported>> {
  const { file, encoding, columns, timeFormat, delimiter, sheet, objectType, skipBadRows } = asked;
  const read = await readLog(file, encoding, {
    ...{ columns, sheet, objectType, skipBadRows, attributes: true, eventsMax },
    ...(timeFormat === null ? {} : { timeFormat }),
    ...(delimiter === null ? {} : { delimiter }),
  });
  if (!read.ok) return read;
  const { source } = read.value;
  const log = source.zone === 'none' ? earlier(read.value.log, asked.offsetMs) : read.value.log;
  const work = activityInstances(log, 'instances');
  if (work.size === 0) return refuse('log_without_completions');
  let [fromMs, toMs] = [Infinity, -Infinity];
  for (let i = 0; i < work.size; i++) {
    fromMs = Math.min(fromMs, work.startMs[i]!);
    toMs = Math.max(toMs, work.endMs[i]!);
  }
  return ok({
    packed: gzipSync(encodeLog(log, source), { level: 1 }),
    ...{ cases: log.cases.size, events: log.atMs.length, activities: log.activities.size },
    ...{ fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs), source },
  });
}

/** The same log on a clock that is so far before UTC. */
function earlier(log: EventLog, ms: number): EventLog {
  if (ms === 0) return log;
  return {
    ...log,
    atMs: log.atMs.map((at) => at - ms),
    startMs: log.startMs?.map((at) => at - ms) ?? null,
  };
}

import type { Refusal } from '../../base/result.ts';
import type { LogSource } from '../analysis.ts';
import { lifecycleWords } from '../event-log.ts';
import { encodeUtf8 } from '../utf8.ts';
import { LogReader, type ReadOptions } from './log-reader.ts';

export type ReadBack =
  | Refusal
  | { readonly ok: true; readonly lines: readonly string[]; readonly source: LogSource };

/** Reads a file pushed in chunks of a size, and tells its events one per line. */
export function readBack(
  file: string | Uint8Array,
  options: ReadOptions = {},
  chunk = 1_000_000,
): ReadBack {
  const bytes = typeof file === 'string' ? encodeUtf8(file) : file;
  const reader = new LogReader(options);
  for (let at = 0; at < bytes.length; at += chunk) {
    const refusal = reader.push(bytes.subarray(at, at + chunk));
    if (refusal) return refusal;
  }
  const result = reader.end();
  if (!result.ok) return result;
  const { log, source } = result.value;
  const lines: string[] = [];
  for (let c = 0; c < log.cases.size; c++) {
    for (let i = log.firstOfCase[c]!; i < log.firstOfCase[c + 1]!; i++) {
      const start = log.startMs && !Number.isNaN(log.startMs[i]!) ? `${log.startMs[i]}-` : '';
      const resource = log.resource[i]! < 0 ? '' : log.resources.text(log.resource[i]!);
      lines.push(
        [
          log.cases.text(c),
          log.activities.text(log.activity[i]!),
          lifecycleWords[log.lifecycle[i]!],
          resource,
          `${start}${log.atMs[i]}`,
        ].join('|'),
      );
    }
  }
  return { ok: true, lines, source };
}

/** What a reading came to: its lines, or the code of its refusal with its line and byte. */
export function outcome(read: ReadBack): readonly string[] {
  if (read.ok) return read.lines;
  const { line, byte } = read.facts;
  return [`refused ${read.code}${line ? ` line ${line}` : ''}${byte ? ` byte ${byte}` : ''}`];
}

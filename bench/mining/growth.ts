import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchRow } from '../../src/cli/bench-report.ts';

const run = promisify(execFile);
const program = join(import.meta.dirname, 'grow.ts');
const peerProgram = join(import.meta.dirname, 'map_csv_with_pm4py.py');
/** A CSV of this many events must become a map within so many CPU seconds. */
const [mappedEvents, mappedSecondsMax] = [1_200_000, 2];
/** Ten million events may cost per event at most so much more than one million. */
const growthMax = 1.3;
const millions = [1, 2, 5, 10] as const;

type Grown = {
  readonly seconds: number;
  readonly pairs: number;
  readonly edges: number;
  readonly megabytes: number;
};

/** A large CSV to its map: beside the peer, and growing from 1 to 10 million events. */
export async function growthRows(python: string, folder: string): Promise<BenchRow[]> {
  const file = join(folder, 'large.csv');
  await run(process.execPath, [program, String(mappedEvents), file]);
  const theirs = await told(python, [peerProgram, file]);
  const ours = await told(process.execPath, [program, String(mappedEvents)]);
  const same = ours.pairs === theirs.pairs && ours.edges === theirs.edges;
  const mapped = {
    what: `CSV of ${mappedEvents} events: import and map with medians`,
    ours: round(ours.seconds),
    peer: round(theirs.seconds),
    unit: 's',
    ratio: ours.seconds / theirs.seconds,
    wanted: `<= ${mappedSecondsMax} s CPU, the same answer`,
    ok: ours.seconds <= mappedSecondsMax && same,
  };
  const rows: BenchRow[] = [mapped];
  let first = 0;
  for (const million of millions) {
    const { seconds, megabytes } = await told(process.execPath, [program, `${million}000000`]);
    if (million === 1) first = seconds;
    const ratio = seconds / (first * million);
    rows.push({
      what: `${million} million events: import and map, ${Math.round(megabytes)} MB (peer: ${million} x the time of 1 million)`,
      ours: round(seconds),
      peer: round(first * million),
      unit: 's',
      ratio,
      wanted: `ratio <= ${growthMax}`,
      ok: ratio <= growthMax,
    });
  }
  return rows;
}

async function told(command: string, words: readonly string[]): Promise<Grown> {
  const { stdout } = await run(command, words, { maxBuffer: 1 << 26 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

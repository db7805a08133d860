import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Benchmark, BenchRow } from '../src/cli/bench-report.ts';
import { pm4pyPython, pm4pyVersion } from './import/pm4py.ts';
import { machineInWords } from './run/machine.ts';
import { benchRow } from './run/row.ts';

const run = promisify(execFile);
const logs = ['bpi2012.xes.gz', 'road-traffic-fines.xes.gz'] as const;
/** Our reading is short, so the middle of three counts; the peer reads once. */
const runs = 3;
const cpuRatioMax = 0.1;
const memoryMaxMegabytes = 250;

type Cost = {
  readonly cases: number;
  readonly events: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
};

export const bench: Benchmark = {
  summary: 'CPU time and memory of importing real XES logs, beside PM4Py in the same run',
  run: async () => {
    const folder = process.env.HUILIU_DATA;
    const python = await pm4pyPython();
    const rows: BenchRow[] = [];
    for (const log of logs) {
      const file = folder ? join(folder, 'logs', log) : null;
      if (file === null) rows.push(missing(log));
      else rows.push(...(await rowsOf(log, file, python)));
    }
    return { name: 'import', machine: machineInWords({ PM4Py: pm4pyVersion }), rows };
  },
};

function missing(log: string): BenchRow {
  const what = `${log}: not there, because HUILIU_DATA is not set (docs/guide/test-data.md)`;
  return { what, ours: 0, peer: null, unit: 's', ratio: null, wanted: 'the log', ok: false };
}

async function rowsOf(log: string, file: string, python: string | null): Promise<BenchRow[]> {
  const program = join(import.meta.dirname, 'import', 'read.ts');
  const ours: Cost[] = [];
  for (let i = 0; i < runs; i++) ours.push(await cost(process.execPath, [program, file]));
  ours.sort((a, b) => a.cpuSeconds - b.cpuSeconds);
  const middle = ours[Math.floor(runs / 2)]!;
  const memory = Math.max(...ours.map((each) => each.peakMegabytes));
  const peerProgram = join(import.meta.dirname, 'import', 'read_with_pm4py.py');
  const theirs = python === null ? null : await cost(python, [peerProgram, file]);
  const same = theirs !== null && theirs.events === middle.events && theirs.cases === middle.cases;
  const what = `${log}, ${middle.events} events`;
  const time = benchRow({
    what: `${what}: CPU time`,
    ours: round(middle.cpuSeconds),
    peer: theirs && round(theirs.cpuSeconds),
    unit: 's',
    wanted: { atMost: cpuRatioMax },
  });
  return [
    { ...time, wanted: `${time.wanted}, the same events`, ok: time.ok && same },
    {
      what: `${what}: peak memory`,
      ours: Math.round(memory),
      peer: theirs && Math.round(theirs.peakMegabytes),
      unit: 'MB',
      ratio: theirs && memory / theirs.peakMegabytes,
      wanted: `<= ${memoryMaxMegabytes} MB`,
      ok: memory <= memoryMaxMegabytes,
    },
  ];
}

async function cost(program: string, words: readonly string[]): Promise<Cost> {
  const { stdout } = await run(program, words, { maxBuffer: 1 << 26 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

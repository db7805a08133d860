import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Benchmark, BenchRow } from '../src/cli/bench-report.ts';
import { pm4pyPython, pm4pyVersion } from './import/pm4py.ts';
import { growthRows } from './mining/growth.ts';
import { machineInWords } from './run/machine.ts';
import { benchRow } from './run/row.ts';

const run = promisify(execFile);
const memoryMaxMegabytes = 250;
/** Our work is short, so the middle of three counts; the peer works once. */
const runs = 3;

/** The parts of the work, and the share of the peer's CPU that each may take. */
const parts = [
  ['import', 'bpi2012.xes.gz: import', 1 / 20],
  ['map', 'bpi2012, completions: map with medians', 1 / 20],
  ['model', 'bpi2012, completions: inductive mining, noise 0.2', 1 / 20],
  ['align', "sepsis: alignments with the peer's own net", 1 / 10],
] as const;

type Mined = {
  readonly seconds: Readonly<Record<(typeof parts)[number][0], number>>;
  readonly importMegabytes: number;
  readonly edges: number;
  /** Of the second log: the share of cases that fit, and the average fitness. */
  readonly fitting: number;
  readonly fitness: number;
};

export const bench: Benchmark = {
  summary: 'CPU time of import, map, model and alignments, beside PM4Py in the same run',
  run: async () => {
    const material = process.env.HUILIU_DATA;
    const python = await pm4pyPython();
    const ready = material !== undefined && python !== null;
    const rows = ready ? await rowsOf(join(material, 'logs'), python) : parts.map(missing);
    return { name: 'mining', machine: machineInWords({ PM4Py: pm4pyVersion }), rows };
  },
};

function missing([, what]: (typeof parts)[number]): BenchRow {
  const why = 'needs HUILIU_DATA (docs/guide/test-data.md) and PM4Py';
  return { what, ours: 0, peer: null, unit: 's', ratio: null, wanted: why, ok: false };
}

async function rowsOf(logs: string, python: string): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-mining-'));
  try {
    const [first, second] = [join(logs, 'bpi2012.xes.gz'), join(logs, 'sepsis.xes.gz')];
    const net = join(folder, 'net');
    const programs = join(import.meta.dirname, 'mining');
    const theirs = await mined(python, [join(programs, 'mine_with_pm4py.py'), first, second, net]);
    const words = [join(programs, 'mine.ts'), first, second, `${net}.pnml`];
    const all: Mined[] = [];
    for (let i = 0; i < runs; i++) all.push(await mined(process.execPath, words));
    const ours = middle(all);
    const rows = parts.map(([part, what, atMost]) => {
      const [our, their] = [ours.seconds[part], theirs.seconds[part]];
      return benchRow({
        what,
        ours: round(our),
        peer: round(their),
        unit: 's',
        wanted: { atMost },
      });
    });
    const agreed = rows.map((row, i) => agreeing(row, i, ours, theirs));
    return [...agreed, memoryRow(ours, theirs), ...(await growthRows(python, folder))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of each part the middle time, of the memory the most. */
function middle(all: readonly Mined[]): Mined {
  const [one] = all;
  if (one === undefined) throw new Error('at least one run');
  const seconds = { ...one.seconds };
  for (const [part] of parts) {
    const times = all.map((each) => each.seconds[part]).sort((a, b) => a - b);
    seconds[part] = times[Math.floor(times.length / 2)] ?? 0;
  }
  const importMegabytes = Math.max(...all.map((each) => each.importMegabytes));
  return { ...one, seconds, importMegabytes };
}

/** Speed counts only for the same answer: the same edges, the same fitness to 1e-6. */
function agreeing(row: BenchRow, part: number, ours: Mined, theirs: Mined): BenchRow {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6;
  const same =
    part === 1
      ? ours.edges === theirs.edges
      : part !== 3 || (near(ours.fitness, theirs.fitness) && near(ours.fitting, theirs.fitting));
  return { ...row, wanted: `${row.wanted}, the same answer`, ok: row.ok && same };
}

function memoryRow(ours: Mined, theirs: Mined): BenchRow {
  const [our, their] = [ours.importMegabytes, theirs.importMegabytes].map(Math.round);
  return {
    what: 'bpi2012: peak memory of import, map and model (peer: of the import)',
    ours: our ?? 0,
    peer: their ?? null,
    unit: 'MB',
    ratio: ours.importMegabytes / theirs.importMegabytes,
    wanted: `<= ${memoryMaxMegabytes} MB`,
    ok: ours.importMegabytes <= memoryMaxMegabytes,
  };
}

/** The peer's net depends on how Python hashes: the same seed, the same net on every run. */
const environment = { ...process.env, PYTHONHASHSEED: '1' };

async function mined(program: string, words: readonly string[]): Promise<Mined> {
  const { stdout } = await run(program, words, { maxBuffer: 1 << 26, env: environment });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

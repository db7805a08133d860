import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Benchmark, BenchRow } from '../src/cli/bench-report.ts';
import { pm4pyPython, pm4pyVersion } from './import/pm4py.ts';
import { machineInWords } from './run/machine.ts';
import { benchRow } from './run/row.ts';

const run = promisify(execFile);
const logs = ['sepsis', 'receipt', 'road-traffic-fines'] as const;
/** The share of the peer's CPU that alignments, and precision, may take. */
const atMost = 1 / 10;

type Aligned = {
  readonly alignSeconds: number;
  readonly precisionSeconds: number;
  readonly cases: number;
  readonly cost: number;
  readonly fitness: number;
  readonly precision: number;
};

export const bench: Benchmark = {
  summary: "alignments and precision with the peer's own nets: the same costs to the last digit",
  run: async () => {
    const material = process.env.HUILIU_DATA;
    const python = await pm4pyPython();
    const rows: BenchRow[] = [];
    for (const log of logs) {
      if (material === undefined || python === null) {
        const wanted = 'needs HUILIU_DATA (docs/guide/test-data.md) and PM4Py';
        rows.push({ what: log, ours: 0, peer: null, unit: 's', ratio: null, wanted, ok: false });
      } else rows.push(...(await rowsOf(log, join(material, 'logs', `${log}.xes.gz`), python)));
    }
    return { name: 'alignments', machine: machineInWords({ PM4Py: pm4pyVersion }), rows };
  },
};

async function rowsOf(log: string, file: string, python: string): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-alignments-'));
  try {
    const net = join(folder, 'net');
    const programs = join(import.meta.dirname, 'alignments');
    const theirs = await told(python, [join(programs, 'align_with_pm4py.py'), file, net]);
    const ours = await told(process.execPath, [join(programs, 'align.ts'), file, `${net}.pnml`]);
    const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6;
    const aligned = benchRow({
      what: `${log}: alignments of ${ours.cases} cases, cost ${ours.cost} (peer ${theirs.cost}), fitness ${ours.fitness.toFixed(6)}`,
      ours: round(ours.alignSeconds),
      peer: round(theirs.alignSeconds),
      unit: 's',
      wanted: { atMost },
    });
    const precise = benchRow({
      what: `${log}: precision ${ours.precision.toFixed(6)} (peer ${theirs.precision.toFixed(6)})`,
      ours: round(ours.precisionSeconds),
      peer: round(theirs.precisionSeconds),
      unit: 's',
      wanted: { atMost },
    });
    const same = ours.cost === theirs.cost && near(ours.fitness, theirs.fitness);
    const alike = near(ours.precision, theirs.precision);
    return [
      { ...aligned, wanted: `${aligned.wanted}, the same costs`, ok: aligned.ok && same },
      { ...precise, wanted: `${precise.wanted}, the same to 1e-6`, ok: precise.ok && alike },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The peer's net depends on how Python hashes: the same seed, the same net on every run. */
const environment = { ...process.env, PYTHONHASHSEED: '1' };

async function told(program: string, words: readonly string[]): Promise<Aligned> {
  const { stdout } = await run(program, words, { maxBuffer: 1 << 26, env: environment });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

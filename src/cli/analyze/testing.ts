import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isRefusalCode } from '../../contract/refusals/index.ts';
import { activityInstances, lifecycleViews } from '../../insight/instances.ts';
import { analyse } from '../../insight/perform/analyse.ts';
import { reportPage } from '../../insight/report/page.ts';
import { waitingCauses } from '../../insight/wait/summary.ts';
import { projectFolder } from '../project.ts';
import { readLog } from './read-log.ts';

/** How a run of the real program ended. */
export type Ended = { readonly code: number; readonly out: string; readonly complaint: string };

/** Runs `huiliu analyze …` with the real Node, as a person would. */
export async function runAnalyze(words: readonly string[], env = {}): Promise<Ended> {
  return await runHuiliu(['analyze', ...words], env);
}

/** Runs any command of `huiliu`. */
export async function runHuiliu(words: readonly string[], env = {}): Promise<Ended> {
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      ['src/cli/main.ts', ...words],
      { cwd: projectFolder, env: { ...process.env, LANG: 'C', ...env }, maxBuffer: 1 << 26 },
      (error, out, complaint) => {
        const code = error === null ? 0 : Number(error.code ?? 1);
        resolve({ code, out, complaint });
      },
    );
  });
}

/** A small XES log with start and completion, every kind of attribute and two languages. */
export function sampleXes(cases: number): string {
  const traces = Array.from({ length: cases }, (_, c) => {
    const events = ['受理 & check', 'Decide', '放款'].flatMap((name, step) =>
      ['start', 'complete'].map((life, half) => {
        const minute = String((c + step * 7 + half * 3) % 60).padStart(2, '0');
        const time = `2026-01-0${step + 1}T09:${minute}:00.000+08:00`;
        return `<event><string key="concept:name" value="${name.replace('&', '&amp;')}"/><string key="lifecycle:transition" value="${life}"/><string key="org:resource" value="u${c % 3}"/><date key="time:timestamp" value="${time}"/><int key="amount" value="${c}"><string key="unit" value="CNY"/></int></event>`;
      }),
    );
    return `<trace><string key="concept:name" value="c${c}"/>${events.join('\n')}</trace>`;
  });
  const global = '<global scope="event"><string key="concept:name" value="-"/></global>';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">${global}${traces.join('\n')}</log>\n`;
}

/** The like as CSV with quotes. */
export function sampleCsv(cases: number): string {
  const rows = Array.from({ length: cases }, (_, c) =>
    ['受理', 'Check, twice', 'Pay "now"']
      .map((name, step) => {
        const start = `2026-01-0${step + 1} 09:${String(c % 60).padStart(2, '0')}:00`;
        const end = `2026-01-0${step + 1} 10:${String(c % 60).padStart(2, '0')}:30`;
        return `c${c},"${name.replaceAll('"', '""')}",${start},${end},u${c % 3}`;
      })
      .join('\n'),
  );
  return `case_id,activity,start_time,end_time,resource\n${rows.join('\n')}\n`;
}

/** A small reproducible stream of numbers 0 to 2^32 - 1 (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

const spice = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '=',
  ',',
  '\n',
  '\r',
  '\0',
  '\xff',
  '\xc3',
  '<!DOCTYPE',
  '&x;',
  '<!--',
  ']]>',
  '<trace>',
  '</event>',
  '99',
  '-',
  ';',
  '\x1f\x8b',
  'key=',
];

/** A file hurt in one to six places: bytes changed, cut out, doubled, put in, the end torn off. */
export function hurt(bytes: Uint8Array, next: () => number): Uint8Array {
  let file = Buffer.from(bytes);
  const wounds = 1 + (next() % 6);
  for (let wound = 0; wound < wounds; wound++) {
    const at = next() % (file.length + 1);
    const length = 1 + (next() % (next() % 4 === 0 ? 4_000 : 12));
    const [before, after] = [file.subarray(0, at), file.subarray(at)];
    const kind = next() % 6;
    if (kind === 0 && at < file.length) file[at] = next() & 255;
    else if (kind === 1) file = Buffer.concat([before, after.subarray(length)]);
    else if (kind === 2) file = Buffer.concat([before, after.subarray(0, length), after]);
    else if (kind === 3) {
      file = Buffer.concat([before, Buffer.from(spice[next() % spice.length]!, 'latin1'), after]);
    } else if (kind === 4 && next() % 3 === 0) file = Buffer.from(before);
    else {
      const from = next() % (file.length + 1);
      file = Buffer.concat([before, file.subarray(from, from + length), after]);
    }
  }
  return file;
}

/** What a run over hurt files came to; `codes` counts the refusals, 'read' those that passed. */
export type HurtReport = {
  readonly files: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly slowest: string;
  readonly peakBytes: number;
};

/**
 * Reads, analyses and reports hurt files until the time is up. Throws for a refusal that has no
 * text, or anything else that is not a refusal.
 */
export async function readHurtFiles(seed: number, forMs: number): Promise<HurtReport> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-hurt-'));
  const samples = [sampleXes(40), sampleCsv(120), sampleXes(2), sampleCsv(3)].map((text) =>
    Buffer.from(text),
  );
  const packed = samples.map((sample) => gzipSync(sample));
  const wholes = [...samples, ...samples, ...samples, ...packed];
  const codes: Record<string, number> = {};
  let [files, slowestMs, slowest] = [0, 0, ''];
  const until = performance.now() + forMs;
  try {
    while (performance.now() < until) {
      const next = numbersFrom(seed + files);
      const file = join(folder, 'log');
      await writeFile(file, hurt(wholes[next() % wholes.length]!, next));
      const from = process.cpuUsage();
      const told = await readOne(file, next());
      const { user, system } = process.cpuUsage(from);
      if ((user + system) / 1000 > slowestMs) {
        slowestMs = (user + system) / 1000;
        slowest = `${told} (seed ${seed + files})`;
      }
      codes[told] = (codes[told] ?? 0) + 1;
      files++;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  return { files, codes, slowestMs, slowest, peakBytes };
}

async function readOne(file: string, choice: number): Promise<string> {
  const read = await readLog(file, 'utf-8', {});
  if (!read.ok) {
    if (!isRefusalCode(read.code)) throw new Error(`a refusal without a text: ${read.code}`);
    return read.code;
  }
  const work = activityInstances(read.value.log, lifecycleViews[choice % 3]!);
  if (work.size === 0) return 'log_without_completions';
  const page = reportPage({
    fileName: 'log',
    analysis: analyse(work),
    source: read.value.source,
    filters: [],
    waitingCauses: waitingCauses(work),
  });
  if (!page.endsWith('</html>\n')) throw new Error('a page without an end');
  return 'read';
}

// As a program of its own, so that its memory is its own: node testing.ts SEED MS
if (import.meta.main) {
  const [seed, forMs] = process.argv.slice(2).map(Number);
  process.stdout.write(JSON.stringify(await readHurtFiles(seed ?? 1, forMs ?? 1_000)));
}

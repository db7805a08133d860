/**
 * Reads hurt files of the other forms until the time is up or so many were read: as a program of
 * its own, so that its memory is its own. Words: FORM SEED MS FILES.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusalCode } from '../../../contract/refusals/index.ts';
import { activityInstances } from '../../../insight/instances.ts';
import { directlyFollows } from '../../../insight/perform/directly-follows.ts';
import { writeObjectLog } from '../../../store/foreign/testing.ts';
import { readLog } from '../read-log.ts';
import { ocelEvents, ocelJson, ocelObjects, ocelXml, sampleXlsx } from '../samples/testing.ts';
import { type HurtReport, hurt, numbersFrom, sampleCsv, sampleXes } from '../testing.ts';

/** All forms a log may come in, each with whole files to hurt. */
export const forms = [
  'xes',
  'csv',
  'xlsx',
  'parquet',
  'ocel-json',
  'ocel-xml',
  'ocel-sqlite',
] as const;
type Form = (typeof forms)[number];

async function wholes(form: Form, folder: string): Promise<readonly Uint8Array[]> {
  switch (form) {
    case 'xes':
      return [Buffer.from(sampleXes(20)), Buffer.from(sampleXes(2))];
    case 'csv':
      return [Buffer.from(sampleCsv(60)), Buffer.from(sampleCsv(3))];
    case 'xlsx':
      return [sampleXlsx()];
    case 'parquet': {
      const samples = join(import.meta.dirname, '../samples');
      const names = ['snappy', 'gzip', 'zstd'].map((packing) => `small-${packing}.parquet`);
      return await Promise.all(names.map((name) => readFile(join(samples, name))));
    }
    case 'ocel-json':
      return [Buffer.from(ocelJson())];
    case 'ocel-xml':
      return [Buffer.from(ocelXml())];
    case 'ocel-sqlite': {
      const file = join(folder, 'whole.sqlite');
      writeObjectLog(file, ocelEvents, ocelObjects);
      return [await readFile(file)];
    }
    default: {
      const never: never = form;
      return never;
    }
  }
}

async function readOne(file: string): Promise<string> {
  const read = await readLog(file, 'utf-8', { attributes: true, objectType: 'order' });
  if (read.ok) {
    directlyFollows(activityInstances(read.value.log, 'all'));
    return 'read';
  }
  if (!isRefusalCode(read.code)) throw new Error(`a refusal without a text: ${read.code}`);
  return read.code;
}

async function readHurt(
  form: Form,
  seed: number,
  forMs: number,
  most: number,
): Promise<HurtReport> {
  const folder = await mkdtemp(join(tmpdir(), `huiliu-hurt-${form}-`));
  const codes: Record<string, number> = {};
  let [files, slowestMs, slowest] = [0, 0, ''];
  try {
    const whole = await wholes(form, folder);
    const until = performance.now() + forMs;
    while (performance.now() < until && files < most) {
      const next = numbersFrom(seed + files);
      const file = join(folder, 'log');
      // Of a workbook mostly the parts: a hurt archive seldom gets further than its directory.
      const inside = form === 'xlsx' && next() % 4 > 0;
      await writeFile(
        file,
        inside ? sampleXlsx((part) => hurt(part, next)) : hurt(whole[next() % whole.length]!, next),
      );
      const from = process.cpuUsage();
      let told = '';
      try {
        told = await readOne(file);
      } catch (error) {
        throw new Error(`${form}, seed ${seed + files}: ${String(error)}`, { cause: error });
      }
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
  return { files, codes, slowestMs, slowest, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

if (import.meta.main) {
  const [form, seed, forMs, most] = process.argv.slice(2);
  const wanted = forms.find((each) => each === form) ?? 'xes';
  const report = await readHurt(wanted, Number(seed), Number(forMs), Number(most));
  process.stdout.write(JSON.stringify(report));
}

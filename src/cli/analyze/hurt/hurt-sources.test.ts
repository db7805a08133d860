import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { HurtReport } from '../testing.ts';
import { forms } from './testing.ts';

/** In `npm run test:long` so many files of each form, else 20 s each. */
const long = process.env.TEST_LENGTH === 'long';
const [forMs, files] = long ? [3_600_000, 50_000] : [20_000, 1_000_000];

async function readHurt(...words: readonly (string | number)[]): Promise<HurtReport> {
  const program = join(import.meta.dirname, 'testing.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words.map(String)]);
  return JSON.parse(stdout);
}

test.each(forms)(
  'hurt %s is read or refused by name, each under 1 s and 256 MB',
  {
    timeout: forMs + 120_000,
  },
  async (form) => {
    const seed = 1 + Math.floor(Math.random() * 1e9);
    const report = await readHurt(form, seed, forMs, files);
    process.stdout.write(
      `${form}, seed ${seed}: ${report.files} files, slowest ${report.slowestMs.toFixed(0)} ms (${report.slowest}), peak ${(report.peakBytes / 1e6).toFixed(0)} MB, ${JSON.stringify(report.codes)}\n`,
    );
    expect(report.files).toBeGreaterThan(long ? 49_999 : 100);
    expect(Object.keys(report.codes).length).toBeGreaterThan(2);
    expect(report.slowestMs).toBeLessThan(1_000);
    expect(report.peakBytes).toBeLessThan(256e6);
  },
);

test('a run that claims hundreds of millions of values in a few bytes is not unpacked', async () => {
  const report = await readHurt('parquet', 974_401_825, 60_000, 1);
  expect(report.codes).toEqual({ log_parquet_damaged: 1 });
  expect(report.slowestMs).toBeLessThan(1_000);
  expect(report.peakBytes).toBeLessThan(256e6);
});

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { HurtReport } from '../testing.ts';
import { forms } from './testing.ts';

/** In `npm run test:long` so many files of each form, else 20 s each. */
const long = process.env.TEST_LENGTH === 'long';
const [forMs, files] = long ? [3_600_000, 50_000] : [20_000, 1_000_000];

test.each(forms)(
  'hurt %s is read or refused by name, each under 1 s and 256 MB',
  {
    timeout: forMs + 120_000,
  },
  async (form) => {
    const seed = 1 + Math.floor(Math.random() * 1e9);
    const program = join(import.meta.dirname, 'testing.ts');
    const words = [form, seed, forMs, files].map(String);
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...words]);
    const report: HurtReport = JSON.parse(stdout);
    process.stdout.write(
      `${form}, seed ${seed}: ${report.files} files, slowest ${report.slowestMs.toFixed(0)} ms (${report.slowest}), peak ${(report.peakBytes / 1e6).toFixed(0)} MB, ${JSON.stringify(report.codes)}\n`,
    );
    expect(report.files).toBeGreaterThan(long ? 49_999 : 100);
    expect(Object.keys(report.codes).length).toBeGreaterThan(2);
    expect(report.slowestMs).toBeLessThan(1_000);
    expect(report.peakBytes).toBeLessThan(256e6);
  },
);

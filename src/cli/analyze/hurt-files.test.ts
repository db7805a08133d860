import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { HurtReport } from './testing.ts';

/** The full time in `npm run test:long`, else 20 s. */
const forMs = process.env.TEST_LENGTH === 'long' ? 200_000 : 20_000;

test('hurt files are read or refused by name, each under 1 s and 256 MB', {
  timeout: forMs + 60_000,
}, async () => {
  const seed = 1 + Math.floor(Math.random() * 1e9);
  const program = join(import.meta.dirname, 'testing.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    String(seed),
    String(forMs),
  ]);
  const report: HurtReport = JSON.parse(stdout);
  process.stdout.write(
    `seed ${seed}: ${report.files} files, slowest ${report.slowestMs.toFixed(0)} ms (${report.slowest}), peak ${(report.peakBytes / 1e6).toFixed(0)} MB, ${JSON.stringify(report.codes)}\n`,
  );
  expect(report.files).toBeGreaterThan(300);
  expect(Object.keys(report.codes).length).toBeGreaterThan(10);
  expect(report.codes.read).toBeGreaterThan(10);
  expect(report.slowestMs).toBeLessThan(1_000);
  expect(report.peakBytes).toBeLessThan(256e6);
});

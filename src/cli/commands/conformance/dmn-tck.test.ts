import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exclusions, suite } from './dmn-tck.ts';

const data = process.env.HUILIU_DATA;

describe.skipIf(data === undefined)('the DMN Technology Compatibility Kit (HUILIU_DATA)', () => {
  test.each([
    ['compliance-level-2', 116, 0],
    ['compliance-level-3', 2402, 18],
  ])('%s: %d cases pass', { timeout: 120_000 }, async (level, passed, skipped) => {
    const report = await suite.run(join(data ?? '', 'dmn/tck', level));
    expect(report.cases.filter((one) => one.state === 'failed')).toEqual([]);
    expect(report).toMatchObject({ passed, skipped });
    expect(report.csv?.trim().split('\n')).toHaveLength(passed + skipped);
  });

  test('what is excluded is only what asks for Java', async () => {
    for (const folder of Object.keys(exclusions)) {
      const file = join(data ?? '', 'dmn/tck/compliance-level-3', folder, `${folder}.dmn`);
      expect(await readFile(file, 'utf8')).toMatch(/java/i);
    }
  });
});

test('a folder without test files runs nothing', async () => {
  expect(await suite.run(import.meta.dirname)).toMatchObject({ passed: 0, failed: 0 });
});

import { expect, test } from 'vitest';
import { benchIsOk } from '../../src/cli/bench-report.ts';
import { benchRow, medianMs } from './row.ts';

test.each([
  // ours  peer   wanted            ratio  ok
  [200, 100, { atLeast: 2 }, 2, true],
  [199, 100, { atLeast: 2 }, 1.99, false],
  [50, 100, { atMost: 0.5 }, 0.5, true],
  [51, 100, { atMost: 0.5 }, 0.51, false],
  [200, null, { atLeast: 2 }, null, false],
  [200, 0, { atLeast: 2 }, null, false],
] as const)('%i beside %s, wanted %o', (ours, peer, wanted, ratio, ok) => {
  const row = benchRow({ what: 'transfers', ours, peer, unit: '/s', wanted });
  expect([row.ratio, row.ok]).toEqual([ratio, ok]);
  expect(benchIsOk({ name: 'x', machine: 'y', rows: [row] })).toBe(ok);
});

test('a report without rows is not ok', () => {
  expect(benchIsOk({ name: 'x', machine: 'y', rows: [] })).toBe(false);
});

test('the first run does not count', async () => {
  let runs = 0;
  await medianMs(3, () => {
    runs += 1;
  });
  expect(runs).toBe(4);
});

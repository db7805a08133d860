import { expect, test } from 'vitest';
import { provenRows } from './proven-rows.ts';

const outcome = (name: string, state: 'passed' | 'failed' | 'skipped' = 'passed') => ({
  file: 'a.test.ts',
  name,
  state,
});

test.each([
  ['no test', [], []],
  ['a name without a row', [outcome('adds two amounts')], []],
  ['a row in the middle of a name', [outcome('see CORE-02')], []],
  ['something like a row', [outcome('CORE-023 x'), outcome('UTF-8 text'), outcome('X-01')], []],
  ['one passed', [outcome('CORE-02 posts')], [['CORE-02', 1, 0, 0, true]]],
  ['two of one row', [outcome('PAY-07'), outcome('PAY-07 b')], [['PAY-07', 2, 0, 0, true]]],
  ['one failed', [outcome('RA-01 a'), outcome('RA-01', 'failed')], [['RA-01', 1, 1, 0, false]]],
  ['only skipped', [outcome('RA-01 a', 'skipped')], [['RA-01', 0, 0, 1, false]]],
  [
    'two rows in one name',
    [outcome('CRED-03, CORE-02: both')],
    [
      ['CORE-02', 1, 0, 0, true],
      ['CRED-03', 1, 0, 0, true],
    ],
  ],
] as const)('%s', (_what, outcomes, wanted) => {
  const found = provenRows(outcomes);
  expect(found.map((row) => [row.id, row.passed, row.failed, row.skipped, row.proven])).toEqual(
    wanted,
  );
});

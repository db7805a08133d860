import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { suite as betsy, exclusions } from './betsy.ts';
import { suite as betsyReject } from './betsy-reject.ts';
import { suite as roundtrip } from './bpmn-roundtrip.ts';
import { suite as soundness } from './soundness.ts';

const data = process.env.HUILIU_DATA;

describe.skipIf(data === undefined)('suites of other people (HUILIU_DATA)', () => {
  const bpmn = join(data ?? '', 'bpmn');

  test('betsy: every feature test passes but four declared exclusions', async () => {
    const report = await betsy.run(join(bpmn, 'betsy'));
    expect(report.cases.filter((one) => one.state === 'failed')).toEqual([]);
    expect(report.cases.map((one) => one.name.split('/')[1]).sort()).toEqual(
      Object.keys(exclusions).sort(),
    );
    expect(report.passed).toBe(132);
  });

  test('betsy: 301 models are refused by the right rule, 134 accepted', async () => {
    const report = await betsyReject.run(join(bpmn, 'betsy'));
    expect(report.cases).toEqual([]);
    expect(report.passed).toBe(435);
  });

  test('39 models get a verdict or a named refusal in time, 12 the verdict they state', async () => {
    const report = await soundness.run(join(bpmn, 'soundness'));
    expect(report.cases).toEqual([]);
    expect(report.passed).toBe(39);
  });

  test.each([
    ['miwg', 13],
    ['soundness', 39],
    ['betsy/models', 137],
  ])('round trip of %s loses nothing', async (folder, files) => {
    const report = await roundtrip.run(join(bpmn, folder));
    expect(report.cases).toEqual([]);
    expect(report.passed).toBe(files);
  });
});

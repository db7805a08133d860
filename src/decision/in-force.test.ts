import { expect, test } from 'vitest';
import { isRefusalCode } from '../contract/refusals/index.ts';
import {
  compileDecisions,
  type DecisionProgram,
  inForce,
  oneInForce,
  readDecisions,
} from './index.ts';

async function fileOf(from: string | null, decision = 'd'): Promise<{ program: DecisionProgram }> {
  const attribute = from === null ? '' : `xmlns:h="urn:huiliu:dmn:1" h:effectiveFrom="${from}"`;
  const model = await readDecisions(`<definitions namespace="urn:t" ${attribute}
    xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"><decision id="${decision}" name="x"/>
    </definitions>`);
  if (!model.ok) throw new Error(model.code);
  const program = compileDecisions(model.value);
  if (!program.ok) throw new Error(program.code);
  return { program: program.value };
}

test.each([
  ['2026-12-31', null],
  ['2027-01-01', '2027-01-01'],
  ['2027-06-30', '2027-01-01'],
  ['2027-07-01', '2027-07-01'],
  ['2099-01-01', '2027-07-01'],
])('on %s the file from %s decides', async (day, from) => {
  const days = ['2027-07-01', null, '2027-01-01'];
  const files = await Promise.all(days.map((each) => fileOf(each)));
  expect(inForce(files, 'd', day)?.program.model.effectiveFrom).toBe(from);
  expect(inForce(files, 'other', day)).toBeNull();
});

test('before its day a file alone decides nothing', async () => {
  expect(inForce([await fileOf('2027-01-01')], 'd', '2026-12-31')).toBeNull();
});

test('one file from one day', async () => {
  const [a, b, c, d] = await Promise.all([
    fileOf('2027-01-01'),
    fileOf('2027-01-01'),
    fileOf(null),
    fileOf('2027-01-01', 'e'),
  ]);
  expect(oneInForce([a.program, c.program, d.program])).toMatchObject({ ok: true });
  expect(oneInForce([a.program, b.program])).toMatchObject({
    code: 'decision_effective_date_twice',
  });
  expect(isRefusalCode('decision_effective_date_twice')).toBe(true);
});

test('a day that is none is refused', async () => {
  await expect(fileOf('2027-02-30')).rejects.toThrow('decision_effective_date_invalid');
  expect(isRefusalCode('decision_effective_date_invalid')).toBe(true);
});

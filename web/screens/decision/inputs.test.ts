import { expect, test } from 'vitest';
import type { DecisionFile, DecisionInput } from '../../../src/contract/decisions.ts';
import { jsonOfTyped, neededInputs } from './inputs.ts';

const input = (name: string, type: DecisionInput['type']): DecisionInput => {
  return { id: `i_${name}`, name, label: name, type, choices: [] };
};

test.each([
  ['number', '500000000.01', '{"n":500000000.01}'],
  ['number', '12345678901234567890.1234567890', '{"n":12345678901234567890.1234567890}'],
  ['number', '5 million', '{"n":"5 million"}'],
  ['number', '007', '{"n":"007"}'],
  ['number', '  ', '{}'],
  ['boolean', 'true', '{"n":true}'],
  ['string', 'A"B', '{"n":"A\\"B"}'],
  ['date', '2026-11-21', '{"n":"2026-11-21"}'],
  ['other', '[{"vote":"for"}]', '{"n":[{"vote":"for"}]}'],
  ['other', 'for', '{"n":"for"}'],
] as const)('a %s typed as %s is sent as %s', (type, text, json) => {
  expect(jsonOfTyped([input('n', type)], { n: text })).toBe(json);
});

test('a decision asks for what it needs by way of others', () => {
  const element = (id: string, ...requires: string[]) => {
    return { id, name: id, nameEn: id, type: null, requires, box: null };
  };
  const file = {
    inputs: [input('a', 'number'), input('b', 'number'), input('c', 'number')],
    decisions: [element('rule', 'i_a'), element('result', 'rule', 'i_c', 'model')],
    knowledge: [element('model', 'model')],
  } as unknown as DecisionFile;
  expect(neededInputs(file, 'result').map((one) => one.name)).toEqual(['a', 'c']);
  expect(neededInputs(file, 'rule').map((one) => one.name)).toEqual(['a']);
});

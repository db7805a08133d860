import { expect, test } from 'vitest';
import type { FormComponent } from './schema.ts';
import { stateFrom, type Typed, valuesFrom } from './state.ts';

const money = { type: 'number', properties: { kind: 'money', currency: 'CNY' } };
const rate = { type: 'number', properties: { kind: 'rate_ppm' } };
const integer = { type: 'number', properties: { kind: 'integer' } };
const date = { type: 'datetime' };

test.each<[string, Omit<FormComponent, 'key'>, Typed, unknown]>([
  [
    'a required field left empty',
    { type: 'textfield', validate: { required: true } },
    ' ',
    'fault.required',
  ],
  ['an optional field left empty', { type: 'textfield' }, '', undefined],
  [
    'a required yes that is not ticked',
    { type: 'checkbox', validate: { required: true } },
    false,
    'fault.confirm',
  ],
  [
    'a required checklist without a tick',
    { type: 'checklist', validate: { required: true } },
    [],
    'fault.required',
  ],
  ['an amount that is none', money, '12.3.4', 'fault.amount'],
  ['an amount below the least', { ...money, validate: { min: 1 } }, '0.00', 'fault.amountPositive'],
  ['a rate that is none', rate, 'three', 'fault.rate'],
  ['a whole number with a fraction', integer, '3.5', 'fault.integer'],
  ['a whole number below', { ...integer, validate: { min: 1 } }, '0', 'fault.least'],
  ['a whole number above', { ...integer, validate: { max: 36 } }, '37', 'fault.most'],
  ['a day that does not exist', date, '2026-02-29', 'fault.date'],
  ['a text one too long', { type: 'textarea', validate: { maxLength: 3 } }, 'four', 'fault.long'],
  ['a text at the limit', { type: 'textarea', validate: { maxLength: 3 } }, 'abc', 'abc'],
  ['an amount', money, '5,000,000.00', '500000000'],
  ['a rate', rate, '3.65', '36500'],
  ['a whole number', integer, '12', 12],
  ['a day', date, '2026-11-20', '2026-11-20'],
  ['a no', { type: 'checkbox' }, false, false],
  ['ticks', { type: 'checklist' }, ['a', 'b'], ['a', 'b']],
])('%s', (_name, component, typed, outcome) => {
  const form = { id: 'f', name: 'f', components: [{ ...component, key: 'it' }] };
  const { values, faults } = valuesFrom(form, { it: typed });
  expect(faults['it']?.text ?? values['it']).toEqual(outcome);
});

test('values of the case come back as they were after showing and reading them', () => {
  const form = {
    id: 'f',
    name: 'f',
    components: [
      { ...money, key: 'amountMinor' },
      { ...rate, key: 'ratePpm' },
      { ...integer, key: 'termMonths' },
      { ...date, key: 'contractDate' },
      { type: 'checkbox', key: 'agreed' },
      { type: 'checklist', key: 'ticked' },
    ],
  };
  const values = {
    amountMinor: '500000001',
    ratePpm: '36500',
    termMonths: 12,
    contractDate: '2026-11-20',
    agreed: true,
    ticked: ['a'],
  };
  const state = stateFrom(form, values);
  expect(state['amountMinor']).toBe('5,000,000.01');
  expect(valuesFrom(form, state).values).toEqual(values);
});

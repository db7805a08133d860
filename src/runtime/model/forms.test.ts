import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assert } from '../../base/assert.ts';
import { decodeValues } from '../../base/data.ts';
import { readForm, readFormValues } from './forms.ts';

function formOf(components: string) {
  const form = readForm('f.form.json', `{"components":[${components}]}`);
  assert(form.ok, 'the form is read');
  return form.value;
}

const fields = {
  text: '{"type":"textfield","key":"a","validate":{"minLength":2,"maxLength":3}}',
  required: '{"type":"textfield","key":"a","validate":{"required":true}}',
  whole: '{"type":"number","key":"a","validate":{"min":1,"max":10}}',
  fraction: '{"type":"number","key":"a","decimalDigits":2,"validate":{"max":10.5}}',
  box: '{"type":"checkbox","key":"a"}',
  mustTick: '{"type":"checkbox","key":"a","validate":{"required":true}}',
  choice: '{"type":"radio","key":"a","values":[{"value":"x"},{"value":"y"}]}',
  list: '{"type":"checklist","key":"a","values":[{"value":"x"},{"value":"y"}]}',
  date: '{"type":"datetime","key":"a"}',
  papers: '{"type":"filepicker","key":"a","multiple":true}',
  group: '{"type":"group","components":[{"type":"text"},{"type":"number","key":"a"}]}',
};

test.each([
  // field     given            outcome
  ['text', '{"b":1}', 'field_not_in_form'],
  ['required', '{}', 'field_missing'],
  ['required', '{"a":""}', 'field_missing'],
  ['required', '{"a":" \\n　"}', 'field_missing'],
  ['date', '{"a":"2026-02-30"}', 'field_not_valid'],
  ['mustTick', '{}', 'field_missing'],
  ['mustTick', '{"a":false}', 'field_not_valid'],
  ['text', '{"a":"x"}', 'field_not_valid'],
  ['text', '{"a":"xxxx"}', 'field_not_valid'],
  ['text', '{"a":12}', 'field_not_valid'],
  ['whole', '{"a":0}', 'field_not_valid'],
  ['whole', '{"a":11}', 'field_not_valid'],
  ['whole', '{"a":1.5}', 'field_not_valid'],
  ['whole', '{"a":"1"}', 'field_not_valid'],
  ['fraction', '{"a":1.234}', 'field_not_valid'],
  ['fraction', '{"a":10.51}', 'field_not_valid'],
  ['group', '{"a":10000000000000001}', 'field_not_valid'],
  ['group', '{"a":-10000000000000001}', 'field_not_valid'],
  ['choice', '{"a":"z"}', 'field_not_valid'],
  ['list', '{"a":["x","x"]}', 'field_not_valid'],
  ['list', '{"a":"x"}', 'field_not_valid'],
  ['date', '{"a":"21.11.2026"}', 'field_not_valid'],
  ['papers', '{"a":[1]}', 'field_not_valid'],
  ['text', '{"a":"xx"}', { a: 'xx' }],
  ['text', '{}', {}],
  ['whole', '{"a":10}', { a: 10n }],
  ['fraction', '{"a":10}', { a: 10n }],
  ['fraction', '{"a":10.5}', decodeValues('{"a":10.5}')],
  ['box', '{}', { a: false }],
  ['mustTick', '{"a":true}', { a: true }],
  ['choice', '{"a":"y"}', { a: 'y' }],
  ['list', '{"a":["y","x"]}', { a: ['y', 'x'] }],
  ['list', '{}', { a: [] }],
  ['date', '{"a":"2026-02-28T10:00Z"}', { a: '2026-02-28T10:00Z' }],
  ['date', '{"a":"2026-11-21"}', { a: '2026-11-21' }],
  ['papers', '{"a":["d1"]}', { a: ['d1'] }],
  ['group', '{"a":7}', { a: 7n }],
] as const)('%s with %s', (field, given, outcome) => {
  const read = readFormValues(formOf(fields[field]), decodeValues(given));
  expect(read.ok ? read.value : read.code).toEqual(outcome);
});

test.each([
  ['{"type":"iframe","url":"https://example.org"}', 'form_component_not_allowed'],
  ['{"type":"html","content":"<b>"}', 'form_component_not_allowed'],
  ['{"type":"image","source":"x.png"}', 'form_component_not_allowed'],
  ['{"type":"group","components":[{"type":"html"}]}', 'form_component_not_allowed'],
  ['{"type":"textfield","key":"__proto__ x"}', 'form_component_not_allowed'],
  ['{"type":"textfield","key":"a","validate":{"pattern":"(a+)+"}}', 'form_component_not_allowed'],
  ['1', 'form_not_valid'],
  ['{"type":"group","components":7}', 'form_not_valid'],
])('a form with %s is refused: %s', (component, code) => {
  expect(readForm('f.form.json', `{"components":[${component}]}`)).toMatchObject({ code });
});

test('a text that is no form is refused', () => {
  for (const text of ['', '[]', '{}', '{"components":{}}']) {
    expect(readForm('f.form.json', text)).toMatchObject({ code: 'form_not_valid' });
  }
});

const processes = new URL('../../../processes', import.meta.url).pathname;
const shipped = readdirSync(processes, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.form.json'),
);

test.each(shipped)('%s is a form of this subset', (name) => {
  const form = readForm(name, readFileSync(join(processes, name), 'utf8'));
  expect(form).toMatchObject({ ok: true });
});

import { expect, test } from 'vitest';
import { forEditor } from './namespaces.ts';

const file = (year: string, inner = '') =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/${year}/MODEL/">${inner}</definitions>`;

test.each(['20191111', '20211108', '20230324'])(
  'a file of %s comes back in its own words',
  (year) => {
    const made = forEditor(file(year));
    expect(made?.xml).toBe(file('20191111'));
    expect(made?.restored(made.xml)).toBe(file(year));
  },
);

test.each([
  ['a conditional', file('20230324', '<conditional id="c"/>')],
  ['an iteration', file('20211108', '<dmn:for iteratorVariable="x"></dmn:for>')],
  ['a file of DMN 1.1', '<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>'],
  ['no DMN at all', '<a/>'],
])('%s is not for the editor', (_, xml) => {
  expect(forEditor(xml)).toBeNull();
});

import { expect, test } from 'vitest';
import { compareDecisions, readDecisions } from './index.ts';

/** A file with one table; rows are `test | output`. */
function fileOf(rows: readonly string[], head = 'hitPolicy="FIRST"', id = 'd'): string {
  const rules = rows.map((row, i) => {
    const [when = '', then = ''] = row.split(' | ');
    return `<rule id="r${Math.round(i * 7)}"><inputEntry><text>${when}</text></inputEntry>
      <outputEntry><text>${then}</text></outputEntry></rule>`;
  });
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:t">
    <decision id="${id}" name="${id}"><variable name="${id}"/><decisionTable ${head}>
    <input><inputExpression><text>n</text></inputExpression></input><output/>
    ${rules.join('')}</decisionTable></decision></definitions>`;
}

async function modelOf(xml: string) {
  const model = await readDecisions(xml);
  if (!model.ok) throw new Error(model.code);
  return model.value;
}

test.each([
  // before                       after                           what became of the rows
  [['1 | 1', '2 | 2'], ['1 | 1', '2 | 2'], 'same 1-1 same 2-2'],
  [['1 | 1', '2 | 2'], ['1 | 1', '3 | 2'], 'same 1-1 changed 2-2 [0]'],
  [['1 | 1', '2 | 2'], ['1 | 1', '2 | 9'], 'same 1-1 changed 2-2 [1]'],
  [['1 | 1', '2 | 2'], ['1 | 1', '7 | 7', '2 | 2'], 'same 1-1 added -2 same 2-3'],
  [['1 | 1', '7 | 7', '2 | 2'], ['1 | 1', '2 | 2'], 'same 1-1 removed 2- same 3-2'],
  [['1 | 1', '2 | 2', '3 | 3'], ['2 | 2', '3 | 3', '1 | 1'], 'same 2-1 same 3-2 moved 1-3'],
  [['1 | 1'], [], 'removed 1-'],
  [[], ['1 | 1'], 'added -1'],
] as const)('%j to %j', async (before, after, expected) => {
  const [change] = compareDecisions(await modelOf(fileOf(before)), await modelOf(fileOf(after)));
  const said = change?.rows.map((row) => {
    const columns = row.columns.length === 0 ? '' : ` [${row.columns}]`;
    return `${row.kind} ${row.before ?? ''}-${row.after ?? ''}${columns}`;
  });
  expect(said?.join(' ')).toBe(expected);
  const same = said?.every((one) => one.startsWith('same')) === true;
  expect(change).toMatchObject({ kind: same ? 'same' : 'changed', headChanged: false });
});

test('the hit policy is part of the head; decisions come and go; ids mean nothing', async () => {
  const rows = ['1 | 1'];
  const unique = await modelOf(fileOf(rows, 'hitPolicy="UNIQUE"'));
  const first = await modelOf(fileOf(rows));
  expect(compareDecisions(unique, first)).toMatchObject([{ kind: 'changed', headChanged: true }]);
  const other = await modelOf(fileOf(rows, 'hitPolicy="FIRST"', 'e'));
  expect(compareDecisions(first, other)).toMatchObject([
    { decision: 'e', kind: 'added' },
    { decision: 'd', kind: 'removed' },
  ]);
  const renumbered = await modelOf(fileOf(rows).replaceAll('id="r', 'id="x'));
  expect(compareDecisions(first, renumbered)).toMatchObject([{ kind: 'same' }]);
});

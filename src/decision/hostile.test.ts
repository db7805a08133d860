import { expect, test } from 'vitest';
import { isRefusalCode } from '../contract/refusals/index.ts';
import { checkDecisions, compileDecisions, decide, readDecisions } from './index.ts';

const NS = 'https://www.omg.org/spec/DMN/20230324/MODEL/';
const file = (inner: string, before = '', ns = NS): string =>
  `${before}<definitions xmlns="${ns}" namespace="urn:t" name="n">${inner}</definitions>`;
const literal = (id: string, text: string, needs = ''): string =>
  `<decision id="${id}" name="${id}"><variable name="${id}"/>${needs}
  <literalExpression><text>${text}</text></literalExpression></decision>`;
const needsDecision = (id: string): string =>
  `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`;
const needsModel = (id: string): string =>
  `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`;
const model = (id: string, text: string, needs = ''): string =>
  `<businessKnowledgeModel id="${id}" name="${id}"><variable name="${id}"/><encapsulatedLogic>
  <formalParameter name="x"/><literalExpression><text>${text}</text></literalExpression>
  </encapsulatedLogic>${needs}</businessKnowledgeModel>`;
const importing = (own: string, ...others: readonly string[]): string =>
  `<definitions xmlns="${NS}" namespace="${own}" name="n">${others
    .map((one, i) => `<import name="o${i}" namespace="${one}" importType="${NS}"/>`)
    .join('')}</definitions>`;

/** What becomes of a file and of asking its decision d: a value, or the code of a refusal. */
async function fate(xml: string, imported: readonly string[] = []): Promise<string> {
  const read = await readDecisions(xml, imported);
  if (!read.ok) return read.code;
  const program = compileDecisions(read.value);
  if (!program.ok) return program.code;
  const decided = decide(program.value, 'd', {});
  return decided.ok ? String(decided.value.output) : decided.code;
}

const entities = Array.from({ length: 9 }, (_, i) => {
  const inner = i === 0 ? 'a'.repeat(10) : `&a${i - 1};`.repeat(10);
  return `<!ENTITY a${i} "${inner}">`;
}).join('');
const fan = (i: number): string =>
  importing(`urn:${i}`, ...Array.from({ length: 10 }, () => `urn:${i + 1}`));
const deep = (count: number, open: string, close: string): string =>
  open.repeat(count) + close.repeat(count);
const chain = (count: number): string =>
  Array.from({ length: count }, (_, i) => {
    const id = i === 0 ? 'd' : `d${i}`;
    return i + 1 === count
      ? literal(id, '1')
      : literal(id, `d${i + 1}`, needsDecision(`d${i + 1}`));
  }).join('');

test.each([
  // what, file, what becomes of it
  ['nothing', '', 'decision_file_unreadable'],
  ['no XML', 'hello', 'decision_file_unreadable'],
  ['a tag without an end', file('<decision id="d"'), 'decision_file_unreadable'],
  ['an element without an end', file('<decision id="d">'), 'decision_file_unreadable'],
  ['a quote without an end', file('<decision id="d>'), 'decision_file_unreadable'],
  ['two roots', file('') + file(''), 'decision_file_unreadable'],
  ['a NUL', file(literal('d', '"\u0000"')), 'decision_file_unreadable'],
  ['half a character', file(literal('d', '"\ud800"')), 'decision_file_unreadable'],
  ['another standard', file(literal('d', '1'), '', 'urn:other'), 'decision_file_unreadable'],
  [
    'an entity bomb',
    file(literal('d', '&a8;'), `<!DOCTYPE d [${entities}]>`),
    'decision_file_unreadable',
  ],
  [
    'a file of the server',
    file(literal('d', '&e;'), '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    'decision_file_unreadable',
  ],
  ['100,000 elements deep', file(deep(100_000, '<list>', '</list>')), 'decision_file_too_deep'],
  [
    '5,000 boxes deep',
    file(literal('d', '1') + deep(5_000, '<context><contextEntry>', '</contextEntry></context>')),
    'decision_file_too_deep',
  ],
  [
    '200,000 attributes',
    `<definitions xmlns="${NS}" ${Array.from({ length: 200_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    'decision_file_unreadable',
  ],
  ['11 MB', file(' '.repeat(11_000_000)), 'decision_file_too_large'],
  ['one id twice', file(literal('d', '1') + literal('d', '2')), 'decision_id_twice'],
  [
    'names of objects',
    file(literal('d', '__proto__', needsDecision('__proto__')) + literal('__proto__', '"own"')),
    'own',
  ],
  ['a mark of its byte order', `\uFEFF<?xml version="1.0"?>${file(literal('d', '1'))}`, '1'],
  [
    'comments and sections of characters',
    file(`<!-- <a --><decision id="d" name="d"><variable name="d"/><literalExpression>
    <text><![CDATA[1 < 2]]></text></literalExpression></decision>`),
    'true',
  ],
  [
    'a model that calls itself',
    file(model('f', 'f(x)') + literal('d', 'f(1)', needsModel('f'))),
    'feel_too_deep',
  ],
  [
    'a model that calls itself twice',
    file(
      model('f', 'if x &gt; 60 then 1 else f(x + 1) + f(x + 2)') +
        literal('d', 'f(1)', needsModel('f')),
    ),
    'feel_fuel_exhausted',
  ],
  [
    'two models in a circle',
    file(
      model('f', 'g(x)', needsModel('g')) +
        model('g', 'f(x)', needsModel('f')) +
        literal('d', 'f(1)', needsModel('f')),
    ),
    'decision_requirement_circular',
  ],
  [
    'two decisions in a circle',
    file(literal('d', 'e', needsDecision('e')) + literal('e', 'd', needsDecision('d'))),
    'decision_requirement_circular',
  ],
  ['a chain of 2,000 decisions', file(chain(2_000)), 'feel_too_deep'],
] as const)('%s', async (_, xml, expected) => {
  const became = await fate(xml);
  expect(became).toBe(expected);
  expect(isRefusalCode(became) || !became.includes('_')).toBe(true);
});

test.each([
  [
    'a circle',
    importing('urn:a', 'urn:b'),
    [importing('urn:b', 'urn:a')],
    'decision_import_missing',
  ],
  [
    'a circle of three',
    importing('urn:a', 'urn:b'),
    [importing('urn:b', 'urn:c'), importing('urn:c', 'urn:b')],
    'decision_import_circular',
  ],
  ['itself', importing('urn:a', 'urn:a'), [importing('urn:a')], 'decision_import_circular'],
  [
    'ten of ten of ten …',
    fan(0),
    [...Array.from({ length: 10 }, (_, i) => fan(i + 1)), importing('urn:11')],
    'decision_imports_too_many',
  ],
] as const)('a file that imports %s', async (_, xml, imported, code) => {
  expect(await fate(xml, imported)).toBe(code);
});

test.each([
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  NS,
])('a file of %s decides', async (ns) => {
  expect(await fate(file(literal('d', '1 + 1'), '', ns))).toBe('2');
});

/** A table over amounts, with cells by row and column. */
function table(rows: number, columns: number, cell: (row: number, column: number) => string) {
  const inputs = Array.from(
    { length: columns },
    (_, i) =>
      `<input><inputExpression typeRef="number"><text>n${i}Minor</text></inputExpression></input>`,
  );
  const rules = Array.from({ length: rows }, (_, row) => {
    const cells = Array.from({ length: columns }, (__, i) => cell(row, i));
    return `<rule>${cells.map((one) => `<inputEntry><text>${one}</text></inputEntry>`).join('')}
      <outputEntry><text>${row}</text></outputEntry></rule>`;
  });
  return file(`<decision id="d" name="d"><variable name="d"/><decisionTable hitPolicy="FIRST">
    ${inputs.join('')}<output/>${rules.join('')}</decisionTable></decision>`);
}

test.each([
  [
    '1,000 rows of ranges',
    table(1_000, 4, (row) => `[${row * 2}..${row * 2 + 1}]`),
    'decision_gap',
  ],
  ['1,000 rows of anything', table(1_000, 3, () => '-'), 'decision_row_masked'],
  [
    '400 rows over each other',
    table(400, 8, (row, i) => `[${(row * 7 + i * 13) % 97}..${((row * 11) % 97) + 60}]`),
    'decision_gap',
  ],
] as const)(
  'the checks of %s come to an end',
  async (_, xml, code) => {
    const read = await readDecisions(xml);
    if (!read.ok) throw new Error(read.code);
    const found = checkDecisions(read.value);
    expect(found.map((one) => one.code)).toContain(code);
    expect(found.length).toBeLessThanOrEqual(50);
  },
  30_000,
);

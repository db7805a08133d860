import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeValues } from '../base/data.ts';
import { uuidInstant } from '../base/uuid.ts';
import { isRefusalCode } from '../contract/refusals/index.ts';
import { runtimeRefusals } from '../contract/refusals/runtime.ts';
import { canonicalText, contentHash } from './action/canonical.ts';
import { caseNumberOf } from './case-number.ts';
import { caseOperations } from './case-operations.ts';
import { risingIds } from './ids.ts';
import { isCandidate, mayFillInFor } from './task/candidates.ts';
import { keptFromBy } from './task/segregation.ts';

const clerk = {
  login: 'chen',
  person: 'E1',
  customerNumber: null,
  unitCode: '0101',
  posts: [{ role: 'clerk', unit: '0101' }],
};
const firm = { ...clerk, person: 'C1', customerNumber: 'C1', posts: [] };
const task = {
  ...{ role: 'clerk', unitCode: '0101', customerNumber: null, person: null },
  ...{ counterRoles: [] as string[], counterUnits: [] as string[] },
};

test.each([
  ['the role at the unit', clerk, task, true],
  ['another role', clerk, { ...task, role: 'head' }, false],
  ['the role at another unit', clerk, { ...task, unitCode: '0102' }, false],
  ['nobody for a task of no unit', clerk, { ...task, unitCode: null }, false],
  ['the named person', clerk, { ...task, person: 'E1' }, true],
  ['not the named person', clerk, { ...task, person: 'E2' }, false],
  ['the named person without the role', clerk, { ...task, person: 'E1', role: 'head' }, false],
  ['the customer', firm, { ...task, customerNumber: 'C1', unitCode: null }, true],
  ['another customer', firm, { ...task, customerNumber: 'C2', unitCode: null }, false],
  ['staff for the customer', clerk, { ...task, customerNumber: 'C1', unitCode: null }, false],
] as const)('%s', (_who, actor, wanted, expected) => {
  expect(isCandidate(actor, wanted)).toBe(expected);
});

const ofCustomer = {
  ...{ ...task, role: 'customer', unitCode: null, customerNumber: 'C1' },
  ...{ counterRoles: ['teller', 'clerk'], counterUnits: ['0101', '0100'] },
};
test.each([
  ['a role that the model names, at the unit', clerk, ofCustomer, true],
  ['a role that it does not name', clerk, { ...ofCustomer, counterRoles: ['teller'] }, false],
  ['another unit', clerk, { ...ofCustomer, counterUnits: ['0100'] }, false],
  ['a task that only the customer does', clerk, { ...ofCustomer, counterRoles: [] }, false],
  ['a task of staff', clerk, { ...ofCustomer, customerNumber: null }, false],
  ['somebody else has claimed it', clerk, { ...ofCustomer, person: 'E2' }, false],
  ['another customer', { ...firm, customerNumber: 'C2', posts: clerk.posts }, ofCustomer, false],
] as const)('at the counter: %s', (_who, actor, wanted, expected) => {
  expect(mayFillInFor(actor, wanted)).toBe(expected);
});

const done = (elementId: string, person: string, taskId = elementId, apart: string[] = []) => ({
  ...{ elementId, person, taskId, separateFrom: apart },
});

test.each([
  ['nothing was done', [], null],
  ['somebody else did the other', [done('review', 'E2')], null],
  ['the person did the other', [done('review', 'E1')], 'review'],
  ['the person did something that does not matter', [done('enter', 'E1')], null],
  ['the person holds this very task', [done('review', 'E1', 'this')], null],
  ['the person did a second one of several', [done('review', 'E2'), done('sign', 'E1')], 'sign'],
  ['it was the other that is kept apart', [done('enter', 'E1', 'enter', ['decide'])], 'enter'],
])('%s', (_what, performed, expected) => {
  const wanted = { taskId: 'this', elementId: 'decide', separateFrom: ['review', 'sign'] };
  expect(keptFromBy({ person: 'E1' }, wanted, performed)).toBe(expected);
});

test('equal values have equal texts, other values others', () => {
  const one = decodeValues('{"b":1,"a":{"y":[1,2.50],"x":null}}');
  const same = decodeValues('{"a":{"x":null,"y":[1,2.5]},"b":1}');
  expect(canonicalText(one)).toBe('{"a":{"x":null,"y":[1,2.5]},"b":1}');
  expect(contentHash(one)).toBe(contentHash(same));
  expect(contentHash(one)).not.toBe(contentHash(decodeValues('{"a":{"x":null},"b":1}')));
});

test('ids of one instant rise, also past 4,096', () => {
  const at = Date.UTC(2026, 10, 21);
  const next = risingIds(at, (bytes) => new Uint8Array(bytes).fill(255));
  const ids = Array.from({ length: 5_000 }, next);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(5_000);
  expect(ids.map((id) => (uuidInstant(id) ?? 0) - at).at(-1)).toBe(1);
});

test('a case number says process, day, cell and serial', () => {
  const at = Date.UTC(2026, 10, 20, 16);
  expect(caseNumberOf('DK', at, 1, 7n)).toBe('DK2026112101000007');
  expect(caseNumberOf('DK', at, 12, 12_345_678n)).toBe('DK202611211212345678');
});

const [hashFacts] = caseOperations;
const context = {
  at: 0,
  accountingDate: '2026-11-21',
  caseNumber: 'DK1',
  processInstance: 'i',
  activity: 'fix',
  caseUnitId: '0101',
  performer: null,
  performerUnitId: '0101',
};

test('the facts that are signed have one hash, whatever else changes', () => {
  const attributes = { facts: 'amountMinor purpose', result: 'factsHash' };
  const hash = (values: string) =>
    hashFacts?.decide({ values: decodeValues(values), context: { ...context, attributes } }, {});
  const one = hash('{"amountMinor":5,"purpose":"x","other":1}');
  expect(one).toMatchObject({ ok: true, value: { postings: [], records: [] } });
  expect(hash('{"purpose":"x","amountMinor":5}')).toEqual(one);
  expect(hash('{"purpose":"x","amountMinor":6}')).not.toEqual(one);
  expect(hash('{"purpose":"x"}')).not.toEqual(one);
  const unnamed = { values: {}, context: { ...context, attributes: {} } };
  expect(hashFacts?.decide(unnamed, {})).toMatchObject({ code: 'facts_missing' });
});

const here = new URL('.', import.meta.url);
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/(\.test|testing)\.ts$|^demo/.test(name))
  .map((name) => readFileSync(new URL(name, here), 'utf8'))
  .join('\n');

test('every code the runtime can refuse with has its words, and no words are idle', () => {
  const codes = [...sources.matchAll(/refuse(?:<[^>]*>)?\(\s*'([a-z_]+)'/g)].map(
    (one) => one[1] ?? '',
  );
  expect(codes.length).toBeGreaterThan(40);
  expect(codes.filter((code) => !isRefusalCode(code))).toEqual([]);
  expect(Object.keys(runtimeRefusals).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

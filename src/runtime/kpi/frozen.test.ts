import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlFailure } from '../../store/database.ts';
import { baselinesOf, objectionsOf, targetsOf } from '../../store/kpi/indicators.ts';
import { type TestDatabase, testDatabase } from '../../store/testing.ts';
import {
  answerObjection,
  definitionHash,
  freezeBaseline,
  raiseObjection,
  setTarget,
} from './frozen.ts';

let bank: TestDatabase;
beforeAll(async () => {
  bank = await testDatabase();
});
afterAll(async () => await bank.drop());

const id = (n: number) => `0193${String(n).padStart(4, '0')}-0000-7000-8000-000000000000`;
const owner = { cellId: 1, at: 1_000, login: 'he.wei', person: 'P1' };
const order = { ...owner, id: id(1), processId: 'loan', indicator: 'cycle_time' } as const;
const freeze = {
  ...order,
  ...{ valueMillionths: 10_000_000n, currency: null, counted: 2, note: '' },
  ...{ sample: { filters: ['with:A'] }, caseNumbers: ['B', 'A'] },
};

test('KPI-12 a baseline has sample, filter and definition, and nobody changes it after freezing', async () => {
  const frozen = await freezeBaseline(bank.database, freeze);
  expect(frozen).toMatchObject({
    ok: true,
    value: { definitionHash: definitionHash('cycle_time'), counted: 2n },
  });
  // The same order again is the same baseline; another under the same key is refused.
  expect(await freezeBaseline(bank.database, { ...freeze, valueMillionths: 9n })).toMatchObject({
    value: { valueMillionths: 10_000_000n },
  });
  expect(await freezeBaseline(bank.database, { ...freeze, login: 'other' })).toMatchObject({
    code: 'idempotency_key_used_otherwise',
  });
  expect(
    await freezeBaseline(bank.database, { ...freeze, id: id(2), valueMillionths: null }),
  ).toMatchObject({
    code: 'kpi_without_value',
  });
  for (const sql of [
    'update kpi_baseline set value_millionths = 1',
    'delete from kpi_baseline',
    'truncate kpi_baseline',
    'update kpi_target set target_millionths = 1',
    'delete from kpi_objection_answer',
  ]) {
    const failure = await bank.database.query(sql).catch((error: unknown) => sqlFailure(error));
    expect(failure, sql).toMatchObject({ state: '42501' });
  }
  const [kept, ...more] = await baselinesOf(bank.database, 1, 'loan');
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ valueMillionths: 10_000_000n, login: 'he.wei', frozenAt: 1_000n });
  expect(JSON.parse(kept?.sample ?? '')).toEqual({ filters: ['with:A'] });
});

test('KPI-11 a target is set against the frozen baseline with its date, and the last one holds', async () => {
  const wanted = {
    ...{ ...order, id: id(3), baselineId: id(1), target: { changePpm: -200_000n } },
    ...{ dueDate: '2026-12-31', today: '2026-06-01', weight: 3, note: '' },
  };
  expect(await setTarget(bank.database, wanted)).toMatchObject({
    value: { targetMillionths: 8_000_000n },
  });
  expect(await setTarget(bank.database, wanted)).toMatchObject({ ok: true });
  const refused = async (more: Partial<Parameters<typeof setTarget>[1]>) => {
    const said = await setTarget(bank.database, { ...wanted, id: id(9), ...more });
    return said.ok ? 'set' : said.code;
  };
  expect(await refused({ dueDate: '2026-06-01' })).toBe('kpi_due_date_past');
  expect(await refused({ baselineId: id(8) })).toBe('kpi_baseline_unknown');
  expect(await refused({ indicator: 'rework_rate' })).toBe('kpi_baseline_unknown');
  expect(await refused({ baselineId: null })).toBe('kpi_change_without_baseline');
  expect(await refused({ id: id(3), dueDate: '2027-01-01' })).toBe(
    'idempotency_key_used_otherwise',
  );
  expect(await refused({ id: id(4), target: { millionths: 7_000_000n } })).toBe('set');
  const targets = await targetsOf(bank.database, 1, 'loan');
  expect(targets.at(-1)).toMatchObject({ targetMillionths: 7_000_000n, dueDate: '2026-12-31' });
});

test('KPI-15 a unit objects to a case behind its figure, and another person answers once', async () => {
  const objection = { ...order, id: id(5), unitCode: '0101', caseNumber: 'A', reason: '客户补件' };
  expect(await raiseObjection(bank.database, objection)).toMatchObject({ ok: true });
  expect(await raiseObjection(bank.database, objection)).toMatchObject({ ok: true });
  expect(await raiseObjection(bank.database, { ...objection, reason: 'x' })).toMatchObject({
    code: 'idempotency_key_used_otherwise',
  });
  const answer = {
    ...owner,
    person: 'P2',
    processId: 'loan',
    objectionId: id(5),
    accepted: true,
    units: ['0101'],
    words: '剔除',
  };
  const say = async (more: object) => {
    const said = await answerObjection(bank.database, { ...answer, ...more });
    return said.ok ? 'answered' : said.code;
  };
  expect(await say({ objectionId: id(7) })).toBe('kpi_objection_unknown');
  expect(await say({ units: [] })).toBe('kpi_objection_unknown');
  expect(await say({ person: 'P1' })).toBe('must_be_another_person');
  expect(await say({})).toBe('answered');
  expect(await say({ accepted: false })).toBe('kpi_objection_answered');
  const wanted = { processId: 'loan', units: ['0101'] };
  const [kept] = await objectionsOf(bank.database, 1, wanted);
  expect(kept).toMatchObject({ caseNumber: 'A', answer: { accepted: true, words: '剔除' } });
  expect(await objectionsOf(bank.database, 1, { ...wanted, units: ['0202'] })).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assert, present } from '../../base/assert.ts';
import { ok, refuse } from '../../base/result.ts';
import { sqlFailure } from '../database.ts';
import { type TestDatabase, testDatabase } from '../testing.ts';
import { endJob, leaseJobs } from './due.ts';
import { eventHash, eventsOfCase } from './events.ts';
import { loadAction, lockInstances } from './load.ts';
import { ensurePartitions } from './partitions.ts';
import type { BusinessEventRow, InstanceRow, TaskRow } from './rows.ts';
import { type Changes, saveChanges } from './save.ts';
import { listTaskRows } from './tasks.ts';

const cellId = 1;
const at = Date.UTC(2026, 10, 21, 8);
let bank: TestDatabase;

beforeAll(async () => {
  bank = await testDatabase();
});
afterAll(async () => {
  await bank.drop();
});

function id(n: number): string {
  return `019aa4d8-c000-7000-8000-${String(n).padStart(12, '0')}`;
}

const nothing: Changes = {
  newInstances: [],
  instanceUpdates: [],
  newTasks: [],
  taskUpdates: [],
  cancelledTasks: [],
  emptiedDrafts: [],
  newTimers: [],
  endedTimers: [],
  movedTimers: [],
  newSubscriptions: [],
  endedSubscriptions: [],
  steps: [],
  decisions: [],
  events: [],
  messages: [],
  jobs: [],
  documents: [],
  keys: [],
};

function instance(n: number): InstanceRow {
  return {
    id: id(n),
    root_id: id(n),
    parent_id: null,
    parent_activity: null,
    path: [id(n)],
    model_id: id(0),
    process_id: 'loan',
    case_number: `DK${n}`,
    unit_code: '0101',
    line: null,
    customer_id: null,
    status: 'active',
    outcome: null,
    state: '[]',
    data: '{"root":{"amountMinor":12345678901234567890,"rate":0.10},"scopes":{}}',
    version: 1,
    started_at: at,
    started_login: 'chen',
    started_person: 'E1',
    event_count: 1,
    due_at: null,
    ended_at: null,
    loop_counter: null,
  };
}

function task(n: number, changes: Partial<TaskRow> = {}): TaskRow {
  return {
    id: id(n + 100),
    instance_id: id(n),
    root_id: id(n),
    path: [id(n)],
    model_id: id(0),
    process_id: 'loan',
    case_number: `DK${n}`,
    activity_instance: 4,
    element_id: 'review',
    name: '审查',
    name_en: 'Review',
    role: 'risk_manager',
    unit_code: '0101',
    customer_id: null,
    counter_roles: [],
    counter_units: [],
    line: null,
    form: null,
    operation: null,
    separate_from: ['apply'],
    status: 'ready',
    assignee_login: null,
    assignee_person: null,
    draft: null,
    outcome: null,
    created_at: at,
    due_at: null,
    claimed_at: null,
    ended_at: null,
    ...changes,
  };
}

function event(n: number): BusinessEventRow {
  const said = {
    id: id(n + 200),
    root_id: id(n),
    instance_id: id(n),
    n: 1,
    step: 1,
    case_number: `DK${n}`,
    kind: 'case_started',
    element_id: null,
    activity_instance: null,
    model_id: id(0),
    at,
    login: 'chen',
    person: 'E1',
    role: null,
    unit_code: '0101',
    facts: '{}',
  };
  return { ...said, hash: eventHash(said) };
}

async function save(changes: Partial<Changes>): Promise<void> {
  const saved = await bank.database.transaction(async (transaction) => {
    await saveChanges(transaction, cellId, { ...nothing, ...changes });
    return ok(null);
  });
  assert(saved.ok, 'the rows are saved');
}

async function refusedState(sql: string, owner = false): Promise<string> {
  const database = owner ? bank.ownerDatabase : bank.database;
  try {
    await database.query(sql);
    return 'done';
  } catch (error) {
    return present(sqlFailure(error), 'a failure of the database').state;
  }
}

test('what is saved in one statement is loaded in one, to the last digit', async () => {
  await save({ newInstances: [instance(1)], newTasks: [task(1)], events: [event(1)] });
  const loaded = await bank.database.transaction(async (transaction) => {
    const locked = await lockInstances(transaction, cellId, { by: 'task', taskId: id(101) });
    expect(locked).toEqual([id(1)]);
    const wanted = { instanceIds: locked, taskId: id(101), keyId: null };
    return ok(await loadAction(transaction, cellId, wanted));
  });
  assert(loaded.ok, 'loaded');
  const { data, ...row } = present(loaded.value.instances[0], 'the instance');
  expect({ ...row, data: data.replaceAll(' ', '') }).toEqual({
    ...instance(1),
    data: expect.any(String),
  });
  expect(data).toContain('12345678901234567890');
  expect(data).toContain('0.10');
  expect(loaded.value.task).toEqual(task(1));
  expect(await eventsOfCase(bank.database, cellId, 'DK1')).toEqual([event(1)]);
});

test('a row that is not as it was loaded stops the transaction', async () => {
  await save({ newInstances: [instance(2)] });
  const update = { ...instance(2), version: 2, version_before: 7 };
  await expect(save({ instanceUpdates: [update] })).rejects.toThrow(/as loaded/);
  await save({ instanceUpdates: [{ ...update, version_before: 1 }] });
});

describe('the application can add to the logs and nothing else', () => {
  test.each([
    ['update business_event set kind = kind', '42501'],
    ['delete from business_event', '42501'],
    ['delete from business_event_default', '42501'],
    ['truncate business_event', '42501'],
    ['update step_log set events = events', '42501'],
    ['delete from step_log', '42501'],
    ['update decision_taken set output = output', '42501'],
    ['delete from document', '42501'],
    ['update command_key set answer = answer', '42501'],
    ['delete from process_instance', '42501'],
    ['delete from task', '42501'],
    ['alter table business_event add column note text', '42501'],
    ['create table mine (id int)', '42501'],
  ])('%s is refused', async (sql, state) => {
    expect(await refusedState(sql)).toBe(state);
  });
});

test('a task cannot be open and ended, or completed by nobody', async () => {
  await save({ newInstances: [instance(3)], newTasks: [task(3)] });
  const change = (set: string) => refusedState(`update task set ${set} where id = '${id(103)}'`);
  expect(await change(`status = 'completed', ended_at = 1`)).toBe('23514');
  expect(await change(`ended_at = 1`)).toBe('23514');
  expect(await change(`status = 'reserved', assignee_login = 'chen'`)).toBe('23514');
});

test('tasks are listed by what stands on the row', async () => {
  const mine = task(4, {
    status: 'reserved',
    assignee_login: 'chen',
    assignee_person: 'E1',
    claimed_at: at,
  });
  const named = { ...task(5), id: id(105), status: 'ready' as const, assignee_person: 'E1' };
  const customer = { ...task(6), unit_code: null, role: 'customer', customer_id: 'C7' };
  await save({
    newInstances: [instance(4), instance(5), instance(6), instance(7)],
    newTasks: [mine, named, customer, task(7, { unit_code: '0202' })],
  });
  const list = async (filter: 'mine' | 'group' | 'all', posts: [string, string][], c = 'C0') => {
    const reader = {
      login: 'chen',
      person: 'E1',
      customerId: c,
      posts: posts.map(([role, unit]) => ({ role, unit })),
    };
    const wanted = { filter, caseNumber: null, elementId: null, limit: 50, offset: 0 };
    const { tasks, total } = await listTaskRows(bank.database, cellId, reader, wanted);
    expect(tasks).toHaveLength(total);
    return tasks.map((row) => row.case_number);
  };
  expect(await list('mine', [])).toEqual(['DK4', 'DK5']);
  expect(await list('group', [['risk_manager', '0202']])).toEqual(['DK7']);
  expect(await list('group', [['auditor', '0202']])).toEqual([]);
  expect(await list('all', [], 'C7')).toEqual(['DK4', 'DK5', 'DK6']);
});

test('several workers never lease the same job, and a lost lease cannot end it', async () => {
  const job = (n: number) => ({ id: id(n), kind: 'k', facts: '{}', run_at: at, created_at: at });
  await save({ jobs: Array.from({ length: 40 }, (_, n) => job(1_000 + n)) });
  const lease = (owner: string, now: number) => ({ owner, now, until: now + 1_000 });
  const workers = ['a', 'b', 'c', 'd'];
  const leased = await Promise.all(
    workers.map((owner) => leaseJobs(bank.database, cellId, lease(owner, at), 10)),
  );
  const ids = leased.flat().map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  const rest = await leaseJobs(bank.database, cellId, lease('e', at), 100);
  expect(ids.length + rest.length).toBe(40);
  const lost = present(leased.flat()[0], 'a leased job');
  const again = await leaseJobs(bank.database, cellId, lease('f', at + 2_000), 100);
  const held = present(
    again.find((one) => one.id === lost.id),
    'the job, leased again',
  );
  const end = (one: typeof lost) =>
    bank.database.transaction(async (transaction) => {
      const kept = await endJob(transaction, cellId, one, { status: 'done', at });
      return kept ? ok(null) : refuse('lease_lost');
    });
  expect(await end(lost)).toMatchObject({ ok: false, code: 'lease_lost' });
  expect(await end(held)).toMatchObject({ ok: true });
});

test('monthly partitions are made ahead of time, once', async () => {
  const later = Date.UTC(2030, 0, 15);
  expect(await ensurePartitions(bank.database, later)).toBe(8);
  expect(await ensurePartitions(bank.database, later)).toBe(0);
  const [row] = await bank.database.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relname = 'business_event_203004'`,
  );
  expect(row?.name).toBe('business_event_203004');
});

test('every primary key of these tables begins with the cell', async () => {
  const rows = await bank.database.query<{ table: string; first: string }>(
    `select c.conrelid::regclass::text as table, a.attname as first
     from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'p' and c.connamespace = 'public'::regnamespace
       and c.conrelid::regclass::text <> 'schema_migrations'`,
  );
  expect(rows.length).toBeGreaterThan(15);
  expect(rows.filter((row) => row.first !== 'cell_id')).toEqual([]);
});

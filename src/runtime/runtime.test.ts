import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { Values } from '../base/data.ts';
import { ok, refuse } from '../base/result.ts';
import { uuidV7 } from '../base/uuid.ts';
import type { ServiceOperation } from '../ledger/service-operation.ts';
import type { Actor } from './actor.ts';
import { askOracle } from './oracle.ts';
import {
  customer,
  processXml,
  seededRandom,
  staff,
  type TestBank,
  testBank,
  testStart,
  value,
} from './testing.ts';

const chen = staff('E1', 'clerk');
const chenAgain = staff('E1', 'clerk', '0101', 'chen-second-login');
const li = staff('E2', 'clerk');
const wang = staff('E3', 'head', '0100');

/** Doubles an amount; refuses more than a thousand. */
const double: ServiceOperation = {
  name: 'test.double',
  needs: () => ({}),
  decide({ values }) {
    const amount = values.amount;
    if (typeof amount !== 'bigint' || amount > 1_000n) return refuse('amount_above_maximum');
    return ok({ values: { amount: amount * 2n }, postings: [], records: [] });
  },
};

let bank: TestBank;
const random = seededRandom('keys');
const newKey = () => uuidV7(bank.clock.now, random(10));

beforeAll(async () => {
  bank = await testBank({ operations: new Map([[double.name, double]]) });
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

async function start(processId: string, values: Values = {}, actor: Actor = chen) {
  const order = { actor, processId, values, unitCode: '0101' };
  return value(await bank.runtime.startCase(order)).caseNumber;
}

/** The open task of an activity in a case; the nth when there are several. */
async function open(caseNumber: string, activity: string, nth = 0): Promise<string> {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const found = tasks.filter(
    (one) => one.activity === activity && !['completed', 'cancelled'].includes(one.status),
  );
  return present(found[nth], `open task ${activity}`).id;
}

async function complete(caseNumber: string, activity: string, actor: Actor, values: Values = {}) {
  const taskId = await open(caseNumber, activity);
  value(await bank.runtime.claimTask({ actor, taskId }));
  return value(await bank.runtime.completeTask({ actor, taskId, values }));
}

async function openActivities(caseNumber: string): Promise<string[]> {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  return tasks
    .filter((one) => !['completed', 'cancelled'].includes(one.status))
    .map((one) => one.activity)
    .sort();
}

const lane = (nodes: string, role = 'clerk', unit = 'own') => ({ role, unit, nodes });
const startEnd = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>';

describe('the straight path', () => {
  const xml = processXml({
    id: 'straight',
    attributes: 'huiliu:casePrefix="ZZ" huiliu:withdrawableUntil="check"',
    lanes: [lane('start enter end'), lane('check', 'head', 'branch')],
    nodes: `${startEnd}<bpmn:userTask id="enter" name="录入" huiliu:nameEn="Enter"
      huiliu:form="enter.form.json"/><bpmn:userTask id="check" name="复核"/>`,
    flows: ['start > enter > check > end'],
  });
  const form = JSON.stringify({
    components: [
      { type: 'number', key: 'amountMinor', validate: { required: true, min: 1 } },
      { type: 'textfield', key: 'note' },
    ],
  });
  beforeAll(() => bank.deploy(xml, { 'enter.form.json': form }));

  test('a case runs through its people and ends with its outcome', async () => {
    const caseNumber = await start('straight');
    expect(caseNumber).toMatch(/^ZZ2026112101\d{6}$/);
    expect(await openActivities(caseNumber)).toEqual(['enter']);
    const entered = await complete(caseNumber, 'enter', chen, { amountMinor: 5n });
    expect(entered).toMatchObject({ status: 'completed', caseStatus: 'active' });
    const listed = await bank.runtime.listTasks({ actor: wang, filter: 'group', caseNumber });
    expect(listed.tasks.map((one) => [one.activity, one.unitCode])).toEqual([['check', '0100']]);
    const checked = await complete(caseNumber, 'check', wang);
    expect(checked).toMatchObject({ caseStatus: 'completed', outcome: 'done' });
    const view = value(await bank.runtime.viewCase(caseNumber));
    expect(view.values).toMatchObject({ amountMinor: 5n, caseNumber, caseUnit: '0101' });
    expect(view.path.map((one) => one.flow)).toEqual([
      'start_to_enter',
      'enter_to_check',
      'check_to_end',
    ]);
    const events = await bank.runtime.caseEvents(caseNumber);
    expect(events.map((one) => [one.n, one.kind, one.element_id, one.person])).toEqual([
      [1, 'case_started', null, 'E1'],
      [2, 'activity_scheduled', 'enter', 'E1'],
      [3, 'activity_claimed', 'enter', 'E1'],
      [4, 'activity_completed', 'enter', 'E1'],
      [5, 'activity_scheduled', 'check', 'E1'],
      [6, 'activity_claimed', 'check', 'E3'],
      [7, 'activity_completed', 'check', 'E3'],
      [8, 'case_ended', null, 'E3'],
    ]);
  });

  test('who may not claim, complete, release or see a task is told why', async () => {
    const caseNumber = await start('straight');
    const taskId = await open(caseNumber, 'enter');
    const { runtime } = bank;
    const values = { amountMinor: 5n };
    const code = async (result: Promise<{ ok: boolean; code?: string }>) => {
      const { ok: done, code: said } = await result;
      return done ? 'done' : said;
    };
    expect(await code(runtime.completeTask({ actor: chen, taskId, values }))).toBe(
      'task_not_claimed',
    );
    expect(await code(runtime.claimTask({ actor: wang, taskId }))).toBe('not_a_candidate');
    expect(await code(runtime.viewTask({ actor: wang, taskId }))).toBe('not_a_candidate');
    expect(await code(runtime.claimTask({ actor: chen, taskId }))).toBe('done');
    expect(await code(runtime.claimTask({ actor: chen, taskId }))).toBe('done');
    expect(await code(runtime.claimTask({ actor: li, taskId }))).toBe('task_held_by_another');
    expect(await code(runtime.completeTask({ actor: li, taskId, values }))).toBe('task_not_yours');
    expect(await code(runtime.releaseTask({ actor: li, taskId }))).toBe('task_not_yours');
    const draft = { amountMinor: 7n };
    expect(await code(runtime.saveDraft({ actor: chen, taskId, values: draft }))).toBe('done');
    const seen = value(await runtime.viewTask({ actor: chen, taskId }));
    expect(seen.draft).toEqual(draft);
    expect(seen.formText).toBe(form);
    expect(await code(runtime.releaseTask({ actor: chen, taskId }))).toBe('done');
    expect(await code(runtime.claimTask({ actor: li, taskId }))).toBe('done');
    const bad = (given: Values) => runtime.completeTask({ actor: li, taskId, values: given });
    expect(await code(bad({}))).toBe('field_missing');
    expect(await code(bad({ amountMinor: 0n }))).toBe('field_not_valid');
    expect(await code(bad({ amountMinor: 5n, caseNumber: 'X' }))).toBe('field_not_in_form');
    expect(await code(bad(values))).toBe('done');
    expect(await code(bad(values))).toBe('task_not_open');
    const strange = '019aa4d8-c000-7000-8000-000000000099';
    expect(await code(runtime.claimTask({ actor: li, taskId: strange }))).toBe('task_unknown');
  });

  test('the applicant withdraws before the decision and not after it', async () => {
    const { runtime } = bank;
    const first = await start('straight');
    expect(await runtime.withdrawCase({ actor: li, caseNumber: first })).toMatchObject({
      code: 'not_the_applicant',
    });
    expect(value(await runtime.withdrawCase({ actor: chen, caseNumber: first }))).toMatchObject({
      status: 'terminated',
      outcome: 'withdrawn',
    });
    expect(await openActivities(first)).toEqual([]);
    expect(await runtime.withdrawCase({ actor: chen, caseNumber: first })).toMatchObject({
      code: 'case_not_active',
    });
    expect(await runtime.withdrawCase({ actor: chen, caseNumber: 'ZZ1' })).toMatchObject({
      code: 'case_unknown',
    });
  });
});

describe('orders that come twice or at once', () => {
  test('two people complete one task at once: one does, one is told', async () => {
    const caseNumber = await start('straight');
    const taskId = await open(caseNumber, 'enter');
    value(await bank.runtime.claimTask({ actor: chen, taskId }));
    const values = { amountMinor: 5n };
    const results = await Promise.all([
      bank.runtime.completeTask({ actor: chen, taskId, values }),
      bank.runtime.completeTask({ actor: chen, taskId, values }),
      bank.runtime.completeTask({ actor: li, taskId, values }),
    ]);
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(await openActivities(caseNumber)).toEqual(['check']);
  });

  test('two people claim one task at once: one gets it', async () => {
    const caseNumber = await start('straight');
    const taskId = await open(caseNumber, 'enter');
    const results = await Promise.all(
      [chen, li].map((actor) => bank.runtime.claimTask({ actor, taskId })),
    );
    expect(results.filter((one) => one.ok)).toHaveLength(1);
  });

  test('the same key five times at once has one effect and one answer', async () => {
    const key = newKey();
    const order = { actor: chen, key, processId: 'straight', values: {}, unitCode: '0101' };
    const starts = await Promise.all([1, 2, 3, 4, 5].map(() => bank.runtime.startCase(order)));
    const numbers = new Set(starts.map((one) => value(one).caseNumber));
    expect(numbers.size).toBe(1);
    const caseNumber = value(present(starts[0], 'a start')).caseNumber;
    const taskId = await open(caseNumber, 'enter');
    value(await bank.runtime.claimTask({ actor: chen, taskId }));
    const submit = { actor: chen, taskId, key: newKey(), values: { amountMinor: 5n } };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => bank.runtime.completeTask(submit)));
    expect(answers.map(value)).toEqual(Array(5).fill(value(present(answers[0], 'an answer'))));
    const events = await bank.runtime.caseEvents(caseNumber);
    expect(events.filter((one) => one.kind === 'activity_completed')).toHaveLength(1);
  });

  test('a key is refused with other content or login, from the future, too old', async () => {
    const key = newKey();
    const order = { actor: chen, key, processId: 'straight', values: {}, unitCode: '0101' };
    value(await bank.runtime.startCase(order));
    const other = { ...order, values: { more: true } };
    expect(await bank.runtime.startCase(other)).toMatchObject({
      code: 'idempotency_key_used_otherwise',
    });
    expect(await bank.runtime.startCase({ ...order, actor: li })).toMatchObject({
      code: 'idempotency_key_used_otherwise',
    });
    const day = 86_400_000;
    const keyAt = (at: number) => ({ ...order, key: uuidV7(at, random(10)) });
    expect(await bank.runtime.startCase(keyAt(testStart + day))).toMatchObject({
      code: 'key_from_future',
    });
    expect(await bank.runtime.startCase(keyAt(testStart - 500 * day))).toMatchObject({
      code: 'key_too_old',
    });
    expect(await bank.runtime.startCase({ ...order, key: 'key' })).toMatchObject({
      code: 'idempotency_key_not_valid',
    });
  });
});

describe('service operations', () => {
  const xml = processXml({
    id: 'service',
    lanes: [lane('start enter work end')],
    nodes: `${startEnd}<bpmn:userTask id="enter" huiliu:operation="test.double"
        huiliu:form="any.form.json"/>
      <bpmn:serviceTask id="work" huiliu:operation="test.double"/>`,
    flows: ['start > enter > work > end'],
  });
  beforeAll(() => bank.deploy(xml));

  test('the operation of a user task and that of a service task run in one commit', async () => {
    const caseNumber = await start('service');
    const done = await complete(caseNumber, 'enter', chen, { amount: 10n });
    expect(done).toMatchObject({ caseStatus: 'completed', accountingDate: '2026-11-21' });
    expect(value(await bank.runtime.viewCase(caseNumber)).values.amount).toBe(40n);
  });

  test.each([
    ['of the user task', 1_001n],
    ['of the service task that follows', 600n],
  ])('a refusal of the operation %s leaves everything as it was', async (_which, amount) => {
    const caseNumber = await start('service');
    const taskId = await open(caseNumber, 'enter');
    value(await bank.runtime.claimTask({ actor: chen, taskId }));
    const before = await bank.runtime.caseEvents(caseNumber);
    const refused = await bank.runtime.completeTask({ actor: chen, taskId, values: { amount } });
    expect(refused).toMatchObject({ ok: false, code: 'amount_above_maximum' });
    expect(await bank.runtime.caseEvents(caseNumber)).toEqual(before);
    expect(await openActivities(caseNumber)).toEqual(['enter']);
    await bank.runtime.completeTask({ actor: chen, taskId, values: { amount: 1n } });
  });
});

describe('called processes and separated persons', () => {
  const called = processXml({
    id: 'called',
    lanes: [lane('start look end')],
    nodes: `${startEnd}<bpmn:userTask id="look" huiliu:form="any.form.json"/>`,
    flows: ['start > look > end'],
  });
  const caller = processXml({
    id: 'caller',
    attributes: 'huiliu:withdrawableUntil="decide"',
    lanes: [lane('start call decide end')],
    nodes: `${startEnd}<bpmn:callActivity id="call" calledElement="called" huiliu:in="amount"
        huiliu:out="found"/>
      <bpmn:userTask id="decide" huiliu:separateFrom="look"/>`,
    flows: ['start > call > decide > end'],
  });
  beforeAll(async () => {
    await bank.deploy(called);
    await bank.deploy(caller);
  });

  test('what goes in and out of a called process is what the call names', async () => {
    const caseNumber = await start('caller', { amount: 3n, secret: true });
    const taskId = await open(caseNumber, 'look');
    const seen = value(await bank.runtime.viewTask({ actor: chen, taskId }));
    expect(seen.values).toEqual({ amount: 3n });
    await complete(caseNumber, 'look', chen, { found: 'ore', other: 1n });
    const { values } = value(await bank.runtime.viewCase(caseNumber));
    expect(values).toMatchObject({ amount: 3n, secret: true, found: 'ore' });
    expect(values).not.toHaveProperty('other');
  });

  test('one person is kept from the second task under every login of theirs', async () => {
    const caseNumber = await start('caller');
    await complete(caseNumber, 'look', chen);
    const taskId = await open(caseNumber, 'decide');
    for (const actor of [chen, chenAgain]) {
      expect(await bank.runtime.claimTask({ actor, taskId })).toMatchObject({
        code: 'must_be_another_person',
        facts: { task: 'decide', done: 'look' },
      });
    }
    expect((await complete(caseNumber, 'decide', li)).outcome).toBe('done');
  });

  test('withdrawing the case ends what it called', async () => {
    const caseNumber = await start('caller');
    value(await bank.runtime.withdrawCase({ actor: chen, caseNumber }));
    expect(await openActivities(caseNumber)).toEqual([]);
    const view = value(await bank.runtime.viewCase(caseNumber));
    expect([view.status, view.tokens]).toEqual(['terminated', []]);
  });
});

describe('timers, messages, many at once', () => {
  const xml = processXml({
    id: 'waiting',
    lanes: [lane('start answer late remind nudge heard end ended_late')],
    nodes: `${startEnd}<bpmn:endEvent id="ended_late" huiliu:outcome="late"/>
      <bpmn:userTask id="answer"/><bpmn:userTask id="nudge"/>
      <bpmn:boundaryEvent id="late" attachedToRef="answer"><bpmn:timerEventDefinition id="t1">
        <bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
      <bpmn:boundaryEvent id="remind" attachedToRef="answer" cancelActivity="false">
        <bpmn:timerEventDefinition id="t2"><bpmn:timeCycle>R2/PT6H</bpmn:timeCycle>
        </bpmn:timerEventDefinition></bpmn:boundaryEvent>
      <bpmn:intermediateCatchEvent id="heard" huiliu:correlation="caseNumber">
        <bpmn:messageEventDefinition id="m1" messageRef="news"/></bpmn:intermediateCatchEvent>
      <bpmn:endEvent id="nudged"/>`,
    flows: ['start > answer > heard > end', 'late > ended_late', 'remind > nudge > nudged'],
    beside: '<bpmn:message id="news" name="news"/>',
  });
  beforeAll(() => bank.deploy(xml));
  const hour = 3_600_000;
  const passes = async (hours: number) => {
    bank.clock.now += hours * hour;
    return await bank.runtime.tick(bank.clock.now);
  };

  test('a deadline stands on the task and ends it when it has passed', async () => {
    const caseNumber = await start('waiting');
    const [task] = await bank.runtime.caseTasks(caseNumber);
    expect(present(task, 'the task').dueAt).toBe(bank.clock.now + 6 * hour);
    expect(await passes(6)).toMatchObject({ timersFired: 1, refused: [] });
    expect(await openActivities(caseNumber)).toEqual(['answer', 'nudge']);
    expect(await passes(6)).toMatchObject({ timersFired: 1 });
    expect(await openActivities(caseNumber)).toEqual(['answer', 'nudge', 'nudge']);
    expect(await passes(12)).toMatchObject({ timersFired: 0 });
    expect(await passes(24)).toMatchObject({ timersFired: 1 });
    expect(await openActivities(caseNumber)).toEqual(['nudge', 'nudge']);
    await complete(caseNumber, 'nudge', chen);
    expect(await complete(caseNumber, 'nudge', chen)).toMatchObject({ outcome: 'late' });
  });

  test('a case and a task are due as the model says, by the calendar of the bank', async () => {
    await bank.deploy(
      processXml({
        id: 'limited',
        attributes: 'huiliu:dueIn="P1M"',
        lanes: [lane('start work end')],
        nodes: `${startEnd}<bpmn:userTask id="work" huiliu:dueIn="P1DT2H"/>`,
        flows: ['start > work > end'],
      }),
    );
    const at = bank.clock.now;
    const caseNumber = await start('limited');
    const [task] = await bank.runtime.caseTasks(caseNumber);
    expect(present(task, 'the task').dueAt).toBe(at + 26 * hour);
    const { dueAt } = value(await bank.runtime.viewCase(caseNumber));
    expect(new Date(present(dueAt, 'the deadline')).toISOString().slice(8)).toBe(
      new Date(at).toISOString().slice(8),
    );
  });

  test('a timer is fired once, however many workers look', async () => {
    const caseNumber = await start('waiting');
    bank.clock.now += 6 * hour;
    const ticks = await Promise.all([1, 2, 3, 4].map(() => bank.runtime.tick(bank.clock.now)));
    expect(ticks.reduce((sum, one) => sum + one.timersFired, 0)).toBe(1);
    expect(await openActivities(caseNumber)).toEqual(['answer', 'nudge']);
  });

  test('a message reaches the case that waits for it, once', async () => {
    const caseNumber = await start('waiting');
    const message = {
      actor: customer('C1'),
      messageName: 'news',
      correlation: caseNumber,
      values: { text: 'here' },
    };
    expect(await bank.runtime.deliverMessage(message)).toMatchObject({
      code: 'message_not_awaited',
    });
    await complete(caseNumber, 'answer', chen);
    const results = await Promise.all([1, 2].map(() => bank.runtime.deliverMessage(message)));
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    const view = value(await bank.runtime.viewCase(caseNumber));
    expect([view.status, view.values.text]).toEqual(['completed', 'here']);
  });
});

describe('one task for each of many', () => {
  const xml = processXml({
    id: 'votes',
    lanes: [lane('start vote end', 'member')],
    nodes: `${startEnd}<bpmn:userTask id="vote" huiliu:assignee="member"
      huiliu:form="any.form.json">
      <bpmn:multiInstanceLoopCharacteristics huiliu:collection="members"
        huiliu:elementVariable="member" huiliu:outputVariable="votes" huiliu:outputElement="vote">
        <bpmn:completionCondition>numberOfCompletedInstances &gt;= 2</bpmn:completionCondition>
      </bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`,
    flows: ['start > vote > end'],
  });
  beforeAll(() => bank.deploy(xml));

  test('each member has a task of their own; enough votes end the rest', async () => {
    const caseNumber = await start('votes', { members: ['E7', 'E8', 'E9'] });
    expect(await openActivities(caseNumber)).toEqual(['vote', 'vote', 'vote']);
    const taskId = await open(caseNumber, 'vote', 1);
    expect(await bank.runtime.claimTask({ actor: staff('E7', 'member'), taskId })).toMatchObject({
      code: 'not_a_candidate',
    });
    for (const person of ['E8', 'E9']) {
      const actor = staff(person, 'member');
      const mine = await bank.runtime.listTasks({ actor, filter: 'mine', caseNumber });
      const mineId = present(mine.tasks[0], 'a task of mine').id;
      value(await bank.runtime.claimTask({ actor, taskId: mineId }));
      value(await bank.runtime.completeTask({ actor, taskId: mineId, values: { vote: 'for' } }));
    }
    const view = value(await bank.runtime.viewCase(caseNumber));
    expect(view.status).toBe('completed');
    const statuses = (await bank.runtime.caseTasks(caseNumber)).map((one) => one.status);
    expect(statuses.sort()).toEqual(['cancelled', 'completed', 'completed']);
  });
});

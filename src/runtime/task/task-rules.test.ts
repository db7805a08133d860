import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import type { Actor } from '../actor.ts';
import { caseOperations } from '../case-operations.ts';
import { askOracle } from '../oracle.ts';
import { processXml, staff, type TestBank, testBank, value } from '../testing.ts';

const chen = staff('E1', 'clerk');
const startEnd = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>';
let bank: TestBank;

beforeAll(async () => {
  const operations = new Map(caseOperations.map((operation) => [operation.name, operation]));
  bank = await testBank({ operations });
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

async function start(processId: string, values: Values = {}) {
  return value(await bank.runtime.startCase({ actor: chen, processId, values })).caseNumber;
}

async function claim(caseNumber: string, activity: string, actor: Actor = chen) {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const task = tasks.find(
    (one) => one.activity === activity && !['completed', 'cancelled'].includes(one.status),
  );
  const taskId = present(task, `open task ${activity}`).id;
  value(await bank.runtime.claimTask({ actor, taskId }));
  return taskId;
}

async function complete(caseNumber: string, activity: string, values: Values = {}, actor = chen) {
  const taskId = await claim(caseNumber, activity, actor);
  return await bank.runtime.completeTask({ actor, taskId, values });
}

async function openActivities(caseNumber: string): Promise<string[]> {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  return tasks
    .filter((one) => !['completed', 'cancelled'].includes(one.status))
    .map((one) => one.activity)
    .sort();
}

describe('two sign the same facts', () => {
  const xml = processXml({
    id: 'signing',
    lanes: [
      { role: 'clerk', unit: 'own', nodes: 'start fix split first second change joined end' },
    ],
    nodes: `${startEnd}<bpmn:serviceTask id="fix" huiliu:operation="case.hash_facts"
        huiliu:facts="amountMinor purpose" huiliu:result="factsHash"/>
      <bpmn:parallelGateway id="split"/><bpmn:parallelGateway id="joined"/>
      <bpmn:userTask id="first" huiliu:signs="factsHash"/>
      <bpmn:userTask id="second" huiliu:signs="factsHash"/><bpmn:userTask id="change"
        huiliu:form="any.form.json"/>`,
    flows: [
      'start > fix > split > first > joined > end',
      'split > second > joined',
      'split > change > joined',
    ],
  });
  beforeAll(() => bank.deploy(xml));

  test('a fact that changes between the two signatures refuses the second', async () => {
    const caseNumber = await start('signing', { amountMinor: 5n, purpose: 'steel' });
    expect(await complete(caseNumber, 'first')).toMatchObject({ ok: true });
    expect(await complete(caseNumber, 'change', { amountMinor: 6n })).toMatchObject({ ok: true });
    expect(await complete(caseNumber, 'second')).toMatchObject({ code: 'signed_facts_changed' });
    expect(await openActivities(caseNumber)).toEqual(['second']);
  });

  test('what was not signed may change', async () => {
    const caseNumber = await start('signing', { amountMinor: 5n });
    expect(await complete(caseNumber, 'change', { note: 'late' })).toMatchObject({ ok: true });
    expect(await complete(caseNumber, 'first')).toMatchObject({ ok: true });
    expect(await complete(caseNumber, 'second')).toMatchObject({ ok: true });
  });
});

test('what a task requires must be given before it is done', async () => {
  const xml = processXml({
    id: 'consent',
    lanes: [{ role: 'clerk', unit: 'own', nodes: 'start query end' }],
    nodes: `${startEnd}<bpmn:userTask id="query" huiliu:requires="consent"/>`,
    flows: ['start > query > end'],
  });
  await bank.deploy(xml);
  const without = await start('consent', { consent: false });
  expect(await complete(without, 'query')).toMatchObject({
    code: 'task_requires',
    facts: { fact: 'consent' },
  });
  const given = await start('consent', { consent: true });
  expect(await complete(given, 'query')).toMatchObject({ ok: true });
});

test('sealed votes are shown to nobody before the last one is in', async () => {
  const xml = processXml({
    id: 'sealed',
    lanes: [{ role: 'member', unit: 'own', nodes: 'start vote read end' }],
    nodes: `${startEnd}<bpmn:userTask id="read"/><bpmn:userTask id="vote"
      huiliu:assignee="member" huiliu:sealed="true" huiliu:form="any.form.json"><bpmn:multiInstanceLoopCharacteristics
        huiliu:collection="members" huiliu:elementVariable="member"
        huiliu:outputVariable="votes" huiliu:outputElement="vote"/></bpmn:userTask>`,
    flows: ['start > vote > read > end'],
  });
  await bank.deploy(xml);
  const caseNumber = await start('sealed', { members: ['E7', 'E8'] });
  const votesSeen = async () => value(await bank.runtime.viewCase(caseNumber)).values.votes;
  for (const person of ['E7', 'E8']) {
    const actor = staff(person, 'member');
    const { tasks } = await bank.runtime.listTasks({ actor, filter: 'mine', caseNumber });
    const taskId = present(tasks[0], 'a vote').id;
    value(await bank.runtime.claimTask({ actor, taskId }));
    expect(value(await bank.runtime.viewTask({ actor, taskId })).values).not.toHaveProperty(
      'votes',
    );
    expect(await votesSeen()).toBeUndefined();
    value(await bank.runtime.completeTask({ actor, taskId, values: { vote: `of ${person}` } }));
  }
  expect(await votesSeen()).toEqual(['of E7', 'of E8']);
});

describe('a task is returned', () => {
  const xml = processXml({
    id: 'returning',
    lanes: [{ role: 'clerk', unit: 'own', nodes: 'start enter review decide end' }],
    nodes: `${startEnd}<bpmn:userTask id="enter"/><bpmn:userTask id="review"/>
      <bpmn:userTask id="decide"/>`,
    flows: ['start > enter > review > decide > end'],
  });
  beforeAll(() => bank.deploy(xml));

  async function atDecision(): Promise<{ caseNumber: string; taskId: string }> {
    const caseNumber = await start('returning');
    expect(await complete(caseNumber, 'enter')).toMatchObject({ ok: true });
    expect(await complete(caseNumber, 'review')).toMatchObject({ ok: true });
    return { caseNumber, taskId: await claim(caseNumber, 'decide') };
  }

  test.each([
    ['previous', 'review'],
    ['initiator', 'enter'],
    [{ activity: 'enter' }, 'enter'],
  ] as const)('to %o, and through all steps again', async (to, activity) => {
    const { caseNumber, taskId } = await atDecision();
    const order = { actor: chen, taskId, to, reason: '金额有误', straightBack: false };
    expect(await bank.runtime.returnTask(order)).toMatchObject({ ok: true });
    expect(await openActivities(caseNumber)).toEqual([activity]);
    const { values } = value(await bank.runtime.viewCase(caseNumber));
    expect(values).toMatchObject({ returnReason: '金额有误', returnedFrom: 'decide' });
    const events = await bank.runtime.caseEvents(caseNumber);
    const said = events.find((event) => event.kind === 'task_returned');
    expect(said?.facts).not.toContain('金额');
    for (const step of ['enter', 'review'].slice(activity === 'enter' ? 0 : 1)) {
      expect(await complete(caseNumber, step)).toMatchObject({ ok: true });
    }
    expect(await complete(caseNumber, 'decide')).toMatchObject({ ok: true });
  });

  test('straight back to who returned it', async () => {
    const { caseNumber, taskId } = await atDecision();
    const order = {
      actor: chen,
      taskId,
      to: 'initiator',
      reason: 'x',
      straightBack: true,
    } as const;
    expect(await bank.runtime.returnTask(order)).toMatchObject({ ok: true });
    expect(await complete(caseNumber, 'enter')).toMatchObject({ ok: true });
    expect(await openActivities(caseNumber)).toEqual(['decide']);
  });

  test.each([
    ['return_reason_missing', { reason: ' ' }],
    ['return_target_missing', { to: { activity: 'nowhere' } }],
    ['return_target_missing', { to: { activity: 'decide' } }],
    ['task_not_yours', { actor: staff('E9', 'clerk') }],
  ])('%s', async (code, change) => {
    const { taskId } = await atDecision();
    const order = {
      actor: chen,
      taskId,
      to: 'previous',
      reason: 'x',
      straightBack: false,
    } as const;
    expect(await bank.runtime.returnTask({ ...order, ...change })).toMatchObject({ code });
  });
});

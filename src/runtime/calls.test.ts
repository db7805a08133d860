import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { askOracle } from './oracle.ts';
import { processXml, staff, type TestBank, testBank, value } from './testing.ts';

const chen = staff('E1', 'clerk');
const startEnd = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>';
const beside = '<bpmn:escalation id="x" name="X" escalationCode="late"/>';

let bank: TestBank;

/** Calls a process; `interrupts` says whether its escalation ends the call. */
function caller(id: string, interrupts: boolean): string {
  return processXml({
    id,
    beside,
    lanes: [{ role: 'clerk', unit: 'own', nodes: 'told after' }],
    nodes: `${startEnd}<bpmn:callActivity id="call" calledElement="asks"/>
      <bpmn:boundaryEvent id="heard" attachedToRef="call" cancelActivity="${interrupts}">
        <bpmn:escalationEventDefinition id="hd" escalationRef="x"/></bpmn:boundaryEvent>
      <bpmn:userTask id="told"/><bpmn:userTask id="after"/>`,
    flows: ['start > call > after > end', 'heard > told > end'],
  });
}

beforeAll(async () => {
  bank = await testBank();
  await bank.deploy(
    processXml({
      id: 'asks',
      beside,
      lanes: [{ role: 'clerk', unit: 'own', nodes: 'work' }],
      nodes: `<bpmn:startEvent id="start"/><bpmn:userTask id="work"/><bpmn:endEvent id="end">
        <bpmn:escalationEventDefinition id="ed" escalationRef="x"/></bpmn:endEvent>`,
      flows: ['start > work > end'],
    }),
  );
  await bank.deploy(caller('listens', false));
  await bank.deploy(caller('stops', true));
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

async function openAfterWork(processId: string): Promise<string[]> {
  const order = { actor: chen, processId, values: {}, unitCode: '0101' };
  const { caseNumber } = value(await bank.runtime.startCase(order));
  const taskId = present((await bank.runtime.caseTasks(caseNumber))[0], 'the task').id;
  value(await bank.runtime.claimTask({ actor: chen, taskId }));
  value(await bank.runtime.completeTask({ actor: chen, taskId, values: {} }));
  const tasks = await bank.runtime.caseTasks(caseNumber);
  return tasks
    .filter((one) => one.status === 'ready')
    .map((one) => one.activity)
    .sort();
}

test('an escalation out of a called process is heard at its caller, and the call goes on', async () => {
  expect(await openAfterWork('listens')).toEqual(['after', 'told']);
});

test('an escalation that interrupts ends the call: its completion comes too late', async () => {
  expect(await openAfterWork('stops')).toEqual(['told']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Values } from '../base/data.ts';
import { uuidV7 } from '../base/uuid.ts';
import { askOracle } from './oracle.ts';
import { processXml, staff, type TestBank, testBank, value } from './testing.ts';

const chen = staff('E1', 'clerk');
const end = '<bpmn:endEvent id="end" huiliu:outcome="done"/>';
const lanes = [{ role: 'clerk', unit: 'own', nodes: 'work' }];

function startedBy(id: string, definition: string, beside = '', attributes = ''): string {
  return processXml({
    id,
    ...{ attributes, lanes, beside },
    nodes: `<bpmn:startEvent id="begin">${definition}</bpmn:startEvent>
      <bpmn:userTask id="work"/>${end}`,
    flows: ['begin > work > end'],
  });
}

const teller = (id: string, definition: string, beside: string) =>
  processXml({
    id,
    beside,
    nodes: `<bpmn:startEvent id="start"/>${end}<bpmn:intermediateThrowEvent id="tell"
      huiliu:in="amount">${definition}</bpmn:intermediateThrowEvent>`,
    flows: ['start > tell > end'],
  });

const message = '<bpmn:message id="m" name="wanted"/>';
const signal = '<bpmn:signal id="s" name="alarm"/>';
const timer = (kind: string, text: string) =>
  `<bpmn:timerEventDefinition id="t"><bpmn:${kind}>${text}</bpmn:${kind}></bpmn:timerEventDefinition>`;

let bank: TestBank;

beforeAll(async () => {
  bank = await testBank();
  const asMessage = '<bpmn:messageEventDefinition id="d" messageRef="m"/>';
  const asSignal = '<bpmn:signalEventDefinition id="d" signalRef="s"/>';
  await bank.deploy(startedBy('on_message', asMessage, message));
  await bank.deploy(startedBy('on_alarm', asSignal, signal));
  await bank.deploy(startedBy('on_alarm_too', asSignal, signal));
  await bank.deploy(teller('says_wanted', asMessage, message));
  await bank.deploy(teller('says_alarm', asSignal, signal));
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

async function passes(ms: number) {
  bank.clock.now += ms;
  return await bank.runtime.tick(bank.clock.now);
}

async function start(processId: string, values: Values = {}) {
  return value(await bank.runtime.startCase({ actor: chen, processId, values, unitCode: '0101' }));
}

async function cases(processId: string) {
  return await bank.database.query<{ unit_code: string; amount: string | null }>(
    `select unit_code, data -> 'root' ->> 'amount' as amount from process_instance
     where process_id = $1 order by id`,
    [processId],
  );
}

test('a message that no case waits for starts one, with its values, at the unit that spoke', async () => {
  await start('says_wanted', { amount: 5n });
  expect(await passes(0)).toMatchObject({ refused: [], faults: [] });
  expect(await cases('on_message')).toEqual([{ unit_code: '0101', amount: '5' }]);
});

test('a message from outside starts a case when no case waits for it, once for each key', async () => {
  const key = uuidV7(bank.clock.now, new Uint8Array(10).fill(7));
  const order = {
    actor: chen,
    key,
    messageName: 'wanted',
    correlation: 'x',
    values: { amount: 9n },
  };
  const first = value(await bank.runtime.deliverMessage(order));
  expect(first).toMatchObject({ status: 'active' });
  expect(value(await bank.runtime.deliverMessage(order))).toEqual(first);
  expect(await cases('on_message')).toHaveLength(2);
  const nobody = { actor: chen, messageName: 'unheard', correlation: 'x', values: {} };
  expect(await bank.runtime.deliverMessage(nobody)).toMatchObject({ code: 'message_not_awaited' });
});

test('a signal starts every process that begins by it', async () => {
  await start('says_alarm');
  expect(await passes(0)).toMatchObject({ refused: [], faults: [] });
  expect(await cases('on_alarm')).toHaveLength(1);
  expect(await cases('on_alarm_too')).toHaveLength(1);
});

test('a cycle starts a case each time, as often as it says', async () => {
  const unit = 'huiliu:startUnit="0101"';
  await bank.deploy(startedBy('daily', timer('timeCycle', 'R2/PT1H'), '', unit));
  await passes(0);
  expect(await cases('daily')).toHaveLength(0);
  for (const wanted of [1, 2, 2]) {
    expect(await passes(3_600_000)).toMatchObject({ refused: [], faults: [] });
    expect(await cases('daily')).toHaveLength(wanted);
  }
});

test('a newer version takes over: the older starts nothing more', async () => {
  const unit = 'huiliu:startUnit="0101"';
  await bank.deploy(startedBy('later', timer('timeDuration', 'PT1H'), '', unit));
  await bank.deploy(startedBy('later', timer('timeDuration', 'PT2H'), '', unit));
  await passes(3_600_000);
  expect(await cases('later')).toHaveLength(0);
  await passes(3_600_000);
  expect(await cases('later')).toHaveLength(1);
});

test('a process that begins by a timer says for which unit', async () => {
  const xml = startedBy('unitless', timer('timeDuration', 'PT1H'));
  await expect(bank.deploy(xml)).rejects.toThrow('"code":"start_unit_missing"');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { assert } from '../base/assert.ts';
import type { Values } from '../base/data.ts';
import { ok, refuse } from '../base/result.ts';
import type { ServiceOperation } from '../ledger/service-operation.ts';
import { askOracle } from './oracle.ts';
import { processXml, staff, type TestBank, testBank, value } from './testing.ts';

const chen = staff('E1', 'clerk');
const startEnd = '<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>';
const second = 1_000;

const breaks: ServiceOperation = {
  name: 'test.breaks',
  needs: () => ({}),
  decide: () => {
    assert(false, 'this program is right');
    return ok({ values: {}, postings: [], records: [] });
  },
};

let mayPass = false;
const refuses: ServiceOperation = {
  name: 'test.refuses',
  needs: () => ({}),
  decide: () =>
    mayPass ? ok({ values: {}, postings: [], records: [] }) : refuse('amount_not_positive'),
};

let bank: TestBank;

beforeAll(async () => {
  const operations = new Map([breaks, refuses].map((one) => [one.name, one]));
  bank = await testBank({ operations });
  await bank.deploy(
    processXml({
      id: 'teller_of_news',
      nodes: `${startEnd}<bpmn:intermediateThrowEvent id="tell" huiliu:correlation="about">
        <bpmn:messageEventDefinition id="m" messageRef="news"/></bpmn:intermediateThrowEvent>`,
      flows: ['start > tell > end'],
      beside: '<bpmn:message id="news" name="news"/>',
    }),
  );
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

async function start(processId: string, values: Values = {}) {
  const order = { actor: chen, processId, values, unitCode: '0101' };
  return value(await bank.runtime.startCase(order)).caseNumber;
}

async function statusOf(caseNumber: string) {
  return value(await bank.runtime.viewCase(caseNumber)).status;
}

async function passes(ms: number) {
  bank.clock.now += ms;
  return await bank.runtime.tick(bank.clock.now);
}

test('a message nobody of the bank waits for is done with', async () => {
  await start('teller_of_news', { about: 'gold' });
  expect(await passes(0)).toMatchObject({ jobsDone: 1, refused: [] });
});

test('a message is kept until the case it is for waits for it', async () => {
  await bank.deploy(
    processXml({
      id: 'reader_of_news',
      nodes: `${startEnd}<bpmn:intermediateCatchEvent id="hear" huiliu:correlation="about">
        <bpmn:messageEventDefinition id="m" messageRef="news"/></bpmn:intermediateCatchEvent>`,
      flows: ['start > hear > end'],
      beside: '<bpmn:message id="news" name="news"/>',
    }),
  );
  await start('teller_of_news', { about: 'silver' });
  const refused = [{ code: 'message_not_awaited', where: 'deliver_message' }];
  expect(await passes(0)).toMatchObject({ jobsDone: 0, refused });
  const reader = await start('reader_of_news', { about: 'silver' });
  const other = await start('reader_of_news', { about: 'tin' });
  expect(await passes(29 * second)).toMatchObject({ jobsDone: 0, refused: [] });
  expect(await passes(second)).toMatchObject({ jobsDone: 1, refused: [] });
  expect([await statusOf(reader), await statusOf(other)]).toEqual(['completed', 'active']);
});

test('a signal is heard by all who wait when it is sent', async () => {
  const signal = '<bpmn:signal id="bell" name="bell"/>';
  const definition = '<bpmn:signalEventDefinition id="s" signalRef="bell"/>';
  await bank.deploy(
    processXml({
      id: 'hears_bell',
      nodes: `${startEnd}<bpmn:intermediateCatchEvent id="hear">${definition}
        </bpmn:intermediateCatchEvent>`,
      flows: ['start > hear > end'],
      beside: signal,
    }),
  );
  await bank.deploy(
    processXml({
      id: 'rings_bell',
      nodes: `${startEnd}<bpmn:intermediateThrowEvent id="ring">${definition}
        </bpmn:intermediateThrowEvent>`,
      flows: ['start > ring > end'],
      beside: signal,
    }),
  );
  const before = [await start('hears_bell'), await start('hears_bell')];
  await start('rings_bell');
  bank.clock.now += second;
  const later = await start('hears_bell');
  expect(await passes(0)).toMatchObject({ jobsDone: 1 });
  for (const caseNumber of before) expect(await statusOf(caseNumber)).toBe('completed');
  expect(await statusOf(later)).toBe('active');
});

test('a timer that cannot fire is put off, and does not keep the others waiting', async () => {
  const timed = (id: string, operation: string) =>
    processXml({
      id,
      nodes: `${startEnd}<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition id="t">
        <bpmn:timeDuration>PT1M</bpmn:timeDuration></bpmn:timerEventDefinition>
        </bpmn:intermediateCatchEvent>${operation}`,
      flows: operation === '' ? ['start > wait > end'] : ['start > wait > work > end'],
    });
  const work = (name: string) => `<bpmn:serviceTask id="work" huiliu:operation="${name}"/>`;
  await bank.deploy(timed('breaking', work('test.breaks')));
  await bank.deploy(timed('refusing', work('test.refuses')));
  await bank.deploy(timed('plain', ''));
  const broken = await start('breaking');
  const refused = await start('refusing');
  const plain = await start('plain');
  const first = await passes(60 * second);
  expect(first).toMatchObject({ timersFired: 1 });
  expect(first.refused).toEqual([{ code: 'amount_not_positive', where: 'wait' }]);
  expect(first.faults).toHaveLength(1);
  expect([await statusOf(broken), await statusOf(refused), await statusOf(plain)]).toEqual([
    'active',
    'active',
    'completed',
  ]);
  expect(await passes(second)).toMatchObject({ timersFired: 0, refused: [], faults: [] });
  mayPass = true;
  expect(await passes(30 * second)).toMatchObject({ timersFired: 1 });
  expect(await statusOf(refused)).toBe('completed');
});

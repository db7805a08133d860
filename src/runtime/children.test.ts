import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../base/data.ts';
import type { Database, Queries } from '../store/database.ts';
import { askOracle } from './oracle.ts';
import { createRuntime, type Runtime } from './runtime.ts';
import { processXml, seededRandom, staff, type TestBank, testBank, value } from './testing.ts';

const chen = staff('E1', 'clerk');
const long = process.env.TEST_LENGTH === 'long';

/** Rows that came back from the database since it was last asked. */
const counted = { statements: 0, rows: 0 };

let bank: TestBank;
let runtime: Runtime;

beforeAll(async () => {
  bank = await testBank();
  const random = seededRandom('children');
  const clock = () => bank.clock.now;
  runtime = createRuntime({ database: counting(bank.database), clock, random });
  await bank.deploy(manyXml({ id: 'votes', behavior: 'All' }));
  await bank.deploy(
    manyXml({ id: 'enough', behavior: 'All', completion: 'numberOfCompletedInstances = 20' }),
  );
  await bank.deploy(manyXml({ id: 'one_heard', behavior: 'One' }));
  await bank.deploy(crowdXml());
}, 240_000);
afterAll(async () => {
  if (!long) expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

/** Two user tasks side by side: many votes, and one that only waits. */
function manyXml(given: { id: string; behavior: string; completion?: string }): string {
  const condition =
    given.completion === undefined
      ? ''
      : `<bpmn:completionCondition>${given.completion}</bpmn:completionCondition>`;
  return processXml({
    id: given.id,
    attributes: 'huiliu:withdrawableUntil="after"',
    lanes: [{ role: 'clerk', unit: 'own', nodes: 'vote first after' }],
    nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>
      <bpmn:userTask id="vote" huiliu:form="any.form.json">
      <bpmn:multiInstanceLoopCharacteristics behavior="${given.behavior}" huiliu:inlineMax="10"
        oneBehaviorEventRef="one" huiliu:collection="members" huiliu:elementVariable="member"
        huiliu:outputVariable="votes" huiliu:outputElement="vote + member">${condition}
      </bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>
      <bpmn:boundaryEvent id="heard" attachedToRef="vote" cancelActivity="false">
        <bpmn:signalEventDefinition id="hs" signalRef="sig"/></bpmn:boundaryEvent>
      <bpmn:userTask id="first"/><bpmn:userTask id="after"/>`,
    flows: ['start > vote > after > end', 'heard > first > end'],
    beside: `<bpmn:signal id="sig" name="sig"/>
      <bpmn:signalEventDefinition id="one" signalRef="sig"/>`,
  });
}

/** Children that pass by themselves but one. */
function crowdXml(): string {
  return processXml({
    id: 'crowd',
    lanes: [{ role: 'clerk', unit: 'own', nodes: 'each' }],
    nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>
      <bpmn:subProcess id="each"><bpmn:startEvent id="s"/><bpmn:userTask id="look" huiliu:role="clerk"
        huiliu:unit="own"/><bpmn:exclusiveGateway id="g" default="g_e"/><bpmn:endEvent id="e"/>
      <bpmn:sequenceFlow id="s_g" sourceRef="s" targetRef="g"/>
      <bpmn:sequenceFlow id="g_e" sourceRef="g" targetRef="e"/>
      <bpmn:sequenceFlow id="g_look" sourceRef="g" targetRef="look"><bpmn:conditionExpression>one =
        "last"</bpmn:conditionExpression></bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="look_e" sourceRef="look" targetRef="e"/>
      <bpmn:multiInstanceLoopCharacteristics huiliu:collection="list"
        huiliu:elementVariable="one" huiliu:outputVariable="all"/></bpmn:subProcess>`,
    flows: ['start > each > end'],
  });
}

function counting(database: Database): Database {
  const countingQueries = (queries: Queries): Queries => ({
    query: async (sql, values) => {
      const rows = await queries.query(sql, values);
      counted.statements += 1;
      counted.rows += rows.length;
      return rows as never;
    },
  });
  return new Proxy(database, {
    get: (target, name) => {
      if (name === 'transaction') {
        const transaction: Database['transaction'] = (work, options) =>
          target.transaction((one) => work({ ...one, ...countingQueries(one) }), options);
        return transaction;
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

async function start(processId: string, values: Values): Promise<string> {
  const order = { actor: chen, processId, values, unitCode: '0101' };
  return value(await runtime.startCase(order)).caseNumber;
}

/** Lets the machine work until nothing is left to do. */
async function rest(): Promise<void> {
  for (let round = 0; round < 2_000; round += 1) {
    bank.clock.now += 10;
    const { jobsDone, refused, faults } = await runtime.tick(bank.clock.now);
    expect(faults).toEqual([]);
    expect(refused).toEqual([]);
    if (jobsDone === 0) return;
  }
}

async function open(caseNumber: string, element: string): Promise<string[]> {
  const rows = await bank.database.query<{ id: string }>(
    `select id from task where case_number = $1 and element_id = $2 and status = 'ready'
     order by id`,
    [caseNumber, element],
  );
  return rows.map((row) => row.id);
}

async function complete(taskId: string, values: Values = {}) {
  value(await runtime.claimTask({ actor: chen, taskId }));
  return value(await runtime.completeTask({ actor: chen, taskId, values }));
}

async function stateOf(caseNumber: string) {
  const [row] = await bank.database.query<{ state: string; status: string; votes: string }>(
    `select state, status, (data -> 'root' -> 'votes')::text as votes from process_instance
     where case_number = $1 and parent_id is null`,
    [caseNumber],
  );
  return row;
}

const members = Array.from({ length: 60 }, (_none, at) => BigInt(at));

describe('handed-out children', () => {
  test('each is begun by a job, counted when it is complete, and heard of at the end', async () => {
    const caseNumber = await start('votes', { members });
    expect(await open(caseNumber, 'vote')).toHaveLength(0);
    await rest();
    const tasks = await open(caseNumber, 'vote');
    expect(tasks).toHaveLength(60);
    expect((await stateOf(caseNumber))?.state.length).toBeLessThan(120);
    for (const task of tasks) {
      const answer = await complete(task, { vote: '' });
      expect(answer.caseStatus).toBe('active');
    }
    expect(await open(caseNumber, 'after')).toHaveLength(0);
    await rest();
    expect(await open(caseNumber, 'after')).toHaveLength(1);
    expect(JSON.parse((await stateOf(caseNumber))?.votes ?? '')).toHaveLength(60);
    await complete((await open(caseNumber, 'after'))[0] ?? '');
    expect((await stateOf(caseNumber))?.status).toBe('completed');
  });

  test('a completion condition ends the rest, and who comes late is refused', async () => {
    const caseNumber = await start('enough', { members });
    await rest();
    const tasks = await open(caseNumber, 'vote');
    for (const task of tasks.slice(0, 20)) await complete(task);
    const late = tasks[20] ?? '';
    value(await runtime.claimTask({ actor: chen, taskId: late }));
    const refused = await runtime.completeTask({ actor: chen, taskId: late, values: {} });
    expect(refused).toMatchObject({ ok: false, code: 'activity_not_active' });
    await rest();
    expect(await open(caseNumber, 'vote')).toHaveLength(0);
    expect(await open(caseNumber, 'after')).toHaveLength(1);
  });

  test('the behaviour one is heard at the boundary after the first', async () => {
    const caseNumber = await start('one_heard', { members });
    await rest();
    const [one = '', two = ''] = await open(caseNumber, 'vote');
    await complete(one);
    await complete(two);
    await rest();
    expect(await open(caseNumber, 'first')).toHaveLength(1);
    expect(await open(caseNumber, 'vote')).toHaveLength(58);
  });

  test('children end with the case', async () => {
    const caseNumber = await start('votes', { members });
    await rest();
    expect(await open(caseNumber, 'vote')).toHaveLength(60);
    value(await runtime.withdrawCase({ actor: chen, caseNumber }));
    const [task = ''] = await open(caseNumber, 'vote');
    value(await runtime.claimTask({ actor: chen, taskId: task }));
    const late = await runtime.completeTask({ actor: chen, taskId: task, values: {} });
    expect(late).toMatchObject({ ok: false, code: 'activity_not_active' });
    await rest();
    expect(await open(caseNumber, 'vote')).toHaveLength(0);
  });

  test.each(long ? [1_500, 100_000] : [1_500])(
    'completing the last of %i loads one child and one counter',
    async (many) => {
      const list = Array.from({ length: many }, (_none, at) => (at === many - 1 ? 'last' : 'one'));
      const caseNumber = await start('crowd', { list });
      await rest();
      const [task = ''] = await open(caseNumber, 'look');
      const [counter] = await bank.database.query<{ completed: number }>(
        'select completed from child_body where planned = $1',
        [many],
      );
      expect(counter?.completed).toBe(many - 1);
      value(await runtime.claimTask({ actor: chen, taskId: task }));
      Object.assign(counted, { statements: 0, rows: 0 });
      const began = performance.now();
      value(await runtime.completeTask({ actor: chen, taskId: task, values: {} }));
      const ms = performance.now() - began;
      const { statements, rows } = counted;
      process.stdout.write(
        `child ${many}: ${ms.toFixed(1)} ms, ${statements} statements, ${rows} rows loaded\n`,
      );
      expect(rows).toBeLessThanOrEqual(10);
      await rest();
      expect((await stateOf(caseNumber))?.status).toBe('completed');
    },
    3_600_000,
  );
});

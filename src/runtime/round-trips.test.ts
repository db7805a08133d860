import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { Database } from '../store/database.ts';
import { createRuntime, type Runtime } from './runtime.ts';
import { processXml, seededRandom, staff, type TestBank, testBank, value } from './testing.ts';

const chen = staff('E1', 'clerk');
let bank: TestBank;
let runtime: Runtime;
let statements: string[] = [];

/** The same database, with what is asked of it written down. */
function listening(database: Database): Database {
  return {
    ...database,
    transaction: (work, options) =>
      database.transaction(
        (transaction) =>
          work({
            query: (sql, values) => {
              statements.push(sql);
              return transaction.query(sql, values);
            },
          }),
        options,
      ),
  };
}

beforeAll(async () => {
  bank = await testBank();
  const clock = () => bank.clock.now;
  const database = listening(bank.database);
  runtime = createRuntime({ database, clock, random: seededRandom('trips') });
  const steps = ['first', 'second', 'third'];
  await bank.deploy(
    processXml({
      id: 'steps',
      lanes: [{ role: 'clerk', unit: 'own', nodes: `start end gate ${steps.join(' ')}` }],
      nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
        <bpmn:parallelGateway id="gate"/>
        ${steps.map((step) => `<bpmn:userTask id="${step}"/>`).join('')}`,
      flows: ['start > first > gate > second > end', 'gate > third > end'],
    }),
  );
});
afterAll(async () => await bank.drop());

test('a user action is one transaction of three statements: lock, load, save', async () => {
  const { caseNumber } = value(
    await runtime.startCase({ actor: chen, processId: 'steps', values: {} }),
  );
  const [task] = await runtime.caseTasks(caseNumber);
  const taskId = present(task, 'the task').id;
  for (const order of ['claimTask', 'completeTask'] as const) {
    statements = [];
    value(await runtime[order]({ actor: chen, taskId, values: {} }));
    expect(statements).toHaveLength(3);
    expect(statements[0]).toContain('for update');
    expect(statements[1]).toContain('json_build_object');
    expect(statements[2]).toContain('insert into business_event');
  }
  const open = await runtime.listTasks({ actor: chen, filter: 'group', caseNumber });
  expect(open.tasks.map((one) => one.activity).sort()).toEqual(['second', 'third']);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { ok } from '../base/result.ts';
import type { ServiceOperation } from '../ledger/service-operation.ts';
import { askOracle } from './oracle.ts';
import { processXml, staff, type TestBank, testBank, value } from './testing.ts';

/** Interest of the sub-branch paid in cash at the branch: two books, four accounts. */
const pay: ServiceOperation = {
  name: 'test.pay',
  needs: () => ({}),
  decide: ({ values }) =>
    ok({
      values: { paid: true },
      postings: [
        {
          narrative: 'test_payment',
          transfers: [
            {
              debit: { unitId: '0100', glCode: '1001' },
              credit: { unitId: '0101', glCode: '6011' },
              amountMinor: values.amountMinor as bigint,
              currency: 'CNY',
            },
          ],
          memoranda: [],
        },
      ],
      records: [],
    }),
};

const xml = processXml({
  id: 'payment',
  lanes: [{ role: 'clerk', unit: 'own', nodes: 'start enter check end' }],
  nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
    <bpmn:userTask id="enter" huiliu:operation="test.pay"
      huiliu:form="any.form.json"/>
    <bpmn:userTask id="check" huiliu:separateFrom="enter"/>`,
  flows: ['start > enter > check > end'],
});

let bank: TestBank;
const chen = staff('E1', 'clerk');

beforeAll(async () => {
  bank = await testBank({ operations: new Map([[pay.name, pay]]) });
  await bank.deploy(xml);
  const order = { actor: chen, processId: 'payment', values: {} };
  const { caseNumber } = value(await bank.runtime.startCase(order));
  const [task] = await bank.runtime.caseTasks(caseNumber);
  const taskId = present(task, 'the task').id;
  value(await bank.runtime.claimTask({ actor: chen, taskId }));
  const submit = { actor: chen, taskId, values: { amountMinor: 1_234n } };
  const done = value(await bank.runtime.completeTask(submit));
  expect(done.postings).toHaveLength(2);
});
afterAll(async () => await bank.drop());

test('a whole database has no fault', async () => {
  const answer = await askOracle(bank.database);
  expect(answer.faults).toEqual([]);
  expect(answer).toMatchObject({ instances: 1, events: 7 });
});

/** Breaks one thing in a copy of the truth, asks, and puts it back. */
async function faultsAfter(sql: string, undo: string): Promise<string[]> {
  await bank.ownerDatabase.query(sql);
  const { faults } = await askOracle(bank.database);
  await bank.ownerDatabase.query(undo);
  return [...new Set(faults.map((fault) => fault.rule))];
}

const balances = `account_balance set balance_minor = balance_minor`;
const cash = `where account_id =
  (select debit_account_id from transfer order by transfer_id limit 1)`;
const between = `where account_id in (select account_id from account where kind = 'inter_branch'
  and book_id = '0100')`;

describe('each rule is seen when it is broken', () => {
  test.each([
    ['balances of a book', `update ${balances} + 1 ${cash}`, `update ${balances} - 1 ${cash}`],
    [
      'an account has the balance',
      `update ${balances} + 1 ${cash}`,
      `update ${balances} - 1 ${cash}`,
    ],
    [
      'inter-branch accounts',
      `update ${balances} + 1 ${between}`,
      `update ${balances} - 1 ${between}`,
    ],
    [
      'each entry follows',
      'update transfer set debit_balance_minor = debit_balance_minor + 1',
      'update transfer set debit_balance_minor = debit_balance_minor - 1',
    ],
    [
      'a transfer moves money',
      `update transfer set book_id = 'x' || book_id`,
      'update transfer set book_id = substr(book_id, 2)',
    ],
    [
      'a posting of a process has its event',
      `update business_event set kind = 'x' where kind = 'posted'`,
      `update business_event set kind = 'posted' where kind = 'x'`,
    ],
    [
      'an event that says posted has its posting',
      `update posting set process_instance_id = null`,
      `update posting set process_instance_id = (select id from process_instance)`,
    ],
    [
      'no task is both open and done',
      `update task set status = 'reserved', ended_at = null where element_id = 'enter'`,
      `update task set status = 'completed', ended_at = 1 where element_id = 'enter'`,
    ],
    [
      'a completed task has its event',
      `update business_event set kind = 'x' where kind = 'activity_completed'`,
      `update business_event set kind = 'activity_completed' where kind = 'x'`,
    ],
    [
      'a case that has ended has no open task',
      `update process_instance set status = 'completed', ended_at = 1`,
      `update process_instance set status = 'active', ended_at = null`,
    ],
    [
      'no person did a task kept apart',
      `update task set status = 'completed', ended_at = 9999999999999, assignee_login = 'x',
         assignee_person = 'E1' where element_id = 'check'`,
      `update task set status = 'ready', ended_at = null, assignee_login = null,
         assignee_person = null where element_id = 'check'`,
    ],
    [
      'the business log of a case counts',
      'update business_event set n = 99 where n = 3',
      'update business_event set n = 3 where n = 99',
    ],
    [
      'an instance has as many steps',
      'update process_instance set version = 7',
      'update process_instance set version = 2',
    ],
    [
      'replaying the events of an instance',
      `update process_instance set state = replace(state, '[', '[ ')`,
      `update process_instance set state = replace(state, '[ ', '[')`,
    ],
    [
      'an open task is an activity',
      `update task set activity_instance = 77 where element_id = 'check'`,
      `update task set activity_instance = (select activity_instance from business_event
         where element_id = 'check') where element_id = 'check'`,
    ],
    [
      'an event of the business log has the hash',
      `update business_event set login = 'somebody' where n = 3`,
      `update business_event set login = 'E1' where n = 3`,
    ],
  ])('%s', async (rule, sql, undo) => {
    expect(await faultsAfter(sql, undo)).toContainEqual(expect.stringContaining(rule));
    expect((await askOracle(bank.database)).faults).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askOracle } from '../runtime/oracle.ts';
import { processXml } from '../runtime/testing.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';

let bank: ServedBank;
const customer = 'qiheng.110101';

/** One step in which the applicant says how much. */
const asking = processXml({
  id: 'asking',
  attributes: 'huiliu:nameEn="Asking" huiliu:catalogue="P98" huiliu:casePrefix="CH"',
  lanes: [{ role: 'customer', unit: 'customer', nodes: 'start ask end' }],
  nodes: `<bpmn:startEvent id="start"/>
    <bpmn:userTask id="ask" name="申请" huiliu:nameEn="Ask" huiliu:form="ask.form.json"/>
    <bpmn:endEvent id="end" huiliu:outcome="asked"/>`,
  flows: ['start > ask > end'],
});
const form = JSON.stringify({ components: [{ type: 'number', key: 'amountMinor' }] });

beforeAll(async () => {
  bank = await serveBank([{ xml: asking, files: { 'ask.form.json': form } }]);
});
afterAll(async () => {
  expect(bank.failures).toEqual([]);
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.close();
});

async function started(): Promise<string> {
  const answer = await bank.as(customer, 'POST', '/api/cases', { processId: 'asking' });
  expect(answer.status).toBe(200);
  return answer.body.caseNumber;
}

async function asked(): Promise<string> {
  const caseNumber = await started();
  const { body } = await bank.as(customer, 'GET', `/api/tasks?caseNumber=${caseNumber}`);
  const path = `/api/tasks/${body.tasks[0].id}`;
  await bank.as(customer, 'POST', `${path}/claim`);
  const values = { amountMinor: '300000000' };
  expect((await bank.as(customer, 'POST', `${path}/complete`, { values })).status).toBe(200);
  return caseNumber;
}

const print = (login: string, caseNumber: string, paper: string, key?: string) =>
  bank.as(login, 'POST', `/api/cases/${caseNumber}/prints`, { paper }, key);

describe('printing a paper of a case', () => {
  test('counts within case and paper, and stands in the history of the staff', async () => {
    const [first, second] = [await asked(), await asked()];
    const printed = await print('li.na', first, 'approval');
    expect(printed.body).toEqual({
      ...{ paper: 'approval', copyNumber: 1 },
      ...{ printedAt: bank.clock.now, printedBy: 'li.na' },
    });
    const again = await print('xu.lin', first, 'approval');
    expect(again.body).toMatchObject({ copyNumber: 2, printedBy: 'xu.lin' });
    expect((await print('li.na', second, 'approval')).body.copyNumber).toBe(1);
    const printers = async (login: string): Promise<string[]> => {
      const { body } = await bank.as(login, 'GET', `/api/cases/${first}/history`);
      return body.lines
        .filter((line: { event: string }) => line.event === 'paper_printed')
        .map((line: { performer: string }) => line.performer);
    };
    expect(await printers('li.na')).toEqual(['li.na', 'xu.lin']);
    expect(await printers(customer)).toEqual([]);
  });

  test('of ten printed at once each has a number of its own', async () => {
    const caseNumber = await asked();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        print(n % 2 === 0 ? 'li.na' : 'xu.lin', caseNumber, 'approval'),
      ),
    );
    const numbers = answers.map((answer) => answer.body.copyNumber);
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('the same key gives the same number, and another paper with it is refused', async () => {
    const caseNumber = await asked();
    const key = '019aa0ab-3a00-7000-8000-00000000c0d1';
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => print('li.na', caseNumber, 'approval', key)),
    );
    for (const answer of answers) expect(answer.body.copyNumber).toBe(1);
    const other = await print('li.na', caseNumber, 'vouchers', key);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency_key_used_otherwise']);
    expect((await print('li.na', caseNumber, 'approval')).body.copyNumber).toBe(2);
  });

  test.each([
    ['staff before anything is written', 'li.na', 'approval', 422, 'paper_not_written'],
    ['staff before a drawdown', 'li.na', 'note', 422, 'paper_not_written'],
    ['staff before a posting', 'li.na', 'vouchers', 422, 'paper_not_written'],
    ['a paper there is not', 'li.na', 'letter', 400, 'request_not_valid'],
    ['the customer', customer, 'approval', 403, 'not_permitted'],
    ['staff elsewhere', 'yang.fan', 'approval', 404, 'not_found'],
  ])('is refused to %s', async (_who, login, paper, status, code) => {
    const caseNumber = await started();
    const answer = await print(login, caseNumber, paper);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    const events = await bank.runtime.caseEvents(caseNumber);
    expect(events.filter((event) => event.kind === 'paper_printed')).toEqual([]);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { Values } from '../base/data.ts';
import { ok } from '../base/result.ts';
import { depositOperations } from '../product/deposit/tasks.ts';
import { balanceAt, readTrialBalance } from '../store/ledger/balances.ts';
import { addParameter } from '../store/products/parameters.ts';
import { demoParameters } from './demo/parameters.ts';
import { askOracle } from './oracle.ts';
import { processXml, staff, type TestBank, testBank, testStart, value } from './testing.ts';

const teller = staff('E1', 'teller');
let bank: TestBank;

beforeAll(async () => {
  bank = await testBank();
  const { database } = bank;
  const prepared = await database.transaction<null, never>(async (transaction) => {
    for (const { name, value: held } of demoParameters) {
      await addParameter(transaction, {
        ...{ cellId: 1, name, value: held, effectiveFrom: '2026-01-01' },
        ...{ madeLogin: 'maker', checkedLogin: 'checker', madeAt: testStart },
      });
    }
    for (const number of ['C1', 'C2']) {
      await transaction.query(
        `insert into customer (cell_id, customer_number, kind, name, identity_kind, identity_number,
           unit_code, opened_at, opened_login)
         values (1, $1, 'corporate', '甲公司', 'credit_code', $1, '0101', $2, 'maker')`,
        [number, testStart],
      );
    }
    return ok(null);
  });
  value(prepared);
  for (const { name } of depositOperations) {
    const xml = processXml({
      id: name,
      attributes: 'huiliu:casePrefix="DP"',
      lanes: [{ role: 'teller', unit: 'own', nodes: 'start post end' }],
      nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>
        <bpmn:serviceTask id="post" name="post" huiliu:operation="${name}"/>`,
      flows: ['start > post > end'],
    });
    await bank.deploy(xml);
  }
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

/** Runs one operation as a case of its own: 'done', or the code of the refusal. */
async function run(processId: string, values: Values): Promise<string> {
  const order = { actor: teller, processId, values, unitCode: '0101' };
  const started = await bank.runtime.startCase(order);
  return started.ok ? 'done' : started.code;
}

async function opened(customerNumber: string, accountName: string): Promise<string> {
  const values = { customerNumber, accountName, productCode: 'corporate_current' };
  const order = { actor: teller, processId: 'deposit.open_account', values, unitCode: '0101' };
  const { caseNumber } = value(await bank.runtime.startCase(order));
  const view = value(await bank.runtime.viewCase(caseNumber));
  return String(view.values.accountNumber);
}

const balance = (accountNumber: string) =>
  balanceAt(bank.database, { cellId: 1, accountNumber, date: '2026-11-21' });

test('CORE-11 CORE-02 a deposit lives: opened, paid in, held, paid, reversed, emptied, closed', async () => {
  const [mine, other] = [await opened('C1', '甲公司'), await opened('C2', '乙公司')];
  const accountNumber = mine;
  expect(await run('deposit.deposit_cash', { accountNumber, amountMinor: 1_000n })).toBe('done');
  const payment = { payerAccountNumber: mine, payeeAccountNumber: other, payeeName: '乙公司' };
  expect(await run('deposit.pay', { ...payment, amountMinor: 1_001n })).toBe('available_exceeded');
  const wrongName = { ...payment, payeeName: '丙公司', amountMinor: 1n };
  expect(await run('deposit.pay', wrongName)).toBe('payee_name_differs');
  expect(await run('deposit.pay', { ...payment, amountMinor: 300n, feeMinor: 5n })).toBe('done');
  expect([await balance(mine), await balance(other)]).toEqual([695n, 300n]);

  const [posting] = await bank.database.query<{ id: string }>(
    `select posting_id as id from posting where narrative = 'payment_in_bank'`,
  );
  const postingId = present(posting, 'the payment').id;
  expect(await run('deposit.reverse', { postingId, reason: '误记' })).toBe('done');
  expect([await balance(mine), await balance(other)]).toEqual([1_000n, 0n]);
  const again = await run('deposit.reverse', { postingId, reason: '误记' });
  expect(again).toBe('transfer_already_reversed');

  const freeze = {
    ...{ accountNumber, restrictionKind: 'freeze', restrictionEffect: 'debits_blocked' },
    ...{ reason: '司法冻结', orderedBy: '某法院', documentNumber: '1' },
  };
  expect(await run('deposit.place_restriction', freeze)).toBe('done');
  const withdrawal = { accountNumber, amountMinor: 1_000n };
  expect(await run('deposit.withdraw_cash', withdrawal)).toBe('account_debits_blocked');
  const [restriction] = await bank.database.query<{ id: string }>(
    'select restriction_id as id from restriction',
  );
  const restrictionId = present(restriction, 'the restriction').id;
  expect(await run('deposit.lift_restriction', { accountNumber, restrictionId })).toBe('done');
  expect(await run('deposit.close_account', { accountNumber })).toBe('account_not_empty');
  expect(await run('deposit.withdraw_cash', withdrawal)).toBe('done');
  expect(await run('deposit.close_account', { accountNumber })).toBe('done');
  expect(await run('deposit.deposit_cash', withdrawal)).toBe('account_closed');
  expect((await readTrialBalance(bank.database, 1, '2026-11-21')).balanced).toBe(true);
});

test('a hold belongs to the case that placed it', async () => {
  const accountNumber = await opened('C1', '甲公司');
  await run('deposit.deposit_cash', { accountNumber, amountMinor: 100n });
  const hold = { accountNumber, amountMinor: 60n, purpose: 'margin' };
  expect(await run('deposit.place_hold', hold)).toBe('done');
  expect(await run('deposit.place_hold', hold)).toBe('available_exceeded');
  expect(await run('deposit.release_hold', { accountNumber })).toBe('hold_unknown');
});

test('a posting bears who made it and who authorised it, never one person for both', async () => {
  const xml = processXml({
    id: 'authorised',
    attributes: 'huiliu:casePrefix="AU"',
    lanes: [{ role: 'teller', unit: 'own', nodes: 'start authorise post end' }],
    nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>
      <bpmn:userTask id="authorise" name="authorise"/>
      <bpmn:userTask id="post" name="post" huiliu:operation="deposit.deposit_cash"
        huiliu:authorisedBy="authorise"/>`,
    flows: ['start > authorise > post > end'],
  });
  await bank.deploy(xml);
  const values = { accountNumber: await opened('C1', '甲公司'), amountMinor: 5n };
  const order = { actor: teller, processId: 'authorised', values, unitCode: '0101' };
  const { caseNumber } = value(await bank.runtime.startCase(order));
  const openTask = async () => {
    const tasks = await bank.runtime.caseTasks(caseNumber);
    return present(tasks.find((one) => one.status !== 'completed')?.id, 'an open task');
  };
  const taskId = await openTask();
  value(await bank.runtime.claimTask({ actor: teller, taskId }));
  value(await bank.runtime.completeTask({ actor: teller, taskId, values: {} }));
  const posting = await openTask();
  const complete = async (actor: typeof teller) => {
    value(await bank.runtime.claimTask({ actor, taskId: posting }));
    return await bank.runtime.completeTask({ actor, taskId: posting, values: {} });
  };
  expect(await complete(teller)).toMatchObject({ code: 'authoriser_is_maker' });
  value(await bank.runtime.releaseTask({ actor: teller, taskId: posting }));
  expect(await complete(staff('E2', 'teller'))).toMatchObject({ ok: true });
  const [row] = await bank.database.query(
    `select maker_login, authoriser_login from posting where business_reference = $1`,
    [caseNumber],
  );
  expect(row).toEqual({ maker_login: 'E2', authoriser_login: 'E1' });
});

import { present } from '../../../base/assert.ts';
import type { Values } from '../../../base/data.ts';
import type { Result } from '../../../base/result.ts';
import { findAccount } from '../../../store/ledger/accounts.ts';
import type { Actor } from '../../actor.ts';
import type { CaseAnswer } from '../../cases.ts';
import { type DemoTestBank, holdersOf, mustBe } from '../testing.ts';

/** Whoever does something: a person, or any holder of a role at a unit. */
export type Doer = Actor | readonly [role: string, unitCode: string];

async function actorsOf(bank: DemoTestBank, doer: Doer): Promise<readonly Actor[]> {
  if ('login' in doer) return [doer];
  const [role, unitCode] = doer;
  return await holdersOf(bank, role, unitCode);
}

/** Starts a case for the unit; gives its number, or the refusal. */
export async function begin(
  bank: DemoTestBank,
  doer: Doer,
  order: { readonly processId: string; readonly unitCode: string; readonly values?: Values },
): Promise<Result<CaseAnswer>> {
  const [actor] = await actorsOf(bank, doer);
  const starter = present(actor, 'who starts');
  return await bank.runtime.startCase({
    ...{ actor: starter, processId: order.processId, unitCode: order.unitCode },
    ...{ values: order.values ?? {} },
    ...(starter.customerNumber === null ? {} : { customerNumber: starter.customerNumber }),
  });
}

/** Does the open task of a case: claimed by the first who may, unless it was claimed before. */
export async function act(
  bank: DemoTestBank,
  caseNumber: string,
  activity: string,
  doer: Doer,
  values: Values,
): Promise<Result<unknown>> {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const open = tasks.find((one) => one.endedAt === null && one.activity === activity);
  const { id: taskId } = present(open, `${activity} is open, not ${tasks.at(-1)?.activity}`);
  const refusals: string[] = [];
  for (const actor of await actorsOf(bank, doer)) {
    const claimed = await bank.runtime.claimTask({ actor, taskId });
    if (claimed.ok) return await bank.runtime.completeTask({ actor, taskId, values });
    refusals.push(`${actor.login}: ${claimed.code}`);
  }
  throw new Error(`nobody can claim ${activity}: ${refusals.join(', ')}`);
}

/** Takes a case through tasks that are not refused; gives how it ended and its values. */
export async function passThrough(
  bank: DemoTestBank,
  caseNumber: string,
  steps: readonly (readonly [activity: string, doer: Doer, values: Values])[],
): Promise<{ readonly outcome: string | null; readonly values: Values }> {
  for (const [activity, doer, values] of steps) {
    mustBe(await act(bank, caseNumber, activity, doer, values));
  }
  const { outcome, values } = mustBe(await bank.runtime.viewCase(caseNumber));
  return { outcome, values };
}

/** What stands on an account; a number that is not there fails the test. */
export async function balanceOf(bank: DemoTestBank, accountNumber: string): Promise<bigint> {
  return present(await findAccount(bank.database, 1, accountNumber), accountNumber).balanceMinor;
}

/** What stands on a GL code in all books, in a currency; debit balances above zero. */
export async function glBalance(
  bank: DemoTestBank,
  glCode: string,
  currency = 'CNY',
): Promise<bigint> {
  const [row] = await bank.database.query<{ sum: bigint }>(
    `select coalesce(sum(case when a.normal_side = 'debit' then b.balance_minor
       else -b.balance_minor end), 0)::int8 as sum
     from account a join account_balance b using (cell_id, account_id) where a.cell_id = 1 and a.gl_code = $1 and a.currency = $2`,
    [glCode, currency],
  );
  return present(row, 'a sum').sum;
}

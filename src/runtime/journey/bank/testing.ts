import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { assert, present } from '../../../base/assert.ts';
import { dateInChina } from '../../../base/dates.ts';
import { ok, type Result } from '../../../base/result.ts';
import type { Database } from '../../../store/database.ts';
import { findAccount, internalAccountOf } from '../../../store/ledger/accounts.ts';
import {
  accountingDates,
  closePreviousDate,
  rollAccountingDate,
} from '../../../store/ledger/books.ts';
import { postEvent } from '../../../store/ledger/post.ts';
import { readPerson } from '../../../store/people/sessions.ts';
import { roleHolders } from '../../../store/process/operation-facts.ts';
import { type TestDatabase, testDatabase } from '../../../store/testing.ts';
import type { Actor } from '../../actor.ts';
import { systemRandom } from '../../clock.ts';
import { demoCustomers } from '../../demo/customers.ts';
import { openDemoBank } from '../../demo/open-demo-bank.ts';
import { risingIds } from '../../ids.ts';
import { createRuntime, type Runtime } from '../../runtime.ts';
import { seededRandom, testOfficer } from '../../testing.ts';

/** 2026-11-20 09:00 at the bank, a Friday. */
export const demoNow = Date.UTC(2026, 10, 20, 1);

/** The demo bank on a database, with every process of the project deployed. */
export type DemoTestBank = {
  readonly database: Database;
  readonly runtime: Runtime;
  readonly clock: { now: number };
};

/** The folders of all processes of the project: processes/<line>/<process>. */
export function processFolders(): string[] {
  const root = new URL('../../../../processes', import.meta.url).pathname;
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => basename(name) === 'process.bpmn')
    .map((name) => join(root, dirname(name)))
    .sort();
}

/** Opens the demo bank on a fresh database; `drop` it afterwards. */
export async function demoTestBank(seed = 'demo'): Promise<DemoTestBank & TestDatabase> {
  const store = await testDatabase({ connectionsMax: 20 });
  return { ...store, ...(await openOn(store.database, seed)) };
}

/** Opens the demo bank on a database that is migrated and empty. */
export async function openOn(database: Database, seed: string): Promise<DemoTestBank> {
  const passwordCost = { memoryKib: 64, passes: 1, lanes: 1 };
  const clock = { now: demoNow };
  mustBe(await openDemoBank({ database, now: clock.now, passwordCost }));
  const random = seededRandom(seed);
  const runtime = createRuntime({ database, clock: () => clock.now, random });
  for (const folder of processFolders()) {
    mustBe(await runtime.deployProcess({ actor: testOfficer, folder }));
  }
  return { database, runtime, clock };
}

/** The value of a result; a test fails with the refusal otherwise. */
export function mustBe<T>(result: Result<T>): T {
  assert(result.ok, `it is not refused: ${result.ok ? '' : JSON.stringify(result)}`);
  return result.value;
}

/** Moves the clock on by whole days, and the accounting date with it. */
export async function passDays(bank: DemoTestBank, days: number): Promise<void> {
  bank.clock.now += days * 86_400_000;
  const to = dateInChina(bank.clock.now);
  mustBe(
    await bank.database.transaction<null, string>(async (transaction) => {
      const rolled = await rollAccountingDate(transaction, 1, to);
      if (!rolled.ok) return rolled;
      await closePreviousDate(transaction, 1);
      return ok(null);
    }),
  );
}

/** A person of the demo bank by login, in all seats they hold. */
export async function actorBy(bank: DemoTestBank, login: string): Promise<Actor> {
  const person = await readPerson(bank.database, 1, login, dateInChina(bank.clock.now));
  return {
    login: person.login,
    person: person.person,
    customerNumber: person.customerNumber,
    unitCode: person.unitCode ?? '',
    posts: person.roles.map((role) => ({ role: role.role, unit: role.unitCode })),
  };
}

/** Those who hold a role at a unit, in the order of their logins. */
export async function holdersOf(
  bank: DemoTestBank,
  role: string,
  unitCode: string,
): Promise<Actor[]> {
  const date = dateInChina(bank.clock.now);
  const holders = await roleHolders(bank.database, 1, { role, unitCode, date });
  return await Promise.all(holders.map((holder) => actorBy(bank, holder.login)));
}

/** A company of the first outlet with its deposit account, and a payee of another outlet. */
export type Borrower = {
  readonly actor: Actor;
  readonly places: { readonly [name: string]: string };
};

/** The nth corporate customer of the first outlet, from 0. */
export async function borrower(bank: DemoTestBank, nth: number): Promise<Borrower> {
  const corporate = demoCustomers.filter((one) => one.kind === 'corporate');
  const [first] = corporate;
  const here = corporate.filter((one) => one.unitCode === first?.unitCode);
  const elsewhere = corporate.filter((one) => one.unitCode !== first?.unitCode);
  const customer = present(here[nth], 'a corporate customer of the first outlet');
  const payee = present(elsewhere[0], 'a corporate customer of another outlet');
  const { customerNumber } = customer;
  const actor: Actor = {
    login: `customer-${customerNumber}`,
    person: customerNumber,
    customerNumber,
    unitCode: customer.unitCode,
    posts: [{ role: 'customer', unit: customer.unitCode }],
  };
  const places = {
    customerNumber,
    depositAccount: await depositOf(bank, customerNumber),
    payeeName: payee.name,
    payeeAccount: await depositOf(bank, payee.customerNumber),
  };
  return { actor, places };
}

async function depositOf(bank: DemoTestBank, customerNumber: string): Promise<string> {
  const [row] = await bank.database.query<{ number: string }>(
    `select account_number as number from account
     where cell_id = 1 and customer_number = $1 and gl_code = '2011' and currency = 'CNY'`,
    [customerNumber],
  );
  return present(row, `deposit of ${customerNumber}`).number;
}

/**
 * The borrower's sales income comes in over the counter, so that the loan can be paid back; an
 * amount below zero leaves it by way of the central bank.
 */
export async function payIn(
  bank: DemoTestBank,
  unitCode: string,
  accountNumber: string,
  amountMinor: bigint,
): Promise<void> {
  const newId = risingIds(bank.clock.now, systemRandom);
  const paid = await bank.database.transaction<null, string>(async (transaction) => {
    const dates = present(await accountingDates(transaction, 1), 'the accounting date');
    const deposit = present(await findAccount(transaction, 1, accountNumber), 'the deposit');
    const { bookId } = deposit;
    const glCode = amountMinor > 0n ? '1001' : '1003';
    const cash = await internalAccountOf(transaction, {
      ...{ cellId: 1, openedOn: dates.accountingDate, openedLogin: 'system' },
      ...{ accountId: newId(), bookId, glCode, currency: 'CNY' },
    });
    if (!cash.ok) return cash;
    const [from, to] = amountMinor > 0n ? [cash.value, deposit] : [deposit, cash.value];
    const accounts = { debitAccountId: from.accountId, creditAccountId: to.accountId };
    const moved = amountMinor > 0n ? amountMinor : -amountMinor;
    const event = {
      eventId: newId(),
      accountingDate: dates.accountingDate,
      context: {
        ...{ businessReference: 'sales income', transactionCode: 'cash', narrative: 'cash' },
        ...{ operatingUnitCode: unitCode, makerLogin: 'system', authoriserLogin: null },
        ...{ processInstanceId: null, activity: null, taskId: null },
      },
      postings: [{ bookId, transfers: [{ ...accounts, amountMinor: moved, currency: 'CNY' }] }],
    };
    const posted = await postEvent(transaction, { cellId: 1, now: bank.clock.now, event });
    return posted.ok ? ok(null) : posted;
  });
  mustBe(paid);
}

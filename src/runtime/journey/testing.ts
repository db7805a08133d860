import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'vitest';
import { assert, present } from '../../base/assert.ts';
import { decodeValues, type Values } from '../../base/data.ts';
import { dateInChina } from '../../base/dates.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Database } from '../../store/database.ts';
import { findAccount, internalAccountOf } from '../../store/ledger/accounts.ts';
import {
  accountingDates,
  closePreviousDate,
  rollAccountingDate,
} from '../../store/ledger/books.ts';
import { postEvent } from '../../store/ledger/post.ts';
import { readPerson } from '../../store/people/sessions.ts';
import { roleHolders } from '../../store/process/operation-facts.ts';
import { type TestDatabase, testDatabase } from '../../store/testing.ts';
import { type Actor, systemActor } from '../actor.ts';
import { systemRandom } from '../clock.ts';
import { demoCustomers } from '../demo/customers.ts';
import { openDemoBank } from '../demo/open-demo-bank.ts';
import { risingIds } from '../ids.ts';
import { createRuntime, type Runtime } from '../runtime.ts';
import { seededRandom, testOfficer } from '../testing.ts';
import type { TaskView } from '../views.ts';

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
  const root = new URL('../../../processes', import.meta.url).pathname;
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
     where cell_id = 1 and customer_number = $1 and gl_code = '2011'`,
    [customerNumber],
  );
  return present(row, `deposit of ${customerNumber}`).number;
}

/** A line of a table of cases.md. */
export type Line = {
  readonly activity: string;
  readonly by: string;
  readonly values: string;
  readonly refused: string;
};

export type CaseRun = {
  readonly title: string;
  readonly ends: string;
  readonly done: readonly { readonly activity: string; readonly count: number }[];
  readonly postings: number | null;
  readonly lines: readonly Line[];
};

export type Page = { readonly usual: readonly Line[]; readonly runs: readonly CaseRun[] };

/** Reads a cases.md: the usual answers, then the runs. */
export function readPage(text: string): Page {
  const [head = '', ...sections] = text.split(/^### /m);
  const runs = sections.map((section): CaseRun => {
    const [title = '', said = ''] = section.split('\n');
    const ends = /ends `([^`]+)`/.exec(said)?.[1];
    const postings = /postings (\d+)/.exec(said)?.[1];
    return {
      title,
      ends: present(ends, `the end of ${title}`),
      done: [...said.matchAll(/done `([^`]+)` (\d+)/g)].map((match) => ({
        activity: match[1] ?? '',
        count: Number(match[2]),
      })),
      postings: postings === undefined ? null : Number(postings),
      lines: readTable(section),
    };
  });
  return { usual: readTable(head), runs };
}

function readTable(text: string): Line[] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const [activity = '', by = '', values = '', refused = ''] = row
      .slice(1, row.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
    return { activity, by, values, refused };
  });
}

/** One run while it happens. */
export type Journey = {
  readonly bank: DemoTestBank;
  readonly page: Page;
  readonly run: CaseRun;
  readonly processId: string;
  readonly borrower: Borrower;
  readonly caseNumber: string;
  readonly completed: Map<string, number>;
};

function filled(journey: Pick<Journey, 'borrower'>, text: string): Values {
  const { places } = journey.borrower;
  return decodeValues(text.replace(/"\{(\w+)\}"/g, (_all, name) => JSON.stringify(places[name])));
}

const turnsMax = 200;

/** Takes a run from start to end, as the page says; gives the case. */
export async function travel(given: Omit<Journey, 'caseNumber' | 'completed'>): Promise<Journey> {
  const { bank, page, run } = given;
  const start = present(
    page.usual.find((line) => line.activity === 'start'),
    'who starts',
  );
  const [starter] = await actorsFor(bank, given.borrower, start.by, given.borrower.actor.unitCode);
  const { caseNumber } = mustBe(
    await bank.runtime.startCase({
      actor: present(starter, 'who starts'),
      processId: given.processId,
      values: filled(given, start.values),
      unitCode: given.borrower.actor.unitCode,
    }),
  );
  const journey: Journey = { ...given, caseNumber, completed: new Map() };
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const view = mustBe(await bank.runtime.viewCase(caseNumber));
    if (view.status !== 'active') return journey;
    const tasks = await openTasks(journey);
    const [task] = tasks;
    if (task === undefined) await answerMessage(journey);
    else if (await stopsAt(journey, task)) return journey;
  }
  throw new Error(`${run.title} does not end`);
}

async function openTasks({ bank, caseNumber }: Journey): Promise<TaskView[]> {
  const tasks = await bank.runtime.caseTasks(caseNumber);
  return tasks.filter((task) => task.status !== 'completed' && task.status !== 'cancelled');
}

/** Does one task, with all the page says about it; true when the run ends there. */
async function stopsAt(journey: Journey, task: TaskView): Promise<boolean> {
  const { bank, run, caseNumber } = journey;
  const { activity } = task;
  const withdrawal = run.lines.find((line) => line.activity === `withdraw at ${activity}`);
  if (withdrawal !== undefined) {
    mustBe(await bank.runtime.withdrawCase({ actor: journey.borrower.actor, caseNumber }));
    return false;
  }
  const times = (journey.completed.get(activity) ?? 0) + 1;
  const [wait] = run.lines.flatMap(
    (line) => new RegExp(`^wait P(\\d+)D before ${activity}$`).exec(line.activity)?.[1] ?? [],
  );
  if (wait !== undefined && times === 1) await passDays(bank, Number(wait));
  const lines = run.lines.filter((line) =>
    [activity, `${activity} ${times}`].includes(line.activity),
  );
  for (const line of lines.filter((one) => one.refused !== '')) {
    await attemptRefused(journey, task, line);
    if (run.lines.some((one) => one.activity === 'tick')) {
      await bank.runtime.tick(bank.clock.now);
      return false;
    }
    if (run.ends === `open at ${activity}`) return true;
  }
  await complete(
    journey,
    task,
    lines.filter((line) => line.refused === ''),
  );
  journey.completed.set(activity, times);
  return false;
}

async function complete(journey: Journey, task: TaskView, lines: readonly Line[]): Promise<void> {
  const { bank, page, run } = journey;
  const usual = present(
    page.usual.find((line) => line.activity === task.activity),
    `the usual answer of ${task.activity}`,
  );
  expect(task.role).toBe(usual.by);
  const actor = await claimed(journey, task, usual.by);
  const seat = await seatOf(journey, actor);
  const changes = lines.filter((line) => line.by === '' || line.by === `committee_member ${seat}`);
  const values = [usual, ...changes].map((line) => filled(journey, line.values));
  const order = { actor, taskId: task.id, values: Object.assign({}, ...values) };
  mustBe(await bank.runtime.completeTask(order));
  const again = run.lines.find((line) => line.activity === `${task.activity} again`);
  if (again !== undefined) {
    expect(await bank.runtime.completeTask(order)).toMatchObject({ code: again.refused });
  }
}

/** Lets the first of those who may claim the task do so. */
async function claimed(journey: Journey, task: TaskView, role: string): Promise<Actor> {
  const { bank } = journey;
  const actors = await actorsFor(bank, journey.borrower, role, task.unitCode ?? '');
  const refusals: string[] = [];
  for (const actor of actors) {
    const result = await bank.runtime.claimTask({ actor, taskId: task.id });
    if (result.ok) return actor;
    refusals.push(`${actor.login}: ${result.code}`);
  }
  throw new Error(`nobody can claim ${task.activity}: ${refusals.join(', ')}`);
}

/** Which seat of the committee the actor has, from 1; 0 for none. */
async function seatOf({ bank, caseNumber }: Journey, actor: Actor): Promise<number> {
  const { values } = mustBe(await bank.runtime.viewCase(caseNumber));
  const members = values.committeeMembers;
  return Array.isArray(members) ? members.indexOf(actor.login) + 1 : 0;
}

async function actorsFor(
  bank: DemoTestBank,
  { actor }: Borrower,
  role: string,
  unitCode: string,
): Promise<Actor[]> {
  if (role === 'customer') return [actor];
  const subBranch = `${actor.unitCode.slice(0, -1)}0`;
  const isOutlet = unitCode === actor.unitCode;
  return await holdersOf(bank, role, isOutlet || unitCode === '' ? subBranch : unitCode);
}

/** An attempt that must be refused, and change nothing. */
async function attemptRefused(journey: Journey, task: TaskView, line: Line): Promise<void> {
  const { bank, page, caseNumber } = journey;
  if (line.by !== '' && line.by !== task.role) {
    const [actor] = await actorsFor(bank, journey.borrower, line.by, task.unitCode ?? '');
    const order = { actor: present(actor, line.by), taskId: task.id };
    expect(await bank.runtime.claimTask(order)).toMatchObject({ code: line.refused });
    return;
  }
  const actor = await claimed(journey, task, task.role);
  const before = await bank.runtime.caseEvents(caseNumber);
  const usual = page.usual.find((one) => one.activity === task.activity);
  const values = {
    ...filled(journey, usual?.values ?? '{}'),
    ...filled(journey, line.values || '{}'),
  };
  const refused = await bank.runtime.completeTask({ actor, taskId: task.id, values });
  expect(refused).toMatchObject({ ok: false, code: line.refused });
  expect(await bank.runtime.caseEvents(caseNumber)).toEqual(before);
}

/** Nobody has a task: the case waits for the customer, or for the last repayment. */
async function answerMessage({ bank, borrower: given, caseNumber }: Journey): Promise<void> {
  const { actor } = given;
  const received = await bank.runtime.deliverMessage({
    actor,
    messageName: 'funds_received',
    correlation: caseNumber,
    values: {},
  });
  if (received.ok) return;
  const [note] = await bank.database.query<{ outstanding: bigint }>(
    `select n.principal_minor - coalesce((select sum(r.principal_minor)::int8 from loan_repayment r
       where r.note_number = n.note_number), 0) as outstanding
     from loan_note n where n.case_number = $1`,
    [caseNumber],
  );
  const principalMinor = present(note, 'the note of the loan').outstanding;
  // Another worker may be about to deliver the message of a repayment that was made already.
  if (principalMinor > 0n) {
    await payIn(bank, actor.unitCode, given.places.depositAccount ?? '', principalMinor);
    mustBe(
      await bank.runtime.startCase({
        actor: systemActor,
        processId: 'loan_repayment',
        values: { loanCaseNumber: caseNumber, principalMinor, interestMinor: 0n },
        unitCode: actor.unitCode,
        customerNumber: actor.customerNumber ?? '',
      }),
    );
  }
  const done = await bank.runtime.tick(bank.clock.now);
  expect(done.refused).toEqual([]);
}

/** The borrower's sales income comes in over the counter, so that the loan can be paid back. */
async function payIn(
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
    const cash = await internalAccountOf(transaction, {
      ...{ cellId: 1, openedOn: dates.accountingDate, openedLogin: 'system' },
      ...{ accountId: newId(), bookId, glCode: '1001', currency: 'CNY' },
    });
    if (!cash.ok) return cash;
    const accounts = { debitAccountId: cash.value.accountId, creditAccountId: deposit.accountId };
    const event = {
      eventId: newId(),
      accountingDate: dates.accountingDate,
      context: {
        ...{ businessReference: 'sales income', transactionCode: 'cash', narrative: 'cash' },
        ...{ operatingUnitCode: unitCode, makerLogin: 'system', authoriserLogin: null },
        ...{ processInstanceId: null, activity: null, taskId: null },
      },
      postings: [{ bookId, transfers: [{ ...accounts, amountMinor, currency: 'CNY' }] }],
    };
    const posted = await postEvent(transaction, { cellId: 1, now: bank.clock.now, event });
    return posted.ok ? ok(null) : posted;
  });
  mustBe(paid);
}

/** Compares a run's end with what the page says of it. */
export async function check({ bank, run, caseNumber }: Journey): Promise<void> {
  const view = mustBe(await bank.runtime.viewCase(caseNumber));
  const tasks = await bank.runtime.caseTasks(caseNumber);
  const open = tasks.filter((task) => task.status !== 'completed' && task.status !== 'cancelled');
  const end = view.status === 'active' ? `open at ${open[0]?.activity}` : view.outcome;
  expect(end).toBe(run.ends);
  for (const { activity, count } of run.done) {
    const done = tasks.filter((task) => task.activity === activity && task.status === 'completed');
    expect([activity, done.length]).toEqual([activity, count]);
  }
  if (run.postings !== null) {
    const events = await bank.runtime.caseEvents(caseNumber);
    const disbursements = events.filter(
      (event) => event.kind === 'posted' && event.facts.includes('loan_disbursement'),
    );
    const times = new Set(disbursements.map((event) => `${event.instance_id} ${event.step}`));
    expect(times.size).toBe(run.postings);
  }
}

/** A line of a run, as cases.md would say it. */
export function line(activity: string, values: string, by = '', refused = ''): Line {
  return { activity, by, values, refused };
}

/** A run that ends when the task is open: an attempt of somebody who may not is refused there. */
export function stopAt(activity: string): Partial<CaseRun> {
  return {
    ends: `open at ${activity}`,
    lines: [line(activity, '{}', 'risk_manager', 'not_a_candidate')],
  };
}

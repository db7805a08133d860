import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { present } from '../../base/assert.ts';
import { decodeValues, encodeValue, type Value, type Values } from '../../base/data.ts';
import { dateInChina } from '../../base/dates.ts';
import { ok, type Result } from '../../base/result.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { addParameter } from '../../store/products/parameters.ts';
import { type Actor, systemActor } from '../actor.ts';
import type { CaseAnswer } from '../cases.ts';
import { runEndOfDay } from '../day/end-of-day.ts';
import { dayWorks } from '../day/works.ts';
import { addDocument } from '../paper/documents.ts';
import type { TaskView } from '../views.ts';
import {
  type Borrower,
  type DemoTestBank,
  holdersOf,
  mustBe,
  passDays,
  payIn,
  processFolders,
} from './bank/testing.ts';
import {
  type CaseRun,
  type Line,
  type Page,
  paperKinds,
  picture,
  readPage,
} from './page/testing.ts';

export {
  actorBy,
  type Borrower,
  borrower,
  type DemoTestBank,
  demoNow,
  demoTestBank,
  holdersOf,
  mustBe,
  openOn,
  passDays,
  payIn,
  processFolders,
} from './bank/testing.ts';
export {
  type CaseRun,
  type Line,
  line,
  type Page,
  paperKinds,
  picture,
  readPage,
  stopAt,
} from './page/testing.ts';

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

type Given = Omit<Journey, 'caseNumber' | 'completed'>;

/** Takes a run from start to end, as the page says; gives the case. */
export async function travel(wanted: Given): Promise<Journey> {
  const given = await prepared(wanted);
  return await follow(given, mustBe(await begin(given)).caseNumber);
}

/** Starts the case of a run as the page says. */
async function begin(given: Given): Promise<Result<CaseAnswer>> {
  const { bank, page, borrower } = given;
  const start = present(
    page.usual.find((line) => line.activity === 'start'),
    'who starts',
  );
  const [starter] = await actorsFor(bank, borrower, start.by, borrower.actor.unitCode);
  return await bank.runtime.startCase({
    actor: present(starter, 'who starts'),
    processId: given.processId,
    values: filled(given, start.values),
    unitCode: borrower.actor.unitCode,
  });
}

/** Takes a case that was started to where the run ends. */
async function follow(given: Given, caseNumber: string): Promise<Journey> {
  const journey: Journey = { ...given, caseNumber, completed: new Map() };
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const view = mustBe(await given.bank.runtime.viewCase(caseNumber));
    if (view.status !== 'active') return journey;
    const [task] = await openTasks(journey);
    const stops = task === undefined ? await waits(journey) : await stopsAt(journey, task);
    if (stops) return journey;
  }
  throw new Error(`${given.run.title} does not end`);
}

/**
 * A page may begin with a loan that was paid out: `loan released` gives, activity by activity, what
 * differs from the loan's usual answers. Its numbers are places: contractNumber, noteNumber.
 */
async function withReleasedLoan(given: Given): Promise<Given> {
  const differs = saidOf(given, 'loan released');
  if (differs === null) return given;
  const lines = Object.entries(differs).map(([activity, values]) => ({
    ...{ activity, by: '', refused: '' },
    values: encodeValue(values),
  }));
  const run = { ...given.run, ends: 'released', lines };
  const page = pageOf('loan-sub-branch');
  const released = await travel({ ...given, page, run, processId: 'corporate_loan_sub_branch' });
  const places = {
    ...given.borrower.places,
    loanCaseNumber: released.caseNumber,
    contractNumber: `HT-${released.caseNumber}`,
    noteNumber: `JJ-${released.caseNumber}`,
  };
  return { ...given, borrower: { ...given.borrower, places } };
}

/** What the page says about something before the case: its usual answer, and the run's own. */
function saidOf(given: Given, activity: string): Values | null {
  const isAbout = (one: Line): boolean => one.activity === activity;
  const said = [given.page.usual.find(isAbout), given.run.lines.find(isAbout)];
  const known = said.filter((one) => one !== undefined);
  if (known.length === 0) return null;
  return Object.assign({}, ...known.map((one) => filled(given, one.values || '{}')));
}

/**
 * What a page begins with: `loan written off` takes a loan through its write-off; `loan released`
 * pays one out; `loan ages` leaves so much on the deposit, lets days pass and closes the day;
 * `loan pays` brings money, and what is due is collected.
 */
async function prepared(wanted: Given): Promise<Given> {
  const { bank } = wanted;
  let given = wanted;
  if (saidOf(wanted, 'loan written off') === null) {
    given = await withReleasedLoan(wanted);
  } else {
    const page = pageOf('loan-write-off');
    const run = { ...wanted.run, ends: 'written_off', lines: [] };
    const before = await prepared({ ...wanted, page, run, processId: 'loan_write_off' });
    const journey = await follow(before, mustBe(await begin(before)).caseNumber);
    given = { ...wanted, borrower: journey.borrower };
  }
  const ages = saidOf(given, 'loan ages');
  if (ages !== null) {
    await setDeposit(given, ages.onDepositMinor);
    await passDays(bank, Number(ages.days));
    await bank.runtime.prepareMonths(bank.clock.now);
    await forgetCalendar(bank);
    mustBe(await runEndOfDay(bank.runtime.parts, loanNight, { login: 'system' }));
  }
  const pays = saidOf(given, 'loan pays');
  if (pays !== null) {
    await setDeposit(given, pays.onDepositMinor);
    mustBe(await bank.runtime.runDaily());
  }
  return given;
}

/** A night without deposits: days that passed without one have left no interest on them to tie. */
const loanNight = dayWorks.filter(({ name }) => !/^deposit\.|^day\.prove$/.test(name));

/** The demo bank's calendar ends with its year; days long after it go by the days of the week. */
async function forgetCalendar({ database, clock }: DemoTestBank): Promise<void> {
  const effectiveFrom = dateInChina(clock.now);
  const made = { madeLogin: 'a', checkedLogin: 'b', madeAt: clock.now };
  const version = { cellId: 1, name: 'day.calendar', effectiveFrom, value: null, ...made };
  const written = await database.transaction(async (transaction) =>
    ok(await addParameter(transaction, version)),
  );
  mustBe(written);
}

/** Sets what stands on the borrower's deposit, by money that comes in or goes out. */
async function setDeposit({ bank, borrower }: Given, minor: Value | undefined): Promise<void> {
  const { depositAccount = '' } = borrower.places;
  const account = present(await findAccount(bank.database, 1, depositAccount), 'the deposit');
  const change = (typeof minor === 'bigint' ? minor : 0n) - account.balanceMinor;
  if (change !== 0n) await payIn(bank, borrower.actor.unitCode, depositAccount, change);
}

/** The page of runs of a process of the project, by the name of its folder. */
export function pageOf(name: string): Page {
  const folder = processFolders().find((one) => basename(one) === name);
  return readPage(readFileSync(join(present(folder, name), 'cases.md'), 'utf8'));
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
  const counter = lines.find((line) => line.by.startsWith('counter '))?.by ?? '';
  const customerPresent = counter !== '';
  const actor = await claimed(journey, task, customerPresent ? counter : usual.by);
  const seat = await seatOf(journey, actor);
  const bys = ['', counter, `committee_member ${seat}`];
  const changes = lines.filter((line) => bys.includes(line.by));
  const values = [usual, ...changes].map((line) => filled(journey, line.values || '{}'));
  await addPapers(journey, task.activity, actor);
  const given = Object.assign({}, ...values);
  const order = { actor, taskId: task.id, values: given, customerPresent };
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
    const customerPresent = role.startsWith('counter ');
    const result = await bank.runtime.claimTask({ actor, taskId: task.id, customerPresent });
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
  const isTeller = role === 'teller' || role === 'counter teller';
  if (isTeller) return await holdersOf(bank, 'teller', actor.unitCode);
  if (role.startsWith('counter ')) return await holdersOf(bank, role.slice(8), subBranch);
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
  if (line.refused !== 'certificate_image_missing') {
    await addPapers(journey, task.activity, actor);
  }
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

/** Puts the papers into the case that the page names for an activity: `papers of` it. */
async function addPapers({ bank, page, caseNumber }: Journey, activity: string, actor: Actor) {
  for (const kind of paperKinds(page, activity)) {
    const paper = { caseNumber, kind, title: `${kind}.png`, content: picture };
    mustBe(await addDocument(bank.runtime.parts, { actor, ...paper }));
  }
}

/** How many lines about what comes after the first drawdown are done. */
const afterwards = 'afterwards';

/**
 * Nobody has a task: the customer says that the money has come; then the run's further drawdowns
 * are made, all notes are paid, and what is undrawn is given up. True when the run ends here.
 */
async function waits(journey: Journey): Promise<boolean> {
  const { bank, borrower, caseNumber, run } = journey;
  const said = { messageName: 'funds_received', correlation: caseNumber, values: {} };
  const received = await bank.runtime.deliverMessage({ actor: borrower.actor, ...said });
  if (received.ok) return false;
  if (run.ends === 'released') return true;
  const after = journey.completed.get(afterwards) ?? 0;
  const line = run.lines.filter((one) => /^loan_(drawdown|repaid)$/.test(one.activity))[after];
  journey.completed.set(afterwards, after + 1);
  if (line?.activity === 'loan_drawdown') {
    await drawAgain(journey, line);
    return false;
  }
  const part = line === undefined ? null : filled(journey, line.values).principalMinor;
  const isPaid = await payNotes(journey, typeof part === 'bigint' ? part : null);
  if (!isPaid) await closeContract(journey);
  const done = await bank.runtime.tick(bank.clock.now);
  expect(done.refused).toEqual([]);
  return false;
}

/** A further drawdown on the contract of the case, as the line says. */
async function drawAgain(journey: Journey, drawing: Line): Promise<void> {
  const { bank, run, borrower, caseNumber } = journey;
  const wait = run.lines.map(
    (one) => /^wait P(\d+)D before loan_drawdown$/.exec(one.activity)?.[1],
  );
  const days = Number(wait.find((one) => one !== undefined) ?? 0);
  if (days > 0) await passDays(bank, days);
  const isRefused = drawing.refused !== '';
  const places = { ...borrower.places, contractNumber: `HT-${caseNumber}` };
  const given: Given = {
    ...{ bank, page: pageOf('loan-drawdown'), processId: 'loan_drawdown' },
    borrower: { ...borrower, places },
    run: {
      ...{ title: `${run.title}: drawn again`, done: [], postings: isRefused ? 0 : 1 },
      ends: isRefused ? 'open at request_drawdown' : 'disbursed',
      lines: [{ ...drawing, activity: 'request_drawdown' }],
    },
  };
  const begun = await begin(given);
  if (!begun.ok) {
    expect(begun.code).toBe(drawing.refused);
    return;
  }
  const again = await follow(given, begun.value.caseNumber);
  await check(again);
  if (!isRefused) return;
  const order = { actor: borrower.actor, caseNumber: again.caseNumber };
  mustBe(await bank.runtime.withdrawCase(order));
}

/**
 * Pays back every note of the contract, or this much of each; false when nothing is owed any more.
 */
async function payNotes(
  { bank, borrower, caseNumber }: Journey,
  partMinor: bigint | null,
): Promise<boolean> {
  const { actor, places } = borrower;
  const notes = await bank.database.query<{ note: string; owed: bigint }>(
    `select n.note_number as note, (n.principal_minor - coalesce((select sum(r.principal_minor)
       from loan_repayment r where r.note_number = n.note_number), 0))::int8 as owed
     from loan_note n where n.contract_number = $1 order by n.disbursed_at, n.note_number`,
    [`HT-${caseNumber}`],
  );
  const owing = notes.filter((one) => one.owed > 0n);
  for (const { note: noteNumber, owed } of owing) {
    const principalMinor = partMinor ?? owed;
    await payIn(bank, actor.unitCode, places.depositAccount ?? '', principalMinor);
    mustBe(
      await bank.runtime.startCase({
        actor: systemActor,
        processId: 'loan_repayment',
        values: { noteNumber, principalMinor, interestMinor: 0n },
        unitCode: actor.unitCode,
        customerNumber: actor.customerNumber ?? '',
      }),
    );
  }
  return owing.length > 0;
}

/** The borrower gives up what is undrawn, unless the contract is closed already. */
async function closeContract({ bank, borrower, caseNumber }: Journey): Promise<void> {
  const { actor } = borrower;
  const started = await bank.runtime.startCase({
    ...{ actor, processId: 'loan_contract_closing', unitCode: actor.unitCode },
    values: { contractNumber: `HT-${caseNumber}` },
  });
  // Another worker may be about to deliver the message of a settlement that was made already.
  if (!started.ok) {
    expect(started.code).toBe('contract_closed');
    return;
  }
  const tasks = await bank.runtime.caseTasks(started.value.caseNumber);
  for (const task of tasks.filter((one) => one.endedAt === null)) {
    const order = { actor, taskId: task.id, values: { undrawnGivenUp: true } };
    mustBe(await bank.runtime.claimTask(order));
    mustBe(await bank.runtime.completeTask(order));
  }
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

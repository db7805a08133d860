import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { dateInChina } from '../../base/dates.ts';
import type { Task } from '../../contract/tasks.ts';
import { systemActor } from '../../runtime/actor.ts';
import { systemClock, systemRandom } from '../../runtime/clock.ts';
import { demoCustomerLogins, demoCustomers } from '../../runtime/demo/customers.ts';
import { demoEmployees } from '../../runtime/demo/people.ts';
import { demoStaffPositions } from '../../runtime/demo/roles.ts';
import { demoOutlets } from '../../runtime/demo/units.ts';
import { mustBe, paperKinds, picture, readPage } from '../../runtime/journey/testing.ts';
import { askOracle } from '../../runtime/oracle.ts';
import { createRuntime } from '../../runtime/runtime.ts';
import { readSettings } from '../../runtime/settings.ts';
import { seededRandom } from '../../runtime/testing.ts';
import { type Answer, newKey } from '../../server/testing.ts';
import type { Database } from '../../store/database.ts';
import { projectFolder } from '../project.ts';
import { openToLook } from '../start/database.ts';
import { type MortalServer, pause, startMortalServer, type Told } from './testing.ts';

/** The full count in `npm run test:long`, else as many as fit into some seconds, but some. */
const isLong = process.env.TEST_LENGTH === 'long';
const killsWanted = isLong ? 50 : 6;
const killsMin = isLong ? killsWanted : 3;
const timeMs = isLong ? Number.POSITIVE_INFINITY : 12_000;
/** How long a kill waits for somebody to pay out. */
const payOutWaitMs = 15_000;
/** Outlets that lend at the same time. */
const lanes = isLong ? 4 : 2;
const seed = `kill ${Math.floor(Date.now() / 1_000)}`;

const processId = 'corporate_loan_sub_branch';
const auditor = 'fang.zhihua';
const accountant = 'chen.yan';

/**
 * The runs of the page, for small loans: the customers borrow many times, and all of it together
 * must stay within the sub-branch's authority.
 */
const page = readPage(
  readFileSync(
    join(projectFolder, 'processes/corporate/loan-sub-branch/cases.md'),
    'utf8',
  ).replaceAll('300000000', '300000'),
);
const runs = page.runs.filter((run) => /^T(1|10) /.test(run.title));

let server: MortalServer;
let database: Database;

beforeAll(async () => {
  server = await startMortalServer();
  const settings = mustBe(readSettings({ DATA_DIR: server.folder }, '/'));
  const look = mustBe(await openToLook(settings));
  database = look.database;
  return async () => {
    await look.close();
    await server.stop();
  };
}, 300_000);

/** A loan under way. */
type Loan = {
  readonly caseNumber: string;
  readonly outlet: string;
  readonly customer: string;
  readonly isDoubled: boolean;
  readonly places: { readonly [name: string]: string };
};

/** Where somebody submitted that money is paid out. */
const payOutPaths = new Set<string>();

/** Woken when somebody pays out, so that some kills come in that very moment. */
let payingOut: () => void = () => undefined;

function expectDone(answer: Answer, what: string): void {
  expect([what, answer.status, answer.text]).toEqual([what, 200, expect.anything()]);
}

async function ordered(login: string, path: string, json?: unknown): Promise<Answer> {
  const answer = await server.as(login, 'POST', path, { json });
  expectDone(answer, `${login} ${path}`);
  return answer;
}

async function begin(outlet: string, login: string, isDoubled: boolean): Promise<Loan> {
  const { body } = await ordered(login, '/api/cases', { processId });
  const customerOf = (wanted: string) =>
    present(
      demoCustomerLogins.find((one) => one.login === wanted),
      wanted,
    ).customerNumber;
  const accountOf = async (number: string): Promise<string> =>
    (await server.as(auditor, 'GET', `/api/customers/${number}`)).body.accounts[0].accountNumber;
  const payee = present(
    demoCustomers.find((one) => one.kind === 'corporate' && one.unitCode !== outlet),
    'a company of another outlet',
  );
  const customerNumber = customerOf(login);
  const places = {
    customerNumber,
    depositAccount: await accountOf(customerNumber),
    payeeName: payee.name,
    payeeAccount: await accountOf(payee.customerNumber),
  };
  return { caseNumber: body.caseNumber, outlet, customer: login, isDoubled, places };
}

/** Logins of those who hold the role for the outlet: at it, above it, or in the centre. */
function holdersOf(loan: Loan, role: string): string[] {
  if (role === 'customer') return [loan.customer];
  const { outlet } = loan;
  const places = [outlet, `${outlet.slice(0, 4)}00`, `${outlet.slice(0, 2)}0000`, '100900'];
  const positions = demoStaffPositions
    .filter((position) => position.roleCodes.includes(role))
    .map((position) => position.positionCode);
  return demoEmployees
    .filter((employee) => positions.includes(employee.positionCode))
    .filter((employee) => employee.unitCodes.some((unit) => places.includes(unit)))
    .map((employee) => employee.login);
}

/** The task of an activity, claimed by the first who may. */
async function claimed(
  loan: Loan,
  activity: string,
  role: string,
): Promise<{ login: string; id: string }> {
  const refusals: string[] = [];
  for (const login of holdersOf(loan, role)) {
    const query = `caseNumber=${loan.caseNumber}&activity=${activity}`;
    const { body } = await server.as(login, 'GET', `/api/tasks?filter=all&${query}`);
    for (const { id } of body.tasks as Task[]) {
      const answer = await server.as(login, 'POST', `/api/tasks/${id}/claim`);
      if (answer.status === 200) return { login, id };
      refusals.push(`${login}: ${answer.body.code}`);
    }
  }
  throw new Error(`${loan.caseNumber}: nobody can claim ${activity}: ${refusals.join(', ')}`);
}

async function doActivity(loan: Loan, activity: string): Promise<void> {
  const usual = present(
    page.usual.find((line) => line.activity === activity),
    activity,
  );
  const { login, id } = await claimed(loan, activity, usual.by);
  const text = usual.values.replace(/\{(\w+)\}/g, (_all, name: string) => loan.places[name] ?? '');
  const values = JSON.parse(text) as Record<string, unknown>;
  // A report may be some days old, a contract follows its approval, and the test runs on any day.
  if (activity === 'credit_report') values.creditReportDate = dateInChina(Date.now());
  if (activity === 'sign_contract') values.contractDate = dateInChina(Date.now());
  for (const kind of paperKinds(page, activity)) {
    const content = Buffer.from(picture).toString('base64');
    const paper = { kind, title: `${kind}.png`, content };
    await ordered(login, `/api/cases/${loan.caseNumber}/documents`, paper);
  }
  const path = `/api/tasks/${id}/complete`;
  if (activity !== 'disburse') return void (await ordered(login, path, { values }));
  const keys = [newKey(Date.now()), newKey(Date.now())];
  const orders = loan.isDoubled ? [keys[0], keys[0], keys[1]] : [keys[0]];
  payOutPaths.add(path);
  const sent = orders.map((key) =>
    server.as(login, 'POST', path, { json: { values }, key: present(key, 'key') }),
  );
  payingOut();
  const answers = await Promise.all(sent);
  const done = answers.filter((answer) => answer.status === 200);
  // Those with one key are one order; of the two orders one is carried out.
  const refused = answers.filter((answer) => answer.status !== 200);
  expect(new Set(done.map((answer) => answer.body.postings.join())).size).toBe(1);
  expect(refused.map((answer) => answer.body.code)).toEqual(refused.map(() => 'task_not_open'));
  if (loan.isDoubled) {
    expect(answers[0]?.status).toBe(answers[1]?.status);
    expect([1, 2]).toContain(refused.length);
  }
}

/** What the daily job does when the last instalment is due; the server then tells the case. */
async function repay({ caseNumber, customer, outlet }: Loan): Promise<void> {
  const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
  const [note] = await database.query<{ principal: bigint; customer: string }>(
    `select principal_minor as principal, customer_number as customer
     from loan_note where case_number = $1`,
    [caseNumber],
  );
  const { principal: principalMinor, customer: customerNumber } = present(note, customer);
  mustBe(
    await runtime.startCase({
      ...{ actor: systemActor, processId: 'loan_repayment', unitCode: outlet, customerNumber },
      values: { noteNumber: `JJ-${caseNumber}`, principalMinor, interestMinor: 0n },
    }),
  );
}

/** Takes a loan from where it is to its end. */
async function lend(loan: Loan): Promise<void> {
  const { caseNumber, customer } = loan;
  const path = `/api/cases/${caseNumber}`;
  let isRepaid = false;
  for (const giveUpAt = Date.now() + 600_000; Date.now() < giveUpAt; ) {
    const answer = await server.as(customer, 'GET', path);
    expectDone(answer, path);
    const { status, outcome, tokens, awaits } = answer.body;
    if (status !== 'active') return expect([status, outcome]).toEqual(['completed', 'settled']);
    const at = tokens.map((token: { element: string }) => token.element);
    const activity = at.find((one: string) => page.usual.some((line) => line.activity === one));
    const [awaited] = awaits;
    if (activity !== undefined) await doActivity(loan, activity);
    else if (awaited !== undefined) await ordered(customer, `${path}/messages`, awaitedOf(awaited));
    else if (at.includes('await_settlement') && !isRepaid) {
      await repay(loan);
      isRepaid = true;
    } else await pause(100); // The server is about to tell the case.
  }
  throw new Error(`${caseNumber} does not end`);
}

function awaitedOf({ messageName }: { messageName: string }): { messageName: string } {
  return { messageName };
}

/** What the bank looks like in the end, as its own people see it. */
async function expectWhole(loans: readonly Loan[]): Promise<void> {
  for (const { caseNumber } of loans) {
    const { body } = await server.as(auditor, 'GET', `/api/cases/${caseNumber}/entries`);
    const paidOut = body.entries.filter(
      (entry: { glCode: string; side: string }) =>
        entry.glCode === '1303' && entry.side === 'debit',
    );
    expect(paidOut).toMatchObject([{ amountMinor: '300000', maker: 'tang.jie' }]);
  }
  const { body } = await server.as(accountant, 'GET', '/api/ledger/trial-balance');
  expect(body.totals.length).toBeGreaterThan(0);
  for (const total of body.totals) expect(total).toMatchObject({ differenceMinor: '0' });
  expect(body.interBranch).toEqual([{ currency: 'CNY', sumMinor: '0' }]);
  const [found] = await database.query<{ cases: bigint; notes: bigint; open: bigint }>(
    `select (select count(*) from process_instance where process_id = $1) as cases,
       (select count(*) from loan_note) as notes,
       (select count(*) from task where status not in ('completed', 'cancelled')) as open`,
    [processId],
  );
  const count = BigInt(loans.length);
  expect(found).toEqual({ cases: count, notes: count, open: 0n });
}

/** The seeded moments, and how long it goes on: until enough kills, or until a part has failed. */
function startPlan(told: Told) {
  const random = seededRandom(seed);
  const begun = performance.now();
  let failed = false;
  return {
    below: (limit: number) => new DataView(random(4).slice().buffer).getUint32(0) % limit,
    goesOn: () =>
      !failed &&
      (told.kills < killsMin || (told.kills < killsWanted && performance.now() - begun < timeMs)),
    /** Does the parts side by side and waits for all: a failed one leaves nothing running. */
    together: async (parts: readonly (() => Promise<void>)[]): Promise<void> => {
      const guarded = parts.map(async (part) => {
        try {
          await part();
        } catch (error) {
          failed = true;
          throw error;
        }
      });
      for (const end of await Promise.allSettled(guarded)) {
        if (end.status === 'rejected') throw end.reason;
      }
    },
  };
}

type Plan = ReturnType<typeof startPlan>;

/** The people of one outlet make loan after loan, T1 and T10 in turn. */
async function lendAt(nth: number, plan: Plan, loans: Loan[]): Promise<void> {
  const outlet = present(demoOutlets[nth], 'an outlet').unitCode;
  const logins = demoCustomerLogins.filter(({ login }) => login.endsWith(`.${outlet}`));
  for (let turn = 0; plan.goesOn(); turn += 1) {
    const { login } = present(logins[turn % logins.length], 'a customer');
    const run = present(runs[(nth + turn) % runs.length], 'a run');
    const loan = await begin(outlet, login, run.title.startsWith('T10 '));
    loans.push(loan);
    await lend(loan);
  }
}

/** Every third kill waits for somebody to pay out; every fourth restart or so is killed as well. */
async function killAgainAndAgain({ below, goesOn }: Plan): Promise<void> {
  while (goesOn()) {
    const moment = new Promise<void>((resolve) => {
      payingOut = resolve;
    });
    const isThird = server.told.kills % 3 === 2;
    await (isThird ? Promise.race([moment, pause(payOutWaitMs)]) : pause(below(2_000)));
    await pause(below(60));
    await server.kill({ comingUpMs: below(4) === 0 ? below(1_500) : null });
  }
}

test(`killed with -9 again and again while people lend, the bank is whole (${seed})`, async () => {
  expect(runs).toHaveLength(2);
  const { told } = server;
  const loans: Loan[] = [];
  const plan = startPlan(told);
  await plan.together([
    () => killAgainAndAgain(plan),
    ...Array.from({ length: lanes }, (_, nth) => () => lendAt(nth, plan, loans)),
  ]);
  const { rules, instances, events, faults } = await askOracle(database);
  const seconds = told.recoveriesMs.map((one) => one / 1_000).sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.floor(share * (seconds.length - 1))]?.toFixed(1);
  console.log(
    `${told.kills} kills (and ${told.killsComingUp} of a server coming up), ` +
      `PostgreSQL taken over ${told.adopted} times, ready again after ` +
      `${at(0)} / ${at(0.5)} / ${at(1)} s (least, median, most); ${loans.length} loans, ` +
      `${loans.filter((loan) => loan.isDoubled).length} of them paid out twice at once, ` +
      `${told.sentAgain.length} orders sent again, ` +
      `${told.sentAgain.filter((path) => payOutPaths.has(path)).length} of them to pay out; ` +
      `${rules.length} rules over ${instances} instances and ${events} events: ` +
      `${faults.length} faults`,
  );
  expect(faults).toEqual([]);
  expect(told.adopted).toBe(told.kills);
  await expectWhole(loans);
}, 1_500_000);

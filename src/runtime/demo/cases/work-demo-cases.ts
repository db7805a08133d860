import { createHash } from 'node:crypto';
import { assert, present } from '../../../base/assert.ts';
import { dateInChina } from '../../../base/dates.ts';
import { ok, type Result } from '../../../base/result.ts';
import type { Database } from '../../../store/database.ts';
import { readAccounts } from '../../../store/ledger/balances.ts';
import { readPerson } from '../../../store/people/sessions.ts';
import { roleHolders } from '../../../store/process/operation-facts.ts';
import type { Actor } from '../../actor.ts';
import { addDocument } from '../../paper/documents.ts';
import { createRuntime, type Runtime } from '../../runtime.ts';
import type { TaskView } from '../../views.ts';
import { demoDates } from '../calendar.ts';
import { demoCompaniesOf, demoCustomerLogins } from '../customers.ts';
import { demoEmployees } from '../people.ts';
import { answerTo, onTheOpenDate } from './answers.ts';
import { atTime, demoPace, later, type Pace } from './pace.ts';
import { type Story, stories } from './stories.ts';

const processId = 'corporate_loan_sub_branch';
/** A picture of one point: what stands for the image of a certificate. */
const certificate = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
/** No case has more tasks; the end of a story that goes round in a circle. */
const tasksMax = 60;

/** One story while it happens. */
type Scene = {
  readonly runtime: Runtime;
  readonly clock: { now: number };
  readonly pace: Pace;
  readonly story: Story;
  readonly serial: number;
  readonly customer: Actor;
  /** Who is at the counter for customers without a login. */
  readonly teller: Actor | null;
  readonly account: string;
  readonly done: Map<string, number>;
};

/**
 * Takes the loan cases of the demo bank's last weeks through the runtime, in office hours up to
 * `now`, and gives how many. The bank must be open and its processes deployed. Refused as the
 * runtime refuses the first step that does not go through.
 */
export async function workDemoCases(given: {
  readonly database: Database;
  readonly cellId: number;
  readonly now: number;
}): Promise<Result<number>> {
  const { database, cellId, now } = given;
  const dates = demoDates(dateInChina(now));
  const pace = demoPace(dates, now);
  const clock = { now };
  let count = 0;
  const random = (bytes: number) => {
    count += 1;
    return createHash('sha256').update(`demo cases ${count}`).digest().subarray(0, bytes);
  };
  const runtime = createRuntime({ database, cellId, clock: () => clock.now, random });
  for (const [index, story] of stories.entries()) {
    const day = present(dates.at(-1 - story.daysBefore), 'a day of the demo bank');
    clock.now = later(pace, atTime(day, '09:00'), 20 + ((index * 97) % 300));
    const scene = await sceneOf({ runtime, clock, pace }, story, 1000 + index);
    const played = await play(scene);
    if (!played.ok) return played;
  }
  return ok(stories.length);
}

async function sceneOf(
  given: Pick<Scene, 'runtime' | 'clock' | 'pace'>,
  story: Story,
  serial: number,
): Promise<Scene> {
  const { database, cellId } = given.runtime.parts;
  const { outletCode } = story;
  const company = present(demoCompaniesOf(outletCode)[story.company], 'a company');
  const { customerNumber } = company;
  const own = demoCustomerLogins.find((one) => one.customerNumber === customerNumber);
  const staff = demoEmployees.find(
    (one) => one.positionCode === 'teller' && one.unitCodes[0] === outletCode,
  );
  const teller = await actorBy(given, present(staff, 'a teller').login);
  const customer = own === undefined ? teller : await actorBy(given, own.login);
  const of = { cellId, customerNumber, limit: 20, offset: 0 };
  const { accounts } = await readAccounts(database, of);
  const deposit = accounts.find(({ glCode }) => glCode === '2011');
  return {
    ...given,
    ...{ story, serial, customer, teller: own === undefined ? teller : null, done: new Map() },
    account: present(deposit, 'the deposit of a company').accountNumber,
  };
}

async function actorBy(
  { runtime, clock }: Pick<Scene, 'runtime' | 'clock'>,
  login: string,
): Promise<Actor> {
  const { database, cellId } = runtime.parts;
  const person = await readPerson(database, cellId, login, dateInChina(clock.now));
  return {
    ...{ login, person: person.person, customerNumber: person.customerNumber },
    unitCode: person.unitCode ?? '',
    posts: person.roles.map((role) => ({ role: role.role, unit: role.unitCode })),
  };
}

/** Applies, then does one task after the other until the story stands where it stands. */
async function play(scene: Scene): Promise<Result<null>> {
  const { runtime, story, customer } = scene;
  const company = present(demoCompaniesOf(story.outletCode)[story.company], 'a company');
  const { customerNumber } = company;
  const begun = await runtime.startCase({
    ...{ actor: customer, processId, unitCode: story.outletCode },
    values: { customerNumber },
  });
  if (!begun.ok) return begun;
  const { caseNumber } = begun.value;
  for (let turn = 0; turn < tasksMax; turn += 1) {
    const [next] = (await runtime.caseTasks(caseNumber))
      .filter((task) => task.endedAt === null && task.activity !== story.until)
      .map((task) => ({ task, at: beginsAt(scene, task) }))
      .sort((a, b) => a.at - b.at);
    if (next === undefined) break;
    scene.clock.now = Math.max(next.at, next.task.createdAt);
    if (next.task.activity === story.withdrawnAt) {
      const withdrawn = await runtime.withdrawCase({ actor: customer, caseNumber });
      return withdrawn.ok ? ok(null) : withdrawn;
    }
    const done = await doTask(scene, next.task);
    if (!done.ok) return done;
  }
  return await confirmMoney(scene, caseNumber);
}

/** When somebody takes the task up: after its usual wait, and on the open date where it posts. */
function beginsAt({ story, pace, serial }: Scene, task: TaskView): number {
  const { waits = 0 } = answerTo(task.activity, occasionOf({ story, serial }, task, 1)) ?? {};
  // Some are taken up sooner than others: a wait of 70 to 130 percent.
  const uneven = 70 + ((serial * 31 + task.activity.length * 17) % 61);
  const usual = later(pace, task.createdAt, (waits * story.pace * uneven) / 10_000);
  if (!onTheOpenDate.has(task.activity)) return usual;
  return Math.min(pace.until, Math.max(usual, atTime(pace.lastDay, '09:10')));
}

function occasionOf(
  { story, serial }: Pick<Scene, 'story' | 'serial'>,
  task: TaskView,
  time: number,
  now: number = task.createdAt,
  account = '',
) {
  return { story, serial, account, time, today: dateInChina(now) };
}

async function doTask(scene: Scene, task: TaskView): Promise<Result<null>> {
  const { runtime, clock, pace, account } = scene;
  const time = (scene.done.get(task.activity) ?? 0) + 1;
  const customerPresent = task.customerNumber !== null && scene.teller !== null;
  const claimed = await claim(scene, task, customerPresent);
  if (!claimed.ok) return claimed;
  const actor = claimed.value;
  const answer = answerTo(task.activity, occasionOf(scene, task, time, clock.now, account));
  assert(answer !== null, `what is usual at ${task.activity}`);
  clock.now = later(pace, clock.now, answer.takes);
  if (task.activity === 'register_collateral') {
    const paper = { kind: 'collateralDocuments', title: '他项权证.png', content: certificate };
    const { caseNumber } = task;
    const added = await addDocument(runtime.parts, { actor, caseNumber, ...paper });
    if (!added.ok) return added;
  }
  const order = { actor, taskId: task.id, values: answer.values, customerPresent };
  const done = await runtime.completeTask(order);
  if (!done.ok) return done;
  scene.done.set(task.activity, time);
  return ok(null);
}

/** The first who may claims the task. */
async function claim(
  scene: Scene,
  task: TaskView,
  customerPresent: boolean,
): Promise<Result<Actor>> {
  const { runtime, customer, clock, story } = scene;
  const { database, cellId } = runtime.parts;
  const order = { taskId: task.id, customerPresent };
  if (task.customerNumber !== null) {
    const claimed = await runtime.claimTask({ actor: customer, ...order });
    return claimed.ok ? ok(customer) : claimed;
  }
  const date = dateInChina(clock.now);
  const units = [task.unitCode ?? '', `${story.outletCode.slice(0, -1)}0`];
  let refused: Result<Actor> | null = null;
  for (const unitCode of new Set(units)) {
    for (const { login } of await roleHolders(database, cellId, {
      ...{ role: task.role, unitCode, date },
    })) {
      const actor = await actorBy(scene, login);
      const claimed = await runtime.claimTask({ actor, ...order });
      if (claimed.ok) return ok(actor);
      refused = claimed;
    }
  }
  return present(refused, `somebody who may do ${task.activity}`);
}

/** The customer says that the money has come. */
async function confirmMoney(scene: Scene, caseNumber: string): Promise<Result<null>> {
  const { runtime, clock, pace, story, customer, teller } = scene;
  if (story.received !== true || teller !== null) return ok(null);
  clock.now = later(pace, clock.now, 30);
  const said = { messageName: 'funds_received', correlation: caseNumber, values: {} };
  const heard = await runtime.deliverMessage({ actor: customer, ...said });
  return heard.ok ? ok(null) : heard;
}

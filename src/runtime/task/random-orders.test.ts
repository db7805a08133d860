import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { decodeValues, type Values } from '../../base/data.ts';
import type { Result } from '../../base/result.ts';
import { isRefusalCode } from '../../contract/refusals/index.ts';
import type { TestDatabase } from '../../store/testing.ts';
import { type Actor, systemActor } from '../actor.ts';
import {
  actorBy,
  type Borrower,
  borrower,
  type DemoTestBank,
  demoTestBank,
  holdersOf,
  mustBe,
  type Page,
  pageOf,
  paperKinds,
  picture,
} from '../journey/testing.ts';
import { askOracle } from '../oracle.ts';
import { addDocument } from '../paper/documents.ts';
import type { TaskView } from '../views.ts';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
const isLong = process.env.TEST_LENGTH === 'long';
/** Cases are played while time lasts; each with so many orders at most. */
const playMs = isLong ? 600_000 : 12_000;
const ordersMax = 60;
/** However slow the machine, these are played. */
const casesMin = 2;

/** A small generator of our own, so that a seed gives the same orders anywhere (mulberry32). */
function chance(from: number): (below: number) => number {
  let state = from >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What is done, the commonest most often. */
const orders = [
  ...(['complete', 'complete', 'complete', 'complete', 'complete', 'complete'] as const),
  ...(['complete', 'complete', 'claim', 'release', 'draft', 'return', 'straight'] as const),
  ...(['recall', 'forward', 'delegate', 'resolve', 'before', 'after', 'beside'] as const),
  ...(['remove', 'copy', 'urge', 'withdraw', 'terminate'] as const),
] as const;
type Order = (typeof orders)[number];

let bank: DemoTestBank & TestDatabase;
let page: Page;
let applicant: Borrower;
let people: readonly Actor[];

const logins = [
  ...['li.na', 'qian.jun', 'wang.lei', 'yan.bing', 'zhang.guoqiang', 'xu.lin', 'he.jianping'],
  ...['deng.chao', 'cao.fei', 'han.xue', 'liu.fang', 'song.yu', 'gao.wei', 'tang.jie', 'luo.min'],
];

beforeAll(async () => {
  bank = await demoTestBank('random orders');
  page = pageOf('loan-sub-branch');
  applicant = await borrower(bank, 0);
  people = await Promise.all(logins.map((login) => actorBy(bank, login)));
}, 60_000);
afterAll(async () => await bank.drop());

function usual(activity: string): Values {
  const text = page.usual.find((line) => line.activity === activity)?.values ?? '{}';
  const { places } = applicant;
  return decodeValues(
    text.replace(/"\{(\w+)\}"/g, (_all, name: string) => JSON.stringify(places[name])),
  );
}

/** Who acts on a task: mostly its holder or one who may, now and then anybody. */
async function actorFor(task: TaskView, pick: (below: number) => number): Promise<Actor> {
  const anybody = present(people[pick(people.length)], 'somebody');
  if (pick(8) === 0) return anybody;
  if (task.role === 'customer') return applicant.actor;
  if (task.assignee !== null) return await actorBy(bank, task.assignee);
  const holders = await holdersOf(bank, task.role, task.unitCode ?? '');
  // A vote or a signature is for whom it names; such a one finds it in the own list.
  if (holders.length > 0 && task.activity !== 'vote' && pick(4) > 0) {
    return present(holders[pick(holders.length)], 'a holder of the role');
  }
  for (const actor of people) {
    const wanted = { actor, filter: 'mine', caseNumber: task.caseNumber } as const;
    const { tasks } = await bank.runtime.listTasks(wanted);
    if (tasks.some((one) => one.id === task.id)) return actor;
  }
  return anybody;
}

/** Somebody who may be chosen, or now and then anybody. */
async function colleague(
  order: Order,
  own: { readonly actor: Actor; readonly taskId: string },
  pick: (below: number) => number,
): Promise<string> {
  const anybody = logins[pick(logins.length)] ?? '';
  if (!['forward', 'delegate', 'before', 'after', 'beside', 'copy'].includes(order)) return anybody;
  const may = order === 'forward' || order === 'delegate' || order === 'copy';
  const purpose = may ? (order as 'forward' | 'delegate' | 'copy') : 'add_signer';
  const found = await bank.runtime.taskPeople({ ...own, purpose });
  const listed = found.ok ? found.value : [];
  return pick(5) === 0 ? anybody : (listed[pick(Math.max(listed.length, 1))]?.login ?? anybody);
}

async function carryOut(
  order: Order,
  task: TaskView,
  actor: Actor,
  pick: (below: number) => number,
): Promise<Result<object>> {
  const { runtime } = bank;
  const { caseNumber, id: taskId } = task;
  const own = { actor, taskId };
  const needsHolder = order !== 'claim' && order !== 'recall' && order !== 'urge';
  if (needsHolder && pick(5) > 0) await runtime.claimTask(own);
  const to = await colleague(order, own, pick);
  const words = { ...own, reason: 'because' };
  switch (order) {
    case 'claim':
      return await runtime.claimTask(own);
    case 'complete': {
      const signs = (await runtime.taskMarks([taskId])).handling[0]?.place ?? null;
      const opinion = signs === 'before' || signs === 'after';
      const values = opinion ? { opinion: 'agree' } : usual(task.activity);
      for (const kind of paperKinds(page, task.activity)) {
        const paper = { caseNumber, kind, title: `${kind}.png`, content: picture };
        await addDocument(runtime.parts, { actor, ...paper });
      }
      return await runtime.completeTask({ ...own, values });
    }
    case 'release':
      return await runtime.releaseTask(own);
    case 'draft':
      return await runtime.saveDraft({ ...own, values: { note: 'half' } });
    case 'return':
    case 'straight': {
      const { returnSteps } = await runtime.taskParts(taskId);
      const step = returnSteps[pick(Math.max(returnSteps.length, 1))];
      const target = step === undefined ? 'previous' : { activity: step.element };
      const straightBack = order === 'straight';
      return await runtime.returnTask({ ...words, to: target, straightBack });
    }
    case 'recall': {
      const done = (await runtime.caseTasks(caseNumber)).filter(
        (one) => one.status === 'completed' || one.status === 'delegated',
      );
      const last = done[Math.max(done.length - 1 - pick(2), 0)];
      if (last === undefined) return await runtime.recallTask(words);
      const by = last.assignee ?? '';
      const whose = by === applicant.actor.login ? applicant.actor : await actorBy(bank, by);
      return await runtime.recallTask({ ...words, actor: whose, taskId: last.id });
    }
    case 'forward':
      return await runtime.forwardTask({ ...words, to });
    case 'delegate':
      return await runtime.delegateTask({ ...words, to });
    case 'resolve':
      return await runtime.resolveTask({ ...words, values: {} });
    case 'before':
    case 'after':
    case 'beside':
      return await runtime.addSigner({ ...words, place: order, to });
    case 'remove': {
      const { signers } = await runtime.taskParts(taskId);
      const signer = signers[pick(Math.max(signers.length, 1))]?.login ?? to;
      return await runtime.removeSigner({ ...words, signer });
    }
    case 'copy':
      return await runtime.copyTask({ ...own, to: [to], note: '' });
    case 'urge':
      return await runtime.urgeTask(words);
    case 'withdraw':
      return pick(6) === 0
        ? await runtime.withdrawCase({ actor: applicant.actor, caseNumber })
        : await runtime.withdrawCase({ actor, caseNumber });
    case 'terminate': {
      const by = pick(6) === 0 ? await actorBy(bank, 'luo.min') : actor;
      return await runtime.terminateCase({ actor: by, caseNumber, reason: 'because' });
    }
    default:
      return order satisfies never;
  }
}

/** One case, from its application until it ends or the orders are used up; gives what happened. */
async function play(pick: (below: number) => number, counts: Map<string, number>): Promise<void> {
  const { caseNumber } = mustBe(
    await bank.runtime.startCase({
      ...{ actor: applicant.actor, processId: 'corporate_loan_sub_branch', values: {} },
      unitCode: applicant.actor.unitCode,
    }),
  );
  for (let turn = 0; turn < ordersMax; turn += 1) {
    bank.clock.now += 60_000;
    const tasks = (await bank.runtime.caseTasks(caseNumber)).filter(
      (one) => one.status !== 'completed' && one.status !== 'cancelled',
    );
    const task = tasks[pick(Math.max(tasks.length, 1))];
    if (task === undefined) return;
    const order = present(orders[pick(orders.length)], 'an order');
    const actor = pick(40) === 0 ? systemActor : await actorFor(task, pick);
    const done = await carryOut(order, task, actor, pick);
    if (!done.ok) expect(isRefusalCode(done.code)).toBe(true);
    const outcome = done.ok ? `${order} ok` : `${order} ${done.code}`;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
}

test(
  `random orders of people on the shipped processes leave a whole bank (seed ${seed})`,
  async () => {
    const pick = chance(seed);
    const counts = new Map<string, number>();
    const until = performance.now() + playMs;
    let cases = 0;
    do {
      await play(pick, counts);
      cases += 1;
    } while (cases < casesMin || performance.now() < until);
    const { faults, events } = await askOracle(bank.database);
    expect(faults).toEqual([]);
    expect(events).toBeGreaterThan(cases);
    // Many kinds of orders were really carried out, not only refused.
    const done = new Set([...counts.keys()].filter((key) => key.endsWith(' ok')));
    if (process.env.TEST_SAY !== undefined) console.table([...counts].sort());
    expect(done.size).toBeGreaterThan(3);
  },
  isLong ? 900_000 : 60_000,
);

import { assert, present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { ok } from '../../base/result.ts';
import {
  defineRole,
  defineStaffPosition,
  employ,
  fillPosition,
} from '../../store/people/employees.ts';
import { openLogin } from '../../store/people/logins.ts';
import type { Actor } from '../actor.ts';
import { risingIds } from '../ids.ts';
import { seededRandom, type TestBank, testStart } from '../testing.ts';

/** Somebody of the test bank: number, logins, the role and where it is held. */
type Seat = readonly [person: string, logins: readonly string[], role: string, unit: string];

/** Clerks and reviewers of the sub-branch, a head of the branch above, an owner at head office. */
const seats: readonly Seat[] = [
  ['P1', ['chen.one', 'chen.two'], 'clerk', '0101'],
  ['P2', ['li.clerk'], 'clerk', '0101'],
  ['P3', ['wang.clerk'], 'clerk', '0101'],
  ['P4', ['zhao.review'], 'reviewer', '0101'],
  ['P5', ['sun.review'], 'reviewer', '0101'],
  ['P6', ['zhou.head'], 'head', '0100'],
  ['P7', ['wu.owner'], 'process_owner', '0000'],
  ['P8', ['far.clerk'], 'clerk', '0109'],
];

/**
 * Enters these people into the bank, so that they can be chosen; gives an actor for each login.
 */
export async function openStaff(bank: TestBank): Promise<(login: string) => Actor> {
  const newId = risingIds(testStart, seededRandom('staff'));
  const actors = new Map<string, Actor>();
  const opened = await bank.database.transaction<null, string>(async (transaction) => {
    for (const roleCode of ['clerk', 'reviewer', 'head', 'process_owner']) {
      const permissions = ['work_tasks', 'view_cases'];
      await defineRole(transaction, 1, { roleCode, name: roleCode, nameEn: roleCode, permissions });
      const position = { positionCode: roleCode, name: roleCode, nameEn: roleCode };
      const seat = { ...position, roleCodes: [roleCode], monthsMax: null };
      const defined = await defineStaffPosition(transaction, 1, seat);
      if (!defined.ok) return defined;
    }
    for (const [person, logins, role, unitCode] of seats) {
      const employed = { employeeNumber: person, name: person, employedFrom: '2026-01-01' };
      const steps = [
        await employ(transaction, 1, employed),
        await fillPosition(transaction, 1, {
          ...{ id: newId(), employeeNumber: person, positionCode: role, unitCode, isMain: true },
          ...{ effectiveFrom: '2026-01-01', grantedLogin: 'system' },
        }),
      ];
      for (const login of logins) {
        const opening = await openLogin(transaction, 1, {
          ...{ login, kind: 'employee', employeeNumber: person, customerNumber: null },
          ...{ tellerNumber: null, passwordHash: null, language: 'zh-CN' },
          ...{ createdAt: testStart, createdLogin: 'system' },
        });
        steps.push(opening as (typeof steps)[number]);
        const posts = [{ role, unit: unitCode }];
        actors.set(login, { login, person, customerNumber: null, unitCode, posts });
      }
      const refused = steps.find((step) => !step.ok);
      if (refused !== undefined && !refused.ok) return refused;
    }
    return ok(null);
  });
  assert(opened.ok, `the staff is entered: ${JSON.stringify(opened)}`);
  return (login) => present(actors.get(login), login);
}

/** What tests do with the tasks of a case, by the name of the activity. */
export function handsOn(bank: TestBank, actorOf: (login: string) => Actor) {
  const { runtime } = bank;
  const openTasks = async (caseNumber: string) =>
    (await runtime.caseTasks(caseNumber)).filter(
      (one) => one.status !== 'completed' && one.status !== 'cancelled',
    );
  const open = async (caseNumber: string, activity: string): Promise<string> => {
    const tasks = await openTasks(caseNumber);
    return present(
      tasks.find((one) => one.activity === activity),
      `open task ${activity}`,
    ).id;
  };
  return {
    open,
    /** Open activities with who holds them: 'enter', 'review@zhao.review'. */
    async standing(caseNumber: string): Promise<string[]> {
      const tasks = await openTasks(caseNumber);
      return tasks
        .map((one) => (one.assignee === null ? one.activity : `${one.activity}@${one.assignee}`))
        .sort();
    },
    async start(processId: string, login: string, values: Values = {}): Promise<string> {
      const order = { actor: actorOf(login), processId, values, unitCode: '0101' };
      const started = await runtime.startCase(order);
      assert(started.ok, `a case starts: ${JSON.stringify(started)}`);
      return started.value.caseNumber;
    },
    async claim(caseNumber: string, activity: string, login: string): Promise<string> {
      const taskId = await open(caseNumber, activity);
      const claimed = await runtime.claimTask({ actor: actorOf(login), taskId });
      assert(claimed.ok, `${login} claims ${activity}: ${JSON.stringify(claimed)}`);
      return taskId;
    },
    /** Claims and submits; gives the task's id. */
    async done(
      caseNumber: string,
      activity: string,
      login: string,
      values: Values = {},
    ): Promise<string> {
      const taskId = await this.claim(caseNumber, activity, login);
      const done = await runtime.completeTask({ actor: actorOf(login), taskId, values });
      assert(done.ok, `${login} does ${activity}: ${JSON.stringify(done)}`);
      return taskId;
    },
  };
}

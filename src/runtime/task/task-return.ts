import { present } from '../../base/assert.ts';
import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import { elementIndex } from '../../kernel/index.ts';
import { instancesOfCase } from '../../store/process/load.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import { type PassedStep, stepsPassed, stepsPosted } from '../../store/process/task/places.ts';
import { type Burst, type Live, liveOf } from '../action/burst.ts';
import { run } from '../action/engine.ts';
import type { Parts } from '../parts.ts';
import { answerOf, isHolder, onTask, type TaskAnswer, type TaskOrder } from '../tasks.ts';
import { isSignersTask, newTasksIn, sayAct } from './acts.ts';
import { giveTo } from './given-back.ts';
import { isStep } from './people.ts';

/**
 * previous: the step done last before · initiator: the one done first · or the id of a step that
 * has been done, of the same process or of one that called it. A called process that has ended is
 * one step: it is called again.
 */
export type ReturnTarget = 'previous' | 'initiator' | { readonly activity: string };

export type ReturnOrder = TaskOrder & {
  readonly to: ReturnTarget;
  readonly reason: string;
  /** Afterwards straight back to me (直送退回人), or through all steps again (逐级重走). */
  readonly straightBack: boolean;
};

/** Longest reason, in characters. */
const reasonLengthMax = 2_000;

/**
 * The present holder sends the case back for correction (退回), with a reason. Step by step, what
 * follows the step returned to is undone as the kernel says; a step that posted is not returned
 * over unless the model gives its compensation, which then runs in the same commit. The step is
 * given to who did it before, if still fit. The reason goes to the case's data as `returnReason`;
 * the business log says only from where to where.
 */
export async function returnTask(parts: Parts, order: ReturnOrder): Promise<Result<TaskAnswer>> {
  const { reason, straightBack } = order;
  const to = typeof order.to === 'string' ? order.to : order.to.activity;
  const content = { to, reason, straightBack };
  return await onTask(parts, 'return_task', order, content, async (burst, task, live) => {
    const refusal = refusedReturn(burst, live, task, reason);
    if (refusal !== null) return refusal;
    const passed = await returnSteps(burst, live, task);
    const target = targetAmong(passed, order.to);
    if (target === undefined) return refuse('return_target_missing', { task: task.element_id });
    const final = await finalSince(burst, live, target);
    const within = liveOf(burst, target.instance_id);
    if (straightBack && within !== live) {
      return refuse('straight_back_not_possible', { element: target.element_id });
    }
    const activityInstance = within === live ? task.activity_instance : callOf(burst, live, within);
    const ran = await run(burst, {
      instanceId: within.row.id,
      command: {
        ...{ type: 'return_to', at: burst.at, activityInstance, straightBack, final },
        element: present(elementIndex(within.model.program, target.element_id), 'the step'),
        values: { returnReason: reason, returnedFrom: task.element_id },
        since: target.activity_instance,
      },
    });
    if (!ran.ok) return ran;
    const again = newTasksIn(burst, within).find((one) => one.element_id === target.element_id);
    await sayAct(burst, live, task, {
      ...{ kind: 'task_returned', reason, toTaskId: again?.id ?? null, straightBack },
      facts: { to: target.element_id, straightBack },
      to: personOf(target),
    });
    if (again !== undefined) await giveTo(burst, within, again, personOf(target));
    return ok(answerOf({ ...task, status: 'cancelled' }));
  });
}

function refusedReturn(burst: Burst, live: Live, task: TaskRow, reason: string): Refusal | null {
  const facts = { task: task.element_id };
  if (!isHolder(burst.actor, task)) return refuse('task_not_yours', facts);
  if (task.status === 'delegated') return refuse('task_is_delegated', facts);
  if (isSignersTask(live, task)) return refuse('signer_may_not', facts);
  if (reason.trim() !== '' && reason.length <= reasonLengthMax) return null;
  return refuse('return_reason_missing', { lengthMax: String(reasonLengthMax) });
}

/** Steps a task can be returned to, oldest first: of its own process and of those around it. */
export async function returnSteps(
  burst: Pick<Burst, 'transaction' | 'parts' | 'instances'>,
  live: Live,
  task: TaskRow,
): Promise<PassedStep[]> {
  const { transaction, parts, instances } = burst;
  const { root_id: rootId, path } = live.row;
  const passed = await stepsPassed(transaction, parts.cellId, { rootId, instanceIds: path });
  return passed.filter((one) => {
    const within = live.row.path.includes(one.instance_id) && instances.get(one.instance_id);
    if (!within) return false;
    const isHere = one.instance_id === task.instance_id && one.element_id === task.element_id;
    return !isHere && isStep(within.model.program, one.element_id);
  });
}

function targetAmong(passed: readonly PassedStep[], to: ReturnTarget): PassedStep | undefined {
  if (to === 'previous') return passed.at(-1);
  const first = passed[0];
  const named = to === 'initiator' ? first?.element_id : to.activity;
  return passed.findLast((one) => one.element_id === named);
}

function personOf(step: PassedStep): { login: string; person: string } | null {
  const { login, person } = step;
  return login === null || person === null ? null : { login, person };
}

/** The activity instance in `within` whose called process the task lies in, however deep. */
function callOf(burst: Burst, live: Live, within: Live): number {
  const called = live.row.path[live.row.path.indexOf(within.row.id) + 1];
  const { row } = liveOf(burst, present(called, 'a called process'));
  return present(row.parent_activity, 'the activity that calls it');
}

/**
 * Elements of the target's process that have done, since the target was last done, what cannot be
 * done again: an operation that is not repeatable, or a call in which money was posted.
 */
async function finalSince(burst: Burst, live: Live, target: PassedStep): Promise<number[]> {
  const { transaction, parts } = burst;
  const within = liveOf(burst, target.instance_id);
  const instanceIds = [within.row.id];
  const { root_id: rootId } = live.row;
  const passed = await stepsPassed(transaction, parts.cellId, { rootId, instanceIds });
  const since = passed.filter((one) => one.n >= target.n && isFinal(within, one));
  const calls = await callsThatPosted(burst, within, target.n);
  const final = [...since.map((one) => one.element_id), ...calls];
  return [...new Set(final.map((element) => aroundIn(within, element, target.element_id)))];
}

function nodeIn(live: Live, elementId: string) {
  const { program } = live.model;
  return present(program.elements[elementIndex(program, elementId) ?? -1], elementId);
}

/** Whether a step has run an operation that can neither be repeated nor is compensated with it. */
function isFinal(within: Live, step: PassedStep): boolean {
  const { attributes, work, parent } = nodeIn(within, step.element_id);
  if (attributes.operation === undefined || attributes.repeatable === 'true') return false;
  const handler = 'activity' in work ? (work.activity?.compensationHandler ?? null) : null;
  if (parent === 0 || handler === null) return true;
  // Inside a sub-process that still runs nothing is compensated: it only ends.
  const scopes = [...(within.state?.items.values() ?? [])].filter((item) => item.role === 'scope');
  return scopes.some((item) => item.element === parent);
}

/** The element itself, or the sub-process around it that stands beside the target. */
function aroundIn(within: Live, elementId: string, targetId: string): number {
  const { program } = within.model;
  const { parent } = nodeIn(within, targetId);
  let node = nodeIn(within, elementId);
  while (node.parent !== parent && node.parent > 0) {
    node = present(program.elements[node.parent], 'the scope around');
  }
  return node.index;
}

/** Calls of an instance in whose processes, however deep, money was posted after line `n`. */
async function callsThatPosted(burst: Burst, within: Live, n: number): Promise<string[]> {
  const { transaction, parts } = burst;
  const { cellId } = parts;
  const posted = await stepsPosted(transaction, cellId, within.row.root_id);
  const places = posted.filter((one) => one.n >= n && one.instance_id !== within.row.id);
  if (places.length === 0) return [];
  const rows = await instancesOfCase(transaction, cellId, within.row.case_number);
  const called = places.flatMap((place) => {
    const path = rows.find((row) => row.id === place.instance_id)?.path ?? [];
    const at = path.indexOf(within.row.id);
    return at < 0 ? [] : rows.filter((row) => row.id === path[at + 1]);
  });
  const { id, root_id: rootId } = within.row;
  const passed = await stepsPassed(transaction, cellId, { rootId, instanceIds: [id] });
  return called.flatMap((row) => {
    const done = passed.find(
      (one) => one.instance_id === within.row.id && one.activity_instance === row.parent_activity,
    );
    const running = within.state?.items.get(row.parent_activity ?? -1);
    const index = running?.element;
    if (index !== undefined) return [present(within.model.program.elements[index], 'a call').id];
    return done === undefined ? [] : [done.element_id];
  });
}

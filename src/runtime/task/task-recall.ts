import { present } from '../../base/assert.ts';
import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import { decodeEvents, type Event } from '../../kernel/index.ts';
import { stepsOfInstances } from '../../store/process/cases.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import { openedByOthers } from '../../store/process/task/acts.ts';
import { tasksTaken } from '../../store/process/task/places.ts';
import { act } from '../action/action.ts';
import { type Burst, type Live, liveOf } from '../action/burst.ts';
import { run } from '../action/engine.ts';
import type { Parts } from '../parts.ts';
import { answerOf, refusedPerson, type TaskAnswer, type TaskOrder } from '../tasks.ts';
import { newTasksIn, refusedReason, replaceNew, sayAct } from './acts.ts';
import { takeBack } from './hand-over.ts';

/**
 * 取回: who submitted a task takes the submission back, as long as nobody has claimed, opened or
 * done what followed from it; then it is in the same hands again. The owner of a delegated task
 * takes it back the same way. Refuses `task_not_yours`, `task_not_submitted`, `case_not_active`,
 * `recall_opened`, and as the kernel does (`recall_too_late`, `recall_not_possible`,
 * `return_over_final_step`).
 */
export async function recallTask(
  parts: Parts,
  order: TaskOrder & { readonly reason: string },
): Promise<Result<TaskAnswer>> {
  const { reason, actor, key, taskId } = order;
  const lock = { by: 'task', taskId } as const;
  const request = { name: 'recall_task', actor, key, content: { taskId, reason }, lock };
  return await act<TaskAnswer>(parts, request, async (burst, loaded) => {
    const { task } = loaded;
    if (task === null) return refuse('task_unknown');
    const tooLong = refusedReason(reason, { required: false });
    if (tooLong !== null) return tooLong;
    const live = liveOf(burst, task.instance_id);
    if (live.row.status !== 'active') return refuse('case_not_active', { status: live.row.status });
    if (task.status === 'delegated') return await takeBack(burst, live, task, reason);
    const facts = { task: task.element_id };
    if (task.assignee_person !== actor.person) return refuse('task_not_yours', facts);
    if (task.status !== 'completed') return refuse('task_not_submitted', facts);
    const refused = refusedPerson(burst, live, task, order);
    if (refused !== null) return refused;
    return await takeUp(burst, live, task, reason);
  });
}

async function takeUp(
  burst: Burst,
  live: Live,
  task: TaskRow,
  reason: string,
): Promise<Result<TaskAnswer>> {
  const ran = await run(burst, {
    instanceId: live.row.id,
    command: {
      ...{ type: 'recall', at: burst.at, activityInstance: task.activity_instance },
      past: await pastOf(burst, live, task),
    },
  });
  if (!ran.ok) return ran;
  const taken = await refusedTaken(burst, live, task);
  if (taken !== null) return taken;
  const made = newTasksIn(burst, live).find((one) => one.element_id === task.element_id);
  const again: TaskRow = {
    ...present(made, 'the task that is done again'),
    ...{ status: 'reserved', claimed_at: burst.at },
    ...{ assignee_login: burst.actor.login, assignee_person: burst.actor.person },
  };
  replaceNew(burst, again);
  await sayAct(burst, live, task, { kind: 'task_recalled', reason, toTaskId: again.id });
  return ok(answerOf(again));
}

/** Events of the instance up to the end of the action that completed the task. */
async function pastOf(burst: Burst, live: Live, task: TaskRow): Promise<Event[]> {
  const { transaction, parts } = burst;
  const steps = await stepsOfInstances(transaction, parts.cellId, [live.row.id]);
  const until = present(task.ended_at, 'the instant of completion');
  return steps.filter((row) => row.at <= until).flatMap((row) => decodeEvents(row.events));
}

/** Refuses when somebody has already taken up what the recall would end. */
async function refusedTaken(burst: Burst, live: Live, task: TaskRow): Promise<Refusal | null> {
  const { transaction, parts, actor, written } = burst;
  const ended = [...burst.instances.values()].filter(
    (one) => one.row.path.includes(live.row.id) && one !== live && one.row.ended_at === burst.at,
  );
  const tasks = await tasksTaken(transaction, parts.cellId, {
    places: written.cancelledTasks,
    instanceIds: ended.map((one) => one.row.id),
  });
  const facts = { element: task.element_id };
  const isUntouched = (one: TaskRow) =>
    one.status === 'ready' || (one.status === 'reserved' && one.claimed_at === null);
  if (!tasks.every(isUntouched)) return refuse('recall_too_late', facts);
  const ids = tasks.map((one) => one.id);
  const opened = await openedByOthers(transaction, parts.cellId, ids, actor.person);
  return opened.length === 0 ? null : refuse('recall_opened', { task: task.element_id });
}

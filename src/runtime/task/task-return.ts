import { present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { elementIndex } from '../../kernel/index.ts';
import { tasksDoneIn } from '../../store/process/tasks.ts';
import { type Burst, say } from '../action/burst.ts';
import { run } from '../action/engine.ts';
import type { Parts } from '../parts.ts';
import { answerOf, isHolder, onTask, type TaskAnswer, type TaskOrder } from '../tasks.ts';

/**
 * previous: the user task done last before · initiator: the one done first · or the id of a user
 * task that has been done, all of the same process.
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
 * The present holder sends the case back for correction (退回), with a reason. What follows the
 * step returned to is undone as the kernel says; a step that posted is not returned over. The
 * reason goes to the case's data as `returnReason`; the business log says only from where to where.
 */
export async function returnTask(parts: Parts, order: ReturnOrder): Promise<Result<TaskAnswer>> {
  const { reason, straightBack } = order;
  const to = typeof order.to === 'string' ? order.to : order.to.activity;
  const content = { to, reason, straightBack };
  return await onTask(parts, 'return_task', order, content, async (burst, task, live) => {
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', { task: task.element_id });
    if (reason.trim() === '' || reason.length > reasonLengthMax) {
      return refuse('return_reason_missing', { lengthMax: String(reasonLengthMax) });
    }
    const target = await targetOf(burst, order.to, task.instance_id);
    const element = target === null ? null : elementIndex(live.model.program, target);
    if (element === null) return refuse('return_target_missing', { task: task.element_id });
    say(burst, live, {
      kind: 'task_returned',
      elementId: task.element_id,
      activityInstance: task.activity_instance,
      role: task.role,
      facts: { to: present(target, 'the activity returned to'), straightBack },
    });
    const ran = await run(burst, {
      instanceId: live.row.id,
      command: {
        type: 'return_to',
        at: burst.at,
        activityInstance: task.activity_instance,
        element,
        values: { returnReason: reason, returnedFrom: task.element_id },
        straightBack,
      },
    });
    return ran.ok ? ok(answerOf({ ...task, status: 'cancelled' })) : ran;
  });
}

async function targetOf(
  burst: Burst,
  to: ReturnTarget,
  instanceId: string,
): Promise<string | null> {
  const done = await tasksDoneIn(burst.transaction, burst.parts.cellId, instanceId);
  if (typeof to !== 'string') return done.includes(to.activity) ? to.activity : null;
  return (to === 'previous' ? done.at(-1) : done[0]) ?? null;
}

import { present } from '../../base/assert.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import { actsOfTasks } from '../../store/process/task/acts.ts';
import type { Burst, Live } from '../action/burst.ts';
import { isNamedByModel, newTasksIn, replaceNew } from './acts.ts';
import { isStillFit } from './people.ts';

/**
 * The task goes to who did it before, who may put it back, unless that person is no longer fit.
 */
export async function giveTo(
  burst: Burst,
  live: Live,
  task: TaskRow,
  to: { readonly login: string; readonly person: string } | null,
): Promise<void> {
  if (to === null || isNamedByModel(live, task)) return;
  if (!(await isStillFit(burst, task, to.person))) return;
  const given = { assignee_login: to.login, assignee_person: to.person };
  replaceNew(burst, { ...task, status: 'reserved', ...given });
}

/** After 直送: the step that returned the case is again its returner's. */
export async function giveToReturner(
  burst: Burst,
  live: Live,
  task: TaskRow,
  returnsTo: number,
): Promise<void> {
  const { transaction, parts } = burst;
  const element = present(live.model.program.elements[returnsTo], 'the step returned from').id;
  const again = newTasksIn(burst, live).find((one) => one.element_id === element);
  if (again === undefined) return;
  const acts = await actsOfTasks(transaction, parts.cellId, [task.id]);
  const returned = acts.findLast(
    (one) => one.kind === 'task_returned' && one.to_task_id === task.id,
  );
  if (returned === undefined) return;
  const { login, person } = returned;
  await giveTo(burst, live, again, { login, person });
}

import type { z } from 'zod';
import type { taskMarksShape } from '../../contract/tasks.ts';
import type { TaskView } from '../../runtime/views.ts';
import { namesOfLogins } from '../../store/people/names.ts';
import type { Person } from '../../store/people/sessions.ts';
import type { ServerContext } from '../context.ts';

type TaskMarks = z.infer<typeof taskMarksShape>;

/** A task of which no order has made anything. */
export const noMarks: TaskMarks = { urged: null, returned: null, delegatedBy: null, signs: null };

/** What orders have made of tasks, by their ids; customers are shown no names of staff. */
export async function marksOf(
  context: ServerContext,
  person: Person,
  tasks: readonly TaskView[],
): Promise<Map<string, TaskMarks>> {
  const { database, runtime, settings } = context;
  const { handling, acts } = await runtime.taskMarks(tasks.map((task) => task.id));
  const logins = [
    ...acts.map((act) => act.login),
    ...handling.flatMap((one) => one.owner_login ?? []),
  ];
  const names = await namesOfLogins(database, settings.cellId, logins);
  const nameOf = (login: string) =>
    person.kind === 'customer' ? null : (names.get(login) ?? login);
  const marks = new Map<string, TaskMarks>();
  for (const task of tasks) {
    const own = handling.find((one) => one.task_id === task.id);
    const urges = acts.filter((act) => act.kind === 'task_urged' && act.task_id === task.id);
    const last = urges.at(-1);
    const back = acts.findLast((act) => act.kind === 'task_returned' && act.to_task_id === task.id);
    const owner = own?.owner_login ?? null;
    marks.set(task.id, {
      urged:
        last === undefined
          ? null
          : {
              ...{ count: urges.length, at: last.at, reason: last.reason },
              byName: nameOf(last.login),
            },
      returned:
        back === undefined
          ? null
          : {
              ...{ at: back.at, reason: back.reason, straightBack: back.straight_back },
              byName: nameOf(back.login),
            },
      delegatedBy: owner === null ? null : { login: owner, name: nameOf(owner) ?? '' },
      signs: own?.place === 'before' || own?.place === 'after' ? own.place : null,
    });
  }
  return marks;
}

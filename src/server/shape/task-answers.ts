import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../base/result.ts';
import type { Task } from '../../contract/tasks.ts';
import { elementIndex, elementInfo, type Program } from '../../kernel/index.ts';
import type { TaskView } from '../../runtime/views.ts';
import { namesOfLogins } from '../../store/people/names.ts';
import type { Person } from '../../store/people/sessions.ts';
import { taskById } from '../../store/process/tasks.ts';
import type { ServerContext } from '../context.ts';
import { seenCase } from '../guard/case-access.ts';
import { type FactNames, sendRefusal } from './answers.ts';

/** Tasks as the client reads them. Customers are shown no names of staff. */
export async function taskAnswers(
  context: ServerContext,
  person: Person,
  tasks: readonly TaskView[],
): Promise<Task[]> {
  const { database, settings } = context;
  const logins = tasks.flatMap((task) => task.assignee ?? []);
  const names = await namesOfLogins(database, settings.cellId, logins);
  return tasks.map(({ unitCode, endedAt, assignee, ...task }) => {
    const isShown = person.kind !== 'customer' || assignee === person.login;
    return {
      ...task,
      assignee: isShown ? assignee : null,
      assigneeName: isShown && assignee !== null ? (names.get(assignee) ?? null) : null,
      unitId: unitCode,
      completedAt: endedAt,
    };
  });
}

/** Refusals of the request alone; every other one would tell an outsider that a task exists. */
const tellsNothing = /^(idempotency_|key_|values_|database_)/;

/**
 * Refuses an order about a task in words this person may hear: `not_found` when the task does not
 * exist, and the same when its case is none of the person's. Steps are called by their names.
 */
export async function sendTaskRefusal(
  context: ServerContext,
  reply: FastifyReply,
  of: { readonly person: Person; readonly taskId: string },
  refusal: Refusal,
): Promise<never> {
  const { database, runtime, settings } = context;
  if (tellsNothing.test(refusal.code)) return sendRefusal(reply, refusal);
  const unknown: Refusal = { ok: false, code: 'not_found', facts: {} };
  const row = await taskById(database, settings.cellId, of.taskId);
  if (row === null) return sendRefusal(reply, unknown);
  const seen = await seenCase(context, of.person, row.case_number);
  if (!seen.ok) return sendRefusal(reply, unknown);
  const models = seen.value.processes.map(({ modelId }) =>
    runtime.parts.models.byId(database, modelId),
  );
  const programs = (await Promise.all(models)).map(({ program }) => program);
  return sendRefusal(reply, refusal, namesOfSteps(refusal, programs));
}

/** Facts that hold the id of a step. */
const stepFacts = ['task', 'done', 'element'];

function namesOfSteps(refusal: Refusal, programs: readonly Program[]): FactNames {
  const chinese: Record<string, string> = {};
  const english: Record<string, string> = {};
  for (const fact of stepFacts) {
    const id = refusal.facts[fact];
    if (id === undefined) continue;
    for (const program of programs) {
      const index = elementIndex(program, id);
      if (index === null) continue;
      const { name, nameEn } = elementInfo(program, index);
      chinese[fact] = name ?? id;
      english[fact] = nameEn ?? name ?? id;
      break;
    }
  }
  return { 'zh-CN': chinese, en: english };
}

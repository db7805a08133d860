import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../base/result.ts';
import type { Task } from '../../contract/tasks.ts';
import { elementIndex, elementInfo, type Program } from '../../kernel/index.ts';
import { namesIn } from '../../runtime/task/task-rules.ts';
import type { TaskView } from '../../runtime/views.ts';
import { namesOfLogins } from '../../store/people/names.ts';
import type { Person } from '../../store/people/sessions.ts';
import { factsOfCases } from '../../store/process/case-facts.ts';
import { taskById } from '../../store/process/tasks.ts';
import type { ServerContext } from '../context.ts';
import { seenCase } from '../guard/case-access.ts';
import { type FactNames, sendRefusal } from './answers.ts';
import { marksOf, noMarks } from './task-marks.ts';

/** Tasks as the client reads them. Customers are shown no names of staff. */
export async function taskAnswers(
  context: ServerContext,
  person: Person,
  tasks: readonly TaskView[],
): Promise<Task[]> {
  const { database, settings } = context;
  const logins = tasks.flatMap((task) => task.assignee ?? []);
  const names = await namesOfLogins(database, settings.cellId, logins);
  const isStaff = person.kind !== 'customer';
  const facts = isStaff ? await rowFacts(context, tasks) : new Map();
  const marks = await marksOf(context, person, tasks);
  return tasks.map(({ unitCode, endedAt, assignee, customerNumber, ...task }) => {
    const isShown = isStaff || assignee === person.login;
    return {
      ...task,
      ...(isStaff && customerNumber !== null ? { atCounter: true } : {}),
      ...facts.get(task.caseNumber),
      assignee: isShown ? assignee : null,
      assigneeName: isShown && assignee !== null ? (names.get(assignee) ?? null) : null,
      unitId: unitCode,
      completedAt: endedAt,
      marks: marks.get(task.id) ?? noMarks,
    };
  });
}

type RowFacts = Pick<Task, 'customerName' | 'amountMinor'>;

/**
 * Applicant and amount of the cases of some tasks. Which variable holds the amount is said by the
 * attribute `amount` of the process; the first that is there counts.
 */
async function rowFacts(
  { database, runtime, settings }: ServerContext,
  tasks: readonly TaskView[],
): Promise<Map<string, RowFacts>> {
  const numbers = tasks.map((task) => task.caseNumber);
  const found = await factsOfCases(database, settings.cellId, numbers);
  const rows = new Map<string, RowFacts>();
  for (const { caseNumber, modelId, customerName, amounts } of found.values()) {
    const { program } = await runtime.parts.models.byId(database, modelId);
    const names = namesIn(elementInfo(program, 0).attributes.amount);
    const amountMinor = names.map((name) => amounts[name]).find((amount) => amount !== undefined);
    rows.set(caseNumber, { customerName, amountMinor: amountMinor ?? null });
  }
  return rows;
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

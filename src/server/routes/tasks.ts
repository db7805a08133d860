import type { FastifyReply, FastifyRequest } from 'fastify';
import { present } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { refusalShape } from '../../contract/refusal.ts';
import {
  claimRequest,
  completeAnswer,
  completeRequest,
  draftRequest,
  nextTaskAnswer,
  returnRequest,
  type Task,
  taskAnswer,
  taskDetailAnswer,
  taskParams,
  tasksAnswer,
  tasksQuery,
} from '../../contract/tasks.ts';
import type { TaskOrder } from '../../runtime/tasks.ts';
import type { ServerContext } from '../context.ts';
import { actorOf, keyOf } from '../guard/actors.ts';
import { signedIn } from '../guard/sessions.ts';
import { customersValues } from '../shape/case-answers.ts';
import { sendTaskRefusal, taskAnswers } from '../shape/task-answers.ts';
import { bodyValues, jsonValues } from '../shape/values.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['tasks'];
const config = { permission: 'work_tasks' } as const;

/** The task list and what one can do with a task. */
export function taskRoutes(app: App, context: ServerContext): void {
  listRoutes(app, context);
  detailRoute(app, context);
  claimRoutes(app, context);
  completeRoutes(app, context);
  returnRoute(app, context);
}

function listRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  app.get(
    '/api/tasks',
    {
      config,
      schema: {
        summary: 'Tasks: mine (claimed), group (may be claimed) or all',
        ...{ tags, querystring: tasksQuery, response: { 200: tasksAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const { filter, caseNumber, activity, limit, offset } = request.query;
      const page = { filter, caseNumber, activity, limit, offset };
      const listed = await runtime.listTasks({ actor: actorOf(person), ...page });
      return { tasks: await taskAnswers(context, person, listed.tasks), total: listed.total };
    },
  );
  app.get(
    '/api/tasks/next',
    {
      config,
      schema: {
        summary: 'The task to be done next: mine first, then what I may claim, by deadline',
        ...{ tags, response: { 200: nextTaskAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const actor = actorOf(person);
      const mine = await runtime.listTasks({ actor, filter: 'mine', limit: 1 });
      const listed =
        mine.total > 0 ? mine : await runtime.listTasks({ actor, filter: 'group', limit: 1 });
      const [task] = await taskAnswers(context, person, listed.tasks);
      return { task: task ?? null };
    },
  );
}

function detailRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/tasks/:id',
    {
      config,
      schema: {
        summary: 'A task with its data, its draft and its form',
        ...{ tags, params: taskParams, response: { 200: taskDetailAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { id } = request.params;
      const viewed = await context.runtime.viewTask({ actor: actorOf(person), taskId: id });
      if (!viewed.ok) return await sendTaskRefusal(context, reply, { person, taskId: id }, viewed);
      const { task, values, draft, formText, documentation } = viewed.value;
      const [answer] = await taskAnswers(context, person, [task]);
      const seen =
        person.kind === 'customer'
          ? await customersValues(context, task.caseNumber, values)
          : values;
      const held = person.roles.find((role) => role.role === task.role);
      const roleName =
        held === undefined
          ? { 'zh-CN': task.role, en: task.role }
          : { 'zh-CN': held.name, en: held.nameEn };
      return {
        task: present(answer, 'the task that was viewed'),
        values: jsonValues(seen),
        draft: draft === null ? null : jsonValues(draft),
        form: formText === null ? null : (JSON.parse(formText) as unknown),
        documentation,
        reason: { role: task.role, roleName, unitId: task.unitCode },
      };
    },
  );
}

type TaskRequest = FastifyRequest & { readonly params: { readonly id: string } };

/** Carries out an order about the task of the address; null when a refusal was sent. */
async function onTask<T>(
  context: ServerContext,
  request: TaskRequest,
  reply: FastifyReply,
  carryOut: (order: TaskOrder) => Promise<Result<T>>,
): Promise<T | null> {
  const { person } = signedIn(request);
  const taskId = request.params.id;
  const key = keyOf(request);
  const order = { actor: actorOf(person), taskId, key: key.ok ? key.value : undefined };
  const result: Result<T> = key.ok ? await carryOut(order) : key;
  if (result.ok) {
    context.changed();
    return result.value;
  }
  await sendTaskRefusal(context, reply, { person, taskId }, result);
  return null;
}

/** The task as it is now, for who has just acted on it. */
async function taskNow(context: ServerContext, request: TaskRequest): Promise<Task> {
  const { person } = signedIn(request);
  const taskId = request.params.id;
  const viewed = await context.runtime.viewTask({ actor: actorOf(person), taskId });
  const tasks = await taskAnswers(context, person, viewed.ok ? [viewed.value.task] : []);
  return present(tasks[0], 'the task that was acted on');
}

function claimRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  const schema = { tags, params: taskParams, response: { 200: taskAnswer, ...refusals } };
  app.post(
    '/api/tasks/:id/claim',
    { config, schema: { summary: 'Claim a task (认领)', ...schema, body: claimRequest } },
    async (request, reply) => {
      const customerPresent = request.body?.customerPresent;
      const done = await onTask(context, request, reply, (order) =>
        runtime.claimTask({ ...order, customerPresent }),
      );
      return done === null ? (reply as never) : { task: await taskNow(context, request) };
    },
  );
  app.post(
    '/api/tasks/:id/release',
    { config, schema: { summary: 'Put a task back (取消认领)', ...schema } },
    async (request, reply) => {
      const done = await onTask(context, request, reply, (order) => runtime.releaseTask(order));
      return done === null ? (reply as never) : { task: await taskNow(context, request) };
    },
  );
}

function completeRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  app.put(
    '/api/tasks/:id/draft',
    {
      config,
      schema: {
        summary: 'Keep what was filled in, without effect (暂存)',
        ...{ tags, params: taskParams, body: draftRequest },
        response: { 200: taskAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const values = bodyValues(request.rawBody);
      const done = await onTask(context, request, reply, async (order) =>
        values.ok ? await runtime.saveDraft({ ...order, values: values.value }) : values,
      );
      return done === null ? (reply as never) : { task: await taskNow(context, request) };
    },
  );
  app.post(
    '/api/tasks/:id/complete',
    {
      config,
      schema: {
        summary: 'Submit a task (提交): its values, its postings and what follows, in one commit',
        ...{ tags, params: taskParams, body: completeRequest },
        response: { 200: completeAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const values = bodyValues(request.rawBody);
      const { customerPresent } = request.body;
      const done = await onTask(context, request, reply, async (order) =>
        values.ok
          ? await runtime.completeTask({ ...order, values: values.value, customerPresent })
          : (values as Result<never>),
      );
      if (done === null) return reply as never;
      const { caseNumber, caseStatus, outcome, postings, accountingDate } = done;
      const status = completeAnswer.shape.caseStatus.parse(caseStatus);
      const task = await taskNow(context, request);
      const effects = { postings: [...postings], accountingDate };
      return { task, caseNumber, caseStatus: status, outcome, ...effects };
    },
  );
}

function returnRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/tasks/:id/return',
    {
      config,
      schema: {
        summary: 'Send the case back for correction, with a reason (退回)',
        ...{ tags, params: taskParams, body: returnRequest },
        response: { 200: taskAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { to, reason, straightBack } = request.body;
      const done = await onTask(context, request, reply, (order) =>
        context.runtime.returnTask({ ...order, to, reason, straightBack }),
      );
      return done === null ? (reply as never) : { task: await taskNow(context, request) };
    },
  );
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { present } from '../../../base/assert.ts';
import { type Result, refuse } from '../../../base/result.ts';
import { caseParams, withdrawnAnswer } from '../../../contract/cases.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import {
  addSignerRequest,
  caseOrdersAnswer,
  copiesAnswer,
  copiesQuery,
  copyParams,
  copyRequest,
  doneTasksAnswer,
  handOverRequest,
  peopleAnswer,
  peopleQuery,
  readCopyAnswer,
  reasonRequest,
  removeSignerRequest,
  resolveRequest,
  taskPartsAnswer,
  terminateRequest,
} from '../../../contract/task-commands.ts';
import { draftRequest, type Task, taskAnswer, taskParams } from '../../../contract/tasks.ts';
import type { TaskAnswer, TaskOrder } from '../../../runtime/tasks.ts';
import { taskView } from '../../../runtime/views.ts';
import { namesOfLogins } from '../../../store/people/names.ts';
import { taskById } from '../../../store/process/tasks.ts';
import type { ServerContext } from '../../context.ts';
import { actorOf, keyOf } from '../../guard/actors.ts';
import { seenCase } from '../../guard/case-access.ts';
import { signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import { sendTaskRefusal, taskAnswers } from '../../shape/task-answers.ts';
import { partsAnswerOf } from '../../shape/task-parts.ts';
import { bodyValues } from '../../shape/values.ts';
import type { App } from '../../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['tasks'];
const config = { permission: 'work_tasks' } as const;

/** Orders about a task besides claiming and submitting it; each exactly: task-commands.md. */
export function taskCommandRoutes(app: App, context: ServerContext): void {
  reasonRoutes(app, context);
  handOverRoutes(app, context);
  resolveRoutes(app, context);
  signerRoutes(app, context);
  copyRoutes(app, context);
  noticeRoutes(app, context);
  lookRoutes(app, context);
  terminateRoutes(app, context);
}

type TaskRequest = FastifyRequest & { readonly params: { readonly id: string } };

/** Carries out an order and answers the task that it leaves in the actor's or another's hands. */
async function carryOut(
  context: ServerContext,
  request: TaskRequest,
  reply: FastifyReply,
  work: (order: TaskOrder) => Promise<Result<TaskAnswer>>,
): Promise<{ task: Task }> {
  const { database, settings } = context;
  const { person } = signedIn(request);
  const taskId = request.params.id;
  const key = keyOf(request);
  const order = { actor: actorOf(person), taskId, key: key.ok ? key.value : undefined };
  const done: Result<TaskAnswer> = key.ok ? await work(order) : key;
  if (!done.ok) return await sendTaskRefusal(context, reply, { person, taskId }, done);
  context.changed();
  const row = await taskById(database, settings.cellId, done.value.taskId);
  const views = [taskView(present(row, 'the task that was acted on'))];
  const [task] = await taskAnswers(context, person, views);
  return { task: present(task, 'the task that was acted on') };
}

const answer = { 200: taskAnswer, ...refusals };

function reasonRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  const schema = { tags, params: taskParams, body: reasonRequest, response: answer };
  app.post(
    '/api/tasks/:id/recall',
    {
      config,
      schema: {
        summary: 'Take back what I submitted, before anybody acts on it (取回)',
        ...schema,
      },
    },
    async (request, reply) =>
      await carryOut(context, request, reply, (order) =>
        runtime.recallTask({ ...order, reason: request.body.reason }),
      ),
  );
  app.post(
    '/api/tasks/:id/urge',
    { config, schema: { summary: 'Remind whoever holds the task (催办)', ...schema } },
    async (request, reply) =>
      await carryOut(context, request, reply, (order) =>
        runtime.urgeTask({ ...order, reason: request.body.reason }),
      ),
  );
}

function handOverRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  const schema = { tags, params: taskParams, body: handOverRequest, response: answer };
  app.post(
    '/api/tasks/:id/transfer',
    { config, schema: { summary: 'Give the task to a colleague for good (转办)', ...schema } },
    async (request, reply) =>
      await carryOut(context, request, reply, (order) =>
        runtime.forwardTask({ ...order, ...request.body }),
      ),
  );
  app.post(
    '/api/tasks/:id/delegate',
    {
      config,
      schema: { summary: 'Let a colleague prepare the task; it comes back (委派)', ...schema },
    },
    async (request, reply) =>
      await carryOut(context, request, reply, (order) =>
        runtime.delegateTask({ ...order, ...request.body }),
      ),
  );
}

function resolveRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  app.post(
    '/api/tasks/:id/resolve',
    {
      config,
      schema: {
        summary: 'Hand a delegated task back with what was prepared (交回)',
        ...{ tags, params: taskParams, body: resolveRequest, response: answer },
      },
    },
    async (request, reply) => {
      const values = bodyValues(request.rawBody);
      return await carryOut(context, request, reply, async (order) =>
        values.ok
          ? await runtime.resolveTask({
              ...{ ...order, values: values.value, reason: request.body.reason },
            })
          : values,
      );
    },
  );
  app.post(
    '/api/tasks/:id/draft',
    {
      config,
      schema: {
        summary: 'Keep what I filled in, without effect (暂存); as PUT does',
        ...{ tags, params: taskParams, body: draftRequest, response: answer },
      },
    },
    async (request, reply) => {
      const values = bodyValues(request.rawBody);
      return await carryOut(context, request, reply, async (order) =>
        values.ok ? await runtime.saveDraft({ ...order, values: values.value }) : values,
      );
    },
  );
}

function signerRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  app.post(
    '/api/tasks/:id/add-signer',
    {
      config,
      schema: {
        summary: 'Let a colleague sign before me, after me or beside me (加签)',
        ...{ tags, params: taskParams, body: addSignerRequest, response: answer },
      },
    },
    async (request, reply) =>
      await carryOut(context, request, reply, (order) =>
        runtime.addSigner({ ...order, ...request.body }),
      ),
  );
  app.post(
    '/api/tasks/:id/remove-signer',
    {
      config,
      schema: {
        summary: 'Take away an added signer who has not signed (减签)',
        ...{ tags, params: taskParams, body: removeSignerRequest, response: answer },
      },
    },
    async (request, reply) =>
      await carryOut(context, request, reply, (order) =>
        runtime.removeSigner({ ...order, ...request.body }),
      ),
  );
}

function copyRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  app.post(
    '/api/tasks/:id/copy',
    {
      config,
      schema: {
        summary: 'Tell colleagues of the case, asking nothing (抄送)',
        ...{ tags, params: taskParams, body: copyRequest, response: answer },
      },
    },
    async (request, reply) =>
      await carryOut(context, request, reply, (order) =>
        runtime.copyTask({ ...order, ...request.body }),
      ),
  );
}

function noticeRoutes(app: App, context: ServerContext): void {
  const { database, runtime, settings } = context;
  app.get(
    '/api/copies',
    {
      config: { permission: 'view_cases' },
      schema: {
        summary: 'Cases I was told of, unread first (抄送我的)',
        ...{ tags, querystring: copiesQuery, response: { 200: copiesAnswer, ...refusals } },
      },
    },
    async (request) => {
      const actor = actorOf(signedIn(request).person);
      const { copies, total, unread } = await runtime.copies(actor, request.query);
      const logins = copies.map((copy) => copy.from_login);
      const names = await namesOfLogins(database, settings.cellId, logins);
      const rows = copies.map((copy) => ({
        ...{ id: copy.id, caseNumber: copy.case_number, name: copy.name, nameEn: copy.name_en },
        ...{ from: copy.from_login, fromName: names.get(copy.from_login) ?? copy.from_login },
        ...{ note: copy.note, at: copy.at, readAt: copy.read_at },
      }));
      return { copies: rows, total, unread };
    },
  );
  app.post(
    '/api/copies/:id/read',
    {
      config: { permission: 'view_cases' },
      schema: {
        summary: 'Mark a notice of mine as read',
        ...{ tags, params: copyParams, response: { 200: readCopyAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const actor = actorOf(signedIn(request).person);
      const read = await runtime.readCopy(actor, request.params.id);
      return read.ok ? read.value : sendRefusal(reply, read);
    },
  );
}

function lookRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  app.get(
    '/api/tasks/done',
    {
      config,
      schema: {
        summary: 'What I have submitted or lent in the last days',
        ...{ tags, response: { 200: doneTasksAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const done = await runtime.doneTasks(actorOf(person));
      return { tasks: await taskAnswers(context, person, done) };
    },
  );
  app.get(
    '/api/tasks/:id/people',
    {
      config,
      schema: {
        summary: 'Colleagues whom I may choose for an order about a task of mine',
        ...{ tags, params: taskParams, querystring: peopleQuery },
        response: { 200: peopleAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const taskId = request.params.id;
      const order = { actor: actorOf(person), taskId, purpose: request.query.purpose };
      const found = await runtime.taskPeople(order);
      if (!found.ok) return await sendTaskRefusal(context, reply, { person, taskId }, found);
      const people = found.value.map((one) => ({
        ...{ login: one.login, name: one.name, role: one.role, unitId: one.unitCode },
        roleName: { 'zh-CN': one.roleName, en: one.roleNameEn },
      }));
      return { people };
    },
  );
  app.get(
    '/api/tasks/:id/parts',
    {
      config,
      schema: {
        summary: 'Where a task can be returned to, who else signs it, who was told',
        ...{ tags, params: taskParams, response: { 200: taskPartsAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const taskId = request.params.id;
      const viewed = await runtime.viewTask({ actor: actorOf(person), taskId });
      if (!viewed.ok) return await sendTaskRefusal(context, reply, { person, taskId }, viewed);
      return await partsAnswerOf(context, person, viewed.value.task);
    },
  );
}

function terminateRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  app.get(
    '/api/cases/:caseNumber/orders',
    {
      schema: {
        summary: 'What I may order in a case without holding a task of it: urge, recall, terminate',
        ...{ tags: ['cases'], params: caseParams },
        response: { 200: caseOrdersAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const seen = await seenCase(context, person, request.params.caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const orders = await runtime.caseOrders(actorOf(person), seen.value.caseNumber);
      return {
        mayTerminate: orders.mayTerminate,
        urge: await taskAnswers(context, person, orders.urge),
        recall: await taskAnswers(context, person, orders.recall),
      };
    },
  );
  app.post(
    '/api/cases/:caseNumber/terminate',
    {
      schema: {
        summary: 'End a case without an outcome, with a reason (终止)',
        ...{ tags: ['cases'], params: caseParams, body: terminateRequest },
        response: { 200: withdrawnAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { caseNumber } = request.params;
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const seen = await seenCase(context, person, caseNumber);
      if (!seen.ok) return sendRefusal(reply, refuse('not_found'));
      const order = { actor: actorOf(person), caseNumber, reason: request.body.reason };
      const ended = await runtime.terminateCase({ ...order, key: key.value });
      if (!ended.ok) return sendRefusal(reply, ended);
      context.changed();
      const status = withdrawnAnswer.shape.status.parse(ended.value.status);
      return { caseNumber, status, outcome: ended.value.outcome };
    },
  );
}

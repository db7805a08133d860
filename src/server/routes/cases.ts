import { present } from '../../base/assert.ts';
import { refuse } from '../../base/result.ts';
import {
  caseAnswer,
  caseParams,
  casesAnswer,
  casesQuery,
  diagramAnswer,
  diagramQuery,
  messageAnswer,
  messageRequest,
  startCaseAnswer,
  startCaseRequest,
  withdrawnAnswer,
} from '../../contract/cases.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { commandByKey } from '../../store/process/load.ts';
import type { ServerContext } from '../context.ts';
import { actorOf, keyOf } from '../guard/actors.ts';
import { seenCase } from '../guard/case-access.ts';
import { sendableMessages } from '../guard/messages.ts';
import { signedIn, unitsInScope } from '../guard/sessions.ts';
import { startOrder } from '../guard/start-case.ts';
import { sendRefusal } from '../shape/answers.ts';
import { caseAnswerOf, caseSummaries } from '../shape/case-answers.ts';
import { bodyValues } from '../shape/values.ts';
import type { App } from '../typed-app.ts';
import { caseRecordRoutes } from './case-records.ts';
import { documentRoutes } from './documents.ts';
import { printRoutes } from './prints.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['cases'];

/** Cases: list, start, look at, withdraw. What was recorded about one is in case-records.ts. */
export function caseRoutes(app: App, context: ServerContext): void {
  listRoute(app, context);
  startRoute(app, context);
  viewRoutes(app, context);
  withdrawRoute(app, context);
  messageRoute(app, context);
  caseRecordRoutes(app, context);
  documentRoutes(app, context);
  printRoutes(app, context);
}

function listRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cases',
    {
      schema: {
        summary: 'Cases in my data scope, the newest first; for a customer the own ones',
        ...{ tags, querystring: casesQuery, response: { 200: casesAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const { status, processId, customerNumber, limit, offset } = request.query;
      const isCustomer = person.kind === 'customer';
      const listed = await context.runtime.listCases({
        units: isCustomer ? null : await unitsInScope(context, person, 'view_cases'),
        customerId: isCustomer ? person.customerNumber : (customerNumber ?? null),
        person: isCustomer ? null : person.person,
        ...{ status: status ?? null, processId: processId ?? null, limit, offset },
      });
      return { cases: await caseSummaries(context, listed.cases), total: listed.total };
    },
  );
}

function startRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/cases',
    {
      schema: {
        summary: 'Start a case of the newest version of a process',
        ...{ tags, body: startCaseRequest, response: { 200: startCaseAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { processId, unitId } = request.body;
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const values = bodyValues(request.rawBody);
      if (!values.ok) return sendRefusal(reply, values);
      const wanted = { processId, unitId, values: values.value };
      const order = await startOrder(context, person, wanted);
      if (!order.ok) return sendRefusal(reply, order);
      const started = await context.runtime.startCase({ ...order.value, key: key.value });
      if (!started.ok) return sendRefusal(reply, started);
      context.changed();
      const status = startCaseAnswer.shape.status.parse(started.value.status);
      return { caseNumber: started.value.caseNumber, status };
    },
  );
}

function viewRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/cases/:caseNumber',
    {
      schema: {
        summary: 'A case: status, data, tokens and the path taken',
        ...{ tags, params: caseParams, response: { 200: caseAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const seen = await seenCase(context, person, request.params.caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      return await caseAnswerOf(context, person, seen.value);
    },
  );
  app.get(
    '/api/cases/:caseNumber/diagram',
    {
      schema: {
        summary: 'The model a case runs on (BPMN) and where it stands',
        ...{ tags, params: caseParams, querystring: diagramQuery },
        response: { 200: diagramAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const seen = await seenCase(context, person, request.params.caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const { processes, tokens, path } = seen.value;
      const processId = request.query.processId ?? seen.value.processId;
      // Of a process called several times the last call is shown.
      const shown = processes.findLast((process) => process.processId === processId);
      if (shown === undefined) return sendRefusal(reply, refuse('not_found'));
      const { database, runtime } = context;
      const model = await runtime.parts.models.byId(database, shown.modelId);
      const shownPath =
        person.kind === 'customer' ? [] : path.filter((taken) => taken.processId === processId);
      return {
        processId,
        xml: present(model.row.xml, 'the text of a deployed model'),
        tokens: tokens.filter((token) => token.processId === processId),
        flowsTaken: [...new Set(shownPath.map((taken) => taken.flow))],
        processIds: [...new Set(processes.map((process) => process.processId))],
      };
    },
  );
}

function withdrawRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/cases/:caseNumber/withdraw',
    {
      schema: {
        summary: 'The applicant ends the case before it is decided (撤回申请)',
        ...{ tags, params: caseParams, response: { 200: withdrawnAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { caseNumber } = request.params;
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const seen = await seenCase(context, person, caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const order = { actor: actorOf(person), caseNumber, key: key.value };
      const withdrawn = await context.runtime.withdrawCase(order);
      if (!withdrawn.ok) return sendRefusal(reply, withdrawn);
      context.changed();
      const { outcome } = withdrawn.value;
      const status = withdrawnAnswer.shape.status.parse(withdrawn.value.status);
      return { caseNumber, status, outcome };
    },
  );
}

function messageRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/cases/:caseNumber/messages',
    {
      schema: {
        summary: 'The customer says what the case waits for, such as that the money has come',
        ...{ tags, params: caseParams, body: messageRequest },
        response: { 200: messageAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { caseNumber } = request.params;
      const { messageName, customerPresent } = request.body;
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const values = bodyValues(request.rawBody);
      if (!values.ok) return sendRefusal(reply, values);
      const seen = await seenCase(context, person, caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      const sendable = await sendableMessages(context, person, seen.value);
      const awaited = sendable.find((message) => message.messageName === messageName);
      const correlation = awaited?.correlation ?? caseNumber;
      // The same message sent again after it was taken: its key brings back the first answer.
      if (awaited === undefined && !(await isKnown(context, key.value))) {
        return sendRefusal(reply, refuse('message_not_awaited', { messageName, correlation }));
      }
      const stranger = Object.keys(values.value).find((name) => !awaited?.values.includes(name));
      if (awaited !== undefined && stranger !== undefined) {
        return sendRefusal(reply, refuse('message_value_not_allowed', { field: stranger }));
      }
      const isAtCounter = person.kind !== 'customer';
      if (isAtCounter && awaited !== undefined && customerPresent !== true) {
        return sendRefusal(reply, refuse('customer_presence_missing', { task: awaited.name }));
      }
      const order = {
        ...{ messageName, correlation, values: values.value },
        customerPresent: isAtCounter,
      };
      const actor = actorOf(person);
      const taken = await context.runtime.deliverMessage({ ...order, actor, key: key.value });
      if (!taken.ok) return sendRefusal(reply, taken);
      context.changed();
      const status = messageAnswer.shape.status.parse(taken.value.status);
      return { caseNumber, status, outcome: taken.value.outcome };
    },
  );
}

async function isKnown(context: ServerContext, key: string | undefined): Promise<boolean> {
  if (key === undefined) return false;
  return (await commandByKey(context.database, context.settings.cellId, key)) !== null;
}

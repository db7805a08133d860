import { insightCausesAnswer, insightCausesQuery } from '../../../contract/insight/causes.ts';
import { insightDotsAnswer, insightDotsQuery } from '../../../contract/insight/dots.ts';
import {
  insightConformanceAnswer,
  insightConformanceQuery,
  insightModelAnswer,
  insightModelQuery,
  minerShape,
} from '../../../contract/insight/models.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import type { ServerContext } from '../../context.ts';
import { signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';
import { askAs, insightPermission } from './asking.ts';
import { logRoutes } from './logs.ts';
import { reportRoutes } from './report.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['insight'];
const config = { permission: insightPermission };

/** The tabs of the log workspace: model, conformance, causes, cases; imported logs; the report. */
export function workspaceRoutes(app: App, context: ServerContext): void {
  modelRoutes(app, context);
  logRoutes(app, context);
  reportRoutes(app, context);
  app.get(
    '/api/insight/causes',
    {
      config,
      schema: {
        summary: 'What goes with an outcome of the cases, with intervals and corrections',
        ...{ tags, querystring: insightCausesQuery },
        response: { 200: insightCausesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { outcome, ...asked } = request.query;
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'causes', { outcome });
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
  app.get(
    '/api/insight/dots',
    {
      config,
      schema: {
        summary: 'The cases as rows of dots in time',
        ...{ tags, querystring: insightDotsQuery },
        response: { 200: insightDotsAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { order, ...asked } = request.query;
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'dots', { order });
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
}

function modelRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/insight/model',
    {
      config,
      schema: {
        summary: 'The model that the cases draw themselves, verified by the kernel',
        ...{ tags, querystring: insightModelQuery },
        response: { 200: insightModelAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { algorithm, noise = null, ...asked } = request.query;
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'model', { algorithm, noise });
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
  app.get(
    '/api/insight/conformance',
    {
      config,
      schema: {
        summary: 'How well the cases agree with a deployed or a discovered model',
        ...{ tags, querystring: insightConformanceQuery },
        response: { 200: insightConformanceAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { model: named, ...asked } = request.query;
      const miner = minerShape.safeParse(named);
      const model = miner.success ? { algorithm: miner.data } : { processId: named };
      const { cellId } = context.settings;
      const details = { cellId, language: asked.names, model };
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'conformance', details);
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
}

import { insightPeopleAnswer, insightPeopleQuery } from '../../../contract/insight/people.ts';
import { insightPredictAnswer, insightPredictQuery } from '../../../contract/insight/predict.ts';
import { insightRulesAnswer, insightRulesQuery } from '../../../contract/insight/rules.ts';
import { insightTimeAnswer, insightTimeQuery } from '../../../contract/insight/time.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import type { ServerContext } from '../../context.ts';
import { signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';
import { askAs, insightPermission } from './asking.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['insight'];
const config = { permission: insightPermission };

/** The tabs about working: time, people, rules, and what will come of the cases under way. */
export function workingRoutes(app: App, context: ServerContext): void {
  const { cellId } = context.settings;
  app.get(
    '/api/insight/time',
    {
      config,
      schema: {
        summary: 'When cases come and go, whom they wait for, hidden timers, working hours',
        ...{ tags, querystring: insightTimeQuery },
        response: { 200: insightTimeAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { customer, ...asked } = request.query;
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'time', { cellId, customer });
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
  app.get(
    '/api/insight/people',
    {
      config,
      schema: {
        summary: 'Who hands work to whom, who works together, what each person does',
        ...{ tags, querystring: insightPeopleQuery },
        response: { 200: insightPeopleAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const answer = await askAs(context, person, request.query, 'people', null);
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
  judgedRoutes(app, context);
}

function judgedRoutes(app: App, context: ServerContext): void {
  const { cellId } = context.settings;
  app.get(
    '/api/insight/rules',
    {
      config,
      schema: {
        summary: 'Which cases break rules: times, four eyes, order, counts',
        ...{ tags, querystring: insightRulesQuery },
        response: { 200: insightRulesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { rule, working, ...asked } = request.query;
      const details = { cellId, rules: rule, working: working === 'yes' };
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'rules', details);
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
  app.get(
    '/api/insight/predict',
    {
      config,
      schema: {
        summary: 'How long the cases under way will take, and how wrong such forecasts were',
        ...{ tags, querystring: insightPredictQuery },
        response: { 200: insightPredictAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { limitHours, ...asked } = request.query;
      const limitMs = limitHours === undefined ? null : limitHours * 3_600_000;
      const details = { limitMs, atMs: context.clock() };
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'predict', details);
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
}

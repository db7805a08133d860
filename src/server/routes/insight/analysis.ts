import {
  insightAnswer,
  insightCasesAnswer,
  insightCasesQuery,
  insightQuery,
} from '../../../contract/insight/analysis.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import type { ServerContext } from '../../context.ts';
import { signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';
import { askAs, insightPermission } from './asking.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['insight'];
const config = { permission: insightPermission };

/** How the bank's own cases really flowed, over a stack of filters that every figure obeys. */
export function insightRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/insight/analysis',
    {
      config,
      schema: {
        summary: 'How the cases in my data scope flowed: times, waits, bottlenecks, variants, map',
        ...{ tags, querystring: insightQuery, response: { 200: insightAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const answer = await askAs(context, person, request.query, 'analysis', null);
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
  app.get(
    '/api/insight/cases',
    {
      config,
      schema: {
        summary: 'The cases behind a figure of the analysis, the longest first',
        ...{ tags, querystring: insightCasesQuery },
        response: { 200: insightCasesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { variant = null, limit, ...asked } = request.query;
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'cases', { variant, limit });
      return answer.ok ? answer.value : sendRefusal(reply, answer);
    },
  );
}

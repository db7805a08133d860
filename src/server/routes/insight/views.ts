import { viewsAnswer, viewsQuery } from '../../../contract/insight/views.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import type { RequirementViews } from '../../../insight/view/views.ts';
import { roleNames } from '../../../store/people/names.ts';
import type { ServerContext } from '../../context.ts';
import { signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';
import { askAs, insightPermission } from './asking.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };

/** 视图: a process as a requirement paper asks for it, out of its model, forms and cases. */
export function viewsRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/insight/views',
    {
      config: { permission: insightPermission },
      schema: {
        summary: 'Flow process chart, blueprint, CRUD, RACI, approvals and repeated entry',
        ...{ tags: ['insight'], querystring: viewsQuery },
        response: { 200: viewsAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { cellId } = context.settings;
      const { process: processId } = request.query;
      const { person } = signedIn(request);
      const found = await askAs(context, person, request.query, 'views', { cellId, processId });
      if (!found.ok) return sendRefusal(reply, found);
      const named = await roleNames(context.database, cellId);
      return { ...plain(found.value), roleNames: Object.fromEntries(named) };
    },
  );
}

/** The views as the contract has them: with lists of their own, which the writer may change. */
function plain(views: RequirementViews) {
  return structuredClone(views) as Mutable<RequirementViews>;
}

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

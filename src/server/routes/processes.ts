import { refuse } from '../../base/result.ts';
import {
  processAnswer,
  processChangesAnswer,
  processChangesQuery,
  processesAnswer,
  processParams,
} from '../../contract/processes.ts';
import { refusalShape } from '../../contract/refusal.ts';
import type { Person } from '../../store/people/sessions.ts';
import type { ModelRow } from '../../store/process/models.ts';
import type { ServerContext } from '../context.ts';
import { may, signedIn } from '../guard/sessions.ts';
import { mayStart } from '../guard/start-case.ts';
import { sendRefusal } from '../shape/answers.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['processes'];

/** The process catalogue. Whoever may not view it sees the processes they may start. */
export function processRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/processes',
    {
      schema: {
        summary: 'The process catalogue (流程目录), each process in its newest version',
        ...{ tags, response: { 200: processesAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const models = await context.runtime.listProcesses();
      const all = await Promise.all(models.map((model) => answerOf(context, person, model)));
      const seesAll = may(person, 'view_processes');
      return { processes: all.filter((process) => seesAll || process.mayStart) };
    },
  );
  app.get(
    '/api/processes/:processId',
    {
      config: { permission: 'view_processes' },
      schema: {
        summary: 'A process with its BPMN text',
        ...{ tags, params: processParams, response: { 200: processAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const models = await context.runtime.listProcesses();
      const model = models.find((one) => one.process_id === request.params.processId);
      if (model === undefined) return sendRefusal(reply, refuse('not_found'));
      const rows = await context.runtime.processVersions(model.process_id);
      const versions = rows.map(({ version, deployed_at, deployed_login, waiver }) => ({
        ...{ version, deployedAt: deployed_at, deployedLogin: deployed_login },
        waiver: waiver === null ? null : { person: waiver.person, reason: waiver.reason },
      }));
      return { process: await answerOf(context, person, model), xml: model.xml, versions };
    },
  );
  changesRoute(app, context);
}

function changesRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/processes/:processId/changes',
    {
      config: { permission: 'view_processes' },
      schema: {
        summary: 'What changed between two versions of a process',
        ...{ tags, params: processParams, querystring: processChangesQuery },
        response: { 200: processChangesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { processId } = request.params;
      const [newest] = await context.runtime.processVersions(processId);
      const after = request.query.after ?? newest?.version ?? 1;
      const before = request.query.before ?? Math.max(after - 1, 1);
      const changes = await context.runtime.processChanges(processId, { before, after });
      return changes === null
        ? sendRefusal(reply, refuse('not_found'))
        : { before, after, changes };
    },
  );
}

async function answerOf(context: ServerContext, person: Person, model: ModelRow) {
  // Without a prefix for its numbers a process is only called by others.
  const isListed = model.catalogue !== null && model.case_prefix !== '';
  return {
    ...{ processId: model.process_id, name: model.name, nameEn: model.name_en },
    ...{ catalogue: model.catalogue, line: model.line, version: model.version },
    hash: model.program_hash,
    mayStart: isListed && (await mayStart(context, person, model.id)),
  };
}

import { refuse } from '../../base/result.ts';
import { processAnswer, processesAnswer, processParams } from '../../contract/processes.ts';
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
      return { process: await answerOf(context, person, model), xml: model.xml };
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

import { refuse } from '../../../base/result.ts';
import { minerShape } from '../../../contract/insight/models.ts';
import { insightReportQuery } from '../../../contract/insight/report.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { importedLog } from '../../../store/logs/imported-logs.ts';
import type { ServerContext } from '../../context.ts';
import { signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';
import { type Asked, askAs, insightPermission } from './asking.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const mediaTypes = {
  html: 'text/html; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The diagnosis report of the cases under the reader's filters, as a file to keep. */
export function reportRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/insight/report',
    {
      config: { permission: insightPermission },
      schema: {
        summary: 'The diagnosis report of the cases in my data scope, as a file',
        ...{ tags: ['insight'], querystring: insightReportQuery, response: refusals },
      },
    },
    async (request, reply) => {
      const { format, model: named, ...asked } = request.query;
      const name = await nameOf(context, asked);
      if (name === null) return sendRefusal(reply, refuse('not_found'));
      const miner = minerShape.safeParse(named);
      const model = miner.success ? { algorithm: miner.data } : { processId: named ?? '' };
      const { cellId } = context.settings;
      const language = asked.names;
      const details = {
        ...{ language, name, format, ownCases: asked.log === undefined },
        model: named === undefined ? null : { cellId, language, model },
      };
      const { person } = signedIn(request);
      const answer = await askAs(context, person, asked, 'report', details);
      if (!answer.ok) return sendRefusal(reply, answer);
      return reply
        .header('content-type', mediaTypes[format])
        .header('content-disposition', `attachment; filename="huiliu-report.${format}"`)
        .send(Buffer.from(answer.value) as never);
    },
  );
}

/** What people call the log: the name of its process, or that of the imported log. */
async function nameOf(context: ServerContext, { log, process, names }: Asked) {
  if (log !== undefined) {
    return (await importedLog(context.database, context.settings.cellId, log))?.name ?? null;
  }
  if (process === undefined) return 'huiliu';
  const models = await context.runtime.listProcesses();
  const model = models.find(({ process_id }) => process_id === process);
  return model === undefined ? null : names === 'en' ? model.name_en : model.name;
}

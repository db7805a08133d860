import { encodeValue } from '../../base/data.ts';
import { isCalendarDate } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  decisionCatalogueAnswer,
  decisionDifferencesAnswer,
  decisionDifferencesQuery,
  decisionFileAnswer,
  decisionFileParams,
  decisionFileQuery,
  decisionsQuery,
  decisionTextAnswer,
  decisionTextQuery,
  tryDecisionAnswer,
  tryDecisionRequest,
} from '../../contract/decisions.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { compareDecisions, decide } from '../../decision/index.ts';
import { momentAtBank } from '../../runtime/clock.ts';
import {
  decisionCatalogue,
  type FileRef,
  type FileView,
  fileLine,
  todayAtBank,
  viewFile,
} from '../../runtime/model/decision-catalogue.ts';
import { namesOfLogins } from '../../store/people/names.ts';
import type { ServerContext } from '../context.ts';
import { sendRefusal } from '../shape/answers.ts';
import {
  catalogueLine,
  fileAnswer,
  inBoth,
  refOf,
  refText,
  versionAnswer,
} from '../shape/decision-answers.ts';
import { bodyValues } from '../shape/values.ts';
import type { App } from '../typed-app.ts';
import { decisionChangeRoutes } from './decision-changes.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['decisions'];
const permission = 'view_decisions' as const;

/** The bank's decision tables: what is in force, what was, how they differ, what they say. */
export function decisionRoutes(app: App, context: ServerContext): void {
  catalogueRoutes(app, context);
  textRoutes(app, context);
  tryRoute(app, context);
  decisionChangeRoutes(app, context);
}

function catalogueRoutes(app: App, context: ServerContext): void {
  const { parts } = context.runtime;
  app.get(
    '/api/decisions',
    {
      config: { permission },
      schema: {
        summary: 'Every decision file of every process, as in force on a day (today)',
        ...{ tags, querystring: decisionsQuery },
        response: { 200: decisionCatalogueAnswer, ...refusals },
      },
    },
    async (request) => {
      const day = request.query.day ?? todayAtBank(parts);
      const lines = await decisionCatalogue(parts, day);
      return { day, files: lines.map((line) => catalogueLine(line, day)) };
    },
  );
  app.get(
    '/api/decisions/:processId/:fileName',
    {
      config: { permission },
      schema: {
        summary: 'A decision file as in force on a day, checked, and all its versions',
        ...{ tags, params: decisionFileParams, querystring: decisionFileQuery },
        response: { 200: decisionFileAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const day = request.query.day ?? todayAtBank(parts);
      const line = await fileLine(parts, request.params, day);
      if (!line.ok) return sendRefusal(reply, refuse('not_found'));
      const { view, versions, inForce } = line.value;
      const logins = versions.flatMap((one) => one.events.map((event) => event.login));
      const names = await namesOfLogins(context.database, context.settings.cellId, logins);
      const answers = versions.map((one) => versionAnswer(one, inForce, names));
      return { day, file: fileAnswer(view), versions: answers };
    },
  );
}

function textRoutes(app: App, context: ServerContext): void {
  const { parts } = context.runtime;
  app.get(
    '/api/decisions/text',
    {
      config: { permission },
      schema: {
        summary: 'One text of a decision file by its reference, checked, its cases run',
        ...{ tags, querystring: decisionTextQuery },
        response: { 200: decisionTextAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const view = await viewFile(parts, refOf(request.query.ref));
      return view.ok ? { file: fileAnswer(view.value) } : sendRefusal(reply, view);
    },
  );
  app.get(
    '/api/decisions/differences',
    {
      config: { permission },
      schema: {
        summary: 'What differs between two texts of a decision file, row by row',
        ...{ tags, querystring: decisionDifferencesQuery },
        response: { 200: decisionDifferencesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const before = await viewFile(parts, refOf(request.query.from));
      if (!before.ok) return sendRefusal(reply, before);
      const after = await viewFile(parts, refOf(request.query.to));
      if (!after.ok) return sendRefusal(reply, after);
      const models = [before.value, after.value].map((view) => view.file.program.model);
      const [old, now] = models as [(typeof models)[0], (typeof models)[0]];
      const changes = compareDecisions(old, now).map((change) => ({
        ...change,
        rows: change.rows.map((row) => ({ ...row, columns: [...row.columns] })),
      }));
      return { changes, before: fileAnswer(before.value), after: fileAnswer(after.value) };
    },
  );
}

/** The text a request means: the one it names, or the one in force on the day. */
export async function textMeant(
  context: ServerContext,
  asked: {
    readonly processId: string;
    readonly fileName: string;
    readonly ref: string | null;
    readonly day: string;
  },
): Promise<Result<FileView & { readonly ref: FileRef }>> {
  const { parts } = context.runtime;
  if (asked.ref !== null) return await viewFile(parts, refOf(asked.ref));
  const line = await fileLine(parts, asked, asked.day);
  return line.ok ? ok(line.value.view) : line;
}

function tryRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/decisions/try',
    {
      config: { permission },
      schema: {
        summary: 'What a table says to some inputs on a day, by which rows, and why it is null',
        ...{ tags, body: tryDecisionRequest },
        response: { 200: tryDecisionAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { decision, day } = request.body;
      const values = bodyValues(request.rawBody);
      if (!values.ok) return sendRefusal(reply, values);
      if (!isCalendarDate(day)) return sendRefusal(reply, refuse('request_not_valid'));
      const view = await textMeant(context, request.body);
      if (!view.ok) return sendRefusal(reply, view);
      // The day asked for, at the present time of the day.
      const clock = momentAtBank(context.clock()).slice(10);
      const { program } = view.value.file;
      const decided = decide(program, decision, values.value, { now: `${day}${clock}` });
      if (!decided.ok) return sendRefusal(reply, decided);
      const { output, matched, reasons } = decided.value;
      return {
        ref: refText(view.value.ref),
        output: encodeValue(output),
        matched: matched.map((one) => ({ decision: one.decision, rows: [...one.rows] })),
        reasons: reasons.slice(0, 20).map(({ code, facts }) => {
          return { code, message: inBoth(code, facts) };
        }),
      };
    },
  );
}

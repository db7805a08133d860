import { type Result, refuse } from '../../base/result.ts';
import { type DayAnswer, dayAnswer, dayCloseRequest, dayQuery } from '../../contract/day.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { refusalText } from '../../contract/refusals/index.ts';
import type { EndOfDayAnswer } from '../../runtime/day/end-of-day.ts';
import type { DayReport } from '../../runtime/day/report.ts';
import type { ServerContext } from '../context.ts';
import { signedIn } from '../guard/sessions.ts';
import { sendRefusal } from '../shape/answers.ts';
import { jsonValues } from '../shape/values.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['day'];

/** Closings that the list of past days shows. */
const closingsMax = 30;

/** What is refused at once is waited for so long; a longer closing goes on by itself. */
const answerWaitMs = 400;

/** The end of day: how far it is, and the order to begin it or to go on. */
export function dayRoutes(app: App, context: ServerContext): void {
  const { runtime } = context;
  app.get(
    '/api/day',
    {
      config: { permission: 'view_ledger' },
      schema: {
        summary: 'The closing of an accounting date (日终): steps, progress, tied totals',
        ...{ tags, querystring: dayQuery, response: { 200: dayAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const report = await runtime.dayReport(request.query.date);
      return report.ok ? await answerOf(context, report.value) : sendRefusal(reply, report);
    },
  );
  closeRoute(app, context);
}

/** The closing that this server runs; a second order waits for the same. */
function closeRoute(app: App, context: ServerContext): void {
  const { runtime } = context;
  let running: Promise<Result<EndOfDayAnswer>> | null = null;
  let halted = false;
  app.addHook('preClose', async () => {
    halted = true;
    await running;
  });
  const begin = (date: string, login: string, reference: string) => {
    const closing = runtime
      .endOfDay({ date, login, halted: () => halted, progress: () => context.changed() })
      .catch((error: unknown) => {
        context.failed(error, reference);
        return refuse('internal_error', { reference });
      })
      .finally(() => {
        running = null;
        context.changed();
      });
    running = closing;
    return closing;
  };
  app.post(
    '/api/day/close',
    {
      config: { permission: 'run_end_of_day' },
      schema: {
        summary: 'Close an accounting date, or go on with a closing that stopped; it is done once',
        ...{ tags, body: dayCloseRequest, response: { 200: dayAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { date } = request.body;
      const { person } = signedIn(request);
      const closing = running ?? begin(date, person.login, request.id);
      const wait = new Promise<null>((resolve) => setTimeout(() => resolve(null), answerWaitMs));
      const done = await Promise.race([closing, wait]);
      const report = await runtime.dayReport(date);
      if (report.ok) return await answerOf(context, report.value);
      return sendRefusal(reply, done !== null && !done.ok ? done : report);
    },
  );
}

async function answerOf(context: ServerContext, report: DayReport): Promise<DayAnswer> {
  const closings = await context.runtime.closings(closingsMax);
  return {
    ...report,
    steps: report.steps.map((step) => ({
      ...step,
      works: step.works.map(({ facts, code, ...work }) => ({
        ...work,
        ...{ code, message: code === null ? null : words(code, facts), facts: jsonValues(facts) },
      })),
    })),
    proof: report.proof.map(({ leftMinor, rightMinor, ...line }) => ({
      ...line,
      ...{ leftMinor: leftMinor.toString(), rightMinor: rightMinor.toString() },
    })),
    closings: closings.map(({ accountingDate, nextDate, status, begunAt, closedAt }) => ({
      ...{ accountingDate, nextDate, status, begunAt, closedAt },
    })),
  };
}

/** The words of what stopped a piece of work; its facts are texts. */
function words(code: string, facts: DayReport['steps'][number]['works'][number]['facts']) {
  const texts = Object.entries(facts).map(([name, value]) => [name, String(value)] as const);
  const of = Object.fromEntries(texts);
  return { 'zh-CN': refusalText(code, 'zh-CN', of), en: refusalText(code, 'en', of) };
}

import { ok, type Result, refuse } from '../../../base/result.ts';
import {
  type InsightCasesAnswer,
  insightAnswer,
  insightCasesAnswer,
  insightCasesQuery,
  insightQuery,
} from '../../../contract/insight/analysis.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import type { Language } from '../../../contract/shapes.ts';
import { casesOnly, type EventLog } from '../../../insight/event-log.ts';
import { type Filter, type Filtered, filtered } from '../../../insight/filter.ts';
import { filterOf } from '../../../insight/filter-text.ts';
import type { Instances } from '../../../insight/instances.ts';
import { variantsOf } from '../../../insight/variants.ts';
import { readBySnapshot } from '../../../runtime/log/live-snapshot.ts';
import type { Person } from '../../../store/people/sessions.ts';
import type { ServerContext } from '../../context.ts';
import { signedIn, unitsInScope } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import { insightAnswerOf } from '../../shape/insight-answers.ts';
import type { App } from '../../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['insight'];
const permission = 'view_insight' as const;

type Asked = {
  readonly process?: string | undefined;
  readonly names: Language;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly filter: readonly string[];
};

type Found = Filtered & { readonly casesInScope: number };

/** How the bank's own cases really flowed, over a stack of filters that every figure obeys. */
export function insightRoutes(app: App, context: ServerContext): void {
  const look = looker(context);
  app.get(
    '/api/insight/analysis',
    {
      config: { permission },
      schema: {
        summary: 'How the cases in my data scope flowed: times, waits, bottlenecks, variants, map',
        ...{ tags, querystring: insightQuery, response: { 200: insightAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const found = await look(signedIn(request).person, request.query);
      if (!found.ok) return sendRefusal(reply, found);
      return insightAnswerOf(found.value, found.value.casesInScope);
    },
  );
  app.get(
    '/api/insight/cases',
    {
      config: { permission },
      schema: {
        summary: 'The cases behind a figure of the analysis, the longest first',
        ...{ tags, querystring: insightCasesQuery },
        response: { 200: insightCasesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { variant, limit, ...asked } = request.query;
      const found = await look(signedIn(request).person, asked);
      return found.ok
        ? casesAnswerOf(found.value.work, variant ?? null, limit)
        : sendRefusal(reply, found);
    },
  );
}

/** Reads one log after the other, because two readings would write the same snapshot. */
function looker(context: ServerContext) {
  let last: Promise<unknown> = Promise.resolve();
  const { database, settings } = context;
  return async (person: Person, asked: Asked): Promise<Result<Found>> => {
    const filters = filtersOf(asked);
    if (!filters.ok) return filters;
    const { cellId, dataFolder } = settings;
    const wanted = { cellId, processId: asked.process ?? null, language: asked.names };
    const reading = last.then(() => readBySnapshot(database, wanted, dataFolder));
    last = reading.catch(() => undefined);
    const read = await reading;
    if (!read.ok) {
      return read.code === 'log_without_events' ? refuse('insight_without_cases') : read;
    }
    const units = await unitsInScope(context, person, permission);
    const log = inUnits(read.value.log, units);
    const all = filtered(log, 'instances', []);
    if (!all.ok) return all;
    const casesInScope = casesOf(all.value.work).length;
    if (casesInScope === 0) return refuse('insight_without_cases');
    const left = filters.value.length === 0 ? all : filtered(log, 'instances', filters.value);
    return left.ok ? ok({ ...left.value, casesInScope }) : left;
  };
}

/** The log of the cases that lie at some units. */
function inUnits(log: EventLog, units: readonly string[]): EventLog {
  const unit = log.attributes.find(({ name, of }) => name === 'huiliu:unit' && of === 'case');
  const kept = new Uint8Array(log.cases.size);
  for (let c = 0; c < kept.length; c++) {
    const code = unit?.code[c] ?? -1;
    if (unit !== undefined && code >= 0 && units.includes(unit.values.text(code))) kept[c] = 1;
  }
  return casesOnly(log, kept);
}

function filtersOf({ from, to, filter }: Asked): Result<readonly Filter[]> {
  const texts = [
    ...(from !== undefined || to !== undefined ? [`time:${from ?? ''}..${to ?? ''}`] : []),
    ...filter,
  ];
  const filters: Filter[] = [];
  for (const text of texts) {
    const one = filterOf(text);
    if (one === null) return refuse('insight_filter_not_read', { filter: text });
    filters.push(one);
  }
  return ok(filters);
}

/** Cases in which at least one piece of work was done, by their code. */
function casesOf({ firstOfCase, log }: Instances): number[] {
  return Array.from({ length: log.cases.size }, (_, c) => c).filter(
    (c) => firstOfCase[c] !== firstOfCase[c + 1],
  );
}

function casesAnswerOf(work: Instances, variant: number | null, limit: number): InsightCasesAnswer {
  const { firstOfCase, startMs, endMs, log } = work;
  const wanted = variant === null ? null : new Set(casesOfVariant(work, variant));
  const cases = casesOf(work)
    .filter((c) => wanted === null || wanted.has(c))
    .map((c) => {
      const [first, end] = [firstOfCase[c]!, firstOfCase[c + 1]!];
      const from = startMs[first]!;
      const to = endMs.subarray(first, end).reduce((a, b) => Math.max(a, b));
      return {
        caseNumber: log.cases.text(c),
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        durationSeconds: (to - from) / 1000,
        steps: end - first,
      };
    })
    .sort((a, b) => b.durationSeconds - a.durationSeconds);
  return { total: cases.length, cases: cases.slice(0, limit) };
}

/** The cases of the variant with a rank among all, the commonest first. */
function casesOfVariant(work: Instances, rank: number): number[] {
  const { cases, ofCase } = variantsOf(work);
  const order = cases
    .map((count, variant) => ({ count, variant }))
    .sort((a, b) => b.count - a.count || a.variant - b.variant);
  const wanted = order[rank - 1]?.variant;
  return casesOf(work).filter((c) => ofCase[c] === wanted);
}

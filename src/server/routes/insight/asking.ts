import { ok, type Result, refuse } from '../../../base/result.ts';
import type { Language } from '../../../contract/shapes.ts';
import type { Filter } from '../../../insight/filter.ts';
import { filterOf } from '../../../insight/filter-text.ts';
import { importedLog } from '../../../store/logs/imported-logs.ts';
import type { Person } from '../../../store/people/sessions.ts';
import type { ServerContext } from '../../context.ts';
import { unitsInScope } from '../../guard/sessions.ts';
import type { AnswerOf, DetailsOf, QuestionKind } from '../../insight/answers.ts';
import type { About } from '../../insight/question.ts';

/** Which cases a person asks about, as every route of insight reads it (contract: `asked`). */
export type Asked = {
  /** An imported log instead of the bank's own cases. */
  readonly log?: string | undefined;
  readonly process?: string | undefined;
  readonly names: Language;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly filter: readonly string[];
};

/** The right that every route of insight needs. */
export const insightPermission = 'view_insight' as const;

/**
 * Asks the thread of analyses as a person, who sees only cases at units of their scope. Refusals:
 * insight_filter_not_read, insight_log_unknown, insight_without_cases, those of the analyst and
 * of the kind of question.
 */
export async function askAs<Kind extends QuestionKind>(
  context: ServerContext,
  person: Person,
  asked: Asked,
  kind: Kind,
  details: DetailsOf<Kind>,
): Promise<Result<AnswerOf<Kind>>> {
  const about = await aboutOf(context, person, asked);
  return about.ok ? await context.analyst.ask(kind, about.value, details) : about;
}

/** What a person's question is about. */
async function aboutOf(
  context: ServerContext,
  person: Person,
  asked: Asked,
): Promise<Result<About>> {
  const filters = filtersOf(asked);
  if (!filters.ok) return filters;
  const { cellId } = context.settings;
  const wanted = { cellId, processId: asked.process ?? null, language: asked.names };
  const units = await unitsInScope(context, person, insightPermission);
  if (asked.log !== undefined) {
    const row = await importedLog(context.database, cellId, asked.log);
    if (row === null || !units.includes(row.unitCode)) return refuse('insight_log_unknown');
    const log = { kind: 'imported', cellId, id: row.id } as const;
    return ok({ log, units: null, filters: filters.value });
  }
  return ok({ log: { kind: 'live', wanted }, units, filters: filters.value });
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

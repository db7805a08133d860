import { ok, type Result, refuse } from '../../base/result.ts';
import type { InsightRulesAnswer } from '../../contract/insight/rules.ts';
import { clockOver } from '../../insight/calendar/business-times.ts';
import type { Instances } from '../../insight/instances.ts';
import { checkRules, type RuleResult } from '../../insight/rule/check.ts';
import { rulesOf } from '../../insight/rule/rules.ts';
import type { Found } from './found-log.ts';
import { bankHours } from './working-hours.ts';

/** Rules as JSON, one each, and whether hours are working hours. */
export type RulesAsked = {
  readonly cellId: number;
  readonly rules: readonly string[];
  readonly working: boolean;
};

/** Broken cases listed of each rule. */
const listedMost = 50;

/** How the cases keep rules. Refusals: rules_not_read, calendar_not_known, those of `where`. */
export async function rulesAnswerOf(
  { work, queries }: Found,
  { cellId, rules: texts, working }: RulesAsked,
): Promise<Result<InsightRulesAnswer>> {
  const parsed: unknown[] = [];
  for (const [k, text] of texts.entries()) {
    try {
      parsed.push(JSON.parse(text));
    } catch {
      return refuse('rules_not_read', { place: `rules[${k}]` });
    }
  }
  const rules = parsed.length === 0 ? ok([]) : rulesOf(parsed);
  if (!rules.ok) return rules;
  const place = working ? await bankHours(queries, cellId) : null;
  const clock = place === null ? null : clockOver(work, place);
  if (clock?.ok === false) return clock;
  const checked = checkRules(work, rules.value, clock?.value ?? null);
  if (!checked.ok) return checked;
  const results = checked.value.map((each) => resultOf(work, each));
  return ok({ calendar: place?.days.name ?? null, rules: results });
}

function resultOf(
  work: Instances,
  { rule, counts, evidence, unknownActivities }: RuleResult,
): InsightRulesAnswer['rules'][number] {
  const { activities, resources, cases } = work.log;
  const broken = [...evidence].slice(0, listedMost).map(([c, shows]) => ({
    caseNumber: cases.text(c),
    found: shows.found,
    resource: shows.resource,
    work: shows.work.slice(0, 5).map((i) => ({
      activity: activities.text(work.activity[i]!),
      resource: work.resource[i]! < 0 ? null : resources.text(work.resource[i]!),
      start: new Date(work.startMs[i]!).toISOString(),
    })),
  }));
  return { id: rule.id, counts, unknownActivities: [...unknownActivities], broken };
}

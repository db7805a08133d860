import { resolve } from 'node:path';
import { refuse } from '../../../base/result.ts';
import { clockOver } from '../../../insight/calendar/business-times.ts';
import type { Instances } from '../../../insight/instances.ts';
import { checkRules, type Evidence, type RuleResult } from '../../../insight/rule/check.ts';
import { rulesOf } from '../../../insight/rule/rules.ts';
import {
  calendarOf,
  calendarOptions,
  calendarUsage,
  jsonFile,
} from '../../analyze/calendar-option.ts';
import { filterUsage } from '../../analyze/filter-options.ts';
import { readWork, workOptions, workUsage } from '../../analyze/read-work.ts';
import { type Call, type Command, languageOf, sayRefusal } from '../../command.ts';

const fileBytesMax = 1 << 20;
/** Broken cases of a rule that a terminal shows; --json has them all. */
const shown = 3;

export const rules: Command = {
  usage: `huiliu rules LOG --rules RULES.json [--calendar cn|FILE] [--json]
huiliu rules LOG RULES.json …
huiliu rules --live --rules RULES.json …

Holds every case of a log against rules and says which cases break them, with what shows it: the
work, who did it, how long it took. With a calendar, hours are working hours.

RULES.json: { "rules": [
  { "id": "answer in a day", "kind": "response", "first": "A", "second": "B", "withinHours": 8 },
  { "kind": "four_eyes", "first": "A", "second": "B" },           nobody did both
  { "kind": "precedence", "first": "A", "second": "B" },          no B without an A before it
  { "kind": "not_coexistence", "first": "A", "second": "B" },     not both in one case
  { "kind": "existence", "activity": "A", "times": 2 },           at least; absence: never
  { "kind": "exactly", "activity": "A", "times": 1 },
  { "kind": "duration", "withinHours": 40, "where": "with:A" } ] } where: filters as below

${workUsage}

${calendarUsage}

${filterUsage}`,
  options: { rules: { type: 'string' }, ...calendarOptions, ...workOptions },
  words: { min: 0, max: 2 },
  run: async (call) => {
    const [log, second] = call.words;
    const named = call.options.rules ?? second;
    if (typeof named !== 'string' || (call.options.rules !== undefined && second !== undefined)) {
      call.tell('It takes one file of rules.');
      return 2;
    }
    const place = await calendarOf(call);
    if (!place.ok) return sayRefusal(call, place);
    const file = resolve(call.folder, named);
    const json = await jsonFile(file, fileBytesMax);
    if (json === 'unreadable') return sayRefusal(call, refuse('file_not_readable', { file }));
    const wanted =
      json === 'not_json' ? refuse('rules_not_read', { place: 'JSON' }) : rulesOf(json.value);
    if (!wanted.ok) return sayRefusal(call, wanted);
    const read = await readWork({ ...call, words: log === undefined ? [] : [log] });
    if (typeof read === 'number') return read;
    const clock = place.value === null ? null : clockOver(read.work, place.value);
    if (clock?.ok === false) return sayRefusal(call, clock);
    const checked = checkRules(read.work, wanted.value, clock?.value ?? null);
    if (!checked.ok) return sayRefusal(call, checked);
    if (call.json) {
      const calendar = place.value?.days.name ?? null;
      const results = checked.value.map((each) => figures(read.work, each));
      call.print(JSON.stringify({ ok: true, file: read.file, calendar, rules: results }));
    } else for (const line of lines(call, read.work, checked.value)) call.print(line);
    return 0;
  },
};

function figures(work: Instances, { rule, counts, evidence, unknownActivities }: RuleResult) {
  return {
    id: rule.id,
    ...rule.demand,
    counts,
    unknownActivities,
    broken: [...evidence].map(([c, shows]) => ({
      case: work.log.cases.text(c),
      ...told(work, shows),
    })),
  };
}

function told(work: Instances, { work: pieces, resource, found }: Evidence) {
  return {
    found,
    resource,
    work: pieces.map((i) => ({
      activity: work.log.activities.text(work.activity[i]!),
      resource: work.resource[i]! < 0 ? null : work.log.resources.text(work.resource[i]!),
      start: new Date(work.startMs[i]!).toISOString(),
      end: new Date(work.endMs[i]!).toISOString(),
    })),
  };
}

function lines(call: Call, work: Instances, results: readonly RuleResult[]): string[] {
  const zh = languageOf(call.environment) === 'zh-CN';
  return results.flatMap((result) => {
    const { rule, counts, evidence, unknownActivities } = result;
    const { kept, broken, open, not_told: untold } = counts;
    const head = zh
      ? `${rule.id}：违反 ${broken}，遵守 ${kept}，未到期 ${open}，无法判断 ${untold}`
      : `${rule.id}: ${broken} broken, ${kept} kept, ${open} open, ${untold} not told`;
    const unknown = unknownActivities.map((name) =>
      zh ? `  日志中没有活动“${name}”` : `  the log has no activity "${name}"`,
    );
    const cases = [...evidence].slice(0, shown).map(([c, shows]) => {
      const { found, resource, work: pieces } = told(work, shows);
      const does = pieces.map(({ activity, start }) => `${activity} ${start}`).join(' … ');
      const figure = found === null ? '' : ` (${found})`;
      return `  ${work.log.cases.text(c)}${figure}${resource === null ? '' : ` ${resource}`}  ${does}`;
    });
    return [head, ...unknown, ...cases];
  });
}

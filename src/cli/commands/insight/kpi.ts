import { resolve } from 'node:path';
import { dateInChina, isCalendarDate } from '../../../base/dates.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import { type WorkClock, type WorkingHours, workClock } from '../../../base/working-hours.ts';
import type { EventLog } from '../../../insight/event-log.ts';
import { type Filter, filtered } from '../../../insight/filter.ts';
import { type Instances, type LifecycleView, lifecycleViews } from '../../../insight/instances.ts';
import { type Comparison, compareSamples, type Strata } from '../../../insight/kpi/compare.ts';
import { indicatorOf, type Need } from '../../../insight/kpi/indicators.ts';
import { type KpiInputs, kpiInputsOf, noInputs } from '../../../insight/kpi/inputs.ts';
import { type Measured, measureKpis } from '../../../insight/kpi/measure.ts';
import {
  byAttribute,
  byMonth,
  measureParts,
  type SchemeLine,
  type Score,
  scoreOf,
} from '../../../insight/kpi/score.ts';
import { type Judgement, standing } from '../../../insight/kpi/standing.ts';
import { type KpiTarget, kpiTargetsOf } from '../../../insight/kpi/targets.ts';
import { decimalText, valueText } from '../../../insight/kpi/value-text.ts';
import {
  calendarOf,
  calendarOptions,
  calendarUsage,
  jsonFile,
} from '../../analyze/calendar-option.ts';
import { filterOptions, filtersOf, filterUsage } from '../../analyze/filter-options.ts';
import { readLiveLog, wantedLog } from '../../analyze/live-log.ts';
import { objectOptions, readLog } from '../../analyze/read-log.ts';
import { type Call, type Command, languageOf, sayRefusal } from '../../command.ts';

const dayMs = 86_400_000;
const fileBytesMax = 1 << 20;

export const kpi: Command = {
  usage: `huiliu kpi LOG|live [--inputs FILE] [--targets FILE] [--before FROM..TO] [--json]

The bank's indicators (KPI-01 to KPI-15) over a log: handling, items per person, cycle, bottleneck,
errors, rework, first-pass yield, unit cost, labour, manual intervention. One that needs what the log
does not hold, and nobody gave, says what it needs and has no value.

  LOG | live          a file as for analyze, or this bank's own cases (--process ID, --names en)
  --inputs FILE       JSON of what the log does not hold: currency, staffRateMinorPerHour and
                      systemCostMinorPerItem (digits in a string), personHours, hoursPerPerson,
                      errors and complaints ({ "attribute": NAME, "values": […] }, { "activities": […] }
                      or { "count": N }), returnActivities, straightThrough, systemResources, outsideRoles
  --targets FILE      JSON by indicator: { "cycle_time": { "target": "432000", "weight": 3,
                      "due": "2026-12-31", "baseline": { "value": "540000", "from": "2026-01-01" } } }:
                      traffic lights, and the score by weight
  --today DATE        the day the lights are judged on (default: today in China)
  --before FROM..TO   hold the cases against those of these days (UTC), with the same mix of cases
                      and a 95 % interval
  --mix BY            what the mix is held by: none (default), variant, or an attribute of cases
  --seed NUMBER       of the draws behind the interval (default 1): the same seed, the same interval
  --parts ATTRIBUTE   the indicators also for each value of an attribute, such as huiliu:unit, or for
                      each month in which cases ended (month)
  --lifecycle, --sheet, --object-type: as for analyze

${calendarUsage}

${filterUsage}`,
  options: {
    inputs: { type: 'string' },
    targets: { type: 'string' },
    today: { type: 'string' },
    before: { type: 'string' },
    mix: { type: 'string', default: 'none' },
    seed: { type: 'string', default: '1' },
    parts: { type: 'string' },
    process: { type: 'string' },
    names: { type: 'string' },
    lifecycle: { type: 'string', default: 'instances' },
    sheet: { type: 'string' },
    'object-type': { type: 'string' },
    ...calendarOptions,
    ...filterOptions,
  },
  words: { min: 1, max: 1 },
  run: async (call) => {
    const filters = filtersOf(call);
    const wrong = typeof filters === 'string' ? filters : wrongUse(call);
    if (wrong !== null || typeof filters === 'string') {
      call.tell(String(wrong));
      return 2;
    }
    const asked = await askedOf(call);
    if (!asked.ok) return sayRefusal(call, asked);
    const log = await logOf(call);
    if (!log.ok) return sayRefusal(call, log);
    const told = tell(call, log.value, filters, asked.value);
    if (!told.ok) return sayRefusal(call, told);
    if (call.json) call.print(JSON.stringify(written(told.value)));
    else for (const line of lines(call, told.value)) call.print(line);
    return 0;
  },
};

type Asked = {
  readonly inputs: KpiInputs;
  readonly place: WorkingHours | null;
  readonly targets: readonly KpiTarget[];
};

/** Values are exact, so they are written as decimals in their unit, and never as numbers. */
function written(value: unknown): unknown {
  if (typeof value === 'bigint') return decimalText(value);
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== 'object' || value === null) return value;
  const named = Object.entries(value).map(([key, each]) => [
    key.replace(/Millionths$/, ''),
    written(each),
  ]);
  return Object.fromEntries(named);
}

function wrongUse({ options }: Call): string | null {
  if (!lifecycleViews.some((each) => each === options.lifecycle)) {
    return `--lifecycle is one of ${lifecycleViews.join(', ')}.`;
  }
  if (typeof options.before === 'string' && periodOf(options.before) === null) {
    return '--before is two days, such as 2026-01-01..2026-06-30.';
  }
  if (typeof options.today === 'string' && !isCalendarDate(options.today)) {
    return '--today is a day such as 2026-01-31.';
  }
  return Number.isSafeInteger(Number(options.seed)) ? null : '--seed is a whole number.';
}

function periodOf(text: string): Filter | null {
  const [from = '', to = '', ...more] = text.split('..');
  if (more.length > 0 || !isCalendarDate(from) || !isCalendarDate(to)) return null;
  const [fromMs, toMs] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`) + dayMs];
  return { kind: 'time', fromMs, toMs: toMs - 1 };
}

async function askedOf(call: Call): Promise<Result<Asked>> {
  const place = await calendarOf(call);
  if (!place.ok) return place;
  const inputs = await fileOf(call, 'inputs', 'kpi_inputs_not_read', kpiInputsOf);
  if (!inputs.ok) return inputs;
  const targets = await fileOf(call, 'targets', 'kpi_targets_not_read', kpiTargetsOf);
  if (!targets.ok) return targets;
  return ok({
    place: place.value,
    inputs: inputs.value ?? noInputs,
    targets: targets.value ?? [],
  });
}

async function fileOf<T>(
  { options, folder }: Call,
  name: string,
  code: string,
  read: (value: unknown) => Result<T>,
): Promise<Result<T | null>> {
  const path = options[name];
  if (typeof path !== 'string') return ok(null);
  const file = resolve(folder, path);
  const found = await jsonFile(file, fileBytesMax);
  if (found === 'unreadable') return refuse('file_not_readable', { file });
  return found === 'not_json' ? refuse(code, { place: 'JSON' }) : read(found.value);
}

async function logOf(call: Call): Promise<Result<EventLog>> {
  const name = String(call.words[0]);
  const read =
    name === 'live'
      ? await readLiveLog(call, wantedLog(call))
      : await readLog(resolve(call.folder, name), 'utf-8', {
          attributes: true,
          ...objectOptions(call.options),
        });
  return read.ok ? ok(read.value.log) : read;
}

type Told = {
  readonly ok: true;
  readonly cases: number;
  readonly from: string;
  readonly to: string;
  readonly indicators: readonly ReturnType<typeof lineOf>[];
  readonly score: Score | null;
  readonly comparison: Comparison | null;
  readonly parts: readonly {
    readonly part: string;
    readonly cases: number;
    readonly indicators: readonly ReturnType<typeof lineOf>[];
  }[];
};

function tell(
  call: Call,
  log: EventLog,
  filters: readonly Filter[],
  { inputs: given, place, targets }: Asked,
): Result<Told> {
  const view = call.options.lifecycle as LifecycleView;
  const left = filtered(log, view, filters);
  if (!left.ok) return left;
  const { work } = left.value;
  if (work.size === 0) return refuse('log_without_completions');
  const before = beforeOf(call, log, filters);
  if (!before.ok) return before;
  const clock = place === null ? null : clockOf(place, [work, before.value]);
  if (clock?.ok === false) return clock;
  const inputs = clock === null ? given : { ...given, workingTime: clocked(clock.value, place) };
  const measured = measureKpis(work, inputs);
  const today =
    typeof call.options.today === 'string' ? call.options.today : dateInChina(Date.now());
  const scheme = targets.flatMap(({ code, weight, targetMillionths }): SchemeLine[] =>
    weight === null ? [] : [{ code, weight, targetMillionths }],
  );
  const comparison = before.value === null ? null : compared(call, before.value, measured);
  if (before.value !== null && comparison === null) return refuse('kpi_before_without_cases');
  const byPart = call.options.parts;
  const partOf =
    byPart === 'month'
      ? byMonth(work, (place?.offsetMinutes ?? 0) * 60_000)
      : byAttribute(work, String(byPart));
  const parts = typeof byPart === 'string' ? measureParts(work, inputs, partOf) : [];
  const linesOf = (of: Measured) => of.figures.map((each) => lineOf(each, targets, today));
  return ok({
    ok: true,
    cases: measured.columns.cases,
    from: new Date(measured.columns.fromMs).toISOString(),
    to: new Date(measured.columns.toMs).toISOString(),
    indicators: linesOf(measured),
    score: scheme.length === 0 ? null : scoreOf(measured.figures, scheme),
    comparison,
    parts: parts.map((each) => ({
      part: each.part,
      cases: each.measured.columns.cases,
      indicators: linesOf(each.measured),
    })),
  });
}

function beforeOf(
  { options }: Call,
  log: EventLog,
  filters: readonly Filter[],
): Result<Instances | null> {
  const period = typeof options.before === 'string' ? periodOf(options.before) : null;
  if (period === null) return ok(null);
  const others = filters.filter(({ kind }) => kind !== 'time');
  const left = filtered(log, options.lifecycle as LifecycleView, [period, ...others]);
  return left.ok ? ok(left.value.work) : left;
}

function compared({ options }: Call, before: Instances, after: Measured): Comparison | null {
  const { inputs, bottleneck } = after;
  const name = bottleneck === null ? null : after.work.log.activities.text(bottleneck);
  const mix = String(options.mix);
  const strata: Strata =
    mix === 'none' || mix === 'variant' ? { kind: mix } : { kind: 'attribute', name: mix };
  const was = measureKpis(before, inputs, { bottleneck: name });
  return compareSamples(was, after, { strata, seed: Number(options.seed) });
}

/** One clock over all samples. */
function clockOf(
  place: WorkingHours,
  samples: readonly (Instances | null)[],
): Result<WorkClock, 'calendar_not_known'> {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const sample of samples) {
    for (const at of sample?.startMs ?? []) from = Math.min(from, at);
    for (const at of sample?.endMs ?? []) to = Math.max(to, at);
  }
  return workClock(place, from, to);
}

function clocked(clock: WorkClock, place: WorkingHours | null) {
  const between = (from: number, to: number) => clock.between(from, to);
  return { name: place?.days.name ?? '', between };
}

function lineOf(figure: Measured['figures'][number], targets: readonly KpiTarget[], today: string) {
  const { number, name, definition, formula, sample, unit, better } = indicatorOf(figure.code);
  const target = targets.find(({ code }) => code === figure.code);
  const judged: Judgement | null =
    target === undefined
      ? null
      : standing({
          ...{ better, presentMillionths: figure.valueMillionths, today },
          ...{ targetMillionths: target.targetMillionths, baseline: target.baseline },
          dueDate: target.dueDate,
        });
  const { valueMillionths: value, ...rest } = figure;
  return {
    ...{ ...rest, number, unit, better, value },
    ...{ name, definition, formula, sample, target: target ?? null, standing: judged },
  };
}

const needWords: Readonly<Record<Need, readonly [string, string]>> = {
  handling_times: ['处理时间（日志无开始时间）', 'handling times (the log has no starts)'],
  working_hours: ['工作日历（--calendar）', 'working hours (--calendar)'],
  person_hours: ['工时（personHours）', 'person-hours (personHours)'],
  hours_per_person: ['每人工作小时（hoursPerPerson）', 'hours of one person (hoursPerPerson)'],
  confirmed_errors: ['已确认差错（errors）', 'confirmed errors (errors)'],
  complaints: ['投诉（complaints）', 'complaints (complaints)'],
  staff_rate: ['人工费率（staffRateMinorPerHour）', 'a staff rate (staffRateMinorPerHour)'],
  system_cost: ['系统成本（systemCostMinorPerItem）', 'a system cost (systemCostMinorPerItem)'],
  resources: ['办理人（日志未记录）', 'who did the work (the log does not say)'],
};
const lightWords = {
  green: ['绿灯', 'green'],
  amber: ['黄灯', 'amber'],
  red: ['红灯', 'red'],
  none: ['—', '—'],
} as const;

function lines(call: Call, told: Told): string[] {
  const zh = languageOf(call.environment) === 'zh-CN';
  const own = (both: { readonly 'zh-CN': string; readonly en: string }) =>
    both[zh ? 'zh-CN' : 'en'];
  const say = (chinese: string, english: string) => (zh ? chinese : english);
  const found = [
    say(
      `${told.cases} 个案件，${told.from.slice(0, 10)} 至 ${told.to.slice(0, 10)}`,
      `${told.cases} cases, ${told.from.slice(0, 10)} to ${told.to.slice(0, 10)}`,
    ),
  ];
  for (const line of told.indicators) {
    const { number, name, unit, currency, value, missing, standing: judged, activity } = line;
    const needed = missing.map((need) => needWords[need][zh ? 0 : 1]).join(say('、', ', '));
    const text =
      value === null
        ? say(`需要${needed || '案件'}`, `needs ${needed || 'cases'}`)
        : own(valueText(value, unit, currency));
    const light = judged === null ? '' : ` [${lightWords[judged.light][zh ? 0 : 1]}]`;
    found.push(
      `${number} ${own(name)}: ${text}${activity === null ? '' : ` (${activity})`}${light}`,
    );
  }
  const score = told.score?.scoreHundredths ?? null;
  if (score !== null) found.push(say(`得分：${score / 100}`, `score: ${score / 100}`));
  for (const change of told.comparison?.changes ?? []) {
    const { unit, name } = indicatorOf(change.code);
    const text = (value: bigint) => own(valueText(value, unit));
    const { before, after, difference, interval, verdict } = change;
    const words = {
      better: ['改善', 'better'],
      worse: ['变差', 'worse'],
      not_told: ['看不出', 'not told'],
    };
    const range = `[${text(interval.from)}, ${text(interval.to)}]`;
    found.push(
      `${own(name)}: ${text(before)} → ${text(after)}, ${text(difference)} ${range} ${words[verdict][zh ? 0 : 1]}`,
    );
  }
  return found;
}

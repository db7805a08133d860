import { clockOver, inWorkingTime } from '../../../insight/calendar/business-times.ts';
import { judged } from '../../../insight/cause/outcome.ts';
import { lengthOf } from '../../../insight/filter-text.ts';
import type { Instances } from '../../../insight/instances.ts';
import type { ChanceError, TimeError } from '../../../insight/predict/evaluate.ts';
import { openCases, predictionsOf } from '../../../insight/predict/predictions.ts';
import type { Running, Warning } from '../../../insight/predict/running.ts';
import { duration, percent } from '../../../insight/report/words.ts';
import { calendarOf, calendarOptions, calendarUsage } from '../../analyze/calendar-option.ts';
import { filterUsage } from '../../analyze/filter-options.ts';
import { readWork, workOptions, workUsage } from '../../analyze/read-work.ts';
import { type Call, type Command, languageOf, sayRefusal } from '../../command.ts';

/** Running cases that a terminal shows; --json has them all. */
const shown = 20;

export const predict: Command = {
  usage: `huiliu predict LOG [--running] [--sla TIME] [--outcome with:ACTIVITY|ends:ACTIVITY] [--json]
huiliu predict --live …

How long cases will still take and how they will come out: what became of past cases in the same state,
where the log itself says which likeness counts (the last activities, what was done, how often, how long
so far, attributes). First of all how wrong this is: learnt on the earlier cases, judged on the later
ones, beside naive answers. A case is over with its last piece of work in the log.

  --running          also the cases under way at the end of the log, each with its forecast
  --sla TIME         how long a case may take, such as 12h or 14d: the chance of taking longer, and the
                     running cases in the order of that chance
  --outcome OUTCOME  the chance that ACTIVITY is done at all (with:) or last (ends:)
  --attribute NAME   an attribute of cases known from their beginning; as often as needed
  --held-out SHARE   of the cases, the latest, to judge on (0.3)
${workUsage}

${calendarUsage}

${filterUsage}`,
  options: {
    running: { type: 'boolean', default: false },
    sla: { type: 'string' },
    outcome: { type: 'string' },
    attribute: { type: 'string', multiple: true },
    'held-out': { type: 'string', default: '0.3' },
    ...calendarOptions,
    ...workOptions,
  },
  words: { min: 0, max: 1 },
  run: async (call) => {
    const asked = askedOf(call);
    if (typeof asked === 'string') {
      call.tell(asked);
      return 2;
    }
    const place = await calendarOf(call);
    if (!place.ok) return sayRefusal(call, place);
    const read = await readWork(call);
    if (typeof read === 'number') return read;
    const clock = place.value === null ? null : clockOver(read.work, place.value);
    if (clock?.ok === false) return sayRefusal(call, clock);
    const work = clock === null ? read.work : inWorkingTime(read.work, clock.value);
    const outcome = outcomeOf(work, asked.outcome);
    if (outcome?.ok === false) return sayRefusal(call, outcome);
    const told = figures(work, asked, outcome?.value ?? null);
    const calendar = place.value?.days.name ?? null;
    if (call.json) call.print(JSON.stringify({ ok: true, file: read.file, calendar, ...told }));
    else for (const line of lines(call, told)) call.print(line);
    return 0;
  },
};

type Asked = {
  readonly running: boolean;
  readonly limitMs: number | null;
  readonly outcome: { readonly kind: 'with' | 'ends'; readonly activity: string } | null;
  readonly attributes: readonly string[];
  readonly heldOut: number;
};

function askedOf({ options }: Call): Asked | string {
  const limitMs = lengthOf(typeof options.sla === 'string' ? options.sla : null);
  if (Number.isNaN(limitMs)) return '--sla is a time such as 90min, 12h or 14d.';
  if (options.calendar !== undefined && String(options.sla).endsWith('d')) {
    return 'With a calendar, --sla counts working hours: write it in h or min.';
  }
  const named = /^(with|ends):(.+)$/s.exec(String(options.outcome ?? ''));
  if (options.outcome !== undefined && named === null) {
    return '--outcome is with:ACTIVITY or ends:ACTIVITY.';
  }
  const heldOut = Number(options['held-out']);
  if (!(heldOut > 0 && heldOut < 1)) return '--held-out is a share between 0 and 1.';
  return {
    running: options.running === true,
    limitMs,
    outcome: named && { kind: named[1] as 'with' | 'ends', activity: named[2]! },
    attributes: Array.isArray(options.attribute) ? options.attribute.map(String) : [],
    heldOut,
  };
}

function outcomeOf(work: Instances, outcome: Asked['outcome']) {
  return outcome === null ? null : judged(work, outcome);
}

function figures(work: Instances, asked: Asked, outcome: { holds: Uint8Array } | null) {
  const decidedBy = asked.outcome?.kind === 'with' ? asked.outcome.activity : null;
  const { attributes, heldOut, limitMs } = asked;
  const told = predictionsOf(work, {
    ...{ attributes, heldOut, limitMs, atMs: null },
    outcome: outcome && { holds: outcome.holds, decidedBy },
    open: openCases(work.log),
  });
  return {
    likenesses: told.likenesses,
    time: told.time && seconded(told.time),
    late: told.late && { limitSeconds: (limitMs ?? 0) / 1000, ...told.late },
    outcome: told.outcome,
    running: asked.running ? told.running.map((each) => runningFigures(work, each)) : null,
  };
}

const toSeconds = (ms: number) => Math.round(ms / 1000);

function seconded({ cases, moments, coverage, ...times }: TimeError) {
  return {
    ...{ cases, moments, coverage },
    errorSeconds: toSeconds(times.errorMs),
    naiveMeanSeconds: toSeconds(times.naiveMeanMs),
    naiveMedianSeconds: toSeconds(times.naiveMedianMs),
    widthSeconds: toSeconds(times.widthMs),
  };
}

function runningFigures(work: Instances, running: Running) {
  const { caseCode, elapsedMs, idleMs, forecast, ...rest } = running;
  const { prefix: _, ...chances } = rest;
  return {
    case: work.log.cases.text(caseCode),
    elapsedSeconds: toSeconds(elapsedMs),
    idleSeconds: toSeconds(idleMs),
    forecast: forecast && {
      medianSeconds: toSeconds(forecast.medianMs),
      fromSeconds: toSeconds(forecast.fromMs),
      toSeconds: toSeconds(forecast.toMs),
      like: forecast.like,
      depth: forecast.depth,
    },
    ...chances,
  };
}

const warningWords = {
  broken: ['已超时', 'late already'],
  at_risk: ['很可能超时', 'likely late'],
  watch: ['需留意', 'to be watched'],
  fine: ['正常', 'in time'],
} as const satisfies Record<Warning, readonly [string, string]>;

function timeLine(time: ReturnType<typeof figures>['time'], zh: boolean): string {
  if (time === null) {
    return zh
      ? '剩余时间：较晚开始的案件尚无一办结，无法评价预测'
      : 'time left: no case that began late enough is over, so forecasts cannot be judged';
  }
  const long = (seconds: number) => duration(seconds)[zh ? 'zh' : 'en'];
  const { cases, moments, coverage } = time;
  const [error, mean, median] = [time.errorSeconds, time.naiveMeanSeconds, time.naiveMedianSeconds];
  return zh
    ? `剩余时间（${cases} 个未见案件，${moments} 个时点）：平均误差 ${long(error)}，朴素预测 ${long(mean)}、${long(median)}；八成区间实际覆盖 ${percent(coverage)}`
    : `time left (${cases} unseen cases, ${moments} moments): mean error ${long(error)}, naive ${long(mean)} and ${long(median)}; the 80% interval held ${percent(coverage)}`;
}

function lines(call: Call, told: ReturnType<typeof figures>): string[] {
  const zh = languageOf(call.environment) === 'zh-CN';
  const say = (chinese: string, english: string) => (zh ? chinese : english);
  const long = (seconds: number) => duration(seconds)[zh ? 'zh' : 'en'];
  const { time, late, outcome, running, likenesses } = told;
  const like = likenesses.join(', ') || '—';
  const chance = (name: string, { auc, brier, naiveBrier, moments, hits }: ChanceError) =>
    `${name}: AUC ${auc === null ? '—' : auc.toFixed(3)}, Brier ${brier.toFixed(4)} (${say('全体比例', 'the share of all')} ${naiveBrier.toFixed(4)}), ${hits} / ${moments}`;
  return [
    say(`相似依据：${like}`, `like by: ${like}`),
    timeLine(time, zh),
    ...(late === null ? [] : [chance(say('超时', 'late'), late)]),
    ...(outcome === null ? [] : [chance(say('结果', 'outcome'), outcome)]),
    ...(running === null
      ? []
      : [say(`在办案件 ${running.length}`, `${running.length} cases under way`)]),
    ...(running ?? []).slice(0, shown).map((each) => {
      const { forecast, chanceLate, elapsedSeconds } = each;
      const left = forecast === null ? '—' : long(forecast.medianSeconds);
      const most = forecast === null ? '—' : long(forecast.toSeconds);
      const word = each.warning === null ? '' : warningWords[each.warning][zh ? 0 : 1];
      const risk = chanceLate === null ? '' : say(`，${word} `, `, ${word} `) + percent(chanceLate);
      return say(
        `  ${each.case}：已用 ${long(elapsedSeconds)}，预计还需 ${left}（九成在 ${most} 内）${risk}`,
        `  ${each.case}: ${long(elapsedSeconds)} so far, ${left} to go (nine in ten within ${most})${risk}`,
      );
    }),
  ];
}

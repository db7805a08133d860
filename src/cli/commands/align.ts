import { resolve } from 'node:path';
import { refuse } from '../../base/result.ts';
import { type Conformance, conformanceOf, tracesOf } from '../../insight/conform/conformance.ts';
import type { Deviation } from '../../insight/conform/deviations.ts';
import { type Replay, replayOf } from '../../insight/conform/replay.ts';
import {
  activityInstances,
  type Instances,
  type LifecycleView,
  lifecycleViews,
} from '../../insight/instances.ts';
import { alignInThreads } from '../analyze/aligning/in-threads.ts';
import { objectOptions, readLog } from '../analyze/read-log.ts';
import { type ReadModel, readModel } from '../analyze/read-model.ts';
import { type Command, languageOf, sayRefusal } from '../command.ts';

const dayS = 86_400;

export const align: Command = {
  usage: `huiliu align LOG MODEL [--lifecycle complete|instances|all] [--budget SECONDS] [--json]

Explains every case of a log by a model (BPMN, or a Petri net in PNML) as cheaply as it can be done:
what was done though the model does not have it there, and what the model has and the case skipped.
Prints fitness and precision by their published definitions and the deviations; activities go by
their names. A BPMN element means what it means when the model runs: boundary events, event-based and
complex gateways, sub-processes and multi-instance are followed by the kernel's own steps.

  --lifecycle  complete (default), instances or all; --sheet, --object-type: as for analyze
  --budget     seconds to search; what is not found by then has a stated bound (default 120)
  --workers    threads to search in (default 1); the answer is the same for any number. A model that
               the kernel's own steps are followed in takes one
  --replay     only what following the cases through the model shows at once
  --json       fitness of every case, cost, precision, deviations with their cases, marks for the
               diagram, and the explanation of every variant`,
  options: {
    lifecycle: { type: 'string', default: 'complete' },
    sheet: { type: 'string' },
    'object-type': { type: 'string' },
    budget: { type: 'string', default: '120' },
    workers: { type: 'string', default: '1' },
    replay: { type: 'boolean', default: false },
  },
  words: { min: 2, max: 2 },
  run: async (call) => {
    const { lifecycle, budget, workers } = call.options;
    if (!lifecycleViews.some((view) => view === lifecycle)) {
      call.tell(`--lifecycle is one of ${lifecycleViews.join(', ')}.`);
      return 2;
    }
    if (!(Number(budget) > 0)) {
      call.tell('--budget is a number of seconds above 0.');
      return 2;
    }
    if (!/^([1-9]|[1-5]\d|6[0-4])$/.test(String(workers))) {
      call.tell('--workers is a number from 1 to 64.');
      return 2;
    }
    const [logFile = '', modelFile = ''] = call.words.map((word) => resolve(call.folder, word));
    const model = await readModel(modelFile);
    if (!model.ok) return sayRefusal(call, model);
    const log = await readLog(logFile, 'utf-8', {
      attributes: true,
      ...objectOptions(call.options),
    });
    if (!log.ok) return sayRefusal(call, log);
    const work = activityInstances(log.value.log, lifecycle as LifecycleView);
    if (work.size === 0) return sayRefusal(call, refuse('log_without_completions'));
    const zh = languageOf(call.environment) === 'zh-CN';
    const replay = replayOf(work, model.value.space);
    if (call.options.replay === true) {
      if (call.json) call.print(JSON.stringify({ ok: true, by: model.value.by, replay }));
      else call.print(replayLine(replay, zh));
      return 0;
    }
    const untilMs = Date.now() + Number(budget) * 1000;
    const threads = model.value.by === 'net' ? Number(workers) : 1;
    const aligned =
      threads > 1
        ? await alignInThreads(threads, { modelFile, traces: tracesOf(work), untilMs })
        : null;
    const isOver = () => Date.now() > untilMs;
    const conformance = conformanceOf(work, model.value.space, { isOver }, aligned);
    if (call.json) {
      call.print(JSON.stringify(figures(work, model.value, replay, conformance)));
    } else for (const line of lines(replay, conformance, zh)) call.print(line);
    return 0;
  },
};

function figures(work: Instances, model: ReadModel, replay: Replay, conformance: Conformance) {
  const { precision, variants, ofCase, deviations, marks, ...rest } = conformance;
  const { cases } = work.log;
  const byCase = Array.from(ofCase, (variant, code) => ({ variant, code }))
    .filter(({ variant }) => variant >= 0)
    .map(({ variant, code }) => {
      const { cost, costMax, fitness, exact } = variants[variant]!;
      return { case: cases.text(code), variant, cost, costMax, fitness, exact };
    });
  return {
    ok: true,
    model: model.kind,
    by: model.by,
    ...rest,
    precision: precision?.usualPrecision ?? null,
    precisionAllWays: precision?.precision ?? null,
    replay,
    deviations: deviations.map(({ caseCodes, ...each }) => ({
      ...each,
      words: { 'zh-CN': deviationText(each, true), en: deviationText(each, false) },
      caseNumbers: caseCodes.map((code) => cases.text(code)),
    })),
    marks: marks.map((mark) => ({ ...mark, elements: model.elements.get(mark.activity) ?? [] })),
    variants: variants
      .map((variant, number) => ({ variant: number, ...variant }))
      .sort((a, b) => b.cases - a.cases),
    byCase,
  };
}

function lines(replay: Replay, conformance: Conformance, zh: boolean): string[] {
  const { cases, fittingCases, exact, inexactCases, deviations, precision } = conformance;
  const [average, log] = [conformance.averageFitness, conformance.logFitness];
  const least = conformance.averageFitnessMin.toFixed(5);
  const bound = zh
    ? `（${inexactCases} 个案件到时未算完，拟合度至少 ${least}）`
    : ` (${inexactCases} cases were not finished in time: at least ${least})`;
  const share = percent(fittingCases / cases);
  const fits = zh
    ? `${cases} 个案件，${fittingCases} 个符合模型（${share}）`
    : `${cases} cases, ${fittingCases} fit the model (${share})`;
  const fitness = zh
    ? `拟合度：平均 ${average.toFixed(5)}，整个日志 ${log.toFixed(5)}`
    : `fitness: ${average.toFixed(5)} on average, ${log.toFixed(5)} of the log`;
  const precise = precision
    ? [`${zh ? '精确度：' : 'precision: '}${precision.usualPrecision.toFixed(5)}`]
    : [];
  return [
    replayLine(replay, zh),
    fits,
    `${fitness}${exact ? '' : bound}`,
    ...precise,
    ...deviations.slice(0, 20).map((each) => deviationText(each, zh)),
  ];
}

function replayLine({ cases, fittingCases, events, followed }: Replay, zh: boolean): string {
  const share = percent(events === 0 ? 1 : followed / events);
  return zh
    ? `回放：${cases} 个案件中 ${fittingCases} 个从头走到尾，${share} 的事件能跟上模型`
    : `replay: ${fittingCases} of ${cases} cases go through, ${share} of the events can be followed`;
}

/** Such as: skipped in 312 cases: second signature; costs 1.4 days more; 71% at unit = 0310. */
function deviationText(each: Omit<Deviation, 'caseCodes'>, zh: boolean): string {
  const { kind, activity, cases, times, extraSeconds, mainly } = each;
  const skipped = kind === 'model';
  const what = zh
    ? `${cases} 个案件${skipped ? '跳过了' : '在模型之外做了'}（${times} 次）：${activity}`
    : `${skipped ? 'skipped' : 'done outside the model'} in ${cases} cases (${times} times): ${activity}`;
  const days = extraSeconds === null ? null : (Math.abs(extraSeconds) / dayS).toFixed(1);
  const more = extraSeconds !== null && extraSeconds >= 0;
  const cost = days === null || days === '0.0' ? '' : daysText(days, more, zh);
  const where = mainly
    ? zh
      ? `；${percent(mainly.share)} 为 ${mainly.attribute} = ${mainly.value}`
      : `; ${percent(mainly.share)} at ${mainly.attribute} = ${mainly.value}`
    : '';
  return `${what}${cost}${where}`;
}

function daysText(days: string, more: boolean, zh: boolean): string {
  if (zh) return `；平均${more ? '多' : '少'}用 ${days} 天`;
  return more ? `; costs ${days} days more` : `; takes ${days} days less`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

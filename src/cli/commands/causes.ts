import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type Cause, type Causes, causesOf } from '../../insight/cause/causes.ts';
import { type DecisionPoint, decisionPoints } from '../../insight/cause/decision-points.ts';
import { decisionTable } from '../../insight/cause/decision-table.ts';
import { type Judged, judged, type Outcome } from '../../insight/cause/outcome.ts';
import { outcomeOf } from '../../insight/cause/outcome-text.ts';
import { savings, timeLost, type Why, whyChain } from '../../insight/cause/why.ts';
import { conformanceOf } from '../../insight/conform/conformance.ts';
import {
  activityInstances,
  type Instances,
  type LifecycleView,
  lifecycleViews,
} from '../../insight/instances.ts';
import { decompose } from '../../insight/wait/decompose.ts';
import { objectOptions, readLog } from '../analyze/read-log.ts';
import { readModel } from '../analyze/read-model.ts';
import { writeWhole } from '../analyze/write-report.ts';
import { type Call, type Command, languageOf, sayRefusal } from '../command.ts';

export const causes: Command = {
  usage: `huiliu causes LOG --outcome OUTCOME [--lifecycle instances|complete|all] [--out FOLDER] [--json]

Which attributes, people, paths, periods and loads go with an outcome of cases: by how much, with the
95 % interval, the chance of a false find over all that was looked at, and what is left of it when the
strongest other factor is held. A factor that goes with an outcome need not have made it.

  --outcome OUTCOME   slow (slower than three in four cases) · slow:DAYS · rework · with:ACTIVITY ·
                      without:ACTIVITY · ends:ACTIVITY · NAME=VALUE (an attribute) · deviating
  --model MODEL       the BPMN or PNML model that deviating is measured against
  --budget SECONDS    for deviating: the time to search (default 60); what is not found counts as fitting
  --out FOLDER        write causes.json, and each decision point as a DMN table, there (the folder may exist)
  --sheet, --object-type: as for analyze`,
  options: {
    outcome: { type: 'string' },
    model: { type: 'string' },
    budget: { type: 'string', default: '60' },
    lifecycle: { type: 'string', default: 'instances' },
    out: { type: 'string' },
    sheet: { type: 'string' },
    'object-type': { type: 'string' },
  },
  words: { min: 1, max: 1 },
  run: async (call) => {
    const wrong = wrongUse(call);
    if (wrong !== null) {
      call.tell(wrong);
      return 2;
    }
    const file = resolve(call.folder, String(call.words[0]));
    const read = await readLog(file, 'utf-8', { attributes: true, ...objectOptions(call.options) });
    if (!read.ok) return sayRefusal(call, read);
    const work = activityInstances(read.value.log, call.options.lifecycle as LifecycleView);
    if (work.size === 0) return sayRefusal(call, refuse('log_without_completions'));
    const outcome = await askedOutcome(call, work);
    if (!outcome.ok) return sayRefusal(call, outcome);
    const cases = judged(work, outcome.value);
    if (!cases.ok) return sayRefusal(call, cases);
    const told = figures(work, outcome.value, cases.value, String(call.options.outcome));
    if (typeof call.options.out === 'string') {
      const written = await writeAll(resolve(call.folder, call.options.out), told);
      if (!written.ok) return sayRefusal(call, written);
    }
    if (call.json) call.print(JSON.stringify(told));
    else for (const line of lines(told, languageOf(call.environment) === 'zh-CN')) call.print(line);
    return 0;
  },
};

/** The figures, and a DMN table for each decision point, into a folder that may exist. */
async function writeAll(folder: string, told: ReturnType<typeof figures>): Promise<Result<void>> {
  const made = await folderMade(folder);
  if (!made.ok) return made;
  const files = [
    ['causes.json', `${JSON.stringify(told, null, 1)}\n`],
    ...told.decisionPoints.map((point, k) => [`decision-${k + 1}.dmn`, decisionTable(point)]),
  ];
  for (const [name = '', text = ''] of files) {
    const written = await writeWhole(join(folder, name), text);
    if (!written.ok) return written;
  }
  return ok(undefined);
}

async function folderMade(folder: string): Promise<Result<void, 'report_folder_not_writable'>> {
  try {
    await mkdir(folder, { recursive: true });
    return ok(undefined);
  } catch (error) {
    return refuse('report_folder_not_writable', { folder, reason: String(error) });
  }
}

function wrongUse({ options }: Call): string | null {
  const outcome = options.outcome;
  if (typeof outcome !== 'string' || !/^(slow|rework|deviating)$|^[a-z]+:.+$|=/s.test(outcome)) {
    return '--outcome is slow, slow:DAYS, rework, with:ACTIVITY, without:ACTIVITY, ends:ACTIVITY, NAME=VALUE or deviating.';
  }
  if (outcome.startsWith('slow:') && !(Number(outcome.slice(5)) >= 0)) {
    return 'slow:DAYS takes a number of days.';
  }
  if ((outcome === 'deviating') !== (typeof options.model === 'string')) {
    return '--model goes with --outcome deviating, and only with it.';
  }
  if (!lifecycleViews.some((each) => each === options.lifecycle)) {
    return `--lifecycle is one of ${lifecycleViews.join(', ')}.`;
  }
  return Number(options.budget) > 0 ? null : '--budget is a number of seconds above 0.';
}

async function askedOutcome({ options, folder }: Call, work: Instances): Promise<Result<Outcome>> {
  const text = String(options.outcome);
  if (text === 'deviating') {
    const model = await readModel(resolve(folder, String(options.model)));
    if (!model.ok) return model;
    const until = performance.now() + Number(options.budget) * 1000;
    const isOver = () => performance.now() > until;
    const { ofCase, variants } = conformanceOf(work, model.value.space, { isOver });
    const marks = Uint8Array.from(ofCase, (code) =>
      code >= 0 && variants[code]!.cost > 0 ? 1 : 0,
    );
    return ok({ kind: 'marked', marks });
  }
  return ok(present(outcomeOf(text), 'an outcome that can be read'));
}

function figures(work: Instances, outcome: Outcome, cases: Judged, text: string) {
  const found: Causes = causesOf(work, outcome, cases);
  const measured = work.measured.includes(1);
  const waits = measured ? decompose(work) : null;
  return {
    ok: true,
    outcome: text,
    overSeconds: cases.overMs === null ? null : cases.overMs / 1000,
    cases: cases.cases,
    hits: cases.hits,
    share: cases.hits / cases.cases,
    ...found,
    fishbone: fishbone(found.found),
    whys: whyChain(work, outcome, cases),
    timeLost: waits === null ? null : timeLost(work, waits, cases),
    savings: waits === null ? null : savings(work, waits),
    decisionPoints: decisionPoints(work),
  };
}

/** Numbers of the finds by where they come from; those that another explains are left out. */
function fishbone(found: readonly Cause[]): Readonly<Record<string, readonly number[]>> {
  const bones: Record<string, number[]> = {};
  for (const [k, { group, held, difference }] of found.entries()) {
    if (held?.explained || difference <= 0) continue;
    bones[group] = [...(bones[group] ?? []), k];
  }
  return bones;
}

function lines(told: ReturnType<typeof figures>, zh: boolean): string[] {
  const say = (chinese: string, english: string) => (zh ? chinese : english);
  const head = `${told.outcome}${say('：', ': ')}${told.hits} / ${told.cases} (${percent(told.share)})`;
  return [
    head,
    say(
      `检查了 ${told.looked} 个因素，${told.found.length} 个超出偶然`,
      `${told.looked} factors looked at, ${told.found.length} beyond chance`,
    ),
    ...told.found.slice(0, 15).map((cause) => causeLine(cause, zh)),
    ...(told.whys.length > 0 ? [say('追问为什么：', 'Why, and why again:')] : []),
    ...told.whys.map((why, k) => whyLine(why, k, zh)),
    ...told.decisionPoints.slice(0, 5).map((point) => pointLine(point, zh)),
  ];
}

const groupWords: Readonly<Record<Cause['group'], readonly [string, string]>> = {
  attribute: ['属性', 'attribute'],
  resource: ['人员', 'person'],
  path: ['路径', 'path'],
  rework: ['返工', 'again'],
  period: ['时期', 'period'],
  load: ['在办量', 'open cases'],
};

function nameOf({ group, subject, value }: Omit<Cause, 'cases'> | Cause, zh: boolean): string {
  const word = groupWords[group][zh ? 0 : 1];
  if (group === 'load') return `${word} ${value}`;
  const joined = group === 'path' ? `${subject} → ${value}` : `${subject} = ${value}`;
  return `${word} ${value === '' ? subject : joined}`;
}

function causeLine(cause: Cause, zh: boolean): string {
  const { cases, hits, otherCases, otherHits, difference, interval, held } = cause;
  const points = (share: number) => (share * 100).toFixed(1);
  const shares = `${percent(hits / cases)} : ${percent(otherHits / otherCases)}`;
  const range = `${points(difference)} [${points(interval.from)}, ${points(interval.to)}]`;
  const explained = held?.explained
    ? zh
      ? `；多由「${nameOf({ ...cause, ...held }, zh)}」解释`
      : `; mostly explained by ${nameOf({ ...cause, ...held }, zh)}`
    : '';
  return zh
    ? `${nameOf(cause, zh)}：${shares}，相差 ${range} 个百分点，${cases} 个案件${explained}`
    : `${nameOf(cause, zh)}: ${shares}, ${range} points, ${cases} cases${explained}`;
}

function whyLine({ among, cause }: Why, k: number, zh: boolean): string {
  const of = zh ? `（${among} 个案件中）` : ` (among ${among} cases)`;
  return `${k + 1}. ${causeLine(cause, zh)}${of}`;
}

function pointLine({ after, rules, accuracy, always }: DecisionPoint, zh: boolean): string {
  const [right, base] = [percent(accuracy), percent(always)];
  return zh
    ? `决策点「${after}」之后：${rules.length} 条规则说中 ${right}（只说最常见的：${base}）`
    : `after ${after}: ${rules.length} rules are right in ${right} (the commonest alone: ${base})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

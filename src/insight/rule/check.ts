import { ok, type Result } from '../../base/result.ts';
import type { WorkClock } from '../../base/working-hours.ts';
import { none } from '../event-log.ts';
import { filtered } from '../filter.ts';
import type { Instances } from '../instances.ts';
import { activitiesOf, type Rule, type RuleDemand } from './rules.ts';

/**
 * `kept`, `broken`; `open`: its time is not up when the log ends; `not_told`: the log names nobody
 * who did it; `not_concerned`: the rule asks nothing of this case.
 */
export const verdicts = ['not_concerned', 'kept', 'broken', 'open', 'not_told'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * What shows that a case breaks a rule: the pieces of work (their indices) it is seen by, who, and
 * by how much: hours taken beside those allowed, or times done beside those asked for.
 */
export type Evidence = {
  readonly work: readonly number[];
  readonly resource: string | null;
  readonly found: number | null;
};

/** `ofCase`: index into `verdicts` by case; `evidence`: of the broken cases, by case code. */
export type RuleResult = {
  readonly rule: Rule;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly ofCase: Uint8Array;
  readonly evidence: ReadonlyMap<number, Evidence>;
  /** Activities it names that the log never has. */
  readonly unknownActivities: readonly string[];
};

type Judged = { readonly verdict: Verdict; readonly evidence?: Evidence };
type Judge = (from: number, to: number) => Judged;

const hourMs = 3_600_000;
const kept: Judged = { verdict: 'kept' };
const notConcerned: Judged = { verdict: 'not_concerned' };

/**
 * Holds every case against every rule. `clock`: counts working time; null: the clock on the wall.
 * The log ends with its last piece of work. Refusals: those of the filters in `where`.
 */
export function checkRules(
  work: Instances,
  rules: readonly Rule[],
  clock: WorkClock | null = null,
): Result<readonly RuleResult[]> {
  const codes = new Map<string, number>();
  const { activities } = work.log;
  for (let code = 0; code < activities.size; code++) codes.set(activities.text(code), code);
  const done = new Set(work.activity);
  const results: RuleResult[] = [];
  for (const rule of rules) {
    const concerned = concernedBy(work, rule);
    if (!concerned.ok) return concerned;
    const judge = judgeOf(work, rule.demand, codes, clock);
    const names = activitiesOf(rule.demand);
    const unknownActivities = names.filter((name) => !done.has(codes.get(name) ?? none));
    results.push({ rule, ...judgeAll(work, concerned.value, judge), unknownActivities });
  }
  return ok(results);
}

/** Cases with work in them that the filters of a rule leave; 1 for those. */
function concernedBy(work: Instances, { where }: Rule): Result<Uint8Array> {
  const left = where.length === 0 ? null : filtered(work.log, work.view, where);
  if (left?.ok === false && left.code !== 'filter_leaves_nothing') return left;
  const concerned = new Uint8Array(work.log.cases.size);
  if (left?.ok === false) return ok(concerned);
  const { firstOfCase } = left === null ? work : left.value.work;
  for (let c = 0; c < concerned.length; c++) {
    if (firstOfCase[c] !== firstOfCase[c + 1]) concerned[c] = 1;
  }
  return ok(concerned);
}

function judgeAll(work: Instances, concerned: Uint8Array, judge: Judge) {
  const counts = { not_concerned: 0, kept: 0, broken: 0, open: 0, not_told: 0 };
  const ofCase = new Uint8Array(concerned.length);
  const evidence = new Map<number, Evidence>();
  for (let c = 0; c < concerned.length; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    if (from === to) continue;
    const judged = concerned[c] === 1 ? judge(from, to) : notConcerned;
    counts[judged.verdict]++;
    ofCase[c] = verdicts.indexOf(judged.verdict);
    if (judged.evidence !== undefined) evidence.set(c, judged.evidence);
  }
  return { counts, ofCase, evidence };
}

function judgeOf(
  work: Instances,
  demand: RuleDemand,
  codes: ReadonlyMap<string, number>,
  clock: WorkClock | null,
): Judge {
  const [first = none, second = none] = activitiesOf(demand).map((name) => codes.get(name) ?? none);
  const between = (from: number, to: number) =>
    clock === null ? Math.max(0, to - from) : clock.between(from, to);
  switch (demand.kind) {
    case 'response':
      return responseJudge(work, { first, second, withinHours: demand.withinHours }, between);
    case 'precedence':
      return precedenceJudge(work, first, second);
    case 'four_eyes':
      return fourEyesJudge(work, first, second);
    case 'not_coexistence':
      return (from, to) => {
        const done = work.activity.subarray(from, to);
        const [a, b] = [done.indexOf(first), done.indexOf(second)];
        if (a < 0 && b < 0) return notConcerned;
        if (a < 0 || b < 0) return kept;
        return broken([from + a, from + b].sort((x, y) => x - y));
      };
    case 'existence':
    case 'absence':
    case 'exactly':
      return timesJudge(work, first, demand.kind, demand.kind === 'absence' ? 0 : demand.times);
    case 'duration':
      return durationJudge(work, demand.withinHours, between);
    default: {
      const never: never = demand;
      return never;
    }
  }
}

type Between = (fromMs: number, toMs: number) => number;

function broken(
  work: readonly number[],
  found: number | null = null,
  resource: string | null = null,
): Judged {
  return { verdict: 'broken', evidence: { work, resource, found } };
}

/** The worst answer of a case shows: one that never came, else the latest one. */
function responseJudge(
  work: Instances,
  wanted: { first: number; second: number; withinHours: number | null },
  between: Between,
): Judge {
  const { first, second, withinHours } = wanted;
  const logEndMs = lastEnd(work);
  const limitMs = withinHours === null ? Number.POSITIVE_INFINITY : withinHours * hourMs;
  return (from, to) => {
    let [answer, asked, open, worst] = [-1, false, false, kept];
    let worstMs = -1;
    for (let i = to - 1; i >= from; i--) {
      if (work.activity[i] === first) {
        asked = true;
        const until = answer < 0 ? logEndMs : work.startMs[answer]!;
        const tookMs = between(work.endMs[i]!, until);
        const late = answer < 0 ? withinHours === null || tookMs > limitMs : tookMs > limitMs;
        if (answer < 0 && !late) open = true;
        if (late && tookMs > worstMs) {
          worstMs = tookMs;
          worst = broken(answer < 0 ? [i] : [i, answer], Math.round(tookMs / 36_000) / 100);
        }
      }
      if (work.activity[i] === second) answer = i;
    }
    if (!asked) return notConcerned;
    return worst === kept && open ? { verdict: 'open' } : worst;
  };
}

function precedenceJudge(work: Instances, first: number, second: number): Judge {
  return (from, to) => {
    const done = work.activity.subarray(from, to);
    const at = done.indexOf(second);
    if (at < 0) return notConcerned;
    return done.subarray(0, at).includes(first) ? kept : broken([from + at]);
  };
}

function fourEyesJudge(work: Instances, first: number, second: number): Judge {
  return (from, to) => {
    const did = new Map<number, number>();
    let unnamed = false;
    let [firsts, seconds] = [0, 0];
    for (let i = from; i < to; i++) {
      if (work.activity[i] === first) {
        firsts++;
        if (work.resource[i] === none) unnamed = true;
        else did.set(work.resource[i]!, i);
      }
      if (work.activity[i] === second) seconds++;
    }
    if (firsts === 0 || seconds === 0) return notConcerned;
    for (let i = from; i < to; i++) {
      if (work.activity[i] !== second) continue;
      const resource = work.resource[i]!;
      const other = did.get(resource);
      if (resource === none) unnamed = true;
      else if (other !== undefined && other !== i) {
        const both = [other, i].sort((x, y) => x - y);
        return broken(both, null, work.log.resources.text(resource));
      }
    }
    return unnamed ? { verdict: 'not_told' } : kept;
  };
}

function timesJudge(
  work: Instances,
  activity: number,
  kind: 'existence' | 'absence' | 'exactly',
  times: number,
): Judge {
  return (from, to) => {
    const found: number[] = [];
    for (let i = from; i < to; i++) if (work.activity[i] === activity) found.push(i);
    const fits = kind === 'existence' ? found.length >= times : found.length === times;
    return fits ? kept : broken(found, found.length);
  };
}

/** A case that is still under way at the end of the log cannot be told from one that is over. */
function durationJudge(work: Instances, withinHours: number, between: Between): Judge {
  return (from, to) => {
    let last = from;
    for (let i = from; i < to; i++) if (work.endMs[i]! >= work.endMs[last]!) last = i;
    const tookMs = between(work.startMs[from]!, work.endMs[last]!);
    if (tookMs <= withinHours * hourMs) return kept;
    return broken([from, last], Math.round(tookMs / 36_000) / 100);
  };
}

function lastEnd({ endMs }: Instances): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const end of endMs) if (end > last) last = end;
  return last;
}

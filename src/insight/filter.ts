import { ok, type Result, refuse } from '../base/result.ts';
import { casesOnly, type EventLog, type Names, none } from './event-log.ts';
import { activityInstances, type Instances, type LifecycleView } from './instances.ts';
import { variantsOf } from './variants.ts';

/**
 * One condition on a case. Activities go by their names; times are ms since epoch, durations ms.
 * `time`: the case lies wholly between from and to. `with`, `without`: an execution of the activity
 * is there, or is not. `starts`, `ends`: its first or last execution is one of these. `duration`:
 * at least and at most. `variants`: it has one of the commonest variants that together cover the
 * share. `follows`: `second` comes at some time after `first`. `same_person`: one person did both,
 * so four eyes were only two.
 */
export type Filter =
  | { readonly kind: 'time'; readonly fromMs: number | null; readonly toMs: number | null }
  | { readonly kind: 'with' | 'without'; readonly activity: string }
  | { readonly kind: 'starts' | 'ends'; readonly activities: readonly string[] }
  | { readonly kind: 'duration'; readonly leastMs: number | null; readonly mostMs: number | null }
  | { readonly kind: 'variants'; readonly share: number }
  | {
      readonly kind: 'follows' | 'same_person';
      readonly first: string;
      readonly second: string;
    };

/** A filter with what it left. */
export type FilterStep = {
  readonly filter: Filter;
  readonly casesBefore: number;
  readonly casesAfter: number;
};

export type Filtered = {
  readonly work: Instances;
  readonly steps: readonly FilterStep[];
};

/**
 * Applies filters one after the other: each sees only what the ones before it left, so `variants`
 * after `time` speaks of the variants of that time. Refusals: filter_activity_unknown,
 * filter_leaves_nothing. Without filters it is the log under the view.
 */
export function filtered(
  log: EventLog,
  view: LifecycleView,
  filters: readonly Filter[],
): Result<Filtered> {
  let left = log;
  let work = activityInstances(log, view);
  const steps: FilterStep[] = [];
  for (const filter of filters) {
    const kept = keptCases(work, filter);
    if (!kept.ok) return kept;
    const casesBefore = casesIn(work);
    left = casesOnly(left, kept.value);
    work = activityInstances(left, view);
    const casesAfter = casesIn(work);
    if (casesAfter === 0) return refuse('filter_leaves_nothing', { filter: filter.kind });
    steps.push({ filter, casesBefore, casesAfter });
  }
  return ok({ work, steps });
}

/** Cases in which at least one piece of work was done. */
function casesIn({ firstOfCase, log }: Instances): number {
  let cases = 0;
  for (let c = 0; c < log.cases.size; c++) if (firstOfCase[c] !== firstOfCase[c + 1]) cases++;
  return cases;
}

type Keeps = (from: number, to: number, caseCode: number) => boolean;

function keptCases(work: Instances, filter: Filter): Result<Uint8Array> {
  const keeps = keeperOf(work, filter);
  if (!keeps.ok) return keeps;
  const kept = new Uint8Array(work.log.cases.size);
  for (let c = 0; c < kept.length; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    if (from < to && keeps.value(from, to, c)) kept[c] = 1;
  }
  return ok(kept);
}

function keeperOf(work: Instances, filter: Filter): Result<Keeps> {
  switch (filter.kind) {
    case 'time': {
      const [earliest, latest] = [filter.fromMs ?? -Infinity, filter.toMs ?? Infinity];
      return ok((from, to) => work.startMs[from]! >= earliest && endOf(work, from, to) <= latest);
    }
    case 'duration': {
      const [least, most] = [filter.leastMs ?? 0, filter.mostMs ?? Infinity];
      return ok((from, to) => {
        const duration = endOf(work, from, to) - work.startMs[from]!;
        return duration >= least && duration <= most;
      });
    }
    case 'variants':
      return ok(amongVariants(work, filter.share));
    default:
      return byActivity(work, filter);
  }
}

function endOf({ endMs }: Instances, from: number, to: number): number {
  let end = endMs[from]!;
  for (let i = from + 1; i < to; i++) if (endMs[i]! > end) end = endMs[i]!;
  return end;
}

function amongVariants(work: Instances, share: number): Keeps {
  const variants = variantsOf(work);
  const all = variants.cases.reduce((sum, count) => sum + count, 0);
  const order = variants.cases.map((_, variant) => variant);
  order.sort((a, b) => variants.cases[b]! - variants.cases[a]! || a - b);
  const kept = new Set<number>();
  let covered = 0;
  for (const variant of order) {
    if (covered >= share * all) break;
    kept.add(variant);
    covered += variants.cases[variant]!;
  }
  return (_from, _to, caseCode) => kept.has(variants.ofCase[caseCode]!);
}

type ByActivity = Exclude<Filter, { readonly kind: 'time' | 'duration' | 'variants' }>;

function byActivity(work: Instances, filter: ByActivity): Result<Keeps> {
  const names =
    'activities' in filter
      ? filter.activities
      : 'activity' in filter
        ? [filter.activity]
        : [filter.first, filter.second];
  const codes = names.map((name) => codeOf(work.log.activities, name));
  const unknown = names.find((_, i) => codes[i] === none);
  if (unknown !== undefined) return refuse('filter_activity_unknown', { activity: unknown });
  const [first, second] = [codes[0]!, codes[1] ?? none];
  const { activity, resource } = work;
  switch (filter.kind) {
    case 'with':
    case 'without': {
      const wanted = filter.kind === 'with';
      return ok((from, to) => activity.subarray(from, to).includes(first) === wanted);
    }
    case 'starts':
      return ok((from) => codes.includes(activity[from]!));
    case 'ends':
      return ok((_from, to) => codes.includes(activity[to - 1]!));
    case 'follows':
      return ok((from, to) => {
        const at = activity.subarray(from, to).indexOf(first);
        return at >= 0 && activity.subarray(from + at + 1, to).includes(second);
      });
    case 'same_person':
      return ok((from, to) => {
        const did = new Set<number>();
        for (let i = from; i < to; i++) if (activity[i] === first) did.add(resource[i]!);
        did.delete(none);
        for (let i = from; i < to; i++) {
          if (activity[i] === second && did.has(resource[i]!)) return true;
        }
        return false;
      });
    default: {
      const never: never = filter;
      return never;
    }
  }
}

function codeOf(names: Names, name: string): number {
  for (let code = 0; code < names.size; code++) if (names.text(code) === name) return code;
  return none;
}

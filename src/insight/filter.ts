import { ok, type Result, refuse } from '../base/result.ts';
import { casesOnly, type EventLog, type Names, none } from './event-log.ts';
import { activityInstances, type Instances, type LifecycleView } from './instances.ts';
import { variantsOf } from './variants.ts';

/**
 * One condition on a case. Activities go by their names; times are ms since epoch, durations ms.
 * `time`: the case lies wholly between from and to. `with`, `without`: an execution of the activity
 * is there, or is not. `starts`, `ends`: its first or last execution is one of these. `duration`:
 * at least and at most. `variants`: it has one of the commonest variants that together cover the
 * share. `follows`: `second` comes at some time after `first`; `directly`: with nothing in between.
 * `gap`: somewhere `second` comes directly after `first` and begins so long after its end.
 * `same_person`: one person did both, so four eyes were only two; `four_eyes`: both were done, and
 * nobody did both. `attribute`: it, or one of its events, has one of the values, or a number from
 * least to most. `rework`: an activity, or this one, was done again. `resource`: someone had a hand
 * in it.
 */
export type Filter =
  | { readonly kind: 'time'; readonly fromMs: number | null; readonly toMs: number | null }
  | { readonly kind: 'with' | 'without'; readonly activity: string }
  | { readonly kind: 'starts' | 'ends'; readonly activities: readonly string[] }
  | { readonly kind: 'duration'; readonly leastMs: number | null; readonly mostMs: number | null }
  | { readonly kind: 'variants'; readonly share: number }
  | {
      readonly kind: 'follows' | 'directly' | 'same_person' | 'four_eyes';
      readonly first: string;
      readonly second: string;
    }
  | {
      readonly kind: 'gap';
      readonly first: string;
      readonly second: string;
      readonly leastMs: number | null;
      readonly mostMs: number | null;
    }
  | {
      readonly kind: 'attribute';
      readonly attribute: string;
      /** One of these; null: a number between the bounds. */
      readonly values: readonly string[] | null;
      readonly least: number | null;
      readonly most: number | null;
    }
  | { readonly kind: 'rework'; readonly activity: string | null }
  | { readonly kind: 'resource'; readonly resource: string };

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
 * filter_attribute_unknown, filter_resource_unknown, filter_leaves_nothing. Without filters it is
 * the log under the view.
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
    case 'attribute':
      return byAttribute(work, filter);
    case 'resource': {
      const wanted = codeOf(work.log.resources, filter.resource);
      if (wanted === none) return refuse('filter_resource_unknown', { resource: filter.resource });
      return ok((from, to) => work.resource.subarray(from, to).includes(wanted));
    }
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

type ByAttribute = Extract<Filter, { readonly kind: 'attribute' }>;

/** Attributes of events hold for a case when one of the events it shows has the value. */
function byAttribute(work: Instances, filter: ByAttribute): Result<Keeps> {
  const { log, source } = work;
  const attribute = log.attributes.find(({ name }) => name === filter.attribute);
  if (attribute === undefined) {
    const names = log.attributes.map(({ name }) => name).join(', ');
    const facts = { attribute: filter.attribute, attributes: names.slice(0, 500) };
    return refuse('filter_attribute_unknown', facts);
  }
  const { values, code } = attribute;
  const wanted = new Uint8Array(values.size);
  const [least, most] = [filter.least ?? -Infinity, filter.most ?? Infinity];
  for (let value = 0; value < values.size; value++) {
    const text = values.text(value);
    const number = text.trim() === '' ? Number.NaN : Number(text);
    const fits = filter.values?.includes(text) ?? (number >= least && number <= most);
    wanted[value] = fits ? 1 : 0;
  }
  if (attribute.of === 'case') return ok((_from, _to, caseCode) => wanted[code[caseCode]!] === 1);
  return ok((from, to) => {
    for (let i = from; i < to; i++) if (wanted[code[source[i]!]!] === 1) return true;
    return false;
  });
}

type ByActivity = Exclude<
  Filter,
  { readonly kind: 'time' | 'duration' | 'variants' | 'attribute' | 'resource' }
>;

function namesIn(filter: ByActivity): readonly string[] {
  if ('activities' in filter) return filter.activities;
  if ('first' in filter) return [filter.first, filter.second];
  return filter.activity === null ? [] : [filter.activity];
}

function byActivity(work: Instances, filter: ByActivity): Result<Keeps> {
  const names = namesIn(filter);
  const codes = names.map((name) => codeOf(work.log.activities, name));
  const unknown = names.find((_, i) => codes[i] === none);
  if (unknown !== undefined) return refuse('filter_activity_unknown', { activity: unknown });
  const [first, second] = [codes[0] ?? none, codes[1] ?? none];
  const { activity } = work;
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
    case 'directly':
      return ok(stepBetween(work, first, second, () => true));
    case 'gap': {
      const [least, most] = [filter.leastMs ?? -Infinity, filter.mostMs ?? Infinity];
      return ok(stepBetween(work, first, second, (gap) => gap >= least && gap <= most));
    }
    case 'same_person':
    case 'four_eyes':
      return ok(byPersons(work, first, second, filter.kind === 'same_person'));
    case 'rework':
      return ok((from, to) => {
        const done = activity.subarray(from, to);
        if (first !== none) return done.indexOf(first) !== done.lastIndexOf(first);
        return new Set(done).size < done.length;
      });
    default: {
      const never: never = filter;
      return never;
    }
  }
}

/** Whether one step follows directly on the other, after a time that `fits`. */
function stepBetween(
  { activity, startMs, endMs }: Instances,
  first: number,
  second: number,
  fits: (gapMs: number) => boolean,
): Keeps {
  return (from, to) => {
    for (let i = from + 1; i < to; i++) {
      if (activity[i - 1] !== first || activity[i] !== second) continue;
      if (fits(Math.max(0, startMs[i]! - endMs[i - 1]!))) return true;
    }
    return false;
  };
}

/** `same`: someone did both; else both were done by known people, and nobody did both. */
function byPersons(
  { activity, resource }: Instances,
  first: number,
  second: number,
  same: boolean,
): Keeps {
  return (from, to) => {
    const did = new Set<number>();
    for (let i = from; i < to; i++) if (activity[i] === first) did.add(resource[i]!);
    did.delete(none);
    let [both, other] = [false, false];
    for (let i = from; i < to; i++) {
      if (activity[i] !== second || resource[i] === none) continue;
      if (did.has(resource[i]!)) both = true;
      else other = true;
    }
    return same ? both : did.size > 0 && other && !both;
  };
}

function codeOf(names: Names, name: string): number {
  for (let code = 0; code < names.size; code++) if (names.text(code) === name) return code;
  return none;
}

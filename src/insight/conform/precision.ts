import type { Instances } from '../instances.ts';
import { variantsOf } from '../variants.ts';
import { type Firing, Markings } from './markings.ts';
import type { StateSpace } from './space.ts';

/** How much of what a model allows the log really shows, with what it was worked out of. */
export type Precision = {
  /** 1 - escaping / allowed; 1 when nothing was allowed. */
  readonly precision: number;
  /** Ways the model allowed after a beginning of a case, and those no case took; by cases. */
  readonly allowed: number;
  readonly escaping: number;
  /** The same, looking ahead in a net as PM4Py 2.7 does (see `usualLabelsAhead`). */
  readonly usualPrecision: number;
  /** Beginnings of cases that the model cannot follow; they are left out. */
  readonly unfitting: number;
};

/**
 * What a model may have come to after a beginning. `labels`: what it allows next, from the states
 * just after the last activity that took the fewest silent steps.
 */
type Reached = {
  /** All states, silent steps after it included, each with the fewest steps to it. */
  readonly all: ReadonlyMap<number, number>;
  readonly labels: ReadonlySet<number>;
  readonly usualLabels: ReadonlySet<number>;
  readonly next: Map<number, Reached | null>;
};

type Prefix = { readonly reached: Reached | null; followers: Map<number, Prefix>; cases: number };

/**
 * Precision by escaping edges (ETConformance: Muñoz-Gama, Carmona 2010; Adriansyah and others
 * 2015): after every proper beginning of a case, which activities does the model allow next, and
 * which of them did no case with that beginning do? Where the model can follow a beginning in
 * several ways, those with the fewest silent steps count. Null: the model has too many states to
 * tell.
 */
export function precisionOf(work: Instances, space: StateSpace): Precision | null {
  const known = new Map<string, Reached>();
  const labels = new Map(space.labels.map((label, i) => [label, i]));
  const labelOf = Array.from({ length: work.log.activities.size }, (_, code) => {
    return labels.get(work.log.activities.text(code)) ?? -2 - code;
  });
  const start = remembered(space, known, new Map([[space.initial, 0]]));
  const root: Prefix = { reached: start, followers: new Map(), cases: 0 };
  const variants = variantsOf(work);
  for (const [variant, example] of variants.example.entries()) {
    const count = variants.cases[variant]!;
    let prefix = root;
    prefix.cases += count;
    const to = work.firstOfCase[example + 1]!;
    for (let i = work.firstOfCase[example]!; i < to; i++) {
      const label = labelOf[work.activity[i]!]!;
      let next = prefix.followers.get(label);
      if (next === undefined) {
        const reached = prefix.reached && after(space, known, prefix.reached, label);
        next = { reached, followers: new Map(), cases: 0 };
        prefix.followers.set(label, next);
      }
      // A beginning counts only where something follows.
      if (i + 1 < to) next.cases += count;
      prefix = next;
    }
  }
  const counts = counted(root);
  return space.overflow ? null : counts;
}

function counted(root: Prefix): Precision {
  let [allowed, escaping, unfitting] = [0, 0, 0];
  let [usuallyAllowed, usuallyEscaping] = [0, 0];
  const stack = [root];
  for (let prefix = stack.pop(); prefix !== undefined; prefix = stack.pop()) {
    stack.push(...prefix.followers.values());
    if (prefix.cases === 0) continue;
    if (prefix.reached === null) {
      unfitting += prefix.cases;
      continue;
    }
    const { labels, usualLabels } = prefix.reached;
    const { followers, cases } = prefix;
    const unused = (ahead: ReadonlySet<number>) =>
      [...ahead].filter((label) => !followers.has(label)).length;
    allowed += labels.size * cases;
    escaping += unused(labels) * cases;
    usuallyAllowed += usualLabels.size * cases;
    usuallyEscaping += unused(usualLabels) * cases;
  }
  return {
    precision: allowed === 0 ? 1 : 1 - escaping / allowed,
    usualPrecision: usuallyAllowed === 0 ? 1 : 1 - usuallyEscaping / usuallyAllowed,
    allowed,
    escaping,
    unfitting,
  };
}

/** What is reached after one more activity; null when the model cannot do it there. */
function after(
  space: StateSpace,
  known: Map<string, Reached>,
  reached: Reached,
  label: number,
): Reached | null {
  const seen = reached.next.get(label);
  if (seen !== undefined) return seen;
  const next = new Map<number, number>();
  for (const [state, steps] of reached.all) {
    for (const step of space.steps(state)) {
      if (step.label === label && steps < (next.get(step.to) ?? Infinity)) next.set(step.to, steps);
    }
  }
  const found = next.size === 0 ? null : remembered(space, known, next);
  reached.next.set(label, found);
  return found;
}

/** States with their silent steps, made relative to the fewest, each combination kept once. */
function remembered(
  space: StateSpace,
  known: Map<string, Reached>,
  states: ReadonlyMap<number, number>,
): Reached {
  const fewest = Math.min(...states.values());
  const list = [...states].map(([state, steps]) => [state, steps - fewest] as const);
  list.sort(([a], [b]) => a - b);
  const key = list.map(([state, steps]) => `${state}:${steps}`).join(' ');
  const seen = known.get(key);
  if (seen) return seen;
  const least = list.filter(([, steps]) => steps === 0).map(([state]) => state);
  const labels = labelsAhead(space, least);
  const reached: Reached = {
    all: silentlyReached(space, list),
    labels,
    usualLabels: space instanceof Markings ? usualLabelsAhead(space, least) : labels,
    next: new Map(),
  };
  known.set(key, reached);
  return reached;
}

/** All states within silent steps of the given ones, by fewest steps. */
function silentlyReached(
  space: StateSpace,
  from: readonly (readonly [number, number])[],
): ReadonlyMap<number, number> {
  const steps = new Map<number, number>();
  const levels: number[][] = [];
  const reach = (state: number, count: number) => {
    if ((steps.get(state) ?? Infinity) <= count) return;
    steps.set(state, count);
    while (levels.length <= count) levels.push([]);
    levels[count]!.push(state);
  };
  for (const [state, count] of from) reach(state, count);
  for (let count = 0; count < levels.length; count++) {
    for (const state of levels[count]!) {
      if (steps.get(state) !== count) continue;
      for (const { label, to } of space.steps(state)) if (label < 0) reach(to, count + 1);
    }
  }
  return steps;
}

/** Labels of the steps that are possible, at once or after silent ones. */
function labelsAhead(space: StateSpace, from: readonly number[]): ReadonlySet<number> {
  const labels = new Set<number>();
  const seen = new Set(from);
  for (const state of seen) {
    for (const { label, to } of space.steps(state)) {
      if (label >= 0) labels.add(label);
      else seen.add(to);
    }
  }
  return labels;
}

/**
 * What PM4Py 2.7 finds possible: it remembers of each transition only the marking in which it met
 * it last, so behind several silent steps it may miss some. Figures of the field are made this way;
 * it depends on the names of transitions, and never finds more than there is.
 */
function usualLabelsAhead(space: Markings, from: readonly number[]): ReadonlySet<number> {
  const labels = new Set<number>();
  for (const state of from) {
    const queue: Firing[] = [...space.steps(state)];
    const latest = new Map(queue.map((firing) => [firing.transition, state]));
    const visited = new Set<string>();
    for (const { transition, label } of queue) {
      const at = latest.get(transition) ?? state;
      const key = `${transition} ${at}`;
      if (visited.has(key)) continue;
      visited.add(key);
      if (label >= 0) {
        labels.add(label);
        continue;
      }
      const fired = space.steps(at).find((firing) => firing.transition === transition);
      if (fired === undefined) continue;
      for (const next of space.steps(fired.to)) {
        queue.push(next);
        latest.set(next.transition, fired.to);
      }
    }
  }
  return labels;
}

import type { Instances } from '../instances.ts';
import { variantsOf } from '../variants.ts';
import type { StateSpace } from './space.ts';

/**
 * What following a log through a model shows at once, without searching: `fittingCases` go through
 * from the beginning to an end (exact); an activity the model cannot do where the case stands is
 * passed over, and `followed` counts those of `events` that were not.
 */
export type Replay = {
  readonly cases: number;
  readonly fittingCases: number;
  readonly events: number;
  readonly followed: number;
};

type States = { readonly states: readonly number[]; readonly next: Map<number, States | null> };

/** Follows every variant with all states at once that the model may be in. */
export function replayOf(work: Instances, space: StateSpace): Replay {
  const variants = variantsOf(work);
  const known = new Map<string, States>();
  const labels = new Map(space.labels.map((label, i) => [label, i]));
  const names = work.log.activities;
  const labelOf = Array.from({ length: names.size }, (_, code) => labels.get(names.text(code)));
  const start = closed(space, known, [space.initial]);
  let [cases, fittingCases, events, followed] = [0, 0, 0, 0];
  for (const [variant, example] of variants.example.entries()) {
    const count = variants.cases[variant]!;
    let here = start;
    let missed = 0;
    const [from, to] = [work.firstOfCase[example]!, work.firstOfCase[example + 1]!];
    for (let i = from; i < to; i++) {
      const label = labelOf[work.activity[i]!];
      const next = label === undefined ? null : after(space, known, here, label);
      if (next === null) missed++;
      else here = next;
    }
    cases += count;
    events += (to - from) * count;
    followed += (to - from - missed) * count;
    if (missed === 0 && here.states.some((state) => space.isFinal(state))) fittingCases += count;
  }
  return { cases, fittingCases, events, followed };
}

function after(
  space: StateSpace,
  known: Map<string, States>,
  { states, next }: States,
  label: number,
): States | null {
  const seen = next.get(label);
  if (seen !== undefined) return seen;
  const to = states.flatMap((state) =>
    space.steps(state).flatMap((step) => (step.label === label ? [step.to] : [])),
  );
  const found = to.length === 0 ? null : closed(space, known, to);
  next.set(label, found);
  return found;
}

/** The states with all that silent steps lead to. */
function closed(space: StateSpace, known: Map<string, States>, from: readonly number[]): States {
  const states = new Set(from);
  for (const state of states) {
    for (const { label, to } of space.steps(state)) if (label < 0) states.add(to);
  }
  const list = [...states].sort((a, b) => a - b);
  const key = list.join(' ');
  const seen = known.get(key);
  if (seen) return seen;
  const made = { states: list, next: new Map() };
  known.set(key, made);
  return made;
}

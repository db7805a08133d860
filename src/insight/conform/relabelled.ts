import type { StateSpace, Step } from './space.ts';

/**
 * The same states with other labels: `labelOf` names each label anew; null makes its steps silent,
 * for what a log never shows.
 */
export function relabelled(
  space: StateSpace,
  labelOf: (label: string) => string | null,
): StateSpace {
  const names = space.labels.map(labelOf);
  const labels = [...new Set(names.filter((name) => name !== null))];
  const numbers = new Map(labels.map((label, i) => [label, i]));
  const numberOf = names.map((name) => (name === null ? -1 : (numbers.get(name) ?? -1)));
  const known = new Map<number, readonly Step[]>();
  return {
    labels,
    initial: space.initial,
    get overflow() {
      return space.overflow;
    },
    get size() {
      return space.size;
    },
    isFinal: (state) => space.isFinal(state),
    steps: (state) => {
      const found =
        known.get(state) ??
        space.steps(state).map(({ label, to }) => ({
          label: label < 0 ? -1 : numberOf[label]!,
          to,
        }));
      known.set(state, found);
      return found;
    },
  };
}

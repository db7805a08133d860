import type { PetriNet, Transition } from '../petri-net.ts';

/**
 * The same net with fewer silent transitions: one that only passes a token from one place to
 * another goes, when the token can do nothing else at one of the two (fusion of series, Murata
 * 1989). Every trace keeps the cost of its cheapest explanation; a search has far fewer markings to
 * look at.
 */
export function reduced(net: PetriNet): PetriNet {
  let transitions = net.transitions;
  let { initial, final } = net;
  for (;;) {
    const found = passing(transitions, initial, final);
    if (!found) return { ...net, transitions, initial, final };
    const { transition, gone, stays } = found;
    const moved = (places: readonly number[]) =>
      places.map((place) => (place === gone ? stays : place));
    transitions = transitions
      .filter((each) => each !== transition)
      .map(({ label, inputs, outputs }) => ({
        label,
        inputs: moved(inputs),
        outputs: moved(outputs),
      }));
    initial = moved(initial);
    final = moved(final);
  }
}

type Passing = {
  readonly transition: Transition;
  readonly gone: number;
  readonly stays: number;
};

/** A silent transition from one place to another of which one has no other use, or null. */
function passing(
  transitions: readonly Transition[],
  initial: readonly number[],
  final: readonly number[],
): Passing | null {
  for (const transition of transitions) {
    const { label, inputs, outputs } = transition;
    const [from, to] = [inputs[0], outputs[0]];
    if (label !== null || inputs.length !== 1 || outputs.length !== 1) continue;
    if (from === undefined || to === undefined || from === to) continue;
    const others = transitions.filter((each) => each !== transition);
    const leaves = others.some((each) => each.inputs.includes(from)) || final.includes(from);
    const enters = others.some((each) => each.outputs.includes(to)) || initial.includes(to);
    if (!leaves) return { transition, gone: from, stays: to };
    if (!enters && !final.includes(to)) return { transition, gone: to, stays: from };
  }
  return null;
}

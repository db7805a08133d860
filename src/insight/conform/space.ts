/** A step of a model: the number of its label (-1: silent), and the state it leads to. */
export type Step = { readonly label: number; readonly to: number };

/**
 * What a model can do, state by state: the markings of a net, or the states of the kernel. States
 * are numbers, given out as they are first met, the same on every run. `overflow` turns true when
 * there is no end of them; steps beyond are then left out and nothing exact can be said.
 */
export type StateSpace = {
  readonly labels: readonly string[];
  readonly initial: number;
  readonly overflow: boolean;
  readonly size: number;
  isFinal(state: number): boolean;
  steps(state: number): readonly Step[];
};

/**
 * A Petri net with a beginning and an end. Places are numbers from 0; a transition without a label
 * is silent. `initial` and `final` name places, one as often as it holds tokens.
 */
export type PetriNet = {
  readonly places: number;
  readonly transitions: readonly Transition[];
  readonly initial: readonly number[];
  readonly final: readonly number[];
};

export type Transition = {
  /** What the file calls it, where there is one. */
  readonly id?: string;
  readonly label: string | null;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
};

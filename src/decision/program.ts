import type { Code } from '../feel/frame.ts';
import type { FeelType } from '../feel/value/type.ts';
import type { DecisionModel } from './model/model.ts';

/** What an element of the graph needs, and the names under which it sees them. */
export type Requirement = {
  /** Names of imports on the way, outermost first; empty in the same file. */
  readonly path: readonly string[];
  readonly name: string;
  readonly node: DecisionNode;
};

export type DecisionNode =
  | {
      readonly kind: 'input';
      readonly id: string;
      readonly name: string;
      readonly type: FeelType;
      /** Names of imports under which the value may be given. */
      readonly path: readonly string[];
    }
  | {
      readonly kind: 'decision';
      readonly id: string;
      readonly name: string;
      readonly type: FeelType;
      readonly requirements: () => readonly Requirement[];
      readonly code: Code;
      readonly height: number;
    }
  | {
      readonly kind: 'knowledge';
      readonly id: string;
      readonly name: string;
      readonly requirements: () => readonly Requirement[];
      /** The function over a frame that holds what the model itself requires. */
      readonly code: Code;
      readonly type: FeelType;
      /** What its result is converted to. */
      readonly result: FeelType;
    }
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly name: string;
      readonly type: FeelType;
      readonly outputs: () => readonly Requirement[];
      /** Inputs in the order of the service's parameters. */
      readonly inputs: () => readonly Requirement[];
    };

/** A model ready to decide. */
export type DecisionProgram = {
  readonly model: DecisionModel;
  /** Decisions, services and knowledge models of the file itself, by id and by name. */
  readonly decisions: ReadonlyMap<string, DecisionNode>;
  readonly services: ReadonlyMap<string, DecisionNode>;
  readonly inputs: ReadonlyMap<string, DecisionNode>;
};

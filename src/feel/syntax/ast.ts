import type { Scope } from '../compile/scope.ts';
import type { Code } from '../frame.ts';
import type { FeelType } from '../value/type.ts';
import type { RangeForm } from '../value/value.ts';

export type Arithmetic = '+' | '-' | '*' | '/' | '**';
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** `name in source`, or `name in source..end`. */
export type Binding = {
  readonly name: string;
  readonly source: Expression;
  readonly end: Expression | null;
};

/** A parameter as written; the type is null if none was. */
export type WrittenParameter = { readonly name: string; readonly type: FeelType | null };

type Node =
  | { readonly kind: 'literal'; readonly value: null | boolean | string | bigint | object }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'context';
      readonly entries: readonly { readonly name: string; readonly value: Expression }[];
    }
  | {
      readonly kind: 'range';
      readonly startIncluded: boolean;
      readonly start: Expression;
      readonly end: Expression;
      readonly endIncluded: boolean;
    }
  | { readonly kind: 'test'; readonly form: RangeForm; readonly operand: Expression }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'between';
      readonly value: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | { readonly kind: 'in'; readonly value: Expression; readonly tests: readonly Expression[] }
  | { readonly kind: 'instance'; readonly value: Expression; readonly type: FeelType }
  | { readonly kind: 'path'; readonly source: Expression; readonly name: string }
  | {
      readonly kind: 'filter';
      readonly source: Expression;
      readonly condition: Expression;
      /** A boxed filter demands booleans; a filter in text passes over what is none. */
      readonly boxed?: boolean;
    }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly Expression[];
      /** The names of the arguments, or null if they are given by position. */
      readonly names: readonly string[] | null;
    }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly consequence: Expression;
      readonly otherwise: Expression;
      /** A boxed conditional demands a boolean; an `if` takes all but true as false. */
      readonly boxed?: boolean;
    }
  | { readonly kind: 'for'; readonly bindings: readonly Binding[]; readonly body: Expression }
  | {
      readonly kind: 'quantified';
      readonly quantifier: 'some' | 'every';
      /** A boxed one demands booleans; in text another value leaves the answer open. */
      readonly boxed?: boolean;
      readonly bindings: readonly Binding[];
      readonly body: Expression;
    }
  | {
      readonly kind: 'function';
      readonly parameters: readonly WrittenParameter[];
      /** null: an external function, which nothing here runs. */
      readonly body: Expression | null;
    }
  | { readonly kind: 'typed'; readonly value: Expression; readonly type: FeelType }
  /** Something that is not text, such as a decision table: it brings its own code. */
  | { readonly kind: 'made'; readonly compile: (scope: Scope) => Code };

/**
 * An expression. `at` is its offset in the text; `height` counts its levels, so that no closure
 * nests deeper than the stack allows.
 */
export type Expression = Node & { readonly at: number; readonly height: number };

/** The tests of one cell: any of them must hold, or none of them if `negated`. */
export type UnaryTests = {
  readonly anything: boolean;
  readonly negated: boolean;
  readonly tests: readonly Expression[];
};

/** How a part becomes code; given to the files that compile one kind of expression. */
export type Compile = (expression: Expression, scope: Scope) => Code;

/** Levels of nesting in one text. */
export const HEIGHT_MAX = 400;

/** Makes a node one level higher than the highest of its parts. */
export function node(at: number, parts: readonly Expression[], content: Node): Expression {
  let height = 0;
  for (const part of parts) if (part.height > height) height = part.height;
  return { ...content, at, height: height + 1 };
}

import type { FutureRule } from '../../../../product/loan/progressive/terms.ts';
import type { Account } from './account.ts';
import type { Step } from './gherkin.ts';
import type { Fields } from './json.ts';

/** What outlives a scenario: the products, and rules that a step changed for a product. */
export type World = {
  readonly products: Fields;
  readonly futures: Map<string, FutureRule>;
  /** Set by a step for all scenarios after it. */
  chargesBy: 'due' | 'entered';
};

/** One scenario under way. */
export type Stage = {
  readonly world: World;
  today: string;
  account: Account | null;
};

/** Null: done. 'missing': a feature these loans do not have. 'wrong': what was wanted and came. */
export type Said = null | { readonly missing: string } | { readonly wrong: string };

/** Does one sentence when it knows it; undefined: it does not. */
export type Deed = {
  readonly pattern: RegExp;
  readonly act: (stage: Stage, words: readonly string[], table: Step['table']) => Said;
};

/**
 * The seam to FEEL: the kernel keeps an expression's text beside what evaluates it, and knows no
 * other language for conditions, timers and mappings.
 */
import type { Value, Values } from '../base/data.ts';

export type Expression = {
  readonly text: string;
  /** Never throws for data: what cannot be computed is null. */
  readonly evaluate: (values: Values) => Value;
};

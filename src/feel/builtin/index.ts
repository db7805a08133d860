import type { FeelFunction } from '../value/value.ts';
import { AGGREGATE_FUNCTIONS } from './aggregates.ts';
import { CONTEXT_FUNCTIONS } from './contexts.ts';
import { CONVERSION_FUNCTIONS } from './conversions.ts';
import { LIST_FUNCTIONS } from './lists.ts';
import { NUMBER_FUNCTIONS } from './numbers.ts';
import { RANGE_FUNCTIONS } from './ranges.ts';
import { STRING_FUNCTIONS } from './strings.ts';
import { TEMPORAL_FUNCTIONS } from './temporals.ts';

/** All functions of DMN 1.5, chapter 10.3.4, by their names. */
export const BUILTINS: ReadonlyMap<string, FeelFunction> = new Map(
  [
    ...CONVERSION_FUNCTIONS,
    ...STRING_FUNCTIONS,
    ...NUMBER_FUNCTIONS,
    ...LIST_FUNCTIONS,
    ...AGGREGATE_FUNCTIONS,
    ...CONTEXT_FUNCTIONS,
    ...TEMPORAL_FUNCTIONS,
    ...RANGE_FUNCTIONS,
  ].map((definition) => [definition.name, definition]),
);

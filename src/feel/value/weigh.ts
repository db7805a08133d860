import type { Run } from '../run.ts';
import { FeelRange, type FeelValue, isContext, isList } from './value.ts';

/**
 * Spends a step for every value inside. Lists may share their parts, so that a few steps make a
 * value of endless size; whatever walks through one whole value weighs it first.
 */
export function weigh(value: FeelValue, run: Run): void {
  if (value === null || typeof value !== 'object') return;
  if (isList(value)) {
    run.spend(value.length + 1);
    for (const element of value) weigh(element, run);
  } else if (value instanceof FeelRange) {
    weigh(value.start, run);
    weigh(value.end, run);
  } else if (isContext(value)) {
    const names = Object.keys(value);
    run.spend(names.length + 1);
    for (const name of names) weigh(value[name] ?? null, run);
  }
}

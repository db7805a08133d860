/**
 * The seam to FEEL: the kernel keeps an expression's text beside what evaluates it, and knows no
 * other language for conditions, timers and mappings.
 */
import type { Value, Values } from '../base/data.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { compileExpression, evaluate } from '../feel/index.ts';

export type Expression = {
  readonly text: string;
  /**
   * Never throws for data: what cannot be computed, or costs too much, is null. `at` (ms since
   * epoch,
   * UTC) is the moment of `now()` and `today()`, in the bank's time zone.
   */
  readonly evaluate: (values: Values, at?: number) => Value;
};

/** A FEEL expression; a leading '=' is left out. Refuses `expression_invalid`. */
export function feel(text: string): Result<Expression, 'expression_invalid'> {
  const source = text.trim().replace(/^=/, '').trim();
  const compiled = compileExpression(source);
  if (!compiled.ok) return refuse('expression_invalid', { text });
  const { value } = compiled;
  if (!/\b(now|today)\s*\(/.test(source)) {
    return ok({ text: source, evaluate: (values) => evaluate(value, values).value });
  }
  const evaluateAt: Expression['evaluate'] = (values, at) =>
    evaluate(value, values, at === undefined ? {} : { now: momentOf(at) }).value;
  return ok({ text: source, evaluate: evaluateAt });
}

/** The zone in which dates without one, calendar durations and today are read. */
export const timeZone = 'Asia/Shanghai';

/** ISO 8601 with zone. */
function momentOf(at: number): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return moment.toString({ timeZoneName: 'never' });
}

/** A value that is what it says. */
export function literal(value: string): Expression {
  return { text: JSON.stringify(value), evaluate: () => value };
}

/** The variable of this name. */
export function variable(name: string): Expression {
  return { text: name, evaluate: (values) => values[name] ?? null };
}

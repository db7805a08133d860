/** Thrown only for what a wrong program can cause; it stops the transaction it happens in. */
export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed';
}

/** States what must hold. `what` is the sentence that must be true: 'debits equal credits'. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new AssertionFailed(`does not hold: ${what}`);
}

/** A value that must be there; `what` names it. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new AssertionFailed(`missing: ${what}`);
  return value;
}

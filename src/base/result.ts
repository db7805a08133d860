/** The two ways a command can end. A refusal is an answer, not an accident. */
export type Ok<T> = { readonly ok: true; readonly value: T };

/**
 * A typed "no". `code` comes from a closed list (contract/refusals), `facts` fill the places of
 * its text (never a person's name or a free text that must not reach a log).
 */
export type Refusal<Code extends string = string> = {
  readonly ok: false;
  readonly code: Code;
  readonly facts: Readonly<Record<string, string>>;
};

export type Result<T, Code extends string = string> = Ok<T> | Refusal<Code>;

/** The answer when all went well. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** A refusal with its code and the facts that fill its text. */
export function refuse<Code extends string>(
  code: Code,
  facts: Readonly<Record<string, string>> = {},
): Refusal<Code> {
  return { ok: false, code, facts };
}

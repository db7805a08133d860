import { isValues, type Value, type Values } from '../base/data.ts';
import { ok, type Refusal, type Result } from '../base/result.ts';
import { BUILTINS } from './builtin/index.ts';
import { compile, compileTests } from './compile/compile.ts';
import { rootFrame, rootScope } from './compile/scope.ts';
import { type Code, Frame } from './frame.ts';
import { LIMITS, type LimitCode, LimitReached, type Limits, type Reason, Run } from './run.ts';
import type { SyntaxCode } from './syntax/lexer.ts';
import { NameTable } from './syntax/names.ts';
import { PLAIN, parseExpression, parseUnaryTests } from './syntax/parse.ts';
import type { Vocabulary } from './syntax/reader.ts';
import { toPlain } from './value/text.ts';
import { parseDateTime } from './value/time.ts';
import type { FeelContext, FeelValue } from './value/value.ts';
import { weigh } from './value/weigh.ts';

/** An expression ready to run, as often as wanted. */
export type CompiledExpression = {
  readonly kind: 'expression';
  readonly text: string;
  readonly code: Code;
};

/** The tests of a cell ready to run on a value. */
export type CompiledTests = {
  readonly kind: 'tests';
  readonly text: string;
  readonly code: Code;
};

/** What goes with an evaluation besides its values. */
export type Settings = Partial<Limits> & {
  /** The moment of `now()` and `today()`, ISO 8601 with zone; without it both are null. */
  readonly now?: string;
};

/**
 * What came out. `reasons` say why the value, or a part of it, is null. `refused` is set if a
 * limit was reached: then the value is null and nothing else may be read from it.
 */
export type Evaluated<V> = {
  readonly value: V;
  readonly reasons: readonly Reason[];
  readonly refused: Refusal<LimitCode> | null;
};

/** Compiled texts kept for the next call with the same text and names. */
const CACHE_MAX = 2_000;
/** Longer texts are compiled each time: few of them would fill the memory. */
const CACHED_LENGTH_MAX = 4_000;
const cache = new Map<string, Result<CompiledExpression | CompiledTests, SyntaxCode>>();

function remembered<T extends CompiledExpression | CompiledTests>(
  key: string,
  make: () => Result<T, SyntaxCode>,
): Result<T, SyntaxCode> {
  const known = cache.get(key);
  if (known !== undefined) return known as Result<T, SyntaxCode>;
  const made = make();
  if (key.length > CACHED_LENGTH_MAX) return made;
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, made);
  return made;
}

const ROOT = rootScope(BUILTINS);

function words(names: readonly string[]): Vocabulary {
  return names.length === 0 ? PLAIN : { ...PLAIN, names: new NameTable(names, PLAIN.names) };
}

/**
 * Compiles a FEEL expression. `names` are names in scope that hold signs or operator words
 * (`a-b`, `terms and conditions`); all others need no declaration.
 * Refusals: feel_syntax { at, found }, feel_text_too_long, feel_text_too_deep.
 */
export function compileExpression(
  text: string,
  names: readonly string[] = [],
): Result<CompiledExpression, SyntaxCode> {
  return remembered(`e${names.join('\u0000')}\u0001${text}`, () => {
    const parsed = parseExpression(text, words(names));
    if (!parsed.ok) return parsed;
    return ok({ kind: 'expression', text, code: compile(parsed.value, ROOT) });
  });
}

/** Compiles the tests of a decision table's cell, such as `< 5, [10..20]`. As compileExpression. */
export function compileUnaryTests(
  text: string,
  names: readonly string[] = [],
): Result<CompiledTests, SyntaxCode> {
  return remembered(`t${names.join('\u0000')}\u0001${text}`, () => {
    const parsed = parseUnaryTests(text, words(names));
    if (!parsed.ok) return parsed;
    return ok({ kind: 'tests', text, code: compileTests(parsed.value, ROOT) });
  });
}

/**
 * Runs code within limits: what it gives, or null with the limit's code if one was reached.
 * The stack itself is the last limit, and counts as depth.
 */
export function guarded(
  settings: Settings | undefined,
  work: (run: Run) => FeelValue,
): Evaluated<FeelValue> {
  const now = settings?.now === undefined ? null : parseDateTime(settings.now);
  const run = new Run(settings === undefined ? LIMITS : { ...LIMITS, ...settings }, now);
  try {
    return { value: work(run), reasons: run.reasons, refused: null };
  } catch (error) {
    if (error instanceof LimitReached) return stopped(run, error.code, error.facts);
    if (error instanceof RangeError && /call stack/.test(error.message)) {
      return stopped(run, 'feel_too_deep', { depthMax: String(run.limits.depth) });
    }
    throw error;
  }
}

function stopped(
  run: Run,
  code: LimitCode,
  facts: Readonly<Record<string, string>>,
): Evaluated<FeelValue> {
  const reasons = [...run.reasons, { code, at: 0, facts }];
  return { value: null, reasons, refused: { ok: false, code, facts } };
}

function plain(evaluated: Evaluated<FeelValue>): Evaluated<Value> {
  const { value } = evaluated;
  if (value === null || typeof value !== 'object') return evaluated as Evaluated<Value>;
  let portable = true;
  const result = toPlain(value, () => {
    portable = false;
  });
  if (portable) return { ...evaluated, value: result };
  const reason: Reason = { code: 'feel_value_not_portable', at: 0, facts: {} };
  return { ...evaluated, value: result, reasons: [...evaluated.reasons, reason] };
}

/**
 * Evaluates an expression over `values`. Nothing else can be reached from it. Dates, times and
 * durations leave as ISO 8601 strings. It never throws; see Evaluated for null and limits.
 */
export function evaluate(
  compiled: CompiledExpression,
  values: Values,
  settings?: Settings,
): Evaluated<Value> {
  return plain(
    guarded(settings, (run) => {
      const value = compiled.code(rootFrame(run, values as FeelContext));
      // Lists share parts: what a few steps made may be endless when it is written out.
      weigh(value, run);
      return value;
    }),
  );
}

/**
 * Whether `input` passes the tests of a cell, whose names are read from `values`. null: it cannot
 * be decided, see the reasons.
 */
export function test(
  compiled: CompiledTests,
  input: Value,
  values: Values = {},
  settings?: Settings,
): Evaluated<boolean | null> {
  const evaluated = guarded(settings, (run) =>
    compiled.code(new Frame(run, rootFrame(run, values as FeelContext), [input as FeelValue])),
  );
  const value = typeof evaluated.value === 'boolean' ? evaluated.value : null;
  return { ...evaluated, value };
}

/**
 * Names of `values` at any depth that an expression over them must be told (see compileExpression).
 */
export function namesOf(values: Values): readonly string[] {
  const found = new Set<string>();
  const visit = (value: Value): void => {
    if (Array.isArray(value)) for (const element of value) visit(element);
    else if (isValues(value)) {
      for (const [name, member] of Object.entries(value)) {
        if (!/^[\p{L}\p{N}_ ]*$/u.test(name) || / (and|or|in|between) /.test(name)) found.add(name);
        visit(member);
      }
    }
  };
  visit(values);
  return [...found].sort();
}

import type { SyntaxCode } from './syntax/lexer.ts';
import type { FeelDateTime } from './value/time.ts';

/** Why an expression, or a part of it, is null. Texts: contract/refusals/feel.ts. */
export type ReasonCode =
  | SyntaxCode
  | 'decision_input_not_allowed'
  | 'decision_rows_conflict'
  | 'feel_argument_missing'
  | 'feel_argument_out_of_range'
  | 'feel_argument_type'
  | 'feel_argument_unknown'
  | 'feel_clock_not_given'
  | 'feel_context_key_duplicate'
  | 'feel_division_by_zero'
  | 'feel_external_function'
  | 'feel_index_out_of_range'
  | 'feel_member_unknown'
  | 'feel_name_unknown'
  | 'feel_not_a_boolean'
  | 'feel_not_a_function'
  | 'feel_not_comparable'
  | 'feel_number_too_large'
  | 'feel_operand_type'
  | 'feel_pattern_invalid'
  | 'feel_text_not_a_value'
  | 'feel_type_mismatch'
  | 'feel_value_not_portable';

/** A limit that was reached: the whole evaluation is refused. */
export type LimitCode = 'feel_fuel_exhausted' | 'feel_too_deep' | 'feel_too_large';

/** One reason; `at` is the offset in the expression's text. */
export type Reason = {
  readonly code: ReasonCode | LimitCode;
  readonly at: number;
  readonly facts: Readonly<Record<string, string>>;
};

/** Rows of a table that matched, counted from 1; `table` is the id of what holds the table. */
export type Mark = { readonly table: string; readonly rows: readonly number[] };

/** What one evaluation may use. */
export type Limits = {
  /** Steps: turns of loops, calls, elements made. */
  readonly fuel: number;
  /** Levels of calls within calls, counted in levels of nested expressions. */
  readonly depth: number;
  /** Elements of a list that is made. */
  readonly listLength: number;
  /** Characters of a string that is made. */
  readonly stringLength: number;
};

export const LIMITS: Limits = {
  fuel: 300_000,
  depth: 1_000,
  listLength: 100_000,
  stringLength: 1_000_000,
};

/** Reasons kept of one evaluation; the first are the ones that explain. */
export const REASONS_MAX = 50;

/** Thrown inside an evaluation when a limit is reached, and caught at its entrance. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
  readonly code: LimitCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: LimitCode, facts: Readonly<Record<string, string>>) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/** One evaluation: what it may still use, and why parts of it are null. */
export class Run {
  readonly limits: Limits;
  /** The moment `now()` and `today()` give, or null if none was given. */
  readonly now: FeelDateTime | null;
  readonly reasons: Reason[] = [];
  /** Tables that were asked on the way, in order. */
  readonly marks: Mark[] = [];
  fuel: number;
  depth = 0;

  constructor(limits: Limits, now: FeelDateTime | null) {
    this.limits = limits;
    this.now = now;
    this.fuel = limits.fuel;
  }

  /** Records why and gives null. */
  nothing(code: ReasonCode, at: number, facts: Readonly<Record<string, string>> = {}): null {
    if (this.reasons.length < REASONS_MAX) this.reasons.push({ code, at, facts });
    return null;
  }

  /** Takes `steps` of fuel. */
  spend(steps: number): void {
    this.fuel -= steps;
    if (this.fuel < 0) {
      throw new LimitReached('feel_fuel_exhausted', { fuelMax: String(this.limits.fuel) });
    }
  }

  /** Goes `levels` deeper; every call pairs with `leave`. */
  enter(levels: number): void {
    this.depth += levels;
    if (this.depth > this.limits.depth) {
      throw new LimitReached('feel_too_deep', { depthMax: String(this.limits.depth) });
    }
  }

  leave(levels: number): void {
    this.depth -= levels;
  }

  /** A list of this many elements is about to be made. */
  makeList(length: number): void {
    if (length > this.limits.listLength) {
      throw new LimitReached('feel_too_large', { lengthMax: String(this.limits.listLength) });
    }
    this.spend(length);
  }

  /** Gives back the string if it is within bounds. */
  makeString(text: string): string {
    this.reserveString(text.length);
    return text;
  }

  /** A string of this many characters is about to be made. */
  reserveString(length: number): void {
    if (length > this.limits.stringLength) {
      throw new LimitReached('feel_too_large', { lengthMax: String(this.limits.stringLength) });
    }
    if (length > 256) this.spend(length >> 8);
  }
}

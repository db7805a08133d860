import type { Value, Values } from '../base/data.ts';
import { ok, type Result, refuse } from '../base/result.ts';
import { guarded, type Settings } from '../feel/expression.ts';
import { Frame } from '../feel/frame.ts';
import type { Reason, Run } from '../feel/run.ts';
import { convert } from '../feel/value/convert.ts';
import { toPlain } from '../feel/value/text.ts';
import { type FeelType, formatType } from '../feel/value/type.ts';
import {
  contextOf,
  type FeelContext,
  FeelFunction,
  type FeelValue,
  isContext,
  kindOf,
  memberOf,
} from '../feel/value/value.ts';
import { weigh } from '../feel/value/weigh.ts';
import type { DecisionNode, DecisionProgram, Requirement } from './program.ts';
import { asTyped } from './typed-input.ts';

/** Rows (from 1) of the table that a decision or knowledge model holds. */
export type Matched = { readonly decision: string; readonly rows: readonly number[] };

/** What was decided, and why. */
export type Decided<V = Value> = {
  readonly output: V;
  /** Every table that was asked, in order, with the rows it took its answer from. */
  readonly matched: readonly Matched[];
  /** Why the output, or a part of it, is null. */
  readonly reasons: readonly Reason[];
};

/** One evaluation of the graph: what is given and what is known so far. */
class Session {
  readonly #run: Run;
  readonly #given: FeelContext;
  readonly #known: Map<DecisionNode, FeelValue>;

  constructor(run: Run, given: FeelContext, known: Map<DecisionNode, FeelValue>) {
    this.#run = run;
    this.#given = given;
    this.#known = known;
  }

  value(node: DecisionNode): FeelValue {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const value = this.#made(node);
    this.#known.set(node, value);
    return value;
  }

  #made(node: DecisionNode): FeelValue {
    switch (node.kind) {
      case 'input':
        return this.#input(node);
      case 'decision': {
        this.#run.enter(node.height + 4);
        const value = node.code(this.#frame(node.requirements()));
        this.#run.leave(node.height + 4);
        return this.#typed(value, node.type);
      }
      case 'knowledge':
        return this.#knowledge(node);
      case 'service':
        return this.#service(node);
      default: {
        const never: never = node;
        return never;
      }
    }
  }

  #knowledge(node: Extract<DecisionNode, { kind: 'knowledge' }>): FeelValue {
    const values = this.#values(node.requirements().filter((need) => need.node !== node));
    const value = node.code(new Frame(this.#run, null, [values]));
    if (!(value instanceof FeelFunction)) return null;
    const { signatures, invoke } = value;
    const result = node.type.kind === 'any' ? node.result : resultOf(node.type, node.result);
    const made = new FeelFunction({ name: node.name, signatures, result, invoke });
    // A knowledge model may call itself by its name.
    values[node.name] = made;
    return made;
  }

  #typed(value: FeelValue, type: FeelType): FeelValue {
    const fitting = convert(value, type);
    if (fitting !== undefined) return fitting;
    return this.#run.nothing('feel_type_mismatch', 0, {
      type: formatType(type),
      found: kindOf(value),
    });
  }

  #input(node: Extract<DecisionNode, { kind: 'input' }>): FeelValue {
    let holder: FeelValue = this.#given;
    for (const name of node.path) {
      holder = isContext(holder) ? (memberOf(holder, name) ?? null) : null;
    }
    const nested = isContext(holder) ? memberOf(holder, node.name) : undefined;
    const given = nested ?? memberOf(this.#given, node.name) ?? null;
    return this.#typed(asTyped(given, node.type), node.type);
  }

  #frame(requirements: readonly Requirement[]): Frame {
    return new Frame(this.#run, null, [this.#values(requirements)]);
  }

  #values(requirements: readonly Requirement[]): Record<string, FeelValue> {
    const values: Record<string, FeelValue> = Object.create(null);
    for (const { path, name, node } of requirements) {
      let holder = values;
      for (const step of path) {
        holder[step] ??= Object.create(null);
        holder = holder[step] as Record<string, FeelValue>;
      }
      holder[name] = this.value(node);
    }
    return values;
  }

  /** A service as a function: its inputs are given, the rest is worked out anew. */
  #service(node: Extract<DecisionNode, { kind: 'service' }>): FeelValue {
    const inputs = node.inputs();
    const parameters = inputs.map(({ name, node: input }) => ({
      name,
      type: input.kind === 'input' || input.kind === 'decision' ? input.type : null,
    }));
    return new FeelFunction({
      name: node.name,
      signatures: [{ parameters, required: parameters.length, variadic: false }],
      result: node.type.kind === 'function' ? node.type.result : node.type,
      invoke: ({ args, run }) => {
        run.enter(10);
        const known = new Map(inputs.map(({ node: input }, i) => [input, args[i] ?? null]));
        const value = outputsOf(node, new Session(run, this.#given, known));
        run.leave(10);
        return value;
      },
    });
  }
}

/** What a service with one output gives, as its own type says. */
function serviceResult(
  service: Extract<DecisionNode, { kind: 'service' }>,
  value: FeelValue,
  run: Run,
): FeelValue {
  if (service.outputs().length !== 1) return value;
  const type = resultOf(service.type, service.type);
  const fitting = convert(value, type);
  if (fitting !== undefined) return fitting;
  const facts = { type: formatType(type), found: kindOf(value) };
  return run.nothing('feel_type_mismatch', 0, facts);
}

function resultOf(type: FeelType, otherwise: FeelType): FeelType {
  if (type.kind === 'named') return resultOf(type.base(), otherwise);
  if (type.kind === 'function') return type.result;
  return otherwise.kind === 'any' ? type : otherwise;
}

function outputsOf(node: Extract<DecisionNode, { kind: 'service' }>, session: Session): FeelValue {
  const outputs = node.outputs();
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return session.value(only.node);
  return contextOf(outputs.map((output) => [output.name, session.value(output.node)]));
}

/**
 * Decides in FEEL's own values: for rooms that keep dates as dates. Refusals: decision_unknown,
 * and the limits of FEEL. `service`: what is asked is a service, by its id or name.
 */
export function decideValues(
  program: DecisionProgram,
  asked: { readonly decision: string; readonly service?: string },
  inputs: FeelContext,
  settings?: Settings,
): Result<Decided<FeelValue>> {
  const node = program.decisions.get(asked.decision);
  const service = asked.service === undefined ? null : program.services.get(asked.service);
  if (node === undefined || service === undefined) {
    return refuse('decision_unknown', { decision: asked.decision });
  }
  let marks: Run['marks'] = [];
  const evaluated = guarded(settings, (run) => {
    marks = run.marks;
    const known = new Map<DecisionNode, FeelValue>();
    if (service?.kind === 'service') {
      for (const { name, node: input } of service.inputs()) {
        const given = memberOf(inputs, name) ?? null;
        known.set(input, 'type' in input ? (convert(given, input.type) ?? null) : given);
      }
    }
    const value = new Session(run, inputs, known).value(node);
    weigh(value, run);
    return service?.kind === 'service' ? serviceResult(service, value, run) : value;
  });
  if (evaluated.refused !== null) return evaluated.refused;
  const matched = marks.map(({ table, rows }) => ({ decision: table, rows }));
  return ok({ output: evaluated.value, matched, reasons: evaluated.reasons });
}

/**
 * Decides: the decision's value over `inputs` (by the names of the input data), the rows that gave
 * it, and why it is null if it is. Text given for a date, a time or a duration is read as one; in
 * the output they are ISO 8601 texts. Refusals: decision_unknown, feel_fuel_exhausted,
 * feel_too_deep, feel_too_large.
 */
export function decide(
  program: DecisionProgram,
  decisionId: string,
  inputs: Values,
  settings?: Settings,
): Result<Decided> {
  const decided = decideValues(program, { decision: decisionId }, inputs as FeelContext, settings);
  if (!decided.ok) return decided;
  let portable = true;
  const output = toPlain(decided.value.output, () => {
    portable = false;
  });
  const { matched, reasons } = decided.value;
  if (portable) return ok({ output, matched, reasons });
  const reason: Reason = { code: 'feel_value_not_portable', at: 0, facts: {} };
  return ok({ output, matched, reasons: [...reasons, reason] });
}

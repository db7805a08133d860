/**
 * One step in progress: the draft of the state, what has been said so far, and what is still to
 * do.
 */
import { present } from '../../base/assert.ts';
import type { Value, Values } from '../../base/data.ts';
import { type Refusal, refuse } from '../../base/result.ts';
import { applyTo, type Draft } from '../apply.ts';
import type { Expression } from '../expression.ts';
import type { Node, Program } from '../program.ts';
import type { Compensable, Effect, Event, Item, ProcessData } from '../types.ts';

/** Codes a step can refuse with; their texts stand in contract/refusals/kernel.ts. */
export type StepRefusal =
  | 'instance_already_started'
  | 'instance_not_active'
  | 'start_element_unknown'
  | 'activity_not_active'
  | 'timer_not_active'
  | 'subscription_not_active'
  | 'ad_hoc_element_unknown'
  | 'return_target_unknown'
  | 'return_target_not_passed'
  | 'return_over_final_step'
  | 'straight_back_not_possible'
  | 'signer_may_not_return'
  | 'recall_too_late'
  | 'recall_not_possible'
  | 'signers_pending'
  | 'children_fixed'
  | 'no_flow_taken'
  | 'condition_not_boolean'
  | 'collection_not_list'
  | 'loop_count_invalid'
  | 'timer_value_invalid'
  | 'step_limit_reached';

/**
 * Free choices for the verifier: which of `options` happens at `element`. Null in a real step,
 * where
 * the data decide.
 */
export type Chooser = (element: number, options: number) => number;

/** Work that one element family leaves to another. */
export type Todo =
  | { readonly do: 'begin'; readonly element: number; readonly parent: number; readonly as: Begin }
  | { readonly do: 'open_scope'; readonly item: number }
  | { readonly do: 'start_body'; readonly item: number }
  | { readonly do: 'complete'; readonly item: number; readonly outcome: string | null }
  | {
      readonly do: 'child_done';
      readonly body: number;
      readonly child: number;
      readonly loopCounter: number;
      readonly output: Value;
    }
  | { readonly do: 'body_done'; readonly body: number }
  | { readonly do: 'leave'; readonly element: number; readonly scope: number }
  | { readonly do: 'occur'; readonly item: number; readonly wait: number; readonly values: Values }
  | {
      readonly do: 'error';
      readonly item: number;
      readonly code: string | null;
      readonly inside: boolean;
    }
  | {
      readonly do: 'escalation';
      readonly item: number;
      readonly code: string | null;
      readonly element: number;
      readonly inside: boolean;
    }
  | { readonly do: 'signal'; readonly name: string; readonly element: number }
  | { readonly do: 'compensate'; readonly item: number };

/** How an activity or event begins: what it uses up and what it belongs to. */
export type Begin = {
  readonly consumed: readonly number[];
  readonly loopCounter: number;
  readonly handlerFor: number;
  readonly inner: readonly Compensable[];
  readonly returnsTo: number;
};

export const plainBegin: Begin = {
  consumed: [],
  loopCounter: 0,
  handlerFor: -1,
  inner: [],
  returnsTo: -1,
};

export type Run = {
  readonly program: Program;
  readonly draft: Draft;
  readonly at: number;
  data: ProcessData;
  readonly events: Event[];
  readonly effects: Effect[];
  /** What follows at once from what has just happened, before any other token moves. */
  readonly todo: Todo[];
  /** Tokens that have just moved: [scope, flow], oldest first. */
  readonly agenda: (readonly [scope: number, flow: number])[];
  /** Scopes from which something has just gone: they may be finished. */
  readonly leftScopes: number[];
  readonly choose: Chooser | null;
  dataChanged: boolean;
  /** The scopes of `data` once this step has a copy of its own. */
  ownScopes: Record<number, Values> | null;
  refusal: Refusal<StepRefusal> | null;
};

/** Says what happens: the draft changes by it and it joins the events of the step. */
export function emit(run: Run, event: Event): void {
  applyTo(run.program, run.draft, event);
  run.events.push(event);
}

/** Refuses the whole step; the first refusal stands. */
export function refuseStep(
  run: Run,
  code: StepRefusal,
  element: number | null,
  facts: Readonly<Record<string, string>> = {},
): void {
  const node = element === null ? null : run.program.elements[element];
  const place: Record<string, string> =
    node === null || node === undefined ? {} : { element: node.id };
  run.refusal ??= refuse(code, { ...place, ...facts });
}

/** The program's element of this number. */
export function nodeOf(run: Run, element: number): Node {
  return present(run.program.elements[element], 'an element');
}

/** The item of this id, which must be there. */
export function itemOf(run: Run, id: number): Item {
  return present(run.draft.items.get(id), 'an item');
}

/** The scope an item's tokens go to: itself when it is a scope, else the nearest one around it. */
export function homeScope(run: Run, id: number): number {
  let item = itemOf(run, id);
  while (item.role !== 'scope') item = itemOf(run, item.parent);
  return item.id;
}

/** Items directly inside an item, oldest first. */
export function childrenOf(run: Run, id: number): Item[] {
  const children: Item[] = [];
  for (const item of run.draft.items.values()) {
    if (item.parent === id && item.id !== 0) children.push(item);
  }
  return children;
}

/** Something has just gone from a scope: it may be finished. */
export function noteLeft(run: Run, scope: number): void {
  const { leftScopes } = run;
  // Mostly the same scope again and again; what is still double is left out later.
  const { length } = leftScopes;
  if (length === 0 || leftScopes[length - 1] !== scope) leftScopes.push(scope);
}

/** Puts a token on a flow of a scope; its turn comes later. */
export function takeFlow(run: Run, scope: number, flow: number): void {
  emit(run, { type: 'flow_taken', flow, scope });
  run.agenda.push([scope, flow]);
}

// --- data --------------------------------------------------------------------------------------

/** All variables an item sees: the process's, then those of each scope on the way in. */
export function visibleValues(run: Run, id: number): Values {
  const layers: Values[] = [];
  for (let item = run.draft.items.get(id); item !== undefined && item.id !== 0; ) {
    const own = run.data.scopes[item.id];
    if (own !== undefined) layers.push(own);
    if (item.loopCounter > 0) layers.push({ loopCounter: BigInt(item.loopCounter) });
    item = run.draft.items.get(item.parent);
  }
  if (layers.length === 0) return run.data.root;
  return Object.assign({}, run.data.root, ...layers.reverse());
}

/**
 * Where the data of an item's element live: the nearest item around it that has data of its own.
 */
export function dataScope(run: Run, id: number): number {
  let item = itemOf(run, id);
  while (item.id !== 0) {
    if (isChild(run, item) || run.data.scopes[item.id] !== undefined) return item.id;
    item = itemOf(run, item.parent);
  }
  return 0;
}

/** True for a child of a multi-instance body: its variables are its own. */
export function isChild(run: Run, item: Item): boolean {
  return item.id !== 0 && run.draft.items.get(item.parent)?.role === 'multi';
}

/**
 * Writes variables as seen from an item: a name goes to the nearest scope that declares it;
 * inside a
 * multi-instance child everything else stays with the child, elsewhere it goes to the process.
 */
export function writeValues(run: Run, id: number, values: Values): void {
  if (id === 0) {
    writeScope(run, 0, values);
    return;
  }
  const targets = new Map<number, Record<string, Value>>();
  for (const [name, value] of Object.entries(values)) {
    const scope = scopeOfVariable(run, id, name);
    const target = targets.get(scope) ?? {};
    target[name] = value;
    targets.set(scope, target);
  }
  for (const [scope, written] of targets) writeScope(run, scope, written);
}

function scopeOfVariable(run: Run, id: number, name: string): number {
  let item = itemOf(run, id);
  while (item.id !== 0) {
    const work = nodeOf(run, item.element).work;
    if (work.kind === 'scope' && item.role === 'scope' && work.variables.includes(name)) break;
    if (isChild(run, item)) break;
    item = itemOf(run, item.parent);
  }
  return item.id;
}

/** Writes variables of one scope. */
export function writeScope(run: Run, scope: number, values: Values): void {
  if (Object.keys(values).length === 0) return;
  const effect = { type: 'write_data', scope, values } as const;
  run.effects.push(effect);
  run.dataChanged = true;
  if (scope === 0) {
    run.data = mergeData(run.data, effect);
    return;
  }
  // Many children write in one step: the table of scopes is copied once, then filled in place.
  const scopes: Record<number, Values> = run.ownScopes ?? { ...run.data.scopes };
  scopes[scope] = { ...scopes[scope], ...values };
  run.ownScopes = scopes;
  run.data = { root: run.data.root, scopes };
}

/** Process data after a `write_data` or `remove_data` effect; other effects change nothing. */
export function mergeData(data: ProcessData, effect: Effect): ProcessData {
  if (effect.type === 'remove_data') {
    const { [effect.scope]: _gone, ...scopes } = data.scopes;
    return { root: data.root, scopes };
  }
  if (effect.type !== 'write_data') return data;
  if (effect.scope === 0) return { root: { ...data.root, ...effect.values }, scopes: data.scopes };
  const before = data.scopes[effect.scope] ?? {};
  const scopes = { ...data.scopes, [effect.scope]: { ...before, ...effect.values } };
  return { root: data.root, scopes };
}

/** Data of a scope that is gone are dropped. */
export function dropScope(run: Run, scope: number): void {
  if (run.data.scopes[scope] === undefined) return;
  const effect = { type: 'remove_data', scope } as const;
  run.effects.push(effect);
  run.data = mergeData(run.data, effect);
  run.ownScopes = null;
}

/**
 * A condition is true or it is not: null (a value is missing) is false, anything else is refused.
 */
export function holds(run: Run, expression: Expression, values: Values, element: number): boolean {
  const value = expression.evaluate(values, run.at);
  if (value === true) return true;
  if (value !== false && value !== null) {
    refuseStep(run, 'condition_not_boolean', element, { expression: expression.text });
  }
  return false;
}

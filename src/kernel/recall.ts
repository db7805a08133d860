/**
 * 取回: the last performer takes the own submission back. Unlike a return it follows no path of
 * the model: it is the inverse of what the events say followed from the completion, and of nothing
 * else. What began then ends, tokens put then are taken up, tokens of other branches that were
 * used up then rest where they were, and the activity begins again. Values that were written stay.
 */
import { tokensOn } from './apply.ts';
import type { Node } from './program.ts';
import { activityOf } from './run/activities.ts';
import { cancelItem } from './run/cancel.ts';
import { childrenOf, emit, nodeOf, plainBegin, type Run, refuseStep } from './run/run.ts';
import type { Command, Event } from './types.ts';

type Scheduled = Extract<Event, { type: 'activity_scheduled' }>;

/** What followed from a completion and still stood at the end of its action. */
type Trail = {
  /** Items that began then, oldest first. */
  readonly begun: Set<number>;
  /** By scope and flow: tokens put (above 0) or used up (below). */
  readonly tokens: Map<number, Map<number, number>>;
};

/**
 * Refuses `recall_too_late` (what followed has moved on), `recall_not_possible` (one of a joint
 * decision, the end of a scope, an interruption, a compensation or a message followed) and
 * `return_over_final_step` (an operation was run that cannot be done again).
 */
export function recall(run: Run, command: Extract<Command, { type: 'recall' }>): void {
  const { past, activityInstance } = command;
  const born = past.find(
    (event): event is Scheduled =>
      event.type === 'activity_scheduled' && event.activityInstance === activityInstance,
  );
  const end = past.findIndex(
    (event) => event.type === 'activity_completed' && event.activityInstance === activityInstance,
  );
  if (born === undefined || end < 0 || !run.draft.items.has(born.scope)) {
    refuseStep(run, 'recall_too_late', born?.element ?? null);
    return;
  }
  const node = nodeOf(run, born.element);
  const isSigner = run.draft.items.get(born.scope)?.role === 'activity';
  if (born.role !== 'activity' || born.loopCounter > 0 || born.handlerFor >= 0 || isSigner) {
    refuseStep(run, 'recall_not_possible', born.element);
    return;
  }
  if (!mayBeUndone(run, node)) return;
  const trail = trailOf(run, past.slice(end + 1));
  if (trail === null) {
    refuseStep(run, 'recall_not_possible', born.element);
    return;
  }
  if (!stillStands(run, trail)) {
    refuseStep(run, 'recall_too_late', born.element);
    return;
  }
  undo(run, trail);
  const as = { ...plainBegin, returnsTo: born.returnsTo };
  run.todo.push({ do: 'begin', element: born.element, parent: born.scope, as });
}

/** Refuses over what only another order can have done: a person, or something that came. */
function wasAtOnce(run: Run, node: Node): boolean {
  const { work } = node;
  if (work.kind === 'task' && (work.task === 'user' || work.task === 'receive')) {
    refuseStep(run, 'recall_too_late', node.index);
  }
  return mayBeUndone(run, node);
}

/** Refuses over what cannot be done again, and over what would have to be compensated. */
function mayBeUndone(run: Run, node: Node): boolean {
  const { operation, repeatable } = node.attributes;
  if (operation !== undefined && repeatable !== 'true') {
    refuseStep(run, 'return_over_final_step', node.index);
  } else if ((activityOf(node)?.compensationHandler ?? null) !== null || speaks(node)) {
    refuseStep(run, 'recall_not_possible', node.index);
  }
  return run.refusal === null;
}

/** Elements by which something leaves the instance, or of which it does not know what they did. */
function speaks({ work }: Node): boolean {
  if (work.kind === 'call') return true;
  if (work.kind === 'task') return work.task === 'send';
  if (work.kind !== 'throw' && work.kind !== 'end') return false;
  return work.triggers.some((one) => one.kind !== 'link' && one.kind !== 'compensation');
}

/** Null when something followed that has no inverse. */
function trailOf(run: Run, events: readonly Event[]): Trail | null {
  const trail: Trail = { begun: new Set(), tokens: new Map() };
  for (const event of events) {
    if (!follow(run, trail, event)) return null;
  }
  return trail;
}

function follow(run: Run, trail: Trail, event: Event): boolean {
  const { begun } = trail;
  switch (event.type) {
    case 'flow_taken':
      count(trail, event.scope, event.flow, 1);
      return true;
    case 'gateway_passed':
      for (const flow of event.consumed) count(trail, event.scope, flow, -1);
      return event.phase === 'none';
    case 'event_occurred':
      for (const flow of event.consumed) count(trail, event.scope, flow, -1);
      return !speaks(nodeOf(run, event.element));
    case 'activity_scheduled':
      for (const flow of event.consumed) count(trail, event.scope, flow, -1);
      begun.add(event.activityInstance);
      return event.handlerFor < 0;
    case 'activity_completed':
      return begun.delete(event.activityInstance) && wasAtOnce(run, nodeOf(run, event.element));
    case 'activity_cancelled':
      return begun.delete(event.activityInstance);
    case 'body_planned':
      return begun.has(event.activityInstance);
    case 'wait_added':
      return begun.has(event.item);
    case 'wait_ended':
    case 'wait_renewed':
      refuseStep(run, 'recall_too_late', null);
      return false;
    case 'instance_started':
    case 'activity_failed':
    case 'tokens_removed':
    case 'phase_changed':
    case 'compensation_started':
    case 'compensation_taken':
    case 'instance_completed':
      return false;
    default: {
      const never: never = event;
      return never;
    }
  }
}

function count(trail: Trail, scope: number, flow: number, by: number): void {
  const flows = trail.tokens.get(scope) ?? new Map<number, number>();
  flows.set(flow, (flows.get(flow) ?? 0) + by);
  trail.tokens.set(scope, flows);
}

/** Whether all that began is there as it began, and every token rests where it was put. */
function stillStands(run: Run, { begun, tokens }: Trail): boolean {
  for (const id of begun) {
    const item = run.draft.items.get(id);
    if (item === undefined || item.phase !== 'active') return false;
    if (childrenOf(run, id).some((child) => !begun.has(child.id))) return false;
  }
  for (const [scope, flows] of tokens) {
    const item = run.draft.items.get(scope);
    for (const [flow, put] of flows) {
      if (item === undefined ? put !== 0 : put > tokensOn(item.tokens, flow)) return false;
    }
  }
  return true;
}

function undo(run: Run, { begun, tokens }: Trail): void {
  for (const id of [...begun].reverse()) cancelItem(run, id);
  for (const [scope, flows] of tokens) {
    if (!run.draft.items.has(scope)) continue;
    for (const [flow, put] of flows) {
      const element = run.program.flows[flow]?.target ?? 0;
      const consumed = new Array<number>(Math.max(put, 0)).fill(flow);
      if (put > 0) emit(run, { type: 'gateway_passed', element, scope, consumed, phase: 'none' });
      // No turn of its own: a token put back waits as it did before.
      for (let back = put; back < 0; back += 1) emit(run, { type: 'flow_taken', flow, scope });
    }
  }
}

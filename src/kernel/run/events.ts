/** Events: what throws and ends do, and what happens when something awaited occurs. */
import type { Values } from '../../base/data.ts';
import type { BoundaryWork, EventWork, Node, Trigger } from '../program.ts';
import type { Item, Wait } from '../types.ts';
import { cancelItem, clearScope } from './cancel.ts';
import { startCancellation, startCompensation } from './compensation.ts';
import {
  type Begin,
  emit,
  homeScope,
  itemOf,
  nodeOf,
  noteLeft,
  type Run,
  refuseStep,
  visibleValues,
  writeValues,
} from './run.ts';
import { stopInstance, triggerEventSub } from './scopes.ts';
import { nextOfCycle } from './timer.ts';
import { arm, endWait, endWaits, renew, scheduleEvent, triggerOf } from './waits.ts';

/** A token arrives at a catching event: it waits, or passes when there is nothing to wait for. */
export function arriveAtCatch(
  run: Run,
  node: Node,
  work: EventWork,
  scope: number,
  consumed: readonly number[],
): void {
  if (work.triggers.length === 0 || work.triggers.every((one) => one.kind === 'link')) {
    passEvent(run, node, scope, consumed);
    return;
  }
  const item = scheduleEvent(run, node.index, scope, consumed);
  arm(run, item, node.index, work.triggers);
}

function passEvent(run: Run, node: Node, scope: number, consumed: readonly number[]): void {
  emit(run, { type: 'event_occurred', element: node.index, scope, consumed });
  noteLeft(run, scope);
  run.todo.push({ do: 'leave', element: node.index, scope });
}

/** A token arrives at a throwing or end event. All its definitions are thrown, in order. */
export function throwEvent(run: Run, node: Node, work: EventWork, scope: number, as: Begin): void {
  const compensation = work.triggers.find((trigger) => trigger.kind === 'compensation');
  if (compensation?.kind === 'compensation') {
    const item = scheduleEvent(run, node.index, scope, as.consumed);
    for (const trigger of work.triggers) throwTrigger(run, node, trigger, scope);
    if (!compensation.waitForCompletion && work.kind === 'throw') {
      run.todo.push({ do: 'leave', element: node.index, scope });
    }
    startCompensation(run, item, scope, compensation.activity);
    return;
  }
  emit(run, { type: 'event_occurred', element: node.index, scope, consumed: as.consumed });
  noteLeft(run, scope);
  const [first] = work.triggers;
  if (first?.kind === 'link') {
    followLink(run, scope, first);
    return;
  }
  // The token moves on first, so that an interruption it causes itself can take it away again.
  if (work.kind === 'throw') run.todo.push({ do: 'leave', element: node.index, scope });
  for (const trigger of work.triggers) throwTrigger(run, node, trigger, scope);
}

function followLink(run: Run, scope: number, link: Extract<Trigger, { kind: 'link' }>): void {
  if (link.target === null) return;
  emit(run, { type: 'event_occurred', element: link.target, scope, consumed: [] });
  run.todo.push({ do: 'leave', element: link.target, scope });
}

function throwTrigger(run: Run, node: Node, trigger: Trigger, scope: number): void {
  const element = node.index;
  switch (trigger.kind) {
    case 'message':
      throwMessage(run, node, trigger, scope);
      return;
    case 'signal':
      run.effects.push({ type: 'send_signal', element, signalName: trigger.name });
      run.todo.push({ do: 'signal', name: trigger.name, element });
      return;
    case 'error':
      run.todo.push({ do: 'error', item: scope, code: trigger.code, inside: true });
      return;
    case 'escalation':
      run.todo.push({ do: 'escalation', item: scope, code: trigger.code, element, inside: true });
      return;
    case 'terminate':
      terminateScope(run, node, scope);
      return;
    case 'cancel':
      startCancellation(run, scope);
      return;
    case 'link':
    case 'compensation':
    case 'timer':
    case 'conditional':
      return;
    default:
      trigger satisfies never;
  }
}

function throwMessage(
  run: Run,
  node: Node,
  trigger: Extract<Trigger, { kind: 'message' }>,
  scope: number,
): void {
  const values = visibleValues(run, scope);
  const names = (node.attributes.in ?? '').split(/\s+/).filter((name) => name !== '');
  const carried = names.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  run.effects.push({
    type: 'send_message',
    element: node.index,
    messageName: trigger.name,
    correlation: trigger.correlation?.evaluate(values, run.at) ?? null,
    values: Object.fromEntries(carried),
  });
}

/** Ends everything in the innermost scope; of the process, the instance. */
function terminateScope(run: Run, node: Node, scope: number): void {
  if (scope === 0) {
    const { work } = node;
    const outcome = work.kind === 'end' ? work.outcome : null;
    stopInstance(run, 'terminated', outcome ?? run.draft.outcome, null);
    return;
  }
  endWaits(run, itemOf(run, scope));
  clearScope(run, scope);
  noteLeft(run, scope);
}

// --- what was awaited occurs -------------------------------------------------------------------

/** The wait of an item has been met. */
export function occur(run: Run, id: number, waitId: number, values: Values): void {
  const item = run.draft.items.get(id);
  const wait = item?.waits.find((one) => one.id === waitId);
  if (item === undefined || wait === undefined) return;
  const node = nodeOf(run, wait.element);
  const { work } = node;
  switch (work.kind) {
    case 'boundary':
      occurAtBoundary(run, item, wait, node, work, values);
      return;
    case 'start':
      occurAtEventSub(run, item, wait, node, work, values);
      return;
    case 'catch':
      occurAtCatch(run, item, wait, node, work, values);
      return;
    case 'task':
      occurAtTask(run, item, wait, node, values);
      return;
    default:
      refuseStep(run, 'subscription_not_active', wait.element);
      return;
  }
}

/** Takes note of one occurrence; true when it triggers the event (not one of several awaited). */
function triggers(run: Run, item: Item, wait: Wait, all: boolean): boolean {
  if (!all) return true;
  endWait(run, item.id, wait, true);
  const { waits } = itemOf(run, item.id);
  return !waits.some((other) => other.element === wait.element);
}

/** A wait that may occur again stays; the others end. */
function keepOrEnd(run: Run, item: Item, wait: Wait): void {
  const still = itemOf(run, item.id).waits.find((one) => one.id === wait.id);
  if (still === undefined) return;
  if (wait.kind === 'condition') {
    renew(run, item.id, wait, 0, 1);
    return;
  }
  if (wait.kind !== 'timer') return;
  const dueAt = nextDue(run, item, wait);
  if (dueAt === null) {
    endWait(run, item.id, wait, true);
    return;
  }
  renew(run, item.id, wait, dueAt, wait.repeats < 0 ? -1 : wait.repeats - 1);
  run.effects.push({ type: 'schedule_timer', timer: wait.id, element: wait.element, dueAt });
}

function nextDue(run: Run, item: Item, wait: Wait): number | null {
  const trigger = triggerOf(run, wait);
  if (wait.repeats === 0 || trigger?.kind !== 'timer' || trigger.timer !== 'cycle') return null;
  return nextOfCycle(trigger.value.evaluate(visibleValues(run, item.id), run.at), wait.dueAt);
}

function occurAtBoundary(
  run: Run,
  item: Item,
  wait: Wait,
  node: Node,
  work: BoundaryWork,
  values: Values,
): void {
  if (!triggers(run, item, wait, work.parallelMultiple)) return;
  const scope = homeScope(run, item.parent);
  writeValues(run, item.parent, values);
  if (work.interrupting) cancelItem(run, item.id);
  else keepOrEnd(run, item, wait);
  passEvent(run, node, scope, []);
}

function occurAtEventSub(
  run: Run,
  item: Item,
  wait: Wait,
  start: Node,
  work: EventWork,
  values: Values,
): void {
  if (!triggers(run, item, wait, work.parallelMultiple)) return;
  writeValues(run, item.id, values);
  if (work.interrupting) endWait(run, item.id, wait, true);
  else keepOrEnd(run, item, wait);
  triggerEventSub(run, start, item.id);
}

function occurAtCatch(
  run: Run,
  item: Item,
  wait: Wait,
  node: Node,
  work: EventWork,
  values: Values,
): void {
  if (!triggers(run, item, wait, work.parallelMultiple)) return;
  writeValues(run, item.id, values);
  const scope = homeScope(run, item.parent);
  const again =
    item.element === node.index && wait.kind === 'timer' && nextDue(run, item, wait) !== null;
  if (again) {
    keepOrEnd(run, item, wait);
    passEvent(run, node, scope, []);
    return;
  }
  endEventItem(run, item, wait);
  passEvent(run, node, scope, []);
}

function occurAtTask(run: Run, item: Item, wait: Wait, node: Node, values: Values): void {
  if (item.role === 'event') {
    // A receive task behind an event-based gateway: the message is its completion.
    const scope = homeScope(run, item.parent);
    writeValues(run, item.id, values);
    endEventItem(run, item, wait);
    passEvent(run, node, scope, []);
    return;
  }
  endWait(run, item.id, wait, true);
  writeValues(run, item.id, values);
  run.todo.push({ do: 'complete', item: item.id, outcome: null });
}

function endEventItem(run: Run, item: Item, wait: Wait): void {
  for (const other of itemOf(run, item.id).waits) {
    endWait(run, item.id, other, other.id === wait.id);
  }
  emit(run, {
    type: 'activity_completed',
    element: item.element,
    activityInstance: item.id,
    outcome: null,
  });
}

/** A signal reaches everything in this instance that waits for it now. */
export function broadcast(run: Run, name: string): void {
  for (const item of run.draft.items.values()) {
    for (const wait of item.waits) {
      if (wait.kind !== 'signal') continue;
      const trigger = triggerOf(run, wait);
      if (trigger?.kind === 'signal' && trigger.name === name) {
        run.todo.push({ do: 'occur', item: item.id, wait: wait.id, values: {} });
      }
    }
  }
}

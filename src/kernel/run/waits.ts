/** Timers and subscriptions: how an element begins and ends to wait for something outside. */
import type { Values } from '../../base/data.ts';
import type { Activity, Node, Trigger } from '../program.ts';
import type { Item, Wait } from '../types.ts';
import { emit, itemOf, nodeOf, type Run, refuseStep, visibleValues } from './run.ts';
import { dueOf } from './timer.ts';

/** Starts to wait for the triggers of `element` on behalf of `item`. */
export function arm(run: Run, item: number, element: number, triggers: readonly Trigger[]): void {
  triggers.forEach((trigger, at) => {
    if (trigger.kind === 'timer') armTimer(run, item, element, at, trigger);
    else if (trigger.kind === 'message' || trigger.kind === 'signal') {
      armSubscription(run, item, element, at, trigger);
    } else if (trigger.kind === 'conditional') {
      addWait(run, item, { kind: 'condition', element, trigger: at, dueAt: 0, repeats: 0 });
      run.dataChanged = true;
    }
  });
}

/** The boundary events of an activity wait with it. */
export function armBoundaries(run: Run, item: number, activity: Activity): void {
  for (const element of activity.boundaries) {
    const { work } = nodeOf(run, element);
    if (work.kind === 'boundary') arm(run, item, element, work.triggers);
  }
}

function addWait(run: Run, item: number, wait: Omit<Wait, 'id'>): number {
  const id = run.draft.nextId;
  emit(run, { type: 'wait_added', item, wait: { id, ...wait } });
  return id;
}

function armTimer(
  run: Run,
  item: number,
  element: number,
  trigger: number,
  timer: Extract<Trigger, { kind: 'timer' }>,
): void {
  const value = timer.value.evaluate(visibleValues(run, item), run.at);
  const due = run.choose === null ? dueOf(timer.timer, value, run.at) : { dueAt: 0, repeats: 0 };
  if (due === null) {
    refuseStep(run, 'timer_value_invalid', element, { expression: timer.value.text });
    return;
  }
  const id = addWait(run, item, { kind: 'timer', element, trigger, ...due });
  run.effects.push({ type: 'schedule_timer', timer: id, element, dueAt: due.dueAt });
}

function armSubscription(
  run: Run,
  item: number,
  element: number,
  trigger: number,
  of: Extract<Trigger, { kind: 'message' | 'signal' }>,
): void {
  const id = addWait(run, item, { kind: of.kind, element, trigger, dueAt: 0, repeats: 0 });
  const key = of.kind === 'message' ? of.correlation : null;
  run.effects.push({
    type: 'subscribe',
    subscription: id,
    element,
    kind: of.kind,
    messageName: of.name,
    correlation: key === null ? null : key.evaluate(visibleValues(run, item), run.at),
    activityInstance: itemOf(run, item).role === 'activity' ? item : null,
  });
}

/** The item no longer waits for this. */
export function endWait(run: Run, item: number, wait: Wait, happened: boolean): void {
  emit(run, { type: 'wait_ended', item, wait: wait.id });
  if (wait.kind === 'timer') {
    if (!happened)
      run.effects.push({ type: 'cancel_timer', timer: wait.id, element: wait.element });
  } else if (wait.kind !== 'condition') {
    run.effects.push({ type: 'unsubscribe', subscription: wait.id, element: wait.element });
  }
}

/** Ends all that an item waits for. */
export function endWaits(run: Run, item: Item): void {
  for (const wait of item.waits) endWait(run, item.id, wait, false);
}

/** The trigger a wait stands for. */
export function triggerOf(run: Run, wait: Wait): Trigger | null {
  const { work } = nodeOf(run, wait.element);
  if (work.kind === 'task') return work.message;
  if ('triggers' in work) return work.triggers[wait.trigger] ?? null;
  return null;
}

/** An event-based gateway waits for the events behind it, as one item. */
export function armEventGateway(
  run: Run,
  node: Node,
  scope: number,
  consumed: readonly number[],
): void {
  const item = scheduleEvent(run, node.index, scope, consumed);
  for (const flow of node.outgoing) {
    const target = nodeOf(run, run.program.flows[flow]?.target ?? -1);
    armTarget(run, item, target);
  }
}

function armTarget(run: Run, item: number, target: Node): void {
  const { work } = target;
  if (work.kind === 'task' && work.message !== null) arm(run, item, target.index, [work.message]);
  if (work.kind === 'catch') arm(run, item, target.index, work.triggers);
}

/** An item of role `event`: something is awaited here. */
export function scheduleEvent(
  run: Run,
  element: number,
  scope: number,
  consumed: readonly number[],
): number {
  const activityInstance = run.draft.nextId;
  emit(run, {
    type: 'activity_scheduled',
    element,
    activityInstance,
    scope,
    role: 'event',
    consumed,
    loopCounter: 0,
    planned: 0,
    handlerFor: -1,
    inner: [],
    returnsTo: -1,
  });
  return activityInstance;
}

/** Condition waits that have just become true, oldest first; those no longer true are renewed. */
export function conditionsThatHold(
  run: Run,
  test: (
    trigger: Extract<Trigger, { kind: 'conditional' }>,
    values: Values,
    element: number,
  ) => boolean,
): { readonly item: number; readonly wait: Wait }[] {
  const holding: { item: number; wait: Wait }[] = [];
  for (const item of run.draft.items.values()) {
    for (const wait of item.waits) {
      if (wait.kind !== 'condition') continue;
      const trigger = triggerOf(run, wait);
      if (trigger === null || trigger.kind !== 'conditional') continue;
      const now = test(trigger, visibleValues(run, item.id), wait.element);
      if (now && wait.repeats === 0) holding.push({ item: item.id, wait });
      if (!now && wait.repeats === 1) renew(run, item.id, wait, 0, 0);
    }
  }
  return holding;
}

/** The wait goes on with another due time or count. */
export function renew(run: Run, item: number, wait: Wait, dueAt: number, repeats: number): void {
  emit(run, { type: 'wait_renewed', item, wait: wait.id, dueAt, repeats });
}

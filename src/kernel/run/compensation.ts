/** Compensation: completed activities are undone by their handlers, the last one first. */
import { isDirect } from '../apply.ts';
import type { EventWork } from '../program.ts';
import type { Compensable, Item } from '../types.ts';
import { activityOf, beginActivity } from './activities.ts';
import { cancelItem, clearScope } from './cancel.ts';
import { emit, homeScope, itemOf, nodeOf, noteLeft, plainBegin, type Run } from './run.ts';
import { stopInstance } from './scopes.ts';

/**
 * The throwing event waits as an item while the handlers run. What can be compensated are the
 * completed activities of its scope; thrown from an event sub-process, those around it as well.
 */
export function startCompensation(
  run: Run,
  id: number,
  scope: number,
  activity: number | null,
): void {
  emit(run, { type: 'phase_changed', item: id, phase: 'compensating' });
  for (let from = itemOf(run, scope); ; from = itemOf(run, from.parent)) {
    const wanted = from.completed.filter((one) => activity === null || one.element === activity);
    move(run, id, from, wanted);
    const { work } = nodeOf(run, from.element);
    if (from.id === 0 || work.kind !== 'scope' || work.variant !== 'event_sub') break;
  }
  run.todo.push({ do: 'compensate', item: id });
}

function move(run: Run, item: number, from: Item, wanted: readonly Compensable[]): void {
  if (wanted.length === 0) return;
  const activities = wanted.map((one) => one.activityInstance);
  emit(run, { type: 'compensation_started', item, scope: from.id, activities });
}

/**
 * A cancel end event: the transaction around it stops, compensates all, and leaves by its
 * boundary.
 */
export function startCancellation(run: Run, scope: number): void {
  let item = itemOf(run, scope);
  while (!isTransaction(run, item)) {
    if (item.id === 0) return;
    item = itemOf(run, item.parent);
  }
  clearScope(run, item.id);
  emit(run, { type: 'phase_changed', item: item.id, phase: 'cancelling' });
  run.todo.push({ do: 'compensate', item: item.id });
}

function isTransaction(run: Run, item: Item): boolean {
  const { work } = nodeOf(run, item.element);
  return item.role === 'scope' && work.kind === 'scope' && work.variant === 'transaction';
}

/** Takes the next completed activity and runs its handler; when none is left the item goes on. */
export function compensateNext(run: Run, id: number): void {
  const item = run.draft.items.get(id);
  if (item === undefined || item.phase === 'active') return;
  const record = item.completed.at(-1);
  if (record === undefined) {
    finishCompensation(run, item);
    return;
  }
  emit(run, {
    type: 'compensation_taken',
    item: id,
    activityInstance: record.activityInstance,
  });
  if (!isDirect(run.program, record)) {
    run.todo.push({ do: 'compensate', item: id });
    return;
  }
  const node = nodeOf(run, record.element);
  const handler = activityOf(node)?.compensationHandler ?? null;
  const sub = node.work.kind === 'scope' ? node.work.compensationSub : null;
  const element = handler ?? sub ?? node.index;
  beginActivity(run, nodeOf(run, element), homeScope(run, id), {
    ...plainBegin,
    handlerFor: id,
    inner: handler === null ? record.inner : [],
  });
}

function finishCompensation(run: Run, item: Item): void {
  if (item.phase === 'cancelling') {
    leaveTransaction(run, item);
    return;
  }
  const scope = homeScope(run, item.parent);
  const { element, id } = item;
  emit(run, { type: 'activity_completed', element, activityInstance: id, outcome: null });
  noteLeft(run, scope);
  if (element === 0) {
    // 终止: all that could be undone is undone.
    stopInstance(run, 'terminated', null, null);
    return;
  }
  const { work } = nodeOf(run, element);
  if (work.kind === 'throw' || work.kind === 'end') {
    emit(run, { type: 'event_occurred', element, scope, consumed: [] });
    if (work.kind === 'throw' && isAwaited(work)) run.todo.push({ do: 'leave', element, scope });
    return;
  }
  // A return (退回): the step returned to begins once what lay behind it is undone.
  const as = { ...plainBegin, returnsTo: item.returnsTo };
  run.todo.push({ do: 'begin', element, parent: scope, as });
}

/** False when the throwing event went on at once (`waitForCompletion` is false). */
function isAwaited(work: EventWork): boolean {
  return work.triggers.every((one) => one.kind !== 'compensation' || one.waitForCompletion);
}

function leaveTransaction(run: Run, item: Item): void {
  const outer = outermost(run, item);
  const scope = homeScope(run, outer.parent);
  const boundaries = activityOf(nodeOf(run, item.element))?.boundaries ?? [];
  const boundary = boundaries.find((element) => {
    const { work } = nodeOf(run, element);
    return work.kind === 'boundary' && work.triggers.some((one) => one.kind === 'cancel');
  });
  cancelItem(run, outer.id);
  noteLeft(run, scope);
  if (boundary === undefined) return;
  emit(run, { type: 'event_occurred', element: boundary, scope, consumed: [] });
  run.todo.push({ do: 'leave', element: boundary, scope });
}

/** The body of a looping transaction, else the transaction itself. */
function outermost(run: Run, item: Item): Item {
  return item.loopCounter > 0 ? itemOf(run, item.parent) : item;
}

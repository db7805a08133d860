/** Scopes: processes and sub-processes open, and end when nothing moves in them any more. */
import type { Node, ScopeWork } from '../program.ts';
import type { Item } from '../types.ts';
import { activityOf, beginActivity } from './activities.ts';
import { cancelChildren, clearScope } from './cancel.ts';
import {
  childrenOf,
  emit,
  holds,
  itemOf,
  nodeOf,
  noteLeft,
  plainBegin,
  type Run,
  visibleValues,
} from './run.ts';
import { arm, endWait, endWaits } from './waits.ts';

/** Begins what is inside a scope; `startElement` names the start event, else all plain starts. */
export function openScope(run: Run, id: number, startElement: number | null): void {
  const { work } = nodeOf(run, itemOf(run, id).element);
  if (work.kind !== 'scope') return;
  for (const element of work.eventSubs) armEventSub(run, id, element);
  if (work.adHoc !== null) {
    openAdHoc(run, work, id);
    return;
  }
  noteLeft(run, id);
  const starts = startElement === null ? work.starts : [startElement];
  for (const element of starts) startAt(run, id, element);
}

function armEventSub(run: Run, scope: number, element: number): void {
  const start = startOf(run, element);
  if (start?.work.kind === 'start') arm(run, scope, start.index, start.work.triggers);
}

/** The start event of an event sub-process. */
export function startOf(run: Run, eventSub: number): Node | null {
  const { work } = nodeOf(run, eventSub);
  const [start] = work.kind === 'scope' ? work.starts : [];
  return start === undefined ? null : nodeOf(run, start);
}

/** A start event has occurred, or an element without incoming flow begins with its scope. */
export function startAt(run: Run, scope: number, element: number): void {
  const node = nodeOf(run, element);
  const { kind } = node.work;
  if (kind === 'task' || kind === 'call' || kind === 'scope') {
    beginActivity(run, node, scope, plainBegin);
    return;
  }
  if (kind === 'start') {
    emit(run, { type: 'event_occurred', element, scope, consumed: [] });
    run.todo.push({ do: 'leave', element, scope });
    return;
  }
  run.todo.push({ do: 'begin', element, parent: scope, as: plainBegin });
}

/**
 * An event sub-process has been triggered; when it interrupts, the rest of the scope ends first.
 */
export function triggerEventSub(run: Run, start: Node, scope: number): void {
  if (start.work.kind === 'start' && start.work.interrupting) {
    for (const wait of itemOf(run, scope).waits) {
      if (nodeOf(run, wait.element).work.kind === 'start') endWait(run, scope, wait, false);
    }
    clearScope(run, scope);
  }
  beginActivity(run, nodeOf(run, start.parent), scope, plainBegin);
}

// --- ends --------------------------------------------------------------------------------------

/** Ends the scopes in which nothing is left. True when one did. */
export function finishScopes(run: Run): boolean {
  const { leftScopes } = run;
  // Inner scopes are younger: their ids are higher, and they end first.
  if (leftScopes.length > 1) leftScopes.sort((left, right) => left - right);
  while (leftScopes.length > 0) {
    const id = leftScopes.pop() as number;
    while (leftScopes.length > 0 && leftScopes[leftScopes.length - 1] === id) leftScopes.pop();
    if (finishScope(run, id)) return true;
  }
  return false;
}

function finishScope(run: Run, id: number): boolean {
  const item = run.draft.items.get(id);
  if (item === undefined || item.role !== 'scope' || item.phase !== 'active') return false;
  const { work } = nodeOf(run, item.element);
  if (work.kind !== 'scope') return false;
  if (work.adHoc !== null && item.tokens.length === 0) return finishAdHoc(run, work, item);
  if (item.tokens.length > 0 || hasChildren(run, id)) return false;
  if (id === 0) completeInstance(run);
  else run.todo.push({ do: 'complete', item: id, outcome: null });
  return true;
}

function hasChildren(run: Run, id: number): boolean {
  for (const item of run.draft.items.values()) if (item.parent === id && item.id !== 0) return true;
  return false;
}

function completeInstance(run: Run): void {
  endWaits(run, itemOf(run, 0));
  endInstance(run, 'completed', run.draft.outcome, null);
}

/** The instance is over. */
export function endInstance(
  run: Run,
  status: 'completed' | 'terminated' | 'failed',
  outcome: string | null,
  errorCode: string | null,
): void {
  const result = { type: 'instance_completed', status, outcome, errorCode } as const;
  emit(run, result);
  run.effects.push(result);
  if (run.agenda.length > 0) run.agenda.length = 0;
  if (run.todo.length > 0) run.todo.length = 0;
  if (run.leftScopes.length > 0) run.leftScopes.length = 0;
}

/** Ends everything that runs, then the instance. */
export function stopInstance(
  run: Run,
  status: 'terminated' | 'failed',
  outcome: string | null,
  errorCode: string | null,
): void {
  endWaits(run, itemOf(run, 0));
  clearScope(run, 0);
  endInstance(run, status, outcome, errorCode);
}

// --- ad hoc ------------------------------------------------------------------------------------

/** Activities of an ad-hoc sub-process that nothing leads to: each may be performed. */
export function adHocActivities(run: Run, scopeElement: number): Node[] {
  return run.program.elements.filter(
    (node) =>
      node.parent === scopeElement &&
      node.incoming.length === 0 &&
      activityOf(node) !== null &&
      activityOf(node)?.isForCompensation === false &&
      !(node.work.kind === 'scope' && node.work.variant === 'event_sub'),
  );
}

/** All at once, or the first of them: each activity is performed once unless started again. */
function openAdHoc(run: Run, work: ScopeWork, id: number): void {
  const activities = adHocActivities(run, itemOf(run, id).element);
  const first = work.adHoc?.sequential ? activities.slice(0, 1) : activities;
  if (first.length === 0) noteLeft(run, id);
  for (const node of first) beginActivity(run, node, id, plainBegin);
}

/**
 * After each completion: when the completion condition holds, the rest is cancelled or awaited; a
 * sequential one goes on with the next activity in document order.
 */
function finishAdHoc(run: Run, work: ScopeWork, item: Item): boolean {
  const adHoc = work.adHoc;
  if (adHoc === null) return false;
  const running = childrenOf(run, item.id);
  const values = visibleValues(run, item.id);
  const condition = adHoc.completionCondition;
  const done =
    condition !== null && run.choose === null && holds(run, condition, values, item.element);
  if (done && adHoc.cancelRemaining) cancelChildren(run, item.id);
  else if (running.length > 0) return false;
  if (!done && adHoc.sequential && startNext(run, item)) return true;
  if (childrenOf(run, item.id).length > 0) return false;
  run.todo.push({ do: 'complete', item: item.id, outcome: null });
  return true;
}

/** Sequential: the next activity that has not been performed yet in this scope. */
function startNext(run: Run, item: Item): boolean {
  const activities = adHocActivities(run, item.element);
  const next = activities.find((node) => !item.performed.includes(node.index));
  if (next === undefined) return false;
  beginActivity(run, next, item.id, plainBegin);
  return true;
}

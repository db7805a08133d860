/**
 * 加签 and 减签. Beside: who takes part in a joint decision (会签) may change while it runs; a
 * child is added to or taken from a parallel multi-instance activity, which ends as before, when
 * all that are left are complete or its completion condition holds. Before and after: a signer is
 * an item inside the user task that it signs for, so it goes when that task goes, and no model has
 * to draw it.
 */
import type { Value } from '../base/data.ts';
import {
  activityOf,
  answer,
  effectOf,
  signerLeft,
  waitingActivity,
  writeAnswer,
} from './run/activities.ts';
import { cancelItem } from './run/cancel.ts';
import { isShell } from './run/children.ts';
import { startChild } from './run/loops.ts';
import { emit, itemOf, nodeOf, type Run, refuseStep, writeScope, writeValues } from './run/run.ts';
import type { Command, Item } from './types.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

/**
 * Answers a waiting activity. With `signersAfter` its values are written and those named sign
 * before its token goes on. Refuses `activity_not_active`, and `signers_pending` while signers are
 * at work.
 */
export function completeActivity(run: Run, command: Of<'complete_activity'>): void {
  const item = waitingActivity(run, command.activityInstance);
  if (item === null) return;
  if (item.phase !== 'active') {
    refuseStep(run, 'signers_pending', item.element);
    return;
  }
  const { values, outcome = null, signersAfter = [] } = command;
  if (isSigner(run, item)) {
    writeValues(run, item.id, values);
    run.todo.push({ do: 'complete', item: item.id, outcome });
  } else if (signersAfter.length === 0) {
    answer(run, item.id, values, outcome);
  } else if (mayBeSigned(run, item)) {
    writeAnswer(run, item.id, values);
    emit(run, { type: 'phase_changed', item: item.id, phase: 'signers_after' });
    for (const assignee of signersAfter) startSigner(run, item, assignee);
  }
}

/**
 * Somebody signs before the holder can complete. Refuses `activity_not_active`, `children_fixed`
 * (no user task, or itself a signer's) and `signers_pending` (answered already).
 */
export function addSigner(run: Run, command: Of<'add_signer'>): void {
  const item = waitingActivity(run, command.activityInstance);
  if (item === null || !mayBeSigned(run, item)) return;
  if (item.phase === 'signers_after') {
    refuseStep(run, 'signers_pending', item.element);
    return;
  }
  if (item.phase === 'active') {
    emit(run, { type: 'phase_changed', item: item.id, phase: 'signers_before' });
  }
  startSigner(run, item, command.assignee);
}

/** Refuses `activity_not_active`, and `children_fixed` when it is no signer's task. */
export function removeSigner(run: Run, command: Of<'remove_signer'>): void {
  const item = waitingActivity(run, command.activityInstance);
  if (item === null) return;
  if (!isSigner(run, item)) {
    refuseStep(run, 'children_fixed', item.element);
    return;
  }
  cancelItem(run, item.id);
  signerLeft(run, item.parent);
}

function isSigner(run: Run, item: Item): boolean {
  return run.draft.items.get(item.parent)?.role === 'activity';
}

function mayBeSigned(run: Run, item: Item): boolean {
  const { work } = nodeOf(run, item.element);
  if (work.kind === 'task' && work.task === 'user' && !isSigner(run, item)) return true;
  refuseStep(run, 'children_fixed', item.element);
  return false;
}

function startSigner(run: Run, signedFor: Item, assignee: Value): void {
  const activityInstance = run.draft.nextId;
  emit(run, {
    type: 'activity_scheduled',
    element: signedFor.element,
    activityInstance,
    scope: signedFor.id,
    role: 'activity',
    consumed: [],
    loopCounter: 0,
    planned: -1,
    handlerFor: -1,
    inner: [],
    returnsTo: -1,
  });
  run.effects.push({
    type: 'create_task',
    assignee,
    signsFor: signedFor.id,
    ...effectOf(run, itemOf(run, activityInstance)),
  });
}

/**
 * Refuses `activity_not_active`, and `children_fixed` when it is no parallel multi-instance child.
 */
export function addChild(run: Run, command: Of<'add_child'>): void {
  const body = bodyOf(run, command.activityInstance);
  if (body === null) return;
  const node = nodeOf(run, body.element);
  const loop = activityOf(node)?.loop;
  if (loop?.kind !== 'multi') return;
  const [planned = 0, started = 0] = body.counters;
  emit(run, { type: 'body_planned', activityInstance: body.id, planned: planned + 1 });
  const child = run.draft.nextId;
  const { elementVariable } = loop;
  const element = elementVariable === null ? null : (command.values[elementVariable] ?? null);
  const list = Array.from({ length: started + 1 }, () => element);
  startChild(run, node, loop, body.id, started + 1, list);
  writeScope(run, child, command.values);
}

/** Refuses as `addChild`, and `children_fixed` for the last child that is left. */
export function removeChild(run: Run, command: Of<'remove_child'>): void {
  const body = bodyOf(run, command.activityInstance);
  if (body === null) return;
  const [planned = 0, , completed = 0, cancelled = 0] = body.counters;
  if (planned - cancelled <= 1) {
    refuseStep(run, 'children_fixed', body.element);
    return;
  }
  cancelItem(run, command.activityInstance);
  if (completed + cancelled + 1 >= planned) run.todo.push({ do: 'body_done', body: body.id });
}

/** The body around a waiting child of a parallel activity; null when refused. */
function bodyOf(run: Run, child: number): Item | null {
  const item = waitingActivity(run, child);
  if (item === null) return null;
  const body = itemOf(run, item.parent);
  const loop = activityOf(nodeOf(run, body.element))?.loop;
  const isWhole = body.role === 'multi' && !isShell(body);
  if (isWhole && loop?.kind === 'multi' && !loop.sequential) return body;
  refuseStep(run, 'children_fixed', item.element);
  return null;
}

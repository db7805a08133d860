/**
 * 加签 and 减签: who takes part in a joint decision (会签) may change while it runs. A child is added to
 * or taken from a parallel multi-instance activity; the activity ends as before, when all that are
 * left are complete or its completion condition holds.
 */
import { activityOf, waitingActivity } from './run/activities.ts';
import { cancelItem } from './run/cancel.ts';
import { startChild } from './run/loops.ts';
import { emit, itemOf, nodeOf, type Run, refuseStep, writeScope } from './run/run.ts';
import type { Command, Item } from './types.ts';

/**
 * Refuses `activity_not_active`, and `children_fixed` when it is no parallel multi-instance child.
 */
export function addChild(run: Run, command: Extract<Command, { type: 'add_child' }>): void {
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
export function removeChild(run: Run, command: Extract<Command, { type: 'remove_child' }>): void {
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
  if (body.role === 'multi' && loop?.kind === 'multi' && !loop.sequential) return body;
  refuseStep(run, 'children_fixed', item.element);
  return null;
}

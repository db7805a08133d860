/** Taking things away: an item with all that is inside it, deepest and youngest first. */
import type { Effect, Item } from '../types.ts';
import { effectOf } from './activities.ts';
import { isHandedOut } from './children.ts';
import { childrenOf, dropScope, emit, itemOf, nodeOf, type Run } from './run.ts';
import { endWaits } from './waits.ts';

/** Ends an item and its contents without completing it. */
export function cancelItem(run: Run, id: number): void {
  if (!run.draft.items.has(id)) return;
  cancelChildren(run, id);
  const item = itemOf(run, id);
  endWaits(run, item);
  const effect = cancelEffect(run, item);
  if (effect !== null) run.effects.push(effect);
  emit(run, { type: 'activity_cancelled', element: item.element, activityInstance: id });
  dropScope(run, id);
}

/** Ends what is inside an item, but not the item, nor `except` among its children. */
export function cancelChildren(run: Run, id: number, except = -1): void {
  for (const child of childrenOf(run, id).reverse()) {
    if (child.id !== except) cancelItem(run, child.id);
  }
}

/** Ends all that happens in a scope, tokens included; what can be compensated stays known. */
export function clearScope(run: Run, scope: number, except = -1): void {
  cancelChildren(run, scope, except);
  const item = itemOf(run, scope);
  if (item.tokens.length > 0 || item.fired.length > 0) emit(run, { type: 'tokens_removed', scope });
}

function cancelEffect(run: Run, item: Item): Effect | null {
  if (isHandedOut(item)) return { type: 'end_children', ...effectOf(run, item) };
  if (item.role !== 'activity') return null;
  const { work } = nodeOf(run, item.element);
  if (work.kind === 'call') return { type: 'cancel_call', ...effectOf(run, item) };
  if (work.kind !== 'task') return null;
  if (work.task === 'user') return { type: 'cancel_task', ...effectOf(run, item) };
  if (work.task === 'receive' || work.task === 'send') return null;
  return { type: 'cancel_service', ...effectOf(run, item) };
}

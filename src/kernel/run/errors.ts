/** Errors and escalations: they climb from where they are thrown to who catches them. */
import type { Node, Program, Trigger } from '../program.ts';
import type { Item } from '../types.ts';
import { activityOf } from './activities.ts';
import { cancelItem } from './cancel.ts';
import { isShell } from './children.ts';
import { emit, homeScope, itemOf, nodeOf, noteLeft, type Run } from './run.ts';
import { startOf, stopInstance, triggerEventSub } from './scopes.ts';

type Kind = 'error' | 'escalation';

/** Who catches: a boundary event of an item, or the start event of an event sub-process in it. */
type Catcher = {
  readonly by: 'boundary' | 'event_sub';
  readonly node: Node;
  readonly item: Item;
};

/**
 * An error ends the innermost scope that catches it (BPMN 2.0.2, 10.5.1); the handler with its code
 * comes before one for any error. Not caught, it ends the instance as failed.
 */
export function throwError(run: Run, from: number, code: string | null, inside: boolean): void {
  const catcher = findCatcher(run, from, 'error', code, inside);
  if (catcher === null) {
    stopInstance(run, 'failed', run.draft.outcome, code ?? '');
    return;
  }
  handle(run, catcher, true);
}

/** An escalation interrupts only where its catcher says so; not caught, the shell is told. */
export function throwEscalation(
  run: Run,
  from: number,
  code: string | null,
  element: number,
  inside: boolean,
): void {
  const catcher = findCatcher(run, from, 'escalation', code, inside);
  if (catcher === null) {
    run.effects.push({ type: 'escalated', element, escalationCode: code });
    return;
  }
  const { work } = catcher.node;
  handle(run, catcher, 'interrupting' in work && work.interrupting);
}

function handle(run: Run, catcher: Catcher, interrupting: boolean): void {
  const { item, node } = catcher;
  if (catcher.by === 'event_sub') {
    triggerEventSub(run, node, item.id);
    return;
  }
  const scope = homeScope(run, item.parent);
  if (interrupting) cancelItem(run, item.id);
  emit(run, { type: 'event_occurred', element: node.index, scope, consumed: [] });
  noteLeft(run, scope);
  run.todo.push({ do: 'leave', element: node.index, scope });
}

/**
 * Climbs from `from`; `inside` means it was thrown in that scope, so its event sub-processes are
 * asked first. A scope that an event sub-process already handles is not asked twice.
 */
function findCatcher(
  run: Run,
  from: number,
  kind: Kind,
  code: string | null,
  inside: boolean,
): Catcher | null {
  let item = run.draft.items.get(from);
  let ask = inside;
  while (item !== undefined) {
    const node = nodeOf(run, item.element);
    const own = ask && item.role === 'scope' ? eventSubOf(run, item, node, kind, code) : null;
    const caught = own ?? boundaryOf(run, item, node, kind, code);
    if (caught !== null) return caught;
    // A handed-out child's state ends at its shell: what nobody catches is told to the body.
    if (item.id === 0 || isShell(itemOf(run, item.parent))) return null;
    ask = !(node.work.kind === 'scope' && node.work.variant === 'event_sub');
    item = itemOf(run, item.parent);
  }
  return null;
}

function matches(trigger: Trigger, kind: Kind, code: string | null, exact: boolean): boolean {
  if (trigger.kind !== kind) return false;
  return exact ? trigger.code !== null && trigger.code === code : trigger.code === null;
}

function firstMatch(nodes: readonly (Node | null)[], kind: Kind, code: string | null): Node | null {
  for (const exact of [true, false]) {
    for (const node of nodes) {
      const triggers = node !== null && 'triggers' in node.work ? node.work.triggers : [];
      if (triggers.some((trigger) => matches(trigger, kind, code, exact))) return node;
    }
  }
  return null;
}

function eventSubOf(
  run: Run,
  item: Item,
  node: Node,
  kind: Kind,
  code: string | null,
): Catcher | null {
  if (node.work.kind !== 'scope') return null;
  const starts = node.work.eventSubs.map((element) => startOf(run, element));
  const start = firstMatch(starts, kind, code);
  return start === null ? null : { by: 'event_sub', node: start, item };
}

/** Boundary events belong to the body of a looping activity, not to its children. */
function boundaryOf(
  run: Run,
  item: Item,
  node: Node,
  kind: Kind,
  code: string | null,
): Catcher | null {
  if (item.loopCounter > 0) return null;
  const nodes = (activityOf(node)?.boundaries ?? []).map((element) => nodeOf(run, element));
  const boundary = firstMatch(nodes, kind, code);
  return boundary === null ? null : { by: 'boundary', node: boundary, item };
}

/**
 * Whether an error of this code out of an element could be caught in its process: at the boundary
 * of the element or of a scope around it, or by an event sub-process there.
 */
export function mayBeCaught(program: Program, element: number, code: string): boolean {
  for (let at = element; at >= 0; at = program.elements[at]?.parent ?? -1) {
    const node = program.elements[at];
    if (node === undefined) return false;
    const subs = node.work.kind === 'scope' && at !== element ? node.work.eventSubs : [];
    const starts = subs.flatMap((sub) => {
      const work = program.elements[sub]?.work;
      return work?.kind === 'scope' ? work.starts : [];
    });
    const catchers = [...(activityOf(node)?.boundaries ?? []), ...starts];
    const nodes = catchers.map((one) => program.elements[one] ?? null);
    if (firstMatch(nodes, 'error', code) !== null) return true;
  }
  return false;
}

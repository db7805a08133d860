/**
 * Multi-instance and standard loops: a body that counts, and its children one after another or
 * all.
 */
import { present } from '../../base/assert.ts';
import { isValueList, type Value, type Values } from '../../base/data.ts';
import type { Expression } from '../expression.ts';
import type { Loop, Node } from '../program.ts';
import { activityOf, beginActivity, effectOf, leaveItem, work } from './activities.ts';
import { cancelChildren } from './cancel.ts';
import { counterValues, elementsFor, handsOut, isApart, isShell, thrownBy } from './children.ts';
import {
  dropScope,
  emit,
  holds,
  homeScope,
  itemOf,
  nodeOf,
  noteLeft,
  plainBegin,
  type Run,
  refuseStep,
  visibleValues,
  writeScope,
  writeValues,
} from './run.ts';
import { endInstance } from './scopes.ts';
import { endWaits } from './waits.ts';

type Multi = Extract<Loop, { kind: 'multi' }>;
type Standard = Extract<Loop, { kind: 'standard' }>;

/** More children than this are refused. */
const childrenMax = 100_000;

/** The verifier runs every parallel body with this many children. */
const childrenWhenVerifying = 2;

/** The body of a looping activity has been scheduled: plan it and start the first children. */
export function startBody(run: Run, body: number): void {
  const node = nodeOf(run, itemOf(run, body).element);
  const loop = present(activityOf(node)?.loop, 'a loop');
  if (loop.kind === 'multi') startMulti(run, node, loop, body);
  else startLoop(run, node, loop, body);
}

function startMulti(run: Run, node: Node, loop: Multi, body: number): void {
  const planned = plannedChildren(run, node, loop, body);
  if (planned === null) return;
  emit(run, { type: 'body_planned', activityInstance: body, planned });
  if (loop.outputVariable !== null) writeValues(run, body, { [loop.outputVariable]: [] });
  if (planned === 0) {
    run.todo.push({ do: 'body_done', body });
    return;
  }
  const list = elementsOf(run, loop, body);
  if (run.choose === null && !isApart(run) && handsOut(run.program, node, loop, planned)) {
    const elements = elementsFor(list, planned);
    run.effects.push({ type: 'start_children', elements, ...effectOf(run, itemOf(run, body)) });
    return;
  }
  const first = loop.sequential ? 1 : planned;
  for (let count = 1; count <= first; count += 1) startChild(run, node, loop, body, count, list);
}

/** The collection of a body, evaluated once for all children of a step. */
function elementsOf(run: Run, loop: Multi, body: number): readonly Value[] {
  if (loop.collection === null || run.choose !== null) return [];
  const list = loop.collection.evaluate(visibleValues(run, body), run.at);
  return isValueList(list) ? list : [];
}

/** How many children; null when refused. */
function plannedChildren(run: Run, node: Node, loop: Multi, body: number): number | null {
  if (run.choose !== null) return loop.sequential ? 1 : childrenWhenVerifying;
  const values = visibleValues(run, body);
  if (loop.collection !== null) {
    const list = loop.collection.evaluate(values, run.at);
    if (isValueList(list) && list.length <= childrenMax) return list.length;
    refuseStep(run, 'collection_not_list', node.index, { expression: loop.collection.text });
    return null;
  }
  return countOf(run, node, loop.cardinality, values);
}

/** A whole number of 0 or more; null when refused. */
function countOf(
  run: Run,
  node: Node,
  expression: Expression | null,
  values: Values,
): number | null {
  const count = expression?.evaluate(values, run.at) ?? null;
  if (typeof count === 'bigint' && count >= 0n && count <= childrenMax) return Number(count);
  refuseStep(run, 'loop_count_invalid', node.index, { expression: expression?.text ?? '' });
  return null;
}

/** Begins one more child of a body; its element is taken from `list` by its counter. */
export function startChild(
  run: Run,
  node: Node,
  loop: Multi,
  body: number,
  loopCounter: number,
  list: readonly Value[],
): void {
  const child = run.draft.nextId;
  beginActivity(run, node, body, { ...plainBegin, loopCounter });
  if (loop.elementVariable !== null && run.choose === null) {
    writeScope(run, child, { [loop.elementVariable]: list[loopCounter - 1] ?? null });
  }
  work(run, node, child);
}

/** A child is complete: its output is kept, its events are thrown, and the body goes on or ends. */
export function childDone(
  run: Run,
  todo: { body: number; child: number; loopCounter: number; output: Value },
): void {
  if (!run.draft.items.has(todo.body)) return;
  const node = nodeOf(run, itemOf(run, todo.body).element);
  const loop = present(activityOf(node)?.loop, 'a loop');
  if (loop.kind === 'standard') {
    dropScope(run, todo.child);
    nextPass(run, node, loop, todo.body, todo.loopCounter);
    return;
  }
  if (isShell(itemOf(run, todo.body))) {
    const { loopCounter, output } = todo;
    const own = run.data.scopes[todo.child] ?? {};
    run.effects.push({ type: 'child_done', element: node.index, loopCounter, output, own });
    endInstance(run, 'completed', null, null);
    return;
  }
  if (loop.outputVariable !== null && run.choose === null) {
    const before = visibleValues(run, todo.body)[loop.outputVariable] ?? [];
    const list = isValueList(before) ? before : [];
    writeValues(run, todo.body, { [loop.outputVariable]: [...list, todo.output] });
  }
  const values = {
    ...visibleValues(run, todo.body),
    ...(run.data.scopes[todo.child] ?? {}),
    ...counterValues(itemOf(run, todo.body).counters),
  };
  dropScope(run, todo.child);
  const ended = throwBehaviour(run, node, loop, todo.body, values);
  if (ended || isComplete(run, node, loop, values))
    run.todo.push({ do: 'body_done', body: todo.body });
  else goOn(run, node, loop, todo.body, todo.loopCounter);
}

function isComplete(run: Run, node: Node, loop: Multi, values: Values): boolean {
  if (loop.completionCondition === null) return false;
  if (run.choose !== null) return run.choose(node.index, 2) === 1;
  return holds(run, loop.completionCondition, values, node.index);
}

function goOn(run: Run, node: Node, loop: Multi, body: number, loopCounter: number): void {
  const [planned = 0, , completed = 0, cancelled = 0] = itemOf(run, body).counters;
  if (completed + cancelled >= planned) run.todo.push({ do: 'body_done', body });
  else if (loop.sequential) {
    startChild(run, node, loop, body, loopCounter + 1, elementsOf(run, loop, body));
  }
}

/** Throws the events of the behaviour attribute; true when one of them ends the activity. */
function throwBehaviour(run: Run, node: Node, loop: Multi, body: number, values: Values): boolean {
  const completed = itemOf(run, body).counters[2] ?? 0;
  const test = (condition: Expression) => holds(run, condition, values, node.index);
  const scope = homeScope(run, body);
  const thrown = thrownBy(run.program, node, loop, completed, test);
  for (const { boundary: element } of thrown) {
    emit(run, { type: 'event_occurred', element, scope, consumed: [] });
    run.todo.push({ do: 'leave', element, scope });
  }
  return thrown.some((one) => one.interrupting);
}

/** Nothing more to run: what is left of the children ends and the activity is complete. */
export function bodyDone(run: Run, body: number): void {
  const item = run.draft.items.get(body);
  if (item === undefined) return;
  const scope = homeScope(run, item.parent);
  cancelChildren(run, body);
  endWaits(run, itemOf(run, body));
  emit(run, {
    type: 'activity_completed',
    element: item.element,
    activityInstance: body,
    outcome: null,
  });
  noteLeft(run, scope);
  leaveItem(run, item, scope);
}

// --- standard loop -----------------------------------------------------------------------------

function startLoop(run: Run, node: Node, loop: Standard, body: number): void {
  const maximum = maximumOf(run, node, loop, body);
  if (run.refusal !== null) return;
  const enters = maximum !== 0 && (!loop.testBefore || loopHolds(run, node, loop, body));
  if (enters) startPass(run, node, body, 1);
  else run.todo.push({ do: 'body_done', body });
}

function nextPass(run: Run, node: Node, loop: Standard, body: number, loopCounter: number): void {
  const maximum = maximumOf(run, node, loop, body);
  const again = (maximum === null || loopCounter < maximum) && loopHolds(run, node, loop, body);
  if (again) startPass(run, node, body, loopCounter + 1);
  else run.todo.push({ do: 'body_done', body });
}

function startPass(run: Run, node: Node, body: number, loopCounter: number): void {
  const child = run.draft.nextId;
  beginActivity(run, node, body, { ...plainBegin, loopCounter });
  work(run, node, child);
}

function maximumOf(run: Run, node: Node, loop: Standard, body: number): number | null {
  if (loop.maximum === null || run.choose !== null) return null;
  return countOf(run, node, loop.maximum, visibleValues(run, body));
}

function loopHolds(run: Run, node: Node, loop: Standard, body: number): boolean {
  if (run.choose !== null) return run.choose(node.index, 2) === 1;
  if (loop.condition === null) return true;
  const values = {
    ...visibleValues(run, body),
    loopCounter: BigInt(itemOf(run, body).counters[1] ?? 0),
  };
  return holds(run, loop.condition, values, node.index);
}

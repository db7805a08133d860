/**
 * Work as Chinese banks do it: 退回 (return to a passed step), 撤回 (withdraw) and 终止 (call
 * off), as commands with an exact meaning. Step by step, what can be reached from the step
 * returned to is undone: tasks, timers and tokens there end, and completed activities with a
 * compensation handler are compensated, the last first. Branches that do not depend on that step
 * go on, and what they have brought to a join stands. A step that runs a service operation (a
 * posting, a message out) cannot be returned over unless it has a compensation or says
 * `repeatable`; nor can the case be withdrawn behind it, unless the process says itself until when
 * (`withdrawableUntil`): then the shell decides by what has really been passed.
 */

import type { Node, Program } from './program.ts';
import { reachableFrom, upstreamOf } from './reach.ts';
import { activityOf, waitingActivity } from './run/activities.ts';
import { cancelItem, clearScope } from './run/cancel.ts';
import {
  childrenOf,
  emit,
  homeScope,
  itemOf,
  nodeOf,
  plainBegin,
  type Run,
  refuseStep,
  writeValues,
} from './run/run.ts';
import { stopInstance } from './run/scopes.ts';
import { endWaits } from './run/waits.ts';
import type { Command, Item } from './types.ts';

/**
 * The step returned to stands in the scope of the present one or in a scope around it; a
 * sub-process that is left that way ends. Refuses `activity_not_active`, `signer_may_not_return`,
 * `return_target_unknown` (no activity of these scopes), `return_target_not_passed` (no path leads
 * from it to here), `return_over_final_step`, and `straight_back_not_possible` out of a
 * sub-process that ends and over what must be done again.
 */
export function returnTo(run: Run, command: Extract<Command, { type: 'return_to' }>): void {
  const from = waitingActivity(run, command.activityInstance);
  if (from === null) return;
  if (itemOf(run, from.parent).role === 'activity') {
    refuseStep(run, 'signer_may_not_return', from.element);
    return;
  }
  const target = run.program.elements[command.element];
  const outer = target === undefined ? null : aroundIn(run, from, target.parent);
  if (target === undefined || outer === null || activityOf(target) === null) {
    refuseStep(run, 'return_target_unknown', command.element);
    return;
  }
  const current = nodeOf(run, outer.element);
  const downstream = reachableFrom(run.program, target.index);
  if (!downstream.elements.has(current.index)) {
    refuseStep(run, 'return_target_not_passed', target.index, { from: current.id });
    return;
  }
  const final = finalBehind(run, command, downstream, current.index);
  if (final !== undefined) {
    refuseStep(run, 'return_over_final_step', final);
    return;
  }
  const scope = homeScope(run, outer.parent);
  const since = command.since ?? 0;
  const undone = itemOf(run, scope).completed.filter(
    (one) => downstream.elements.has(one.element) && one.activityInstance >= since,
  );
  if (command.straightBack) {
    goStraight(run, command, { from, outer, target: target.index, undone });
    return;
  }
  writeValues(run, outer.parent, command.values);
  undoDownstream(run, scope, downstream);
  keepOtherBranches(run, scope, downstream, current.index);
  compensateThen(run, scope, target.index, undone);
}

/**
 * 直送退回人: only the present step ends, and it begins again when the step returned to is done.
 * All else stands, other branches included, so nothing may lie between that must be done again.
 */
function goStraight(
  run: Run,
  command: Extract<Command, { type: 'return_to' }>,
  way: {
    readonly from: Item;
    readonly outer: Item;
    readonly target: number;
    readonly undone: Item['completed'];
  },
): void {
  const { from, outer, target, undone } = way;
  if (outer.element !== from.element || undone.length > 0) {
    refuseStep(run, 'straight_back_not_possible', undone[0]?.element ?? outer.element);
    return;
  }
  writeValues(run, outer.parent, command.values);
  const parent = homeScope(run, outer.parent);
  cancelItem(run, outer.id);
  const as = { ...plainBegin, returnsTo: outer.element };
  run.todo.push({ do: 'begin', element: target, parent, as });
}

/** The item itself or the one around it that stands in the scope `parent`; bodies for children. */
function aroundIn(run: Run, from: Item, parent: number): Item | null {
  let item = from;
  while (item.loopCounter > 0 || nodeOf(run, item.element).parent !== parent) {
    if (item.id === 0) return null;
    item = itemOf(run, item.parent);
  }
  return item.id === 0 ? null : item;
}

/** The first step behind the target that cannot be undone. */
function finalBehind(
  run: Run,
  command: Extract<Command, { type: 'return_to' }>,
  downstream: Reached,
  current: number,
): number | undefined {
  if (command.final === undefined) {
    return finalSteps(run.program, downstream.elements).find((element) =>
      isBetween(run.program, element, current),
    );
  }
  return command.final.find(
    (element) => downstream.elements.has(element) && !isCompensated(nodeOf(run, element)),
  );
}

function isCompensated(node: Node): boolean {
  return (activityOf(node)?.compensationHandler ?? null) !== null;
}

/** Activities that run a service operation which can neither be compensated nor repeated. */
function finalSteps(program: Program, among: ReadonlySet<number>): number[] {
  return program.elements
    .filter((node) => among.has(node.index) && node.attributes.operation !== undefined)
    .filter((node) => node.attributes.repeatable !== 'true')
    .filter((node) => !isCompensated(node))
    .map((node) => node.index);
}

/** True when a path leads from `element` on to `current`: it may have been done already. */
function isBetween(program: Program, element: number, current: number): boolean {
  return element !== current && reachableFrom(program, element).elements.has(current);
}

type Reached = ReturnType<typeof reachableFrom>;

function undoDownstream(run: Run, scope: number, downstream: Reached): void {
  for (const child of childrenOf(run, scope).reverse()) {
    if (downstream.elements.has(child.element)) cancelItem(run, child.id);
  }
  const { tokens } = itemOf(run, scope);
  for (let at = 0; at < tokens.length; at += 2) {
    const flow = tokens[at] as number;
    if (!downstream.flows.has(flow)) continue;
    const consumed = new Array<number>(tokens[at + 1] as number).fill(flow);
    const element = run.program.flows[flow]?.target ?? 0;
    emit(run, { type: 'gateway_passed', element, scope, consumed, phase: 'none' });
  }
}

/**
 * A parallel join that had been passed waits again for the branch that is walked again, but not
 * for the others: their results stand, so their tokens rest before the join once more.
 */
function keepOtherBranches(run: Run, scope: number, downstream: Reached, current: number): void {
  for (const element of downstream.elements) {
    const node = nodeOf(run, element);
    const isJoin = node.work.kind === 'gateway' && node.work.gateway === 'parallel';
    if (!isJoin || !reachableFrom(run.program, element).elements.has(current)) continue;
    for (const flow of node.incoming) {
      if (downstream.flows.has(flow) || isStillComing(run, scope, element, flow)) continue;
      emit(run, { type: 'flow_taken', flow, scope });
    }
  }
}

/** True when a token rests on the flow or can still reach it. */
function isStillComing(run: Run, scope: number, join: number, flow: number): boolean {
  const upstream = upstreamOf(run.program.elements, run.program.flows, join, flow);
  const { tokens } = itemOf(run, scope);
  const resting = tokens.some((one, at) => at % 2 === 0 && upstream.flows.has(one));
  return resting || childrenOf(run, scope).some((item) => upstream.elements.has(item.element));
}

/** An item that has `undone` compensated, the last first, and then begins `element`. */
function compensateThen(run: Run, scope: number, element: number, undone: Item['completed']): void {
  const activityInstance = run.draft.nextId;
  emit(run, {
    type: 'activity_scheduled',
    element,
    activityInstance,
    scope,
    role: 'event',
    consumed: [],
    loopCounter: 0,
    planned: 0,
    handlerFor: -1,
    inner: [],
    returnsTo: -1,
  });
  emit(run, { type: 'phase_changed', item: activityInstance, phase: 'compensating' });
  const activities = undone.map((one) => one.activityInstance);
  emit(run, { type: 'compensation_started', item: activityInstance, scope, activities });
  run.todo.push({ do: 'compensate', item: activityInstance });
}

/**
 * 终止: everything that runs ends, what was completed with a compensation handler is compensated,
 * the last first, and then the instance is terminated without an outcome. What cannot be undone is
 * the shell's question: it knows what was really posted.
 */
export function callOff(run: Run): void {
  const { completed } = itemOf(run, 0);
  if (completed.length === 0) {
    stopInstance(run, 'terminated', null, null);
    return;
  }
  endWaits(run, itemOf(run, 0));
  clearScope(run, 0);
  compensateThen(run, 0, 0, completed);
}

/** Ends the instance unless a step that cannot be undone may lie behind it. */
export function withdraw(run: Run, outcome: string): void {
  if (nodeOf(run, 0).attributes.withdrawableUntil !== undefined) {
    stopInstance(run, 'terminated', outcome, null);
    return;
  }
  const everything = new Set(run.program.elements.map((node) => node.index));
  const active = new Set([...run.draft.items.values()].map((item) => item.element));
  for (const element of finalSteps(run.program, everything)) {
    const after = reachableFrom(run.program, element).elements;
    const behind = [...active].some((one) => one !== element && one !== 0 && after.has(one));
    if (behind) {
      refuseStep(run, 'return_over_final_step', element);
      return;
    }
  }
  stopInstance(run, 'terminated', outcome, null);
}

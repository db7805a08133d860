/**
 * Work as Chinese banks do it: 退回 (return to a passed step) and 撤回 (withdraw), as commands with an
 * exact meaning. What can be reached from the step returned to is undone: tasks, timers and tokens
 * there end, and completed activities with a compensation handler are compensated, the last first.
 * Branches that do not depend on that step go on, and what they have brought to a join stands. A
 * step that runs a service operation (a posting, a
 * message out) cannot be returned over unless it has a compensation or says `repeatable`; nor can
 * the case be withdrawn behind it, unless the process says itself until when (`withdrawableUntil`):
 * then the shell decides by what has really been passed.
 */

import type { Program } from './program.ts';
import { reachableFrom, upstreamOf } from './reach.ts';
import { activityOf, waitingActivity } from './run/activities.ts';
import { cancelItem } from './run/cancel.ts';
import {
  childrenOf,
  emit,
  homeScope,
  itemOf,
  nodeOf,
  type Run,
  refuseStep,
  writeValues,
} from './run/run.ts';
import { stopInstance } from './run/scopes.ts';
import type { Command, Item } from './types.ts';

/**
 * Refuses `activity_not_active`, `return_target_unknown` (not an activity of the same scope),
 * `return_target_not_passed` (no path leads from it to here), `return_over_final_step`.
 */
export function returnTo(run: Run, command: Extract<Command, { type: 'return_to' }>): void {
  const from = waitingActivity(run, command.activityInstance);
  if (from === null) return;
  const outer = from.loopCounter > 0 ? itemOf(run, from.parent) : from;
  const target = run.program.elements[command.element];
  const current = nodeOf(run, outer.element);
  if (target === undefined || target.parent !== current.parent || activityOf(target) === null) {
    refuseStep(run, 'return_target_unknown', command.element);
    return;
  }
  const downstream = reachableFrom(run.program, target.index);
  if (!downstream.elements.has(current.index)) {
    refuseStep(run, 'return_target_not_passed', target.index, { from: current.id });
    return;
  }
  const final = finalSteps(run.program, downstream.elements).find((element) =>
    isBetween(run.program, element, current.index),
  );
  if (final !== undefined) {
    refuseStep(run, 'return_over_final_step', final);
    return;
  }
  writeValues(run, outer.parent, command.values);
  const scope = homeScope(run, outer.parent);
  undoDownstream(run, scope, downstream);
  keepOtherBranches(run, scope, downstream, current.index);
  goBack(run, scope, target.index, command.straightBack ? current.index : -1, downstream.elements);
}

/** Activities that run a service operation which can neither be compensated nor repeated. */
function finalSteps(program: Program, among: ReadonlySet<number>): number[] {
  return program.elements
    .filter((node) => among.has(node.index) && node.attributes.operation !== undefined)
    .filter((node) => node.attributes.repeatable !== 'true')
    .filter((node) => (activityOf(node)?.compensationHandler ?? null) === null)
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
 * A parallel join that had been passed waits again for the branch that is walked again, but not for
 * the others: their results stand, so their tokens rest before the join once more.
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

/** Compensates what was done downstream, then begins the target again. */
function goBack(
  run: Run,
  scope: number,
  target: number,
  returnsTo: number,
  downstream: ReadonlySet<number>,
): void {
  const done = (item: Item) => item.completed.filter((one) => downstream.has(one.element));
  const undone = done(itemOf(run, scope));
  const activityInstance = run.draft.nextId;
  emit(run, {
    type: 'activity_scheduled',
    element: target,
    activityInstance,
    scope,
    role: 'event',
    consumed: [],
    loopCounter: 0,
    planned: 0,
    handlerFor: -1,
    inner: [],
    returnsTo,
  });
  emit(run, { type: 'phase_changed', item: activityInstance, phase: 'compensating' });
  const activities = undone.map((one) => one.activityInstance);
  emit(run, { type: 'compensation_started', item: activityInstance, scope, activities });
  run.todo.push({ do: 'compensate', item: activityInstance });
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

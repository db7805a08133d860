/** The loop of a step: what follows at once, then each token in turn, until everything waits. */

import { present } from '../../base/assert.ts';
import { tokensOn } from '../apply.ts';
import type { Node, Program } from '../program.ts';
import { activityOf, arriveAtActivity, beginActivity, completeItem, leave } from './activities.ts';
import { compensateNext } from './compensation.ts';
import { throwError, throwEscalation } from './errors.ts';
import { arriveAtCatch, broadcast, occur, throwEvent } from './events.ts';
import { arriveAtGateway, passLookingJoins, takeAll } from './gateways.ts';
import { bodyDone, childDone, startBody } from './loops.ts';
import { type Begin, holds, nodeOf, plainBegin, type Run, refuseStep, type Todo } from './run.ts';
import { finishScopes, openScope } from './scopes.ts';
import { conditionsThatHold, renew } from './waits.ts';

/** One step moves at most this many tokens and follow-ups; more is a loop without a wait. */
export const turnsMax = 200_000;

/** Runs until every token waits, the instance is over, or the step is refused. */
export function settle(run: Run): void {
  for (let turn = 0; turn < turnsMax; turn += 1) {
    if (run.refusal !== null || run.draft.status !== 'active') return;
    if (!turnOnce(run)) return;
  }
  refuseStep(run, 'step_limit_reached', null, { turns: String(turnsMax) });
}

function turnOnce(run: Run): boolean {
  if (followUp(run)) return true;
  if (run.dataChanged && raiseConditions(run)) return true;
  const token = nextToken(run);
  if (token !== undefined) {
    arrive(run, token[0], token[1]);
    return true;
  }
  return passLookingJoins(run) || finishScopes(run);
}

/**
 * The oldest token; but one that comes to a throwing signal waits for the others, so that what
 * listens in this step is listening before anything speaks.
 */
function nextToken(run: Run): readonly [scope: number, flow: number] | undefined {
  const { agenda } = run;
  // Mostly there is one: the end of a list is cheaper to take than its beginning.
  if (agenda.length <= 1) return agenda.pop();
  const first = agenda.shift();
  if (first === undefined || !speaks(run.program, first[1])) return first;
  const silent = agenda.findIndex((token) => !speaks(run.program, token[1]));
  if (silent < 0) return first;
  const [token] = agenda.splice(silent, 1);
  agenda.unshift(first);
  return token;
}

/** Whether a flow leads to an event that throws a signal. */
export function speaks(program: Program, flow: number): boolean {
  const { work } = present(program.elements[program.flows[flow]?.target ?? -1], 'an element');
  if (work.kind !== 'throw' && work.kind !== 'end') return false;
  return work.triggers.some((trigger) => trigger.kind === 'signal');
}

/** Does the oldest thing that follows at once; false when there is none. */
export function followUp(run: Run): boolean {
  const { length } = run.todo;
  if (length === 0) return false;
  const todo = length === 1 ? run.todo.pop() : run.todo.shift();
  doNow(run, todo as Todo);
  return true;
}

function doNow(run: Run, todo: Todo): void {
  const { items } = run.draft;
  switch (todo.do) {
    case 'begin':
      if (items.has(todo.parent)) enter(run, nodeOf(run, todo.element), todo.parent, todo.as);
      return;
    case 'open_scope':
      if (items.has(todo.item)) openScope(run, todo.item, null);
      return;
    case 'start_body':
      if (items.has(todo.item)) startBody(run, todo.item);
      return;
    case 'complete':
      completeItem(run, todo.item, todo.outcome);
      return;
    case 'child_done':
      childDone(run, todo);
      return;
    case 'body_done':
      bodyDone(run, todo.body);
      return;
    case 'leave':
      if (items.has(todo.scope)) leave(run, nodeOf(run, todo.element), todo.scope);
      return;
    case 'occur':
      occur(run, todo.item, todo.wait, todo.values);
      return;
    case 'error':
      throwError(run, todo.item, todo.code, todo.inside);
      return;
    case 'escalation':
      throwEscalation(run, todo.item, todo.code, todo.element, todo.inside);
      return;
    case 'signal':
      broadcast(run, todo.name);
      return;
    case 'compensate':
      compensateNext(run, todo.item);
      return;
    default:
      todo satisfies never;
  }
}

/** A token that rests on a flow of a scope reaches the element behind it. */
export function arrive(run: Run, scope: number, flow: number): void {
  const item = run.draft.items.get(scope);
  if (item === undefined || tokensOn(item.tokens, flow) === 0) return;
  const node = nodeOf(run, run.program.flows[flow]?.target ?? -1);
  const { work } = node;
  if (work.kind === 'gateway') {
    arriveAtGateway(run, node, work, scope, flow);
    return;
  }
  if (activityOf(node) !== null) {
    arriveAtActivity(run, node, scope, flow);
    return;
  }
  enter(run, node, scope, { ...plainBegin, consumed: [flow] });
}

function enter(run: Run, node: Node, scope: number, as: Begin): void {
  const { work } = node;
  switch (work.kind) {
    case 'task':
    case 'call':
    case 'scope':
      beginActivity(run, node, scope, as);
      return;
    case 'catch':
      arriveAtCatch(run, node, work, scope, as.consumed);
      return;
    case 'throw':
    case 'end':
      throwEvent(run, node, work, scope, as);
      return;
    case 'gateway':
      // A gateway without incoming flow begins with its scope.
      takeAll(run, node, scope, work.defaultFlow);
      return;
    case 'start':
    case 'boundary':
      refuseStep(run, 'start_element_unknown', node.index);
      return;
    default:
      work satisfies never;
  }
}

/** Data have changed: conditional events that now hold occur, one at a time. */
function raiseConditions(run: Run): boolean {
  run.dataChanged = false;
  if (!run.program.hasConditions || run.choose !== null) return false;
  const holding = conditionsThatHold(run, (trigger, values, element) =>
    holds(run, trigger.condition, values, element),
  );
  for (const { item, wait } of holding) {
    renew(run, item, wait, 0, 1);
    run.todo.push({ do: 'occur', item, wait: wait.id, values: {} });
  }
  return holding.length > 0;
}

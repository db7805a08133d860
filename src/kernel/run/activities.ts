/**
 * Activities: how a task, call or sub-process begins, what the shell is asked to do, how it ends.
 */
import type { Value, Values } from '../../base/data.ts';
import { tokensOn } from '../apply.ts';
import type { Activity, CallWork, Node, TaskWork } from '../program.ts';
import type { ActivityEffect, Item } from '../types.ts';
import { takeAll } from './gateways.ts';
import {
  type Begin,
  childrenOf,
  dataScope,
  dropScope,
  emit,
  homeScope,
  isChild,
  itemOf,
  nodeOf,
  noteLeft,
  plainBegin,
  type Run,
  refuseStep,
  visibleValues,
  writeValues,
} from './run.ts';
import { arm, armBoundaries, endWaits } from './waits.ts';

/** Activity part of an element that is one. */
export function activityOf(node: Node): Activity | null {
  return 'activity' in node.work ? node.work.activity : null;
}

/**
 * A token arrives at an activity; it begins when startQuantity tokens rest before it, counted over
 * all its incoming flows (BPMN 2.0.2, table 10.3).
 */
export function arriveAtActivity(run: Run, node: Node, scope: number, flow: number): void {
  const quantity = activityOf(node)?.startQuantity ?? 1;
  if (quantity === 1) {
    beginActivity(run, node, scope, { ...plainBegin, consumed: [flow] });
    return;
  }
  const { tokens } = itemOf(run, scope);
  const resting = node.incoming.flatMap((one) =>
    new Array<number>(tokensOn(tokens, one)).fill(one),
  );
  if (resting.length < quantity) return;
  beginActivity(run, node, scope, { ...plainBegin, consumed: resting.slice(0, quantity) });
}

/** Begins an activity: its body when it loops, else one pass of it. */
export function beginActivity(run: Run, node: Node, parent: number, as: Begin): void {
  const activity = activityOf(node);
  const body = as.loopCounter === 0 && activity !== null && activity.loop !== null;
  const role = body ? activity.loop.kind : node.work.kind === 'scope' ? 'scope' : 'activity';
  const activityInstance = run.draft.nextId;
  emit(run, {
    type: 'activity_scheduled',
    element: node.index,
    activityInstance,
    scope: parent,
    role: role === 'standard' ? 'loop' : role,
    consumed: as.consumed,
    loopCounter: as.loopCounter,
    planned: -1,
    handlerFor: as.handlerFor,
    inner: as.inner,
    returnsTo: as.returnsTo,
  });
  if (as.consumed.length > 0) noteLeft(run, parent);
  if (as.loopCounter === 0 && activity !== null) armBoundaries(run, activityInstance, activity);
  if (body) run.todo.push({ do: 'start_body', item: activityInstance });
  else if (as.loopCounter === 0) work(run, node, activityInstance);
}

/** What the element does once its item is there. */
export function work(run: Run, node: Node, id: number): void {
  switch (node.work.kind) {
    case 'scope':
      run.todo.push({ do: 'open_scope', item: id });
      return;
    case 'task':
      doTask(run, node, node.work, id);
      return;
    case 'call':
      startCall(run, node.work, id);
      return;
    default:
      return;
  }
}

/** What every effect on an activity says of it. */
export function effectOf(run: Run, item: Item): ActivityEffect {
  return {
    activityInstance: item.id,
    element: item.element,
    scope: dataScope(run, item.id),
    loopCounter: item.loopCounter,
  };
}

function doTask(run: Run, node: Node, task: TaskWork, id: number): void {
  switch (task.task) {
    case 'manual':
    case 'none':
      finish(run, id);
      return;
    case 'user': {
      const base = effectOf(run, itemOf(run, id));
      run.effects.push({
        type: 'create_task',
        assignee: assigneeOf(run, task, id),
        signsFor: null,
        ...base,
      });
      return;
    }
    case 'service':
      run.effects.push({ type: 'call_service', ...effectOf(run, itemOf(run, id)) });
      return;
    case 'rule':
      run.effects.push({
        type: 'decide',
        decision: task.decision ?? '',
        result: task.result ?? task.decision ?? '',
        ...effectOf(run, itemOf(run, id)),
      });
      return;
    case 'receive':
      if (task.message !== null) arm(run, id, node.index, [task.message]);
      return;
    case 'script':
      doScript(run, task, id);
      return;
    case 'send':
      sendMessage(run, node, task, id);
      finish(run, id);
      return;
    default:
      task.task satisfies never;
  }
}

/** In the verifier everything that does not wait by itself waits for its turn. */
function finish(run: Run, id: number): void {
  if (run.choose === null) completeItem(run, id, null);
}

function assigneeOf(run: Run, task: TaskWork, id: number): Value {
  return task.assignee === null ? null : task.assignee.evaluate(visibleValues(run, id), run.at);
}

function doScript(run: Run, task: TaskWork, id: number): void {
  const { script } = task;
  if (script === null) {
    finish(run, id);
    return;
  }
  if (script.expression === null) {
    run.effects.push({
      type: 'run_script',
      script: script.text,
      ...effectOf(run, itemOf(run, id)),
    });
    return;
  }
  if (run.choose === null) {
    const value = script.expression.evaluate(visibleValues(run, id), run.at);
    if (script.resultVariable !== null) writeValues(run, id, { [script.resultVariable]: value });
  }
  finish(run, id);
}

function sendMessage(run: Run, node: Node, task: TaskWork, id: number): void {
  if (task.message?.kind !== 'message') return;
  const values = visibleValues(run, id);
  run.effects.push({
    type: 'send_message',
    element: node.index,
    messageName: task.message.name,
    correlation: task.message.correlation?.evaluate(values, run.at) ?? null,
    values: pick(values, (node.attributes.in ?? '').split(/\s+/)),
  });
}

/** The variables of these names that exist. */
export function pick(values: Values, names: readonly string[] | 'all'): Values {
  if (names === 'all') return values;
  const picked: Record<string, Value> = {};
  for (const name of names) {
    const value = values[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

function startCall(run: Run, call: CallWork, id: number): void {
  const values = visibleValues(run, id);
  run.effects.push({
    type: 'start_call',
    calledElement: call.calledElement,
    values: { ...pick(values, call.inVariables), ...moved(run, values, call.activity.inputs) },
    ...effectOf(run, itemOf(run, id)),
  });
}

function moved(run: Run, values: Values, moves: Activity['inputs']): Values {
  const result: Record<string, Value> = {};
  for (const move of moves) {
    const value = move.value.evaluate(values, run.at);
    if (value !== null) result[move.target] = value;
  }
  return result;
}

/** The answer to a waiting activity: its values are written, then it is complete. */
export function answer(run: Run, id: number, values: Values, outcome: string | null): void {
  writeAnswer(run, id, values);
  run.todo.push({ do: 'complete', item: id, outcome });
}

/** Writes what an activity was answered, with its data outputs. */
export function writeAnswer(run: Run, id: number, values: Values): void {
  const item = itemOf(run, id);
  const node = nodeOf(run, item.element);
  if (node.work.kind === 'call') {
    writeValues(run, id, { ...pick(values, node.work.outVariables) });
  } else {
    writeValues(run, id, values);
  }
  const outputs = activityOf(node)?.outputs ?? [];
  if (outputs.length > 0) {
    writeValues(run, id, moved(run, { ...visibleValues(run, id), ...values }, outputs));
  }
}

/** One pass is over: the item goes, its token goes on. */
export function completeItem(run: Run, id: number, outcome: string | null): void {
  const item = run.draft.items.get(id);
  if (item === undefined) return;
  const node = nodeOf(run, item.element);
  const scope = homeScope(run, item.parent);
  const child = item.loopCounter > 0;
  const output = child && isChild(run, item) ? outputOf(run, node, item) : null;
  if (item.waits.length > 0) endWaits(run, item);
  if (child) {
    const { parent, loopCounter } = item;
    run.todo.push({ do: 'child_done', body: parent, child: id, loopCounter, output });
  }
  emit(run, { type: 'activity_completed', element: item.element, activityInstance: id, outcome });
  if (!child) dropScope(run, id);
  noteLeft(run, scope);
  if (child) return;
  leaveItem(run, item, scope);
}

/**
 * Where a completed activity goes on: to who had it compensate, straight back, or along its flows.
 */
export function leaveItem(run: Run, item: Item, scope: number): void {
  if (run.draft.items.get(item.parent)?.role === 'activity') signerLeft(run, item.parent);
  else if (item.handlerFor >= 0) run.todo.push({ do: 'compensate', item: item.handlerFor });
  else if (item.returnsTo >= 0) {
    run.todo.push({ do: 'begin', element: item.returnsTo, parent: scope, as: plainBegin });
  } else leave(run, nodeOf(run, item.element), scope);
}

/**
 * A signer who was added (加签) has signed or was taken away: after the last one the task signed for
 * can be completed, or, when it has been answered already, is complete.
 */
export function signerLeft(run: Run, signedFor: number): void {
  const item = itemOf(run, signedFor);
  if (childrenOf(run, signedFor).length > 0) return;
  if (item.phase === 'signers_after') {
    run.todo.push({ do: 'complete', item: signedFor, outcome: null });
  } else emit(run, { type: 'phase_changed', item: signedFor, phase: 'active' });
}

function outputOf(run: Run, node: Node, item: Item): Value {
  const loop = activityOf(node)?.loop;
  if (loop?.kind !== 'multi' || loop.outputVariable === null || run.choose !== null) return null;
  const values = visibleValues(run, item.id);
  if (loop.outputElement !== null) return loop.outputElement.evaluate(values, run.at);
  return loop.elementVariable === null ? null : (values[loop.elementVariable] ?? null);
}

/** Refuses what is not waiting for an answer. */
export function waitingActivity(run: Run, id: number): Item | null {
  const item = run.draft.items.get(id);
  const waiting = item !== undefined && item.role === 'activity';
  if (waiting) return item;
  refuseStep(run, 'activity_not_active', item?.element ?? null, { activityInstance: String(id) });
  return null;
}

/** The tokens of a completed element go on along its flows. */
export function leave(run: Run, node: Node, scope: number): void {
  noteLeft(run, scope);
  const activity = activityOf(node);
  for (let copy = 0; copy < (activity?.completionQuantity ?? 1); copy += 1) {
    takeAll(run, node, scope, activity?.defaultFlow ?? null);
  }
}

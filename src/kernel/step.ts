/**
 * One command to one instance: either a refusal without any effect, or all that follows from it.
 */
import { assert } from '../base/assert.ts';
import { ok, type Refusal, type Result } from '../base/result.ts';
import { closeDraft, type Draft, emptyDraft, openDraft } from './apply.ts';
import type { Program } from './program.ts';
import { recall } from './recall.ts';
import { mayRefuse } from './refusals.ts';
import { callOff, returnTo, withdraw } from './return.ts';
import { waitingActivity } from './run/activities.ts';
import { performApart } from './run/children.ts';
import {
  type Chooser,
  emit,
  nodeOf,
  plainBegin,
  type Run,
  refuseStep,
  type StepRefusal,
  writeValues,
} from './run/run.ts';
import { adHocActivities, openScope, stopInstance } from './run/scopes.ts';
import { settle } from './run/settle.ts';
import { arm, scheduleEvent, triggerOf } from './run/waits.ts';
import { addChild, addSigner, completeActivity, removeChild, removeSigner } from './signers.ts';
import type { Command, ProcessData, State, Stepped } from './types.ts';

/**
 * Carries out `command` and goes on until every token waits. `state` is null for `start`; `data`
 * are
 * the instance's variables, of which the step sees its own writes. Refuses with a StepRefusal.
 */
export function step(
  program: Program,
  state: State | null,
  data: ProcessData,
  command: Command,
): Result<Stepped, StepRefusal> {
  const run = openRun(program, state, data, command.at, null);
  const isFirst = command.type === 'start' || command.type === 'start_child';
  if (!isFirst && (state === null || state.status !== 'active')) {
    return refusalOf(run, 'instance_not_active');
  }
  if (isFirst && state !== null) return refusalOf(run, 'instance_already_started');
  perform(run, command);
  settle(run);
  if (run.refusal !== null) {
    const { code } = run.refusal;
    assert(mayRefuse(command, code), `${command.type} is declared to refuse ${code}`);
    return run.refusal;
  }
  const { events, effects, draft } = run;
  return ok({ state: closeDraft(program, draft), events, effects });
}

function refusalOf(run: Run, code: StepRefusal): Refusal<StepRefusal> {
  refuseStep(run, code, null);
  return run.refusal as Refusal<StepRefusal>;
}

/** A step in progress over a copy of `state`. */
export function openRun(
  program: Program,
  state: State | null,
  data: ProcessData,
  at: number,
  choose: Chooser | null,
): Run {
  const draft: Draft = state === null ? emptyDraft() : openDraft(state);
  return {
    program,
    draft,
    at,
    data,
    events: [],
    effects: [],
    todo: [],
    agenda: [],
    leftScopes: [],
    choose,
    dataChanged: false,
    ownScopes: null,
    refusal: null,
  };
}

/** Does what the command says itself; what follows from it is left to `settle`. */
export function perform(run: Run, command: Command): void {
  switch (command.type) {
    case 'start':
      start(run, command);
      return;
    case 'complete_activity':
      completeActivity(run, command);
      return;
    case 'fail_activity':
      fail(run, command);
      return;
    case 'escalate_activity': {
      const item = waitingActivity(run, command.activityInstance);
      if (item === null) return;
      const { id, element } = item;
      const code = command.escalationCode;
      run.todo.push({ do: 'escalation', item: id, code, element, inside: false });
      return;
    }
    case 'fire_timer':
      meet(run, command.timer, ['timer'], {}, 'timer_not_active');
      return;
    case 'deliver_message':
    case 'deliver_signal': {
      const kind = command.type === 'deliver_message' ? 'message' : 'signal';
      meet(run, command.subscription, [kind], command.values, 'subscription_not_active');
      return;
    }
    case 'change_data':
      writeValues(run, 0, command.values);
      return;
    case 'start_ad_hoc':
      startAdHoc(run, command);
      return;
    case 'return_to':
      returnTo(run, command);
      return;
    case 'add_child':
      addChild(run, command);
      return;
    case 'start_child':
    case 'report_children':
      performApart(run, command);
      return;
    case 'remove_child':
      removeChild(run, command);
      return;
    case 'recall':
      recall(run, command);
      return;
    case 'add_signer':
      addSigner(run, command);
      return;
    case 'remove_signer':
      removeSigner(run, command);
      return;
    case 'call_off':
      callOff(run);
      return;
    case 'withdraw':
      withdraw(run, command.outcome);
      return;
    case 'terminate':
      stopInstance(run, 'terminated', command.outcome, null);
      return;
    default:
      command satisfies never;
  }
}

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

function start(run: Run, command: Of<'start'>): void {
  const element = command.startElement ?? null;
  const { work } = nodeOf(run, 0);
  if (work.kind !== 'scope') return;
  const known =
    element === null
      ? work.starts.length > 0
      : run.program.startTriggers.some((one) => one.element === element);
  if (!known) {
    refuseStep(run, 'start_element_unknown', element);
    return;
  }
  emit(run, {
    type: 'instance_started',
    program: run.program.hash,
    element: element ?? work.starts[0] ?? 0,
  });
  if (Object.keys(command.values).length > 0) writeValues(run, 0, command.values);
  if (element === null || nodeOf(run, element).work.kind === 'start') {
    openScope(run, 0, element);
    return;
  }
  openScope(run, 0, 0);
  startBehindGateway(run, element);
}

/**
 * The event that created the instance stands behind an instantiating gateway, or is a receive
 * task.
 */
export function startBehindGateway(run: Run, element: number): void {
  emit(run, { type: 'event_occurred', element, scope: 0, consumed: [] });
  run.todo.push({ do: 'leave', element, scope: 0 });
  for (const node of run.program.elements) {
    const { work } = node;
    if (work.kind !== 'gateway' || !work.instantiate || !work.parallelEvents) continue;
    const targets = node.outgoing.map((flow) => run.program.flows[flow]?.target ?? -1);
    if (!targets.includes(element)) continue;
    for (const target of targets.filter((one) => one !== element)) waitToo(run, target);
  }
}

/** Parallel instantiation: the other events are awaited each by itself. */
function waitToo(run: Run, element: number): void {
  const { work } = nodeOf(run, element);
  if (work.kind === 'catch') {
    const item = scheduleEvent(run, element, 0, []);
    arm(run, item, element, work.triggers);
  } else run.todo.push({ do: 'begin', element, parent: 0, as: plainBegin });
}

function fail(run: Run, command: Of<'fail_activity'>): void {
  const item = waitingActivity(run, command.activityInstance);
  if (item === null) return;
  const { errorCode } = command;
  run.todo.push({ do: 'error', item: item.id, code: errorCode, inside: false });
}

function meet(
  run: Run,
  id: number,
  kinds: readonly string[],
  values: Of<'deliver_message'>['values'],
  code: StepRefusal,
): void {
  for (const item of run.draft.items.values()) {
    const wait = item.waits.find((one) => one.id === id && kinds.includes(one.kind));
    if (wait === undefined || triggerOf(run, wait) === null) continue;
    run.todo.push({ do: 'occur', item: item.id, wait: id, values });
    return;
  }
  refuseStep(run, code, null, { id: String(id) });
}

/** One more performance of an activity in a running ad-hoc sub-process. */
function startAdHoc(run: Run, command: Of<'start_ad_hoc'>): void {
  const scope = run.draft.items.get(command.scope);
  const activities = scope === undefined ? [] : adHocActivities(run, scope.element);
  const work = scope === undefined ? null : nodeOf(run, scope.element).work;
  const isAdHoc = work?.kind === 'scope' && work.adHoc !== null && scope?.role === 'scope';
  if (!isAdHoc || !activities.some((node) => node.index === command.element)) {
    refuseStep(run, 'ad_hoc_element_unknown', command.element);
    return;
  }
  run.todo.push({
    do: 'begin',
    element: command.element,
    parent: command.scope,
    as: plainBegin,
  });
}

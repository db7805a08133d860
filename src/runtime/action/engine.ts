import { assert } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type Effect, encodeEvents, mayBeCaught, mergeData, step } from '../../kernel/index.ts';
import type { InstanceStatus } from '../../store/process/rows.ts';
import { type Burst, elementId, endInstance, type Live, liveOf, type Order, say } from './burst.ts';
import { sayStep } from './business-log.ts';
import { endCall, finishCalled, startCall, tellCaller } from './calls.ts';
import { childDone, childNews, endChildren, startChildren } from './children.ts';
import { takeDecision } from './decisions.ts';
import { runService } from './operations.ts';
import {
  cancelTask,
  cancelTimer,
  createTask,
  scheduleTimer,
  sendMessage,
  sendSignal,
  subscribe,
  unsubscribe,
} from './waits.ts';

/** Steps that one action may cause; more means that a model runs in a circle without waiting. */
const stepsMax = 2_000;

/**
 * Takes a command and all that follows from it, until every instance waits. Service tasks, rule
 * tasks and called processes are part of it; the first refusal of any of them ends the action.
 */
export async function run(burst: Burst, first: Order): Promise<Result<null>> {
  const queue: Order[] = [first];
  for (let steps = 0; ; steps += 1) {
    const order = queue.shift();
    if (order === undefined) return ok(null);
    if (isLate(burst, order)) continue;
    if (steps === stepsMax) return refuse('process_runs_in_circle', { stepsMax: `${stepsMax}` });
    const next = await takeStep(burst, order);
    if (!next.ok) return next;
    queue.push(...next.value);
  }
}

/** An order to an activity that another order of the same action has ended meanwhile. */
function isLate(burst: Burst, { instanceId, activity }: Order): boolean {
  return activity !== undefined && liveOf(burst, instanceId).state?.items.has(activity) !== true;
}

async function takeStep(burst: Burst, order: Order): Promise<Result<Order[]>> {
  const live = liveOf(burst, order.instanceId);
  const before = live.state;
  const stepped = step(live.model.program, before, live.data, order.command);
  if (!stepped.ok) return stepped;
  const { state, events, effects } = stepped.value;
  live.state = state;
  live.row.version += 1;
  live.changed = true;
  for (const effect of effects) live.data = mergeData(live.data, effect);
  burst.written.steps.push({
    instance_id: live.row.id,
    n: live.row.version,
    at: burst.at,
    command: order.command.type,
    events: encodeEvents(events),
  });
  sayStep(burst, live, before, events);
  const orders: Order[] = [];
  for (const effect of effects) {
    const next = await carryOut(burst, live, effect);
    if (!next.ok) return next;
    orders.push(...next.value);
  }
  return ok(orders);
}

const nothing: Result<Order[]> = ok([]);

async function carryOut(burst: Burst, live: Live, effect: Effect): Promise<Result<Order[]>> {
  switch (effect.type) {
    case 'create_task':
      return await createTask(burst, live, effect);
    case 'cancel_task':
      cancelTask(burst, live, effect.activityInstance);
      return nothing;
    case 'call_service':
      return await runService(burst, live, effect);
    case 'decide':
      return takeDecision(burst, live, effect);
    case 'start_call':
      return await startCall(burst, live, effect);
    case 'cancel_call':
      return await endCall(burst, live, effect);
    case 'schedule_timer':
      scheduleTimer(burst, live, effect);
      return nothing;
    case 'cancel_timer':
      cancelTimer(burst, live, effect.timer);
      return nothing;
    case 'subscribe':
      subscribe(burst, live, effect);
      return nothing;
    case 'unsubscribe':
      unsubscribe(burst, live, effect.subscription);
      return nothing;
    case 'send_message':
      sendMessage(burst, live, effect);
      return nothing;
    case 'send_signal':
      sendSignal(burst, live, effect.signalName);
      return nothing;
    case 'start_children':
      return await startChildren(burst, live, effect);
    case 'end_children':
      return await endChildren(burst, live, effect);
    case 'child_done':
      return await childDone(burst, live, effect);
    case 'escalated':
      return await tellCaller(burst, live, effect);
    case 'instance_completed':
      return await finish(burst, live, effect);
    case 'run_script':
      return refuse('script_not_supported', { element: elementId(live, effect.element) });
    case 'cancel_service':
    case 'write_data':
    case 'remove_data':
      return nothing;
    default: {
      const never: never = effect;
      return never;
    }
  }
}

/** How the kernel's end of an instance is called in the table. */
const endStatus = {
  completed: 'completed',
  terminated: 'terminated',
  failed: 'terminated',
} as const satisfies Record<string, InstanceStatus>;

async function finish(
  burst: Burst,
  live: Live,
  effect: Extract<Effect, { type: 'instance_completed' }>,
): Promise<Result<Order[]>> {
  assert(effect.status !== 'active', 'an instance that is completed is not active');
  if (live.row.loop_counter !== null) return await finishChild(burst, live, effect);
  const isCalled = live.row.parent_id !== null;
  if (effect.status === 'failed' && !isCalled) {
    // Nobody catches the error: the action that raised it does not happen.
    return refuse('process_failed', { errorCode: effect.errorCode ?? '' });
  }
  endInstance(burst, live, endStatus[effect.status], effect.outcome);
  say(burst, live, {
    kind: isCalled ? 'called_process_ended' : 'case_ended',
    facts: { outcome: effect.outcome, status: live.row.status },
  });
  return isCalled ? await finishCalled(burst, live, effect) : nothing;
}

/** A handed-out child has ended; what it was for is counted already, an error is told its body. */
async function finishChild(
  burst: Burst,
  live: Live,
  effect: Extract<Effect, { type: 'instance_completed' }>,
): Promise<Result<Order[]>> {
  assert(effect.status !== 'active', 'an instance that is completed is not active');
  endInstance(burst, live, endStatus[effect.status], effect.outcome);
  if (effect.status !== 'failed') return nothing;
  const code = effect.errorCode ?? '';
  const element = live.childOf ?? 0;
  const isOfRoot = live.row.parent_id === live.row.root_id;
  if (isOfRoot && !mayBeCaught(live.model.program, element, code)) {
    return refuse('process_failed', { errorCode: code });
  }
  return await childNews(burst, live, { kind: 'error', code });
}

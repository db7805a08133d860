import { assert } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { Effect } from '../../kernel/index.ts';
import { loadCalled } from '../../store/process/load.ts';
import { newestModel } from '../../store/process/models.ts';
import { type Burst, elementId, type Live, liveOf, type Order, openInstance } from './burst.ts';
import { childNews } from './children.ts';

/** Called processes deeper than this are taken for a circle. */
const callDepthMax = 20;

/** Starts the newest version of the called process as an instance of its own. */
export async function startCall(
  burst: Burst,
  live: Live,
  effect: Extract<Effect, { type: 'start_call' }>,
): Promise<Result<Order[]>> {
  const element = elementId(live, effect.element);
  const { transaction, parts } = burst;
  const model = await newestModel(transaction, parts.cellId, effect.calledElement);
  if (model === null) {
    return refuse('called_process_missing', { element, process: effect.calledElement });
  }
  if (live.row.path.length >= callDepthMax) return refuse('calls_too_deep', { element });
  const id = burst.newId();
  const called: Live = {
    row: {
      ...live.row,
      id,
      parent_id: live.row.id,
      parent_activity: effect.activityInstance,
      path: [...live.row.path, id],
      model_id: model.id,
      process_id: model.process_id,
      line: model.line ?? live.row.line,
      status: 'active',
      outcome: null,
      version: 0,
      event_count: 0,
      started_at: burst.at,
      started_login: burst.actor.login,
      started_person: burst.actor.person,
      due_at: null,
      ended_at: null,
      loop_counter: null,
    },
    model: await parts.models.byId(transaction, model.id),
    state: null,
    data: { root: {}, scopes: {} },
    versionBefore: 0,
    changed: true,
  };
  burst.instances.set(id, called);
  const command = { type: 'start', at: burst.at, values: effect.values } as const;
  return ok([{ instanceId: id, command }]);
}

/** The called process has ended: its caller's activity gets its variables, or its error. */
export async function finishCalled(
  burst: Burst,
  called: Live,
  effect: Extract<Effect, { type: 'instance_completed' }>,
): Promise<Result<Order[]>> {
  const { parent_id: instanceId, parent_activity: activityInstance } = called.row;
  assert(instanceId !== null && activityInstance !== null, 'a called process has a caller');
  const caller = liveOf(burst, instanceId);
  if (caller.state?.items.has(activityInstance) !== true) return ok([]);
  const { at } = burst;
  if (effect.status === 'failed') {
    const errorCode = effect.errorCode ?? '';
    return ok([
      {
        instanceId,
        command: { type: 'fail_activity', at, activityInstance, errorCode },
        activity: activityInstance,
      },
    ]);
  }
  const command = {
    type: 'complete_activity',
    at,
    activityInstance,
    values: called.data.root,
    ...(effect.outcome === null ? {} : { outcome: effect.outcome }),
  } as const;
  return ok([{ instanceId, command, activity: activityInstance }]);
}

/** An escalation that a called process does not catch itself goes on at its caller's activity. */
export async function tellCaller(
  burst: Burst,
  live: Live,
  effect: Extract<Effect, { type: 'escalated' }>,
): Promise<Result<Order[]>> {
  const { element, escalationCode } = effect;
  const { parent_id: instanceId, parent_activity: activityInstance, loop_counter } = live.row;
  if (loop_counter !== null) {
    return await childNews(burst, live, { kind: 'escalation', code: escalationCode, element });
  }
  if (instanceId === null || activityInstance === null) return ok([]);
  const { at } = burst;
  const type = 'escalate_activity';
  const command = { type, at, activityInstance, escalationCode: escalationCode ?? '' } as const;
  return ok([{ instanceId, command, activity: activityInstance }]);
}

/** The calling activity was cancelled: what it called ends with it. */
export async function endCall(
  burst: Burst,
  live: Live,
  effect: Extract<Effect, { type: 'cancel_call' }>,
): Promise<Result<Order[]>> {
  const called = await calledBy(burst, live, effect.activityInstance);
  if (called === null || called.row.status !== 'active') return ok([]);
  const outcome = live.row.outcome ?? 'cancelled';
  const command = { type: 'terminate', at: burst.at, outcome } as const;
  return ok([{ instanceId: called.row.id, command }]);
}

async function calledBy(burst: Burst, live: Live, activityInstance: number): Promise<Live | null> {
  for (const other of burst.instances.values()) {
    const { parent_id, parent_activity } = other.row;
    if (parent_id === live.row.id && parent_activity === activityInstance) return other;
  }
  const { transaction, parts } = burst;
  const row = await loadCalled(transaction, parts.cellId, live.row.id, activityInstance);
  return row === null ? null : await openInstance(burst, row);
}

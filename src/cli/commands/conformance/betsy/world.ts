/**
 * Runs the processes of one model on a virtual clock: calls, messages, signals, timers and
 * scripts.
 */
import { assert, present } from '../../../../base/assert.ts';
import type { Value, Values } from '../../../../base/data.ts';
import {
  type Command,
  compile,
  decodeState,
  type Effect,
  type Event,
  encodeState,
  type Model,
  mergeData,
  type ProcessData,
  type Program,
  replay,
  type State,
  step,
} from '../../../../kernel/index.ts';
import { doScript, type Stage } from './scripts.ts';

export type Instance = {
  readonly program: Program;
  state: State | null;
  data: ProcessData;
  readonly events: Event[];
  readonly parent: { readonly instance: Instance; readonly activityInstance: number } | null;
};

/** Something that will happen at a time: a command to an instance. */
type Coming = { readonly at: number; readonly instance: Instance; readonly command: Command };

export type World = Stage & {
  readonly model: Model;
  readonly instances: Instance[];
  readonly coming: Coming[];
  readonly messages: { readonly name: string; readonly values: Values }[];
};

/** A run that has not come to rest after this many steps never will. */
const stepsMax = 2_000;

/** An empty stage for the processes of a model, at time 0. */
export function newWorld(model: Model): World {
  return { model, instances: [], traces: [], coming: [], messages: [], spans: [], now: 0 };
}

function programOf(world: World, processId: string): Program {
  const known = world.instances.find((one) => one.program.processId === processId);
  if (known !== undefined) return known.program;
  const compiled = compile(world.model, processId);
  assert(compiled.ok, `${processId} compiles`);
  return compiled.value;
}

/** Creates an instance and runs it to its waits. */
export function startInstance(
  world: World,
  processId: string,
  values: Values,
  parent: Instance['parent'] = null,
  startElement?: number,
): void {
  const data = { root: {}, scopes: {} };
  const program = programOf(world, processId);
  const instance: Instance = { program, state: null, data, events: [], parent };
  world.instances.push(instance);
  const start = { type: 'start', at: world.now, values } as const;
  send(world, instance, startElement === undefined ? start : { ...start, startElement });
}

/** Lets time pass until nothing is left to happen. */
export function runToRest(world: World): void {
  for (let count = 0; count < stepsMax; count += 1) {
    if (deliverMessages(world)) continue;
    const next = nextComing(world) ?? nextTimer(world);
    if (next === null) return;
    world.now = Math.max(world.now, next.at);
    send(world, next.instance, { ...next.command, at: world.now } as Command);
  }
  world.traces.push('NeverEnds');
}

/** The earliest thing that comes; of those at one time, the first that was announced. */
function nextComing(world: World): Coming | null {
  let best = -1;
  world.coming.forEach((one, at) => {
    if (best < 0 || one.at < present(world.coming[best], 'best').at) best = at;
  });
  const timer = nextTimer(world);
  const found = world.coming[best];
  if (found === undefined || (timer !== null && timer.at < found.at)) return null;
  world.coming.splice(best, 1);
  return found;
}

function nextTimer(world: World): Coming | null {
  let best: Coming | null = null;
  for (const instance of world.instances) {
    for (const item of instance.state?.items.values() ?? []) {
      for (const wait of item.waits) {
        if (wait.kind !== 'timer' || (best !== null && best.at <= wait.dueAt)) continue;
        const command = { type: 'fire_timer', at: wait.dueAt, timer: wait.id } as const;
        best = { at: wait.dueAt, instance, command };
      }
    }
  }
  return best;
}

/** One command; the state must survive its stored form and follow from its events alone. */
export function send(world: World, instance: Instance, command: Command): void {
  if (instance.state !== null && instance.state.status !== 'active') return;
  const stepped = step(instance.program, instance.state, instance.data, command);
  if (!stepped.ok) {
    if (stepped.code === 'activity_not_active') return;
    endWith(world, instance, stepped.code);
    return;
  }
  const { state, events, effects } = stepped.value;
  instance.events.push(...events);
  const stored = encodeState(state);
  assert(
    stored === encodeState(replay(instance.program, null, instance.events)),
    'replay is state',
  );
  instance.state = decodeState(stored);
  for (const effect of effects) instance.data = mergeData(instance.data, effect);
  for (const effect of effects) carryOut(world, instance, effect);
}

/** A refused step ends a test: betsy knows one name for missing flows and one for the rest. */
function endWith(world: World, instance: Instance, code: string): void {
  world.traces.push(code === 'no_flow_taken' ? 'RuntimeException' : 'GenericError');
  world.instances.splice(world.instances.indexOf(instance), 1);
}

function carryOut(world: World, instance: Instance, effect: Effect): void {
  switch (effect.type) {
    case 'run_script': {
      const done = doScript(world, effect.script, visible(instance, effect.scope));
      const command = { ...done.command, activityInstance: effect.activityInstance } as Command;
      world.coming.push({ at: world.now + done.takesMs, instance, command });
      return;
    }
    case 'start_call': {
      const { activityInstance, calledElement, values } = effect;
      startInstance(world, calledElement, values, { instance, activityInstance });
      return;
    }
    case 'send_message':
      world.messages.push({ name: effect.messageName, values: effect.values });
      return;
    case 'send_signal':
      broadcast(world, instance, effect.signalName);
      return;
    case 'instance_completed':
      ended(world, instance, effect);
      return;
    case 'escalated':
      escalate(world, instance, effect.escalationCode ?? '');
      return;
    case 'create_task':
    case 'call_service':
    case 'decide':
      world.coming.push({ at: world.now, instance, command: answer(world, effect) });
      return;
    default:
      return;
  }
}

function answer(world: World, effect: { readonly activityInstance: number }): Command {
  const { activityInstance } = effect;
  return { type: 'complete_activity', at: world.now, activityInstance, values: {} };
}

function visible(instance: Instance, scope: number): Record<string, Value> {
  return { ...instance.data.root, ...instance.data.scopes[scope] };
}

function ended(
  world: World,
  instance: Instance,
  result: Extract<Effect, { type: 'instance_completed' }>,
): void {
  const { parent } = instance;
  if (parent !== null) {
    const { activityInstance } = parent;
    const command: Command =
      result.status === 'failed'
        ? { type: 'fail_activity', at: 0, activityInstance, errorCode: result.errorCode ?? '' }
        : { type: 'complete_activity', at: 0, activityInstance, values: instance.data.root };
    world.coming.push({ at: world.now, instance: parent.instance, command });
  } else if (result.status === 'failed') world.traces.push('ErrorThrownErrorEvent');
}

/** What a called process does not catch itself goes on to its caller. */
function escalate(world: World, instance: Instance, escalationCode: string): void {
  if (instance.parent === null) return;
  const { activityInstance } = instance.parent;
  const command = { type: 'escalate_activity', at: 0, activityInstance, escalationCode } as const;
  world.coming.push({ at: world.now, instance: instance.parent.instance, command });
}

/** A signal reaches everyone else who waits for it, and starts processes that begin with it. */
function broadcast(world: World, from: Instance, name: string): void {
  for (const instance of world.instances) {
    if (instance === from) continue;
    for (const subscription of waitingFor(instance, 'signal', name)) {
      const command = { type: 'deliver_signal', at: 0, subscription, values: {} } as const;
      world.coming.push({ at: world.now, instance, command });
    }
  }
  for (const { processId, element } of starting(world, 'signal', name)) {
    startInstance(world, processId, {}, null, element);
  }
}

function waitingFor(instance: Instance, kind: 'signal' | 'message', name: string): number[] {
  const found: number[] = [];
  for (const item of instance.state?.items.values() ?? []) {
    for (const wait of item.waits) {
      const work = instance.program.elements[wait.element]?.work;
      if (wait.kind !== kind || work === undefined) continue;
      const triggers = 'triggers' in work ? work.triggers : 'message' in work ? [work.message] : [];
      const trigger = triggers[wait.trigger] ?? null;
      if (trigger?.kind === kind && trigger.name === name) found.push(wait.id);
    }
  }
  return found;
}

function starting(
  world: World,
  kind: 'signal' | 'message',
  name: string,
): { readonly processId: string; readonly element: number }[] {
  const roots = world.model.root.rootElements as readonly { $type: string; id: string }[];
  return roots
    .filter((root) => root.$type === 'bpmn:Process')
    .flatMap(({ id }) =>
      programOf(world, id)
        .startTriggers.filter(({ trigger }) => trigger.kind === kind && trigger.name === name)
        .map(({ element }) => ({ processId: id, element })),
    );
}

/**
 * A message goes to the first that waits for it, else to a process that begins with it, else
 * waits.
 */
function deliverMessages(world: World): boolean {
  for (const [at, message] of world.messages.entries()) {
    const { name, values } = message;
    for (const instance of world.instances) {
      const [subscription] = waitingFor(instance, 'message', name);
      if (subscription === undefined) continue;
      world.messages.splice(at, 1);
      send(world, instance, { type: 'deliver_message', at: world.now, subscription, values });
      return true;
    }
    const [start] = starting(world, 'message', name);
    if (start === undefined) continue;
    world.messages.splice(at, 1);
    startInstance(world, start.processId, values, null, start.element);
    return true;
  }
  return false;
}

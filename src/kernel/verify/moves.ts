/** What can happen next in a world, and the worlds it leads to. */
import { present } from '../../base/assert.ts';
import { type Draft, tokensOn } from '../apply.ts';
import type { Node, Program, Trigger } from '../program.ts';
import { reachableFrom } from '../reach.ts';
import { activityOf } from '../run/activities.ts';
import { passLookingJoins } from '../run/gateways.ts';
import { emit, nodeOf, type Run } from '../run/run.ts';
import { finishScopes, openScope } from '../run/scopes.ts';
import { arrive, followUp, speaks } from '../run/settle.ts';
import { triggerOf } from '../run/waits.ts';
import { openRun, startBehindGateway } from '../step.ts';
import type { Event, Item, Wait } from '../types.ts';
import { clamp, type Instance, type Link, type Stage, type World } from './world.ts';

/** One thing that can happen; `instance` is -1 when an instance is created. */
export type Move =
  | {
      readonly kind: 'token';
      readonly instance: number;
      readonly scope: number;
      readonly flow: number;
    }
  | { readonly kind: 'join'; readonly instance: number; readonly element: number }
  | { readonly kind: 'complete'; readonly instance: number; readonly item: number }
  | {
      readonly kind: 'fail';
      readonly instance: number;
      readonly item: number;
      readonly trigger: Trigger;
    }
  | {
      readonly kind: 'occur';
      readonly instance: number;
      readonly item: number;
      readonly wait: number;
      readonly links: readonly number[];
    }
  | {
      readonly kind: 'create';
      readonly program: number;
      readonly element: number;
      readonly links: readonly number[];
    };

/** A world that a move leads to, with what happened on the way. */
export type Outcome = {
  readonly world: World;
  readonly events: readonly { readonly program: number; readonly event: Event }[];
  /** True when a token was put where one lay, or an element began twice in one scope. */
  readonly crowded: boolean;
};

/** More instances of one process than this are not created by messages. */
const instancesMax = 2;

/** Everything that can happen next. */
export function movesOf(stage: Stage, world: World): Move[] {
  const moves = world.instances.flatMap((instance, at) => {
    const tokens = tokenMoves(stage, instance, at);
    const program = present(stage.programs[instance.program], 'program');
    // As in a step: what throws a signal waits for the other tokens, so that who listens is there,
    // and for nobody's work.
    const speaking = tokens.filter((one) => one.kind === 'token' && speaks(program, one.flow));
    if (speaking.length > 0 && speaking.length === tokens.length) return speaking;
    const silent = tokens.filter((one) => !speaking.includes(one));
    return [...silent, ...itemMoves(stage, world, instance, at)];
  });
  return [...moves, ...createMoves(stage, world)];
}

function tokenMoves(stage: Stage, instance: Instance, at: number): Move[] {
  const program = present(stage.programs[instance.program], 'program');
  const moves: Move[] = [];
  for (const item of instance.draft.items.values()) {
    for (let index = 0; index < item.tokens.length; index += 2) {
      const flow = item.tokens[index] as number;
      if (isReady(program, item, flow)) {
        moves.push({ kind: 'token', instance: at, scope: item.id, flow });
      }
    }
  }
  if (program.lookingJoins.length > 0 && instance.draft.status === 'active') {
    if (joinGoesOn(program, instance)) moves.push({ kind: 'join', instance: at, element: -1 });
  }
  return moves;
}

/**
 * True when a token on this flow can go on now; a parallel join is ready by its first flow only.
 */
function isReady(program: Program, scope: Item, flow: number): boolean {
  const target = present(program.elements[program.flows[flow]?.target ?? -1], 'target');
  const { work } = target;
  if (work.kind === 'gateway' && target.incoming.length > 1) {
    if (work.gateway === 'inclusive') return false;
    if (work.gateway === 'complex') return !scope.fired.some((one) => one.element === target.index);
    if (work.gateway === 'parallel') {
      const all = target.incoming.every((one) => tokensOn(scope.tokens, one) > 0);
      return all && target.incoming[0] === flow;
    }
  }
  const quantity = activityOf(target)?.startQuantity ?? 1;
  if (quantity === 1) return true;
  const resting = target.incoming.reduce((sum, one) => sum + tokensOn(scope.tokens, one), 0);
  return resting >= quantity;
}

function joinGoesOn(program: Program, instance: Instance): boolean {
  const run = runOf(program, instance, () => 0);
  return passLookingJoins(run);
}

function itemMoves(stage: Stage, world: World, instance: Instance, at: number): Move[] {
  const program = present(stage.programs[instance.program], 'program');
  const moves: Move[] = [];
  for (const item of instance.draft.items.values()) {
    if (item.role === 'activity' && !waitsForItself(item)) {
      moves.push({ kind: 'complete', instance: at, item: item.id });
    }
    for (const trigger of failures(program, item)) {
      moves.push({ kind: 'fail', instance: at, item: item.id, trigger });
    }
    for (const wait of item.waits) {
      const links = occurrence(stage, world, instance.program, program, wait);
      if (links === null) continue;
      moves.push({ kind: 'occur', instance: at, item: item.id, wait: wait.id, links });
    }
  }
  return moves;
}

/** A receive task ends by its message alone. */
function waitsForItself(item: Item): boolean {
  return item.waits.some((wait) => wait.element === item.element);
}

/** Errors and escalations that somebody waits for at the boundary of a waiting activity. */
function failures(program: Program, item: Item): Trigger[] {
  if (item.role !== 'activity' || item.loopCounter > 0) return [];
  const boundaries = activityOf(present(program.elements[item.element], 'node'))?.boundaries ?? [];
  return boundaries.flatMap((element) => {
    const work = program.elements[element]?.work;
    const triggers = work?.kind === 'boundary' ? work.triggers : [];
    return triggers.filter((one) => one.kind === 'error' || one.kind === 'escalation');
  });
}

/**
 * Null: cannot occur now. Else the links from one of which a message is taken; none when the
 * occurrence comes from outside or from time.
 */
function occurrence(
  stage: Stage,
  world: World,
  at: number,
  program: Program,
  wait: Wait,
): readonly number[] | null {
  if (wait.kind === 'message') return messagesFor(stage, world, at, wait.element);
  if (wait.kind !== 'signal') return [];
  const trigger = triggerIn(program, wait);
  return trigger?.kind === 'signal' && stage.signals.has(trigger.name) ? null : [];
}

function triggerIn(program: Program, wait: Wait): Trigger | null {
  const work = program.elements[wait.element]?.work;
  return work !== undefined && 'triggers' in work ? (work.triggers[wait.trigger] ?? null) : null;
}

/** Links with a message for this element; null when it has senders but none has sent. */
function messagesFor(
  stage: Stage,
  world: World,
  program: number,
  element: number,
): readonly number[] | null {
  const links = stage.links.flatMap((link, index) =>
    link.to.program === program && link.to.element === element ? [index] : [],
  );
  if (links.some((index) => stage.links[index]?.from.program === -1)) return [];
  if (links.length === 0) return [];
  const sent = links.filter((index) => (world.bag[index] ?? 0) > 0 && isNext(stage, world, index));
  return sent.length === 0 ? null : sent;
}

/** In order: no older message goes between the same two pools. */
function isNext(stage: Stage, world: World, index: number): boolean {
  if (stage.messages === 'bag') return true;
  const first = world.order.find((other) => isSameWay(stage, other, index));
  return first === index;
}

function isSameWay(stage: Stage, left: number, right: number): boolean {
  const [one, other] = [stage.links[left], stage.links[right]];
  return one?.from.program === other?.from.program && one?.to.program === other?.to.program;
}

/** A message whose receiver begins a process creates an instance. */
function createMoves(stage: Stage, world: World): Move[] {
  return stage.programs.flatMap((program, at) => {
    const running = world.instances.filter((instance) => instance.program === at).length;
    if (running >= instancesMax) return [];
    return program.startTriggers.flatMap(({ element, trigger }): Move[] => {
      if (trigger.kind !== 'message') return [];
      const links = messagesFor(stage, world, at, element);
      if (links === null || links.length === 0) return [];
      return [{ kind: 'create', program: at, element, links }];
    });
  });
}

// --- doing it ----------------------------------------------------------------------------------

/** Choices that are tried of one move: an inclusive gateway with ten ways on has 1,023. */
export const choicesMax = 1_100;

/** All worlds a move can lead to: one for each free choice in it, up to `choicesMax`. */
export function outcomesOf(stage: Stage, world: World, move: Move): Outcome[] {
  const outcomes: Outcome[] = [];
  const pending: number[][] = [[]];
  for (let prefix = pending.pop(); prefix !== undefined; prefix = pending.pop()) {
    const picked = [...prefix];
    let at = 0;
    const choose = (_element: number, options: number) => {
      const known = picked[at];
      at += 1;
      if (known !== undefined) return known;
      const room = choicesMax - pending.length - outcomes.length;
      if (options - 1 > room) stage.limits.choicesCut = true;
      for (let other = Math.min(options - 1, room); other > 0; other -= 1) {
        pending.push([...picked, other]);
      }
      picked.push(0);
      return 0;
    };
    const outcome = doMove(stage, world, move, choose);
    if (outcome !== null) outcomes.push(outcome);
  }
  return outcomes;
}

function runOf(
  program: Program,
  instance: Instance,
  choose: (element: number, options: number) => number,
): Run {
  const { status, outcome, nextId, items } = instance.draft;
  const state = { format: 1 as const, program: '', status, outcome, nextId, items };
  return openRun(program, state, { root: {}, scopes: {} }, 0, choose);
}

function doMove(
  stage: Stage,
  world: World,
  move: Move,
  choose: (element: number, options: number) => number,
): Outcome | null {
  const creates = move.kind === 'create';
  const instance = creates
    ? newInstance(stage, move.program, move.element, choose)
    : present(world.instances[move.instance], 'instance');
  const program = present(stage.programs[instance.program], 'program');
  const run = creates ? null : runOf(program, instance, choose);
  if (run !== null && !creates) {
    begin(run, move);
    rest(run);
    if (run.refusal !== null) return null;
  }
  const moved = run === null ? instance : after(stage, instance, run);
  const instances = creates
    ? [...world.instances, moved]
    : world.instances.map((one, at) => (at === move.instance ? moved : one));
  const events = run === null ? createdEvents(instance) : run.events;
  const sent = bagAfter(stage, world, move, instance.program, events);
  const heard = run === null ? { instances, events: [] } : broadcast(stage, instances, move, run);
  return {
    world: { instances: heard.instances, ...sent },
    events: [...events.map((event) => ({ program: instance.program, event })), ...heard.events],
    crowded: isCrowded(run === null ? null : run, events),
  };
}

const created = new WeakMap<object, readonly Event[]>();

function createdEvents(instance: Instance): readonly Event[] {
  return created.get(instance) ?? [];
}

/** A new instance that has just begun at a start event, or at its plain starts (element -1). */
export function newInstance(
  stage: Stage,
  at: number,
  element: number,
  choose: (element: number, options: number) => number,
): Instance {
  const program = present(stage.programs[at], 'program');
  const run = openRun(program, null, { root: {}, scopes: {} }, 0, choose);
  emit(run, { type: 'instance_started', program: '', element: Math.max(element, 0) });
  if (element < 0 || nodeOf(run, element).work.kind === 'start') {
    openScope(run, 0, element < 0 ? null : element);
  } else {
    openScope(run, 0, 0);
    startBehindGateway(run, element);
  }
  rest(run);
  const instance: Instance = { program: at, draft: run.draft, ends: new Map() };
  const counted = { ...instance, ends: endsAfter(program, instance.ends, run.events) };
  created.set(counted, run.events);
  return counted;
}

function begin(run: Run, move: Exclude<Move, { kind: 'create' }>): void {
  switch (move.kind) {
    case 'token':
      arrive(run, move.scope, move.flow);
      return;
    case 'join':
      passLookingJoins(run);
      return;
    case 'complete':
      run.todo.push({ do: 'complete', item: move.item, outcome: null });
      return;
    case 'fail': {
      const { item, trigger } = move;
      const code = trigger.kind === 'error' || trigger.kind === 'escalation' ? trigger.code : null;
      if (trigger.kind === 'error') run.todo.push({ do: 'error', item, code, inside: false });
      else run.todo.push({ do: 'escalation', item, code, element: 0, inside: false });
      return;
    }
    case 'occur':
      run.todo.push({ do: 'occur', item: move.item, wait: move.wait, values: {} });
      return;
    default:
      move satisfies never;
  }
}

/** What follows at once, but no other token: those have their turn as moves of their own. */
function rest(run: Run): void {
  run.agenda.length = 0;
  while (run.draft.status === 'active' && run.refusal === null) {
    if (followUp(run)) continue;
    run.agenda.length = 0;
    if (!finishScopes(run)) return;
  }
}

function after(stage: Stage, instance: Instance, run: Run): Instance {
  const ends = endsAfter(run.program, instance.ends, run.events);
  const draft = clamp(stage, run.draft);
  return { program: instance.program, draft, ends: endsToCome(run.program, draft, ends) };
}

/** An end that was reached and cannot be reached again need not be remembered. */
function endsToCome(program: Program, draft: Draft, ends: Instance['ends']): Instance['ends'] {
  const root = draft.items.get(0);
  if (ends.size === 0 || root === undefined) return ends;
  const places: number[] = [];
  for (let at = 0; at < root.tokens.length; at += 2) {
    places.push(program.flows[root.tokens[at] as number]?.target ?? -1);
  }
  for (const item of draft.items.values()) {
    if (item.parent === 0 && item.id !== 0) places.push(item.element);
  }
  const kept = [...ends].filter(
    ([end, count]) => count > 1 || places.some((one) => reachIn(program, one).has(end)),
  );
  return kept.length === ends.size ? ends : new Map(kept);
}

const reached = new WeakMap<Program, Map<number, ReadonlySet<number>>>();

function reachIn(program: Program, element: number): ReadonlySet<number> {
  const table = reached.get(program) ?? new Map<number, ReadonlySet<number>>();
  reached.set(program, table);
  const known = table.get(element) ?? reachableFrom(program, element).elements;
  table.set(element, known);
  return known;
}

function endsAfter(
  program: Program,
  before: ReadonlyMap<number, number>,
  events: readonly Event[],
): ReadonlyMap<number, number> {
  let ends = before;
  for (const event of events) {
    if (event.type !== 'event_occurred' || event.scope !== 0) continue;
    if (program.elements[event.element]?.work.kind !== 'end') continue;
    const count = Math.min((ends.get(event.element) ?? 0) + 1, 2);
    ends = new Map(ends).set(event.element, count);
  }
  return ends;
}

/** Messages of one link under way that are told apart. */
const messagesMax = 3;

/** Which way goes first in the list means nothing, only the order within one: so it is sorted. */
function inPairs(stage: Stage, order: readonly number[]): readonly number[] {
  const ways = new Map<number, number[]>();
  for (const index of order) {
    const known = [...ways.keys()].find((other) => isSameWay(stage, other, index));
    if (known === undefined) ways.set(index, [index]);
    else ways.get(known)?.push(index);
  }
  const pair = (index: number) => {
    const link = stage.links[index];
    return (link?.from.program ?? 0) * stage.programs.length + (link?.to.program ?? 0);
  };
  return [...ways].sort(([left], [right]) => pair(left) - pair(right)).flatMap(([, way]) => way);
}

/** Messages are taken by what receives them and added by what sends them. */
function bagAfter(
  stage: Stage,
  world: World,
  move: Move,
  program: number,
  events: readonly Event[],
): Pick<World, 'bag' | 'order'> {
  if (stage.links.length === 0) return { bag: world.bag, order: world.order };
  const bag = [...world.bag];
  const order = [...world.order];
  const [taken] = 'links' in move ? move.links : [];
  if (taken !== undefined) {
    bag[taken] = (bag[taken] ?? 0) - 1;
    if (stage.messages === 'ordered') order.splice(order.indexOf(taken), 1);
  }
  for (const event of events) {
    if (event.type !== 'activity_completed' && event.type !== 'event_occurred') continue;
    stage.links.forEach((link: Link, at) => {
      if (link.from.program !== program || link.from.element !== event.element) return;
      if (link.to.program < 0 || (bag[at] ?? 0) >= messagesMax) return;
      bag[at] = (bag[at] ?? 0) + 1;
      if (stage.messages === 'ordered') order.push(at);
    });
  }
  return { bag, order: inPairs(stage, order) };
}

/** Signals reach the other instances in the same moment. */
function broadcast(
  stage: Stage,
  instances: readonly Instance[],
  move: Move,
  run: Run,
): Pick<Outcome, 'events'> & { readonly instances: readonly Instance[] } {
  const names = run.effects.flatMap((one) => (one.type === 'send_signal' ? [one.signalName] : []));
  const speaker = 'instance' in move ? move.instance : -1;
  if (names.length === 0) return { instances, events: [] };
  const events: Outcome['events'][number][] = [];
  const heard = instances.map((instance, at) => {
    if (at === speaker || instance.draft.status !== 'active') return instance;
    const program = present(stage.programs[instance.program], 'program');
    const hearing = runOf(program, instance, () => 0);
    for (const item of [...hearing.draft.items.values()]) {
      for (const wait of item.waits) {
        const trigger: Trigger | null = triggerOf(hearing, wait);
        if (trigger?.kind !== 'signal' || !names.includes(trigger.name)) continue;
        hearing.todo.push({ do: 'occur', item: item.id, wait: wait.id, values: {} });
      }
    }
    rest(hearing);
    events.push(...hearing.events.map((event) => ({ program: instance.program, event })));
    return after(stage, instance, hearing);
  });
  return { instances: heard, events };
}

/** A flow with two tokens, or an element of which two waiting items stand in one scope. */
function isCrowded(run: Run | null, events: readonly Event[]): boolean {
  if (run === null) return false;
  return events.some((event) => {
    if (event.type === 'flow_taken') {
      const scope = run.draft.items.get(event.scope);
      return scope !== undefined && tokensOn(scope.tokens, event.flow) > 1;
    }
    if (event.type !== 'activity_scheduled' || event.loopCounter > 0) return false;
    return [...run.draft.items.values()].some(
      (item) =>
        item.id !== event.activityInstance &&
        item.element === event.element &&
        item.parent === event.scope &&
        isPlain(run, item),
    );
  });
}

/** Event sub-processes that do not interrupt may run several times at once. */
function isPlain(run: Run, item: Item): boolean {
  const node: Node = nodeOf(run, item.element);
  return !(node.work.kind === 'scope' && node.work.variant === 'event_sub');
}

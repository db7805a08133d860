/**
 * Partial-order reduction: one token may go first, alone, when nothing else that can happen now or
 * later touches it. Its choices then stand for all orders.
 */
import { present } from '../../base/assert.ts';
import type { Node, Program } from '../program.ts';
import { reachableFrom } from '../reach.ts';
import type { Item } from '../types.ts';
import { circlingOf } from './cycles.ts';
import type { Move } from './moves.ts';
import type { Instance, Stage, World } from './world.ts';

/** Elements reachable from each element, computed when first asked for. */
export type Reach = (program: number, element: number) => ReadonlySet<number>;

/** A table of what each element can come to, filled as it is asked. */
export function reachOf(stage: Stage): Reach {
  const known = stage.programs.map(() => new Map<number, ReadonlySet<number>>());
  return (program, element) => {
    const table = present(known[program], 'program');
    const found = table.get(element);
    if (found !== undefined) return found;
    const reached = reachableFrom(present(stage.programs[program], 'program'), element).elements;
    table.set(element, reached);
    return reached;
  };
}

/**
 * Moves that may go first, without the others: their choices then stand for all orders. One token,
 * or all that can happen to one waiting activity or event. Null: all moves must be tried.
 */
export function firstOf(
  stage: Stage,
  world: World,
  moves: readonly Move[],
  reach: Reach,
): readonly Move[] | null {
  const alone = moves.find((one) => isToken(one) && isAlone(stage, world, one, reach)) ?? null;
  return alone === null ? waitingOf(stage, world, moves, reach) : [alone];
}

/** All that can happen to the first waiting item that nothing else can touch. */
function waitingOf(
  stage: Stage,
  world: World,
  moves: readonly Move[],
  reach: Reach,
): readonly Move[] | null {
  for (const [at, move] of moves.entries()) {
    if (!('item' in move)) continue;
    const isSame = (one: Move) =>
      'item' in one && one.instance === move.instance && one.item === move.item;
    if (moves.findIndex(isSame) !== at) continue;
    const instance = present(world.instances[move.instance], 'instance');
    const item = present(instance.draft.items.get(move.item), 'item');
    const all = moves.filter(isSame);
    if (isClosed(stage, instance, item, all) && hasPlace(stage, instance, item, reach)) return all;
  }
  return null;
}

/** Every wait of the item can end now, by itself, whatever others do. */
function isClosed(stage: Stage, instance: Instance, item: Item, all: readonly Move[]): boolean {
  const program = present(stage.programs[instance.program], 'program');
  const node = present(program.elements[item.element], 'element');
  if (isSpokenTo(stage, instance.program, node)) return false;
  const { work } = node;
  const activity = 'activity' in work ? work.activity : null;
  const isTask = item.role === 'activity' && activity?.loop === null;
  if (item.loopCounter > 0 || !(isTask || item.role === 'event')) return false;
  if (activity !== null && activity.compensationHandler !== null) return false;
  const free = all.flatMap((one) => (one.kind === 'occur' && one.links.length === 0 ? [one] : []));
  return item.waits.every((wait) => free.some((one) => one.wait === wait.id));
}

function hasPlace(stage: Stage, instance: Instance, item: Item, reach: Reach): boolean {
  const program = present(stage.programs[instance.program], 'program');
  const scope = instance.draft.items.get(item.parent);
  if (scope === undefined || scope.role !== 'scope') return false;
  const node = present(program.elements[item.element], 'element');
  const move = { kind: 'complete', instance: 0, item: item.id } as const;
  return !isShared(instance, scope, item, move, node, program, reach);
}

/**
 * Something around could interrupt these moves. They may still go first when what is around still
 * stands after them: an interruption takes away all that they have done.
 */
export function stillStands(before: World, after: World, move: Move): boolean {
  if (move.kind === 'create') return false;
  const old = present(before.instances[move.instance], 'instance');
  const item = move.kind === 'token' ? move.scope : 'item' in move ? move.item : 0;
  const items = after.instances[move.instance]?.draft.items;
  const first = old.draft.items.get(item);
  const inner = move.kind === 'token' ? first : old.draft.items.get(first?.parent ?? 0);
  for (let at = inner; at !== undefined; at = old.draft.items.get(at.parent)) {
    if (at.waits.length > 0 && items?.get(at.id)?.waits.length !== at.waits.length) return false;
    if (at.id === 0) return true;
  }
  return false;
}

/** Whether a move may be part of a circle of states. */
export function mayCircle(stage: Stage, world: World, move: Move): boolean {
  if (move.kind === 'create' || move.kind === 'join') return true;
  const instance = present(world.instances[move.instance], 'instance');
  const program = present(stage.programs[instance.program], 'program');
  const item = move.kind === 'token' ? undefined : instance.draft.items.get(move.item);
  const element = move.kind === 'token' ? program.flows[move.flow]?.target : item?.element;
  if (element === undefined) return true;
  const wait = move.kind === 'occur' ? item?.waits.find((one) => one.id === move.wait) : undefined;
  const circling = circlingOf(program);
  return circling.has(element) || (wait !== undefined && circling.has(wait.element));
}

/** The first move that may go alone where nothing can interrupt it, or null. */
export function aloneOf(
  stage: Stage,
  world: World,
  moves: readonly Move[],
  reach: Reach,
): Move | null {
  for (const move of moves) {
    if (!isToken(move) || !isAlone(stage, world, move, reach)) continue;
    if (!canBeInterrupted(world, move)) return move;
  }
  return null;
}

type TokenMove = Extract<Move, { kind: 'token' | 'complete' }>;

function isToken(move: Move): move is TokenMove {
  return move.kind === 'token' || move.kind === 'complete';
}

/** Something around waits for an event that would end what is inside. */
function canBeInterrupted(world: World, move: TokenMove): boolean {
  const { items } = present(world.instances[move.instance], 'instance').draft;
  const scope = move.kind === 'token' ? move.scope : items.get(move.item)?.parent;
  for (let at = items.get(scope ?? 0); at !== undefined; at = items.get(at.parent)) {
    if (at.waits.length > 0) return true;
    if (at.id === 0) return false;
  }
  return false;
}

function isAlone(stage: Stage, world: World, move: TokenMove, reach: Reach): boolean {
  const instance = present(world.instances[move.instance], 'instance');
  const program = present(stage.programs[instance.program], 'program');
  const item = instance.draft.items.get(move.kind === 'token' ? move.scope : move.item);
  if (item === undefined) return false;
  const node = nodeAt(program, move, item);
  if (!isQuiet(stage, instance.program, node, move.kind)) return false;
  if (move.kind === 'complete' && (item.waits.length > 0 || item.loopCounter > 0)) return false;
  const scope = move.kind === 'token' ? item : instance.draft.items.get(item.parent);
  if (scope === undefined || scope.role !== 'scope') return false;
  return !isShared(instance, scope, item, move, node, program, reach);
}

function nodeAt(program: Program, move: Move, item: Item): Node {
  const element = move.kind === 'token' ? (program.flows[move.flow]?.target ?? -1) : item.element;
  return present(program.elements[element], 'element');
}

/**
 * Elements whose doing concerns nobody else: no throwing, no ending of others, no choices of
 * joins, and nothing that another may speak to.
 */
function isQuiet(stage: Stage, at: number, node: Node, kind: TokenMove['kind']): boolean {
  const { work } = node;
  const program = present(stage.programs[at], 'program');
  if (isSpokenTo(stage, at, node)) return false;
  const sends = stage.links.some(({ from }) => from.program === at && from.element === node.index);
  if (sends && stage.messages === 'ordered') return false;
  switch (work.kind) {
    case 'task':
    case 'call': {
      const { loop, boundaries, compensationHandler } = work.activity;
      if (loop !== null || compensationHandler !== null) return false;
      // Arriving is arriving; how it ends, its boundary events have a say in.
      if (kind === 'complete') return boundaries.length === 0;
      const nodes = boundaries.map((one) => present(program.elements[one], 'boundary'));
      return !nodes.some((one) => isSpokenTo(stage, at, one));
    }
    case 'catch':
      return true;
    case 'gateway':
      if (work.gateway !== 'event') return work.gateway !== 'complex';
      return !targetsOf(program, node).some((one) => isSpokenTo(stage, at, one));
    case 'end':
      return work.triggers.length === 0;
    case 'throw':
      return work.triggers.every((one) => one.kind === 'link' || one.kind === 'message');
    default:
      return false;
  }
}

function targetsOf(program: Program, node: Node): Node[] {
  return node.outgoing.map((flow) =>
    present(program.elements[program.flows[flow]?.target ?? -1], 'target'),
  );
}

/** A message or signal of the stage may come here: then it matters who is there first. */
function isSpokenTo(stage: Stage, at: number, node: Node): boolean {
  if (stage.links.some(({ to }) => to.program === at && to.element === node.index)) return true;
  const triggers = 'triggers' in node.work && isListening(node) ? node.work.triggers : [];
  return triggers.some((one) => one.kind === 'signal' && stage.signals.has(one.name));
}

function isListening({ work }: Node): boolean {
  return work.kind === 'catch' || work.kind === 'boundary' || work.kind === 'start';
}

/**
 * Another token of the scope can come to the same place, by a way that does not wait for this one.
 */
function isShared(
  instance: Instance,
  scope: Item,
  item: Item,
  move: TokenMove,
  node: Node,
  program: Program,
  reach: Reach,
): boolean {
  const consumed = move.kind === 'token' ? consumedBy(node, move.flow) : [];
  const meets = (element: number) => reach(instance.program, element).has(node.index);
  for (let at = 0; at < scope.tokens.length; at += 2) {
    const flow = scope.tokens[at] as number;
    const count = scope.tokens[at + 1] as number;
    if (consumed.includes(flow) && count === 1) continue;
    const target = program.flows[flow]?.target ?? -1;
    if (target === node.index || meets(target)) return true;
  }
  for (const other of instance.draft.items.values()) {
    if (other.parent !== scope.id || other.id === scope.id || other.id === item.id) continue;
    if (other.element === node.index || placesOf(program, other).some(meets)) return true;
  }
  return false;
}

/** Where what goes on in an item can come out: by its flows, and at its border what still waits. */
function placesOf(program: Program, item: Item): number[] {
  const node = present(program.elements[item.element], 'element');
  if (item.role === 'event') return [node.index];
  const boundaries = 'activity' in node.work ? (node.work.activity?.boundaries ?? []) : [];
  const open = boundaries.filter((element) => {
    const work = program.elements[element]?.work;
    const waits = work?.kind === 'boundary' && work.triggers.every((one) => isAwaited(one.kind));
    return !waits || item.waits.some((wait) => wait.element === element);
  });
  const targets = node.outgoing.map((flow) => program.flows[flow]?.target ?? -1);
  return [...targets, ...open];
}

/** Events that stand as a wait at the item; the others are thrown to it. */
function isAwaited(kind: string): boolean {
  return kind === 'timer' || kind === 'message' || kind === 'conditional';
}

/** Tokens a move takes: all that a join waits for, else the one on its flow. */
function consumedBy(node: Node, flow: number): readonly number[] {
  const join = node.work.kind === 'gateway' && node.work.gateway === 'parallel';
  return join ? node.incoming : [flow];
}

/**
 * Partial-order reduction: one token may go first, alone, when nothing else that can happen now or
 * later touches it. Its choices then stand for all orders.
 */
import { present } from '../../base/assert.ts';
import type { Node, Program } from '../program.ts';
import { reachableFrom } from '../reach.ts';
import { activityOf } from '../run/activities.ts';
import type { Item } from '../types.ts';
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

/** The first move that may go alone, or null: then all moves must be tried. */
export function aloneOf(
  stage: Stage,
  world: World,
  moves: readonly Move[],
  reach: Reach,
): Move | null {
  for (const move of moves) {
    if ((move.kind === 'token' || move.kind === 'complete') && isAlone(stage, world, move, reach)) {
      return move;
    }
  }
  return null;
}

function isAlone(
  stage: Stage,
  world: World,
  move: Extract<Move, { kind: 'token' | 'complete' }>,
  reach: Reach,
): boolean {
  const instance = present(world.instances[move.instance], 'instance');
  const program = present(stage.programs[instance.program], 'program');
  const item = instance.draft.items.get(move.kind === 'token' ? move.scope : move.item);
  if (item === undefined) return false;
  const node = nodeAt(program, move, item);
  if (!isQuiet(stage, instance.program, node)) return false;
  if (move.kind === 'complete' && (item.waits.length > 0 || item.loopCounter > 0)) return false;
  const scope = move.kind === 'token' ? item : instance.draft.items.get(item.parent);
  if (scope === undefined || scope.role !== 'scope') return false;
  return (
    !canBeInterrupted(instance, scope) &&
    !isShared(instance, scope, item, move, node, program, reach)
  );
}

function nodeAt(program: Program, move: Move, item: Item): Node {
  const element = move.kind === 'token' ? (program.flows[move.flow]?.target ?? -1) : item.element;
  return present(program.elements[element], 'element');
}

/**
 * Elements whose doing concerns nobody else: no throwing, no ending of others, no choices of
 * joins.
 */
function isQuiet(stage: Stage, program: number, node: Node): boolean {
  const { work } = node;
  if (stage.links.some((one) => one.to.program === program && one.to.element === node.index)) {
    return false;
  }
  switch (work.kind) {
    case 'task':
    case 'call': {
      const activity = activityOf(node);
      return activity?.boundaries.length === 0 && activity.loop === null;
    }
    case 'gateway':
      return work.gateway !== 'event' && work.gateway !== 'complex';
    case 'end':
      return work.triggers.length === 0;
    case 'throw':
      return work.triggers.every((one) => one.kind === 'link' || one.kind === 'message');
    default:
      return false;
  }
}

/** Something around waits for an event that would end what is inside. */
function canBeInterrupted(instance: Instance, scope: Item): boolean {
  for (
    let at: Item | undefined = scope;
    at !== undefined;
    at = instance.draft.items.get(at.parent)
  ) {
    if (at.waits.length > 0) return true;
    if (at.id === 0) return false;
  }
  return false;
}

/**
 * Another token of the scope can come to the same place, by a way that does not wait for this one.
 */
function isShared(
  instance: Instance,
  scope: Item,
  item: Item,
  move: Extract<Move, { kind: 'token' | 'complete' }>,
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
    if (other.element === node.index || meets(other.element)) return true;
  }
  return false;
}

/** Tokens a move takes: all that a join waits for, else the one on its flow. */
function consumedBy(node: Node, flow: number): readonly number[] {
  const join = node.work.kind === 'gateway' && node.work.gateway === 'parallel';
  return join ? node.incoming : [flow];
}

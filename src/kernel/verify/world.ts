/** One state of everything that is verified together: instances of each pool, and messages sent. */
import type { Draft } from '../apply.ts';
import type { Program } from '../program.ts';
import type { Item } from '../types.ts';

/** What is verified: the processes of a model and the message flows between their elements. */
export type Stage = {
  readonly programs: readonly Program[];
  readonly links: readonly Link[];
  /** Signals that an element of the stage throws; others may come from outside at any time. */
  readonly signals: ReadonlySet<string>;
  /** How messages travel: in any order, or between two pools in the order they were sent. */
  readonly messages: Messages;
  /** Set to false when tokens gathered without bound and the surplus was dropped. */
  readonly limits: {
    bounded: boolean;
    /** Set to true when one move has more choices than are tried. */
    choicesCut: boolean;
  };
};

export type Messages = 'bag' | 'ordered';

/** A message flow: from an element of one program to an element of another; -1 is outside. */
export type Link = {
  readonly from: { readonly program: number; readonly element: number };
  readonly to: { readonly program: number; readonly element: number };
};

export type Instance = {
  readonly program: number;
  readonly draft: Draft;
  /** How often each end event was reached: once 1, more often 2. */
  readonly ends: ReadonlyMap<number, number>;
};

export type World = {
  readonly instances: readonly Instance[];
  /** Messages under way, per link. */
  readonly bag: readonly number[];
  /** The links of those messages in the order they were sent; empty when any order will do. */
  readonly order: readonly number[];
};

/** A text that is equal for worlds between which no future can tell. */
export function keyOf(world: World): string {
  const instances = world.instances.map(instanceKey).sort();
  return `${instances.join('|')}#${world.bag.join(',')}#${world.order.join(',')}`;
}

function instanceKey(instance: Instance): string {
  const { draft } = instance;
  const ends = [...instance.ends].sort(([left], [right]) => left - right);
  const root = draft.items.get(0);
  const inside = root === undefined ? draft.status : itemKey(draft, childrenByParent(draft), root);
  return `${instance.program}:${inside}:${ends.join(';')}`;
}

function childrenByParent(draft: Draft): Map<number, Item[]> {
  const children = new Map<number, Item[]>();
  for (const item of draft.items.values()) {
    if (item.id === 0) continue;
    const siblings = children.get(item.parent);
    if (siblings === undefined) children.set(item.parent, [item]);
    else siblings.push(item);
  }
  return children;
}

function itemKey(draft: Draft, children: Map<number, Item[]>, item: Item): string {
  const parts = [String(item.element), item.role.slice(0, 2)];
  if (item.tokens.length > 0) parts.push(`t${item.tokens.join(',')}`);
  if (item.waits.length > 0) {
    parts.push(`w${item.waits.map((wait) => `${wait.element}.${wait.trigger}`).sort()}`);
  }
  // How often a loop has passed, and how often something can be compensated, may grow without end.
  if (item.role === 'multi') parts.push(`c${item.counters.join(',')}`);
  if (item.completed.length > 0) {
    parts.push(`d${[...new Set(item.completed.map((one) => one.element))]}`);
  }
  if (item.fired.length > 0) parts.push(`f${item.fired.map((one) => one.element)}`);
  if (item.performed.length > 0) parts.push(`p${item.performed}`);
  if (item.phase !== 'active') parts.push(item.phase);
  if (item.handlerFor >= 0) parts.push('h');
  const inside = children.get(item.id);
  if (inside === undefined) return parts.join(' ');
  return `${parts.join(' ')}[${inside
    .map((child) => itemKey(draft, children, child))
    .sort()
    .join('/')}]`;
}

/** True when nothing runs any more. */
export function isOver(world: World): boolean {
  return world.instances.every((instance) => instance.draft.status !== 'active');
}

/** More tokens on one flow, or items of one element in one scope, are not told apart. */
const tokensMax = 3;

/** The draft without surplus tokens and items, so that what grows without bound has an end. */
export function clamp(stage: Stage, draft: Draft): Draft {
  let items: Map<number, Item> | null = null;
  const counts = new Map<string, number>();
  for (const item of draft.items.values()) {
    if (item.tokens.some((count, at) => at % 2 === 1 && count > tokensMax)) {
      items ??= new Map(draft.items);
      const tokens = item.tokens.map((count, at) =>
        at % 2 === 1 ? Math.min(count, tokensMax) : count,
      );
      items.set(item.id, { ...item, tokens });
    }
    if (item.id === 0 || item.loopCounter > 0 || item.role === 'multi') continue;
    const place = `${item.parent} ${item.element}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    if (count <= tokensMax || item.role === 'scope') continue;
    items ??= new Map(draft.items);
    items.delete(item.id);
  }
  if (items === null) return draft;
  stage.limits.bounded = false;
  return { ...draft, items, owned: null };
}

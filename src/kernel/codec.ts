/**
 * The stored form of states and events: JSON text of short arrays, in an order that keeps what is
 * rare at the end, where it is left out while it has its usual value.
 */
import { assert } from '../base/assert.ts';
import type { Compensable, Event, Item, ItemRole, State, Wait } from './types.ts';

const roles: readonly ItemRole[] = ['scope', 'activity', 'multi', 'loop', 'event'];
const phases: readonly Item['phase'][] = ['active', 'compensating', 'cancelling'];
const statuses: readonly State['status'][] = ['active', 'completed', 'terminated', 'failed'];
const waitKinds: readonly Wait['kind'][] = ['timer', 'message', 'signal', 'condition'];

type PackedWait = [number, number, number, number, number, number];
type PackedCompensable = [number, number, PackedCompensable[]];

/** A state as text: below 1 kB for a ten-node process that waits at a user task. */
export function encodeState(state: State): string {
  const items = [...state.items.values()].sort((left, right) => left.id - right.id);
  return JSON.stringify([
    state.format,
    state.program,
    statuses.indexOf(state.status),
    state.outcome,
    state.nextId,
    items.map(packItem),
  ]);
}

/** The state an `encodeState` text stands for. */
export function decodeState(text: string): State {
  const [format, program, status, outcome, nextId, packed] = JSON.parse(text);
  assert(format === 1, 'a state of format 1');
  const items = new Map<number, Item>();
  for (const one of packed) {
    const item = unpackItem(one);
    items.set(item.id, item);
  }
  return {
    format: 1,
    program,
    status: at(statuses, status),
    outcome,
    nextId,
    items,
  };
}

/** The events of one step as text, for one row of the log. */
export function encodeEvents(events: readonly Event[]): string {
  return JSON.stringify(events);
}

/** The events an `encodeEvents` text stands for. */
export function decodeEvents(text: string): readonly Event[] {
  return JSON.parse(text) as readonly Event[];
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  assert(value !== undefined, 'a known code');
  return value;
}

function packItem(item: Item): unknown[] {
  const packed: unknown[] = [
    item.id,
    item.element,
    item.parent,
    roles.indexOf(item.role),
    item.tokens,
    item.waits.map(packWait),
    item.loopCounter,
    item.counters,
    item.completed.map(packCompensable),
    phases.indexOf(item.phase),
    item.handlerFor + 1,
    item.returnsTo + 1,
    item.fired.map((one) => [one.element, one.flows]),
    item.performed,
  ];
  while (isUsual(packed.at(-1)) && packed.length > 4) packed.pop();
  return packed;
}

function isUsual(value: unknown): boolean {
  return value === 0 || (Array.isArray(value) && value.length === 0);
}

// biome-ignore lint/suspicious/noExplicitAny: the shape is what packItem wrote.
function unpackItem(packed: any[]): Item {
  return {
    id: packed[0],
    element: packed[1],
    parent: packed[2],
    role: at(roles, packed[3]),
    tokens: packed[4] ?? [],
    waits: (packed[5] ?? []).map(unpackWait),
    loopCounter: packed[6] ?? 0,
    counters: packed[7] ?? [],
    completed: (packed[8] ?? []).map(unpackCompensable),
    phase: at(phases, packed[9] ?? 0),
    handlerFor: (packed[10] ?? 0) - 1,
    returnsTo: (packed[11] ?? 0) - 1,
    fired: (packed[12] ?? []).map(([element, flows]: [number, number[]]) => ({ element, flows })),
    performed: packed[13] ?? [],
  };
}

function packWait(wait: Wait): PackedWait {
  const { id, element, trigger, dueAt, repeats } = wait;
  return [id, waitKinds.indexOf(wait.kind), element, trigger, dueAt, repeats];
}

function unpackWait([id, kind, element, trigger, dueAt, repeats]: PackedWait): Wait {
  return { id, kind: at(waitKinds, kind), element, trigger, dueAt, repeats };
}

function packCompensable(one: Compensable): PackedCompensable {
  return [one.element, one.activityInstance, one.inner.map(packCompensable)];
}

function unpackCompensable([element, activityInstance, inner]: PackedCompensable): Compensable {
  return { element, activityInstance, inner: inner.map(unpackCompensable) };
}

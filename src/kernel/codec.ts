/**
 * The stored form of states and events: JSON text of short arrays, in an order that keeps what is
 * rare at the end, where it is left out while it has its usual value.
 */
import { assert } from '../base/assert.ts';
import { newItem } from './apply.ts';
import type { Compensable, Event, Item, ItemRole, State, Wait } from './types.ts';

const roles: readonly ItemRole[] = ['scope', 'activity', 'multi', 'loop', 'event'];
const phases: readonly Item['phase'][] = [
  ...(['active', 'compensating', 'cancelling'] as const),
  ...(['signers_before', 'signers_after'] as const),
];
const statuses: readonly State['status'][] = ['active', 'completed', 'terminated', 'failed'];
const waitKinds: readonly Wait['kind'][] = ['timer', 'message', 'signal', 'condition'];

type PackedWait = [number, number, number, number, number, number];
type PackedCompensable = [number, number, PackedCompensable[]];

/** A state as text: below 1 kB for a ten-node process that waits at a user task. */
export function encodeState(state: State): string {
  const outcome = state.outcome === null ? 'null' : JSON.stringify(state.outcome);
  const head = `${state.format},"${state.program}",${statuses.indexOf(state.status)},${outcome}`;
  let items = '';
  // Items are born in the order of their ids and keep their place.
  for (const item of state.items.values()) items += `${items === '' ? '' : ','}${encodeItem(item)}`;
  return `[${head},${state.nextId},[${items}]]`;
}

/** An item that only waits is written by hand, which is several times faster. */
function encodeItem(item: Item): string {
  const plain =
    item.waits.length === 0 &&
    item.loopCounter === 0 &&
    item.counters.length === 0 &&
    item.completed.length === 0 &&
    item.phase === 'active' &&
    item.handlerFor === -1 &&
    item.returnsTo === -1 &&
    item.fired.length === 0 &&
    item.performed.length === 0;
  if (!plain) return JSON.stringify(packItem(item));
  const head = `[${item.id},${item.element},${item.parent},${roles.indexOf(item.role)}`;
  return item.tokens.length === 0 ? `${head}]` : `${head},${list(item.tokens)}]`;
}

function list(numbers: readonly number[]): string {
  if (numbers.length === 0) return '[]';
  return numbers.length === 1 ? `[${numbers[0]}]` : `[${numbers.join(',')}]`;
}

/** The state an `encodeState` text stands for. */
export function decodeState(text: string): State {
  const stored = JSON.parse(text);
  assert(stored[0] === 1, 'a state of format 1');
  const items = new Map<number, Item>();
  for (const one of stored[5]) items.set(one[0], unpackItem(one));
  return {
    format: 1,
    program: stored[1],
    status: at(statuses, stored[2]),
    outcome: stored[3],
    nextId: stored[4],
    items,
  };
}

/** The events of one step as text, for one row of the log. */
export function encodeEvents(events: readonly Event[]): string {
  const [first] = events;
  if (first === undefined) return '[]';
  let text = `[${encodeEvent(first).slice(1)}`;
  for (let at = 1; at < events.length; at += 1) text += encodeEvent(events[at] as Event);
  return `${text}]`;
}

/**
 * A comma and the event: the commonest by hand, from ready pieces, several times faster than by
 * their layout, as the others are written.
 */
function encodeEvent(event: Event): string {
  switch (event.type) {
    case 'flow_taken':
      return event.scope === 0 ? piece(flowTaken, event.flow) : byLayout(event);
    case 'event_occurred': {
      if (event.scope !== 0) return byLayout(event);
      const start = piece(occurred, event.element);
      return event.consumed.length === 0 ? `${start}]` : start + ending(event.consumed);
    }
    case 'gateway_passed':
      if (event.scope !== 0 || event.phase !== 'none') return byLayout(event);
      return piece(passed, event.element) + ending(event.consumed);
    case 'activity_completed':
      if (event.outcome !== null) return byLayout(event);
      return `${piece(completed, event.element)}${event.activityInstance}]`;
    case 'activity_scheduled': {
      const { role, loopCounter, planned, handlerFor, inner, returnsTo, scope } = event;
      const plain = role === 'activity' && loopCounter === 0 && planned === -1 && handlerFor === -1;
      if (!plain || inner.length > 0 || returnsTo !== -1 || scope !== 0) {
        return byLayout(event);
      }
      const start = piece(scheduled, event.element);
      return start + event.activityInstance + ending(event.consumed);
    }
    case 'instance_started':
      return `,[0,"${event.program}",${event.element}]`;
    case 'instance_completed':
      return event.outcome === null && event.errorCode === null
        ? `,[16,"${event.status}"]`
        : byLayout(event);
    default:
      return byLayout(event);
  }
}

function byLayout(event: Event): string {
  return `,${JSON.stringify(packEvent(event))}`;
}

/** Texts around a small number, made once for each. */
type Pieces = { readonly before: string; readonly after: string; readonly texts: string[] };

const piecesMax = 1_000;
const flowTaken: Pieces = { before: ',[1,', after: ']', texts: [] };
const passed: Pieces = { before: ',[2,', after: '', texts: [] };
const occurred: Pieces = { before: ',[3,', after: '', texts: [] };
const scheduled: Pieces = { before: ',[4,', after: ',', texts: [] };
const completed: Pieces = { before: ',[5,', after: ',', texts: [] };
const onlyOne: Pieces = { before: ',[', after: ']]', texts: [] };

function piece(of: Pieces, number: number): string {
  const known = of.texts[number];
  if (known !== undefined) return known;
  const made = of.before + number + of.after;
  // From the first on without a gap, so that the table stays a plain list.
  if (number < piecesMax) {
    for (let at = of.texts.length; at <= number; at += 1) of.texts.push(of.before + at + of.after);
  }
  return made;
}

/** The last member of an event, a list of flows, and its end. */
function ending(numbers: readonly number[]): string {
  return numbers.length === 1 ? piece(onlyOne, numbers[0] as number) : `,${list(numbers)}]`;
}

/** The events an `encodeEvents` text stands for. */
export function decodeEvents(text: string): readonly Event[] {
  return (JSON.parse(text) as unknown[][]).map(unpackEvent);
}

/**
 * Fields of each event in the order they are stored, after its number in this table, with what they
 * usually are; usual values at the end are left out.
 */
const layouts: readonly Layout[] = [
  layout('instance_started', ['program', 'element']),
  layout('flow_taken', ['flow', 'scope'], { scope: 0 }),
  layout('gateway_passed', ['element', 'consumed', 'scope', 'phase'], { scope: 0, phase: 'none' }),
  layout('event_occurred', ['element', 'consumed', 'scope'], { consumed: [], scope: 0 }),
  layout(
    'activity_scheduled',
    [
      ...['element', 'activityInstance', 'consumed', 'scope', 'role', 'loopCounter', 'planned'],
      ...['handlerFor', 'inner', 'returnsTo'],
    ],
    {
      scope: 0,
      role: 'activity',
      loopCounter: 0,
      planned: -1,
      handlerFor: -1,
      inner: [],
      returnsTo: -1,
    },
  ),
  layout('activity_completed', ['element', 'activityInstance', 'outcome'], { outcome: null }),
  layout('activity_cancelled', ['element', 'activityInstance']),
  layout('activity_failed', ['element', 'activityInstance', 'errorCode']),
  layout('body_planned', ['activityInstance', 'planned']),
  layout('wait_added', ['item', 'wait']),
  layout('wait_ended', ['item', 'wait']),
  layout('wait_renewed', ['item', 'wait', 'dueAt', 'repeats']),
  layout('tokens_removed', ['scope']),
  layout('phase_changed', ['item', 'phase']),
  layout('compensation_started', ['item', 'scope', 'activities']),
  layout('compensation_taken', ['item', 'activityInstance']),
  layout('instance_completed', ['status', 'outcome', 'errorCode'], {
    outcome: null,
    errorCode: null,
  }),
];

type Layout = {
  readonly type: Event['type'];
  readonly fields: readonly string[];
  readonly usual: Readonly<Record<string, unknown>>;
};

function layout(
  type: Event['type'],
  fields: readonly string[],
  usual: Readonly<Record<string, unknown>> = {},
): Layout {
  return { type, fields, usual };
}

const numberOfType = new Map(layouts.map(({ type }, number) => [type, number]));

function packEvent(event: Event): unknown[] {
  const number = numberOfType.get(event.type) ?? -1;
  const { fields, usual } = at(layouts, number);
  const values = event as unknown as Readonly<Record<string, unknown>>;
  let length = fields.length;
  while (length > 0 && isUsualFor(values, usual, fields[length - 1] as string)) length -= 1;
  const packed: unknown[] = [number];
  for (let index = 0; index < length; index += 1) {
    packed.push(values[fields[index] as string]);
  }
  return packed;
}

function isUsualFor(
  values: Readonly<Record<string, unknown>>,
  usual: Readonly<Record<string, unknown>>,
  field: string,
): boolean {
  const value = values[field];
  const expected = usual[field];
  if (value === expected) return value !== undefined;
  return Array.isArray(value) && value.length === 0 && Array.isArray(expected);
}

function unpackEvent(packed: unknown[]): Event {
  const { type, fields, usual } = at(layouts, Number(packed[0]));
  const event: Record<string, unknown> = { type };
  fields.forEach((field, index) => {
    const stored = packed[index + 1];
    event[field] = stored === undefined ? usual[field] : stored;
  });
  return event as unknown as Event;
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
  const item = newItem(packed[0], packed[1], packed[2], at(roles, packed[3]));
  if (packed.length > 4) item.tokens = packed[4];
  if (packed.length <= 5) return item;
  item.waits = packed[5].map(unpackWait);
  item.loopCounter = packed[6] ?? 0;
  item.counters = packed[7] ?? item.counters;
  item.completed = (packed[8] ?? []).map(unpackCompensable);
  item.phase = at(phases, packed[9] ?? 0);
  item.handlerFor = (packed[10] ?? 0) - 1;
  item.returnsTo = (packed[11] ?? 0) - 1;
  item.fired = (packed[12] ?? []).map(([element, flows]: [number, number[]]) => ({
    element,
    flows,
  }));
  item.performed = packed[13] ?? item.performed;
  return item;
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

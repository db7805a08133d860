/**
 * The only place where a state changes. `step` uses it for every event it emits, so replaying the
 * events gives the same state by construction.
 */
import { assert, present } from '../base/assert.ts';
import type { Program } from './program.ts';
import type { Compensable, Event, Item, ItemRole, State, Wait } from './types.ts';

/** A state being worked on: same fields, its own map. Items are replaced, never changed. */
export type Draft = {
  status: State['status'];
  outcome: string | null;
  nextId: number;
  items: Map<number, Item>;
  /** The scope last changed, which is this draft's alone: its tokens may change in place. */
  owned: Item | null;
};

/** The state of an instance that does not exist yet. */
export function emptyDraft(): Draft {
  return { status: 'active', outcome: null, nextId: 0, items: new Map(), owned: null };
}

/** A draft that begins as a copy of `state`. */
export function openDraft(state: State): Draft {
  const items = new Map<number, Item>();
  // By hand, which is faster for a few items than copying the map as a whole.
  for (const [id, item] of state.items) items.set(id, item);
  return {
    status: state.status,
    outcome: state.outcome,
    nextId: state.nextId,
    items,
    owned: null,
  };
}

/** The state a draft has come to. */
export function closeDraft(program: Program, draft: Draft): State {
  return {
    format: 1,
    program: program.hash,
    status: draft.status,
    outcome: draft.outcome,
    nextId: draft.nextId,
    items: draft.items,
  };
}

/** The state after one event. `state` is null before `instance_started`. Never refuses. */
export function apply(program: Program, state: State | null, event: Event): State {
  return replay(program, state, [event]);
}

/** The state after many events. */
export function replay(program: Program, state: State | null, events: readonly Event[]): State {
  const draft = state === null ? emptyDraft() : openDraft(state);
  for (const event of events) applyTo(program, draft, event);
  return closeDraft(program, draft);
}

/** Changes the draft by one event. */
export function applyTo(program: Program, draft: Draft, event: Event): void {
  switch (event.type) {
    case 'instance_started':
      draft.nextId = 1;
      draft.items.set(0, newItem(0, 0, 0, 'scope'));
      return;
    case 'flow_taken':
      putToken(draft, event.scope, event.flow);
      return;
    case 'gateway_passed':
      passGateway(draft, event);
      return;
    case 'event_occurred':
      consume(draft, event.scope, event.consumed);
      if (event.scope === 0) noteOutcome(program, draft, event.element);
      return;
    case 'activity_scheduled':
      schedule(program, draft, event);
      return;
    case 'activity_completed':
      complete(program, draft, event.activityInstance);
      return;
    case 'activity_cancelled':
    case 'activity_failed':
      remove(draft, event.activityInstance);
      return;
    case 'body_planned':
      update(draft, event.activityInstance, (item) => ({
        ...item,
        counters: [event.planned, ...item.counters.slice(1)],
      }));
      return;
    case 'wait_added':
    case 'wait_ended':
    case 'wait_renewed':
      changeWaits(draft, event);
      return;
    case 'tokens_removed':
      update(draft, event.scope, (item) => ({ ...item, tokens: none, fired: [] }));
      return;
    case 'phase_changed':
      update(draft, event.item, (item) => ({ ...item, phase: event.phase }));
      return;
    case 'compensation_started':
      startCompensation(draft, event);
      return;
    case 'compensation_taken':
      takeCompensation(program, draft, event);
      return;
    case 'instance_completed':
      draft.status = event.status;
      draft.outcome = event.outcome;
      draft.items = new Map();
      return;
    default:
      event satisfies never;
  }
}

type Of<Type extends Event['type']> = Extract<Event, { type: Type }>;

const none: readonly number[] = [];
const noWaits: readonly Wait[] = [];
const nothing: readonly Compensable[] = [];
const noneFired: Item['fired'] = [];

/** An item still being made. */
export type NewItem = { -readonly [Field in keyof Item]: Item[Field] };

/** A plain item; all items are made here, so that they have one shape and stay fast. */
export function newItem(id: number, element: number, parent: number, role: ItemRole): NewItem {
  return {
    id,
    element,
    parent,
    role,
    loopCounter: 0,
    tokens: none,
    waits: noWaits,
    counters: none,
    completed: nothing,
    fired: noneFired,
    performed: none,
    phase: 'active',
    handlerFor: -1,
    returnsTo: -1,
  };
}

function update(draft: Draft, id: number, change: (item: Item) => Item): void {
  draft.items.set(id, change(present(draft.items.get(id), 'an item')));
}

function noteOutcome(program: Program, draft: Draft, element: number): void {
  const work = present(program.elements[element], 'element').work;
  if (work.kind === 'end' && work.outcome !== null) draft.outcome = work.outcome;
}

function passGateway(draft: Draft, event: Of<'gateway_passed'>): void {
  consume(draft, event.scope, event.consumed);
  if (event.phase === 'none') return;
  update(draft, event.scope, (item) => {
    const others = item.fired.filter((fired) => fired.element !== event.element);
    return {
      ...item,
      fired:
        event.phase === 'fired'
          ? [...others, { element: event.element, flows: event.consumed }]
          : others,
    };
  });
}

function schedule(program: Program, draft: Draft, event: Of<'activity_scheduled'>): void {
  consume(draft, event.scope, event.consumed);
  assert(event.activityInstance === draft.nextId, 'ids are given in order');
  draft.nextId += 1;
  const body = event.role === 'multi' || event.role === 'loop';
  const item = newItem(event.activityInstance, event.element, event.scope, event.role);
  item.loopCounter = event.loopCounter;
  if (body) item.counters = [event.planned, 0, 0, 0];
  item.handlerFor = event.handlerFor;
  item.completed = event.inner;
  item.returnsTo = event.returnsTo;
  draft.items.set(item.id, item);
  const parent = present(draft.items.get(event.scope), 'a parent');
  if (parent.counters.length > 0) countChild(draft, parent, 1);
  const around = program.elements[parent.element]?.work;
  if (around?.kind !== 'scope' || around.variant !== 'ad_hoc') return;
  update(draft, event.scope, (item) => ({
    ...item,
    performed: [...item.performed, event.element],
  }));
}

/** Adds one to a counter of a body: 1 started, 2 completed, 3 cancelled. */
function countChild(draft: Draft, body: Item, counter: 1 | 2 | 3): Item {
  const counters = body.counters.map((count, at) => (at === counter ? count + 1 : count));
  const counted = { ...body, counters };
  draft.items.set(body.id, counted);
  return counted;
}

function complete(program: Program, draft: Draft, id: number): void {
  const item = present(draft.items.get(id), 'an item');
  draft.items.delete(id);
  let parent = draft.items.get(item.parent);
  if (parent === undefined) return;
  if (parent.counters.length > 0) parent = countChild(draft, parent, 2);
  const record = compensable(program, item, parent);
  if (record === null) return;
  update(draft, item.parent, (parent) => ({
    ...parent,
    completed: [...parent.completed, record],
  }));
}

/** What a completed item leaves behind for compensation, or null. */
function compensable(program: Program, item: Item, parent: Item): Compensable | null {
  const work = present(program.elements[item.element], 'element').work;
  // An added signer (加签) leaves nothing of its own: the task signed for does.
  if (item.handlerFor !== -1 || parent.role === 'activity') return null;
  if (work.kind !== 'task' && work.kind !== 'call' && work.kind !== 'scope') return null;
  const handled =
    (work.activity?.compensationHandler ?? null) !== null ||
    (work.kind === 'scope' && work.compensationSub !== null);
  const child = parent.role === 'multi' || parent.role === 'loop';
  if (child ? item.completed.length === 0 : !handled && item.completed.length === 0) return null;
  return { element: item.element, activityInstance: item.id, inner: item.completed };
}

function remove(draft: Draft, id: number): void {
  const item = present(draft.items.get(id), 'an item');
  draft.items.delete(id);
  const parent = draft.items.get(item.parent);
  if (parent !== undefined && parent.counters.length > 0) countChild(draft, parent, 3);
}

function changeWaits(
  draft: Draft,
  event: Of<'wait_added'> | Of<'wait_ended'> | Of<'wait_renewed'>,
): void {
  if (event.type === 'wait_added') {
    assert(event.wait.id === draft.nextId, 'ids are given in order');
    draft.nextId += 1;
    update(draft, event.item, (item) => ({ ...item, waits: [...item.waits, event.wait] }));
    return;
  }
  update(draft, event.item, (item) => {
    const ended = event.type === 'wait_ended';
    const waits = ended
      ? item.waits.filter((wait) => wait.id !== event.wait)
      : item.waits.map((wait) => (wait.id === event.wait ? renewed(wait, event) : wait));
    return { ...item, waits };
  });
}

function renewed(wait: Wait, event: Of<'wait_renewed'>): Wait {
  return { ...wait, dueAt: event.dueAt, repeats: event.repeats };
}

function startCompensation(draft: Draft, event: Of<'compensation_started'>): void {
  const scope = present(draft.items.get(event.scope), 'scope');
  const moved = scope.completed.filter((one) => event.activities.includes(one.activityInstance));
  const kept = scope.completed.filter((one) => !event.activities.includes(one.activityInstance));
  update(draft, event.scope, (item) => ({ ...item, completed: kept }));
  update(draft, event.item, (item) => ({ ...item, completed: [...item.completed, ...moved] }));
}

function takeCompensation(program: Program, draft: Draft, event: Of<'compensation_taken'>): void {
  update(draft, event.item, (item) => {
    const record = present(item.completed.at(-1), 'something to compensate');
    assert(record.activityInstance === event.activityInstance, 'compensated in reverse order');
    const rest = item.completed.slice(0, -1);
    return { ...item, completed: isDirect(program, record) ? rest : [...rest, ...record.inner] };
  });
}

/** True when the activity is compensated by a handler or event sub-process of its own. */
export function isDirect(program: Program, record: Compensable): boolean {
  const work = present(program.elements[record.element], 'element').work;
  if (work.kind === 'scope' && work.compensationSub !== null) return true;
  return 'activity' in work && (work.activity?.compensationHandler ?? null) !== null;
}

// --- tokens ------------------------------------------------------------------------------------

/** Tokens on a flow in a list [flow, count, …] ascending by flow. */
export function tokensOn(tokens: readonly number[], flow: number): number {
  for (let at = 0; at < tokens.length; at += 2) {
    if (tokens[at] === flow) return tokens[at + 1] ?? 0;
  }
  return 0;
}

function addToken(tokens: readonly number[], flow: number): readonly number[] {
  if (tokens.length === 0) return [flow, 1];
  const list = [...tokens];
  let at = 0;
  while (at < list.length && (list[at] as number) < flow) at += 2;
  if (list[at] === flow) list[at + 1] = (list[at + 1] as number) + 1;
  else list.splice(at, 0, flow, 1);
  return list;
}

function putToken(draft: Draft, scope: number, flow: number): void {
  const item = present(draft.items.get(scope), 'a scope');
  setTokens(draft, item, addToken(item.tokens, flow));
}

function setTokens(draft: Draft, item: Item, tokens: readonly number[]): void {
  if (draft.owned === item) {
    (item as NewItem).tokens = tokens;
    return;
  }
  const own = { ...item, tokens };
  draft.items.set(item.id, own);
  draft.owned = own;
}

function consume(draft: Draft, scope: number, flows: readonly number[]): void {
  if (flows.length === 0) return;
  const item = present(draft.items.get(scope), 'a scope');
  let tokens = item.tokens;
  for (const flow of flows) tokens = withoutToken(tokens, flow);
  setTokens(draft, item, tokens);
}

function withoutToken(tokens: readonly number[], flow: number): readonly number[] {
  if (tokens.length === 2 && tokens[0] === flow && tokens[1] === 1) return none;
  const list = [...tokens];
  const at = list.findIndex((value, index) => index % 2 === 0 && value === flow);
  assert(at >= 0, 'a token count never falls below zero');
  const count = (list[at + 1] as number) - 1;
  if (count === 0) list.splice(at, 2);
  else list[at + 1] = count;
  return list;
}

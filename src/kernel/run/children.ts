/**
 * Very many children of one parallel activity: above a threshold they are handed out, each as a
 * state of its own, and the body keeps only counters. A handed-out child is the same subtree as an
 * inline one: under a body that plans nothing (a shell), so that all else works as ever.
 */
import { present } from '../../base/assert.ts';
import type { Value, Values } from '../../base/data.ts';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { Loop, Node, Program } from '../program.ts';
import type { Command, Item } from '../types.ts';
import { activityOf, beginActivity, work } from './activities.ts';
import {
  emit,
  homeScope,
  nodeOf,
  plainBegin,
  type Run,
  refuseStep,
  type StepRefusal,
  writeScope,
  writeValues,
} from './run.ts';

type Multi = Extract<Loop, { kind: 'multi' }>;
type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** Bodies with more children than this hand them out, unless the model says another number. */
const inlineMax = 1_000;

/** True when so many children of this activity are handed out. */
export function handsOut(program: Program, node: Node, loop: Multi, planned: number): boolean {
  if (loop.sequential || planned <= (loop.inlineMax ?? inlineMax)) return false;
  return isSeparable(program, node, loop);
}

/** A body whose children are states of their own: it has planned, and begun none itself. */
export function isHandedOut(item: Item): boolean {
  return item.role === 'multi' && (item.counters[0] ?? 0) > 0 && item.counters[1] === 0;
}

/** The body around a handed-out child, in the child's own state. */
export function isShell(item: Item): boolean {
  return item.role === 'multi' && item.counters[0] === -1;
}

/** True in the state of a handed-out child, which hands out nothing in its turn. */
export function isApart(run: Run): boolean {
  const shell = run.draft.items.get(1);
  return shell !== undefined && isShell(shell);
}

/** The two commands of handed-out children: one begins a child, one tells its body. */
export function performApart(run: Run, command: Of<'start_child' | 'report_children'>): void {
  if (command.type === 'start_child') startApart(run, command);
  else reportChildren(run, command);
}

/** Begins a child as a state of its own: process, shell, child. */
function startApart(run: Run, command: Of<'start_child'>): void {
  const node = run.program.elements[command.element];
  const loop = node === undefined ? null : activityOf(node)?.loop;
  if (node === undefined || loop?.kind !== 'multi') {
    refuseStep(run, 'start_element_unknown', null);
    return;
  }
  emit(run, { type: 'instance_started', program: run.program.hash, element: node.index });
  const shell = run.draft.nextId;
  emit(run, {
    ...{ type: 'activity_scheduled', element: node.index, activityInstance: shell, scope: 0 },
    ...{ role: 'multi', planned: -1, ...plainBegin },
  });
  const child = run.draft.nextId;
  beginActivity(run, node, shell, { ...plainBegin, loopCounter: command.loopCounter });
  writeScope(run, child, command.values);
  work(run, node, child);
}

/**
 * What the children have told: their counters, what they threw, and at the end what they gave.
 * Refuses `activity_not_active` when the body is gone or keeps its children itself.
 */
function reportChildren(run: Run, command: Of<'report_children'>): void {
  const body = run.draft.items.get(command.activityInstance);
  if (body === undefined || !isHandedOut(body)) {
    const facts = { activityInstance: String(command.activityInstance) };
    refuseStep(run, 'activity_not_active', null, facts);
    return;
  }
  const loop = activityOf(nodeOf(run, body.element))?.loop;
  if (loop?.kind === 'multi' && loop.outputVariable !== null && command.outputs !== null) {
    writeValues(run, body.id, { [loop.outputVariable]: command.outputs });
  }
  const scope = homeScope(run, body.parent);
  for (const news of command.news) {
    if (news.kind === 'thrown') {
      emit(run, { type: 'event_occurred', element: news.boundary, scope, consumed: [] });
      run.todo.push({ do: 'leave', element: news.boundary, scope });
    } else if (news.kind === 'error') {
      run.todo.push({ do: 'error', item: body.id, code: news.code, inside: false });
    } else {
      const { code, element } = news;
      run.todo.push({ do: 'escalation', item: body.id, code, element, inside: false });
    }
  }
  if (command.ended) run.todo.push({ do: 'body_done', body: body.id });
}

// --- counting ----------------------------------------------------------------------------------

/** BPMN 2.0.2, table 10.30: attributes of a multi-instance activity at run time. */
export function counterValues(counters: readonly number[]): Values {
  const [planned = 0, started = 0, completed = 0, cancelled = 0] = counters;
  return {
    numberOfInstances: BigInt(planned),
    numberOfActiveInstances: BigInt(started - completed - cancelled),
    numberOfCompletedInstances: BigInt(completed),
    numberOfTerminatedInstances: BigInt(cancelled),
  };
}

/**
 * A handed-out child of `element` is complete: what follows for the body, whose counters are
 * [planned, started, completed, cancelled] with this child counted. `outer` are the variables that
 * the body sees, `own` those of the child. Refuses `condition_not_boolean`.
 */
export function countChild(
  program: Program,
  element: number,
  given: {
    readonly at: number;
    readonly counters: readonly number[];
    readonly outer: Values;
    readonly own: Values;
  },
): Result<{ readonly thrown: readonly number[]; readonly ended: boolean }, StepRefusal> {
  const node = present(program.elements[element], 'an element');
  const loop = activityOf(node)?.loop;
  if (loop?.kind !== 'multi') return ok({ thrown: [], ended: false });
  const values = { ...given.outer, ...given.own, ...counterValues(given.counters) };
  let refusal: Refusal<StepRefusal> | null = null;
  const test = (condition: Multi['complex'][number]['condition']): boolean => {
    const value = condition.evaluate(values, given.at);
    if (value === true || value === false || value === null) return value === true;
    const facts = { element: node.id, expression: condition.text };
    refusal ??= { ok: false, code: 'condition_not_boolean', facts };
    return false;
  };
  const thrown = thrownBy(program, node, loop, given.counters[2] ?? 0, test);
  const [planned = 0, , completed = 0, cancelled = 0] = given.counters;
  const ended =
    thrown.some((one) => one.interrupting) ||
    (loop.completionCondition !== null && test(loop.completionCondition)) ||
    completed + cancelled >= planned;
  if (refusal !== null) return refusal;
  return ok({ thrown: thrown.map((one) => one.boundary), ended });
}

/**
 * Boundary events that the behaviour attribute throws to when a child is complete. `none` throws
 * for each child, `one` for the first, `complex` where its condition holds. The throwing child is
 * complete already, so `none` and `one` interrupt nothing; an interrupting boundary event that
 * catches a complex behaviour's event ends the children that remain.
 */
export function thrownBy(
  program: Program,
  node: Node,
  loop: Multi,
  completed: number,
  test: (condition: Multi['complex'][number]['condition']) => boolean,
): { readonly boundary: number; readonly interrupting: boolean }[] {
  if (loop.behavior === 'none') return caught(program, node, loop.noneEvent, false);
  if (loop.behavior === 'one') {
    return completed === 1 ? caught(program, node, loop.oneEvent, false) : [];
  }
  if (loop.behavior !== 'complex') return [];
  return loop.complex.flatMap(({ condition, event }) =>
    test(condition) ? caught(program, node, event, true) : [],
  );
}

function caught(program: Program, node: Node, event: Multi['noneEvent'], mayInterrupt: boolean) {
  if (event?.kind !== 'signal') return [];
  for (const boundary of activityOf(node)?.boundaries ?? []) {
    const work = program.elements[boundary]?.work;
    if (work?.kind !== 'boundary') continue;
    const catches = (one: { kind: string }) =>
      one.kind === 'signal' && (one as { name?: string }).name === event.name;
    if (!work.triggers.some(catches)) continue;
    return [{ boundary, interrupting: mayInterrupt && work.interrupting }];
  }
  return [];
}

// --- what may be handed out --------------------------------------------------------------------

const separable = new WeakMap<Node, boolean>();

/**
 * Children may live apart when nothing inside them is looked at from outside while they run: no
 * condition that waits for data, nothing to compensate, no list of outputs read on the way.
 */
function isSeparable(program: Program, node: Node, loop: Multi): boolean {
  const known = separable.get(node);
  if (known !== undefined) return known;
  const inside = insideOf(program, node);
  const names = wordsOf(program, node);
  const list = loop.outputVariable;
  const activity = activityOf(node);
  const is =
    activity?.isForCompensation !== true &&
    !(node.work.kind === 'scope' && node.work.variant === 'transaction') &&
    !(list !== null && names.has(list)) &&
    inside.every((one) => isPlain(one, one === node));
  separable.set(node, is);
  return is;
}

function isPlain(node: Node, isTop: boolean): boolean {
  const { work } = node;
  const triggers = 'triggers' in work ? work.triggers : [];
  if (triggers.some((one) => one.kind === 'conditional' || one.kind === 'compensation')) {
    return false;
  }
  if (work.kind === 'scope' && work.compensationSub !== null) return false;
  const activity = activityOf(node);
  return isTop || (activity?.compensationHandler ?? null) === null;
}

/** The element and all inside it. */
function insideOf(program: Program, node: Node): Node[] {
  return program.elements.filter((one) => {
    for (let at: Node | undefined = one; at !== undefined; at = program.elements[at.parent]) {
      if (at === node) return true;
    }
    return false;
  });
}

const outside = new WeakMap<Node, readonly string[] | 'all'>();

/**
 * Variables from outside that a handed-out child of this element may look at: no more than these
 * need be there when it takes a step. `all` when only the shell knows what it looks at.
 */
export function outerNames(program: Program, element: number): readonly string[] | 'all' {
  const node = present(program.elements[element], 'an element');
  const known = outside.get(node);
  if (known !== undefined) return known;
  const open = insideOf(program, node).some(({ work, attributes }) => {
    if (attributes.operation !== undefined) return true;
    if (work.kind === 'call') return work.inVariables === 'all';
    if (work.kind !== 'task') return false;
    const isOpen = ['service', 'rule'].includes(work.task);
    return isOpen || (work.script !== null && work.script.expression === null);
  });
  const names = open ? 'all' : [...wordsOf(program, node)].sort();
  outside.set(node, names);
  return names;
}

const ownWords = ['loopCounter', ...Object.keys(counterValues([]))];

/**
 * Every word of every expression of the element and what is inside it: names, and some more. The
 * collection is left out: it is asked for once, by the parent.
 */
function wordsOf(program: Program, node: Node): Set<string> {
  const words = new Set<string>();
  const loop = activityOf(node)?.loop;
  const multi = loop?.kind === 'multi' ? loop : null;
  const note = (text: string) => {
    for (const [word] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) words.add(word);
  };
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Set) return;
    if (value === multi?.collection) return;
    const { text, evaluate } = value as { text?: unknown; evaluate?: unknown };
    if (typeof text === 'string' && typeof evaluate === 'function') note(text);
    else for (const member of Object.values(value)) walk(member);
  };
  for (const one of insideOf(program, node)) {
    walk(one.work);
    for (const flow of one.outgoing) if (one !== node) walk(program.flows[flow]?.condition);
    if (one.work.kind === 'call') for (const name of one.work.inVariables) words.add(name);
    note(one.attributes.in ?? '');
  }
  for (const word of [...ownWords, multi?.elementVariable ?? '']) words.delete(word);
  return words;
}

/** The elements of a body, one for each child it hands out; null where there is no list. */
export function elementsFor(list: readonly Value[], planned: number): readonly Value[] {
  return list.length === planned ? list : Array.from({ length: planned }, () => null);
}

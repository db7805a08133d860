/**
 * A process as text: for print, for search, and for people who cannot see the diagram. Elements
 * come in
 * the order of the flow; ways out of a split stand below it, and what they lead to together follows
 * when all of them have been told.
 */
import { present } from '../base/assert.ts';
import type { Flow, Node, Program } from './program.ts';
import { activityOf } from './run/activities.ts';

/**
 * One line. `way`: a flow, boundary event or inside of a sub-process that the next lines follow.
 */
export type OutlineLine = {
  readonly depth: number;
  readonly kind: 'element' | 'way' | 'back';
  readonly element: number;
  /** For a way: the name or condition of the flow, `default`, or null. */
  readonly label: string | null;
};

type Telling = {
  readonly program: Program;
  readonly lines: OutlineLine[];
  readonly told: Set<number>;
};

/** The lines of a whole process. Every element is told once; later it is only pointed back to. */
export function outline(program: Program): readonly OutlineLine[] {
  const telling: Telling = { program, lines: [], told: new Set([0]) };
  tellAll(telling, startsOf(program, 0), 0);
  // What nothing leads to, such as handlers of compensation and event sub-processes.
  for (const node of program.elements) {
    if (node.parent === 0 && !telling.told.has(node.index) && node.work.kind !== 'boundary') {
      tellAll(telling, [node.index], 0);
    }
  }
  return telling.lines;
}

/** The outline as indented text in the names of the model. */
export function outlineText(program: Program): string {
  return outline(program)
    .map(({ depth, kind, element, label }) => {
      const node = present(program.elements[element], 'element');
      const name = node.name ?? node.id;
      const indent = '  '.repeat(depth);
      if (kind === 'way') return `${indent}- ${label ?? name}:`;
      if (kind === 'back') return `${indent}-> ${name}`;
      const who = node.lane === null ? '' : ` (${node.lane})`;
      return `${indent}${name} [${node.type}]${who}`;
    })
    .join('\n');
}

function startsOf(program: Program, scope: number): number[] {
  return program.elements
    .filter((node) => node.parent === scope && node.work.kind === 'start')
    .map((node) => node.index);
}

/** Tells elements and whatever follows them on this level. */
function tellAll(telling: Telling, elements: readonly number[], depth: number): void {
  let pending = [...elements];
  while (pending.length > 0) {
    const [next, ...rest] = pending;
    pending = [...new Set([...rest, ...tell(telling, next ?? 0, depth)])].filter(
      (element) => !telling.told.has(element),
    );
  }
}

/** Tells one line of elements; gives back the merges at which it stopped. */
function tell(telling: Telling, from: number, depth: number): number[] {
  const { program, lines, told } = telling;
  let at = from;
  for (;;) {
    if (told.has(at)) {
      lines.push({ depth, kind: 'back', element: at, label: null });
      return [];
    }
    told.add(at);
    lines.push({ depth, kind: 'element', element: at, label: null });
    const node = present(program.elements[at], 'element');
    const merges = [...tellBeside(telling, node, depth)];
    const [only, ...others] = node.outgoing;
    if (only === undefined) return merges;
    if (others.length > 0) {
      for (const flow of node.outgoing) merges.push(...tellWay(telling, flow, depth + 1));
      return merges;
    }
    const target = present(program.flows[only], 'flow').target;
    if (isMerge(program, target)) return [...merges, target];
    if (merges.length > 0) tellAll(telling, merges, depth);
    at = target;
  }
}

function isMerge(program: Program, element: number): boolean {
  return present(program.elements[element], 'element').incoming.length > 1;
}

function tellWay(telling: Telling, index: number, depth: number): number[] {
  const flow = present(telling.program.flows[index], 'flow');
  telling.lines.push({ depth, kind: 'way', element: flow.target, label: labelOf(flow) });
  if (telling.told.has(flow.target)) {
    telling.lines.push({ depth: depth + 1, kind: 'back', element: flow.target, label: null });
    return [];
  }
  return isMerge(telling.program, flow.target)
    ? [flow.target]
    : tell(telling, flow.target, depth + 1);
}

function labelOf(flow: Flow): string | null {
  return flow.name ?? flow.condition?.text ?? (flow.isDefault ? 'default' : null);
}

/** Boundary events, and the inside of a sub-process. */
function tellBeside(telling: Telling, node: Node, depth: number): number[] {
  const merges: number[] = [];
  if (node.work.kind === 'scope') {
    tellAll(telling, startsOf(telling.program, node.index), depth + 1);
  }
  for (const element of activityOf(node)?.boundaries ?? []) {
    telling.lines.push({ depth: depth + 1, kind: 'way', element, label: null });
    telling.told.add(element);
    const boundary = present(telling.program.elements[element], 'element');
    for (const flow of boundary.outgoing) {
      const { target } = present(telling.program.flows[flow], 'flow');
      if (isMerge(telling.program, target)) merges.push(target);
      else merges.push(...tell(telling, target, depth + 2));
    }
  }
  return merges;
}

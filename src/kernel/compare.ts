/** What changed between two versions of a process, by the ids of its elements and flows. */
import type { Flow, Node, Program } from './program.ts';

/** One difference. `what` names the property for a change: 'name', 'role', 'condition' … */
export type Difference = {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly element: string;
  readonly what: string | null;
  readonly before: string | null;
  readonly after: string | null;
};

/** All differences: removed first, then added, then changed, each in the order of the model. */
export function compare(before: Program, after: Program): readonly Difference[] {
  const left = factsOf(before);
  const right = factsOf(after);
  const gone = [...left.keys()].filter((id) => !right.has(id));
  const come = [...right.keys()].filter((id) => !left.has(id));
  const changed = [...left].flatMap(([id, facts]) => {
    const now = right.get(id);
    return now === undefined ? [] : changes(id, facts, now);
  });
  const whole = (kind: 'added' | 'removed') => (element: string) => {
    return { kind, element, what: null, before: null, after: null };
  };
  return [...gone.map(whole('removed')), ...come.map(whole('added')), ...changed];
}

type Facts = ReadonlyMap<string, string>;

function changes(element: string, before: Facts, after: Facts): Difference[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((what) => {
    const [was, is] = [before.get(what) ?? null, after.get(what) ?? null];
    return was === is ? [] : [{ kind: 'changed', element, what, before: was, after: is } as const];
  });
}

function factsOf(program: Program): Map<string, Facts> {
  const idOf = (index: number) => program.elements[index]?.id ?? '';
  return new Map([
    ...program.elements.map((node) => [node.id, factsOfNode(node, idOf)] as const),
    ...program.flows.map((flow) => [flow.id, factsOfFlow(flow, idOf)] as const),
  ]);
}

function factsOfNode(node: Node, idOf: (index: number) => string): Facts {
  const facts = new Map<string, string>([
    ['type', node.type],
    ['inside', node.parent < 0 ? '' : idOf(node.parent)],
  ]);
  for (const what of ['name', 'lane', 'role', 'unit', 'documentation'] as const) {
    const value = node[what];
    if (value !== null) facts.set(what, value);
  }
  for (const [name, value] of Object.entries(node.attributes)) facts.set(name, value);
  // What is left of the work: loops, triggers, quantities; element numbers differ by version.
  facts.set('behaviour', behaviourOf(node));
  return facts;
}

function behaviourOf(node: Node): string {
  const numbers = ['boundaries', 'starts', 'eventSubs', 'attachedTo', 'upstream', 'defaultFlow'];
  const links = ['compensationHandler', 'compensationSub', 'target', 'activity'];
  return JSON.stringify(node.work, (key, value) => {
    if (numbers.includes(key)) return undefined;
    return links.includes(key) && typeof value === 'number' ? undefined : value;
  });
}

function factsOfFlow(flow: Flow, idOf: (index: number) => string): Facts {
  const facts = new Map([
    ['from', idOf(flow.source)],
    ['to', idOf(flow.target)],
    ['default', String(flow.isDefault)],
  ]);
  if (flow.name !== null) facts.set('name', flow.name);
  if (flow.condition !== null) facts.set('condition', flow.condition.text);
  return facts;
}

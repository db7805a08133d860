import type { Bilingual } from '../../contract/shapes.ts';
import { type Node, outline, type Program } from '../../kernel/index.ts';
import type { ViewForm } from './forms.ts';

/**
 * A process as its requirement views read it: the compiled model, its forms by file name, and what
 * each decision reads by the decision's name.
 */
export type ViewModel = {
  readonly program: Program;
  readonly forms: ReadonlyMap<string, ViewForm>;
  readonly decisionReads: ReadonlyMap<string, readonly string[]>;
};

/** Who does a step: a person, a machine, another process; `waits`: for a message. */
export type StepKind = 'person' | 'machine' | 'call' | 'waits';

/**
 * A task or call of the model. `order`: its place when the model is told from start to end. `role`,
 * `lane`: null where the model says none. `dueIn`: the time planned for it, ISO 8601.
 */
export type Step = {
  readonly id: string;
  readonly name: Bilingual;
  readonly order: number;
  readonly type: string;
  readonly kind: StepKind;
  readonly role: string | null;
  readonly unit: string | null;
  readonly lane: string | null;
  readonly form: ViewForm | null;
  /** What it works with: the form's file, the operation, decision, message or called process. */
  readonly tool: string | null;
  readonly dueIn: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly documentation: string | null;
  readonly node: Node;
};

const kinds: Readonly<Record<string, StepKind>> = {
  userTask: 'person',
  manualTask: 'person',
  task: 'person',
  serviceTask: 'machine',
  businessRuleTask: 'machine',
  scriptTask: 'machine',
  sendTask: 'machine',
  receiveTask: 'waits',
  callActivity: 'call',
};

/** The steps of a process in the order in which the model is told. */
export function stepsOf({ program, forms }: ViewModel): readonly Step[] {
  const told = outline(program).filter(({ kind }) => kind === 'element');
  const rank = new Map(told.map(({ element }, order) => [element, order]));
  return program.elements
    .flatMap((node): Step[] => {
      const kind = kinds[node.type];
      if (kind === undefined) return [];
      const { id, type, role, unit, lane, attributes, documentation } = node;
      const form = forms.get(attributes.form ?? '') ?? null;
      const order = rank.get(node.index) ?? program.elements.length + node.index;
      const dueIn = attributes.dueIn ?? null;
      return [
        {
          ...{ id, type, role, unit, lane, attributes, documentation, node, kind, form, order },
          ...{ name: nameOf(node), tool: toolOf(node), dueIn },
        },
      ];
    })
    .sort((a, b) => a.order - b.order)
    .map((step, order) => ({ ...step, order }));
}

/** Whether a step stands in a lane of customers. */
export function isCustomers({ role, unit }: Pick<Step, 'role' | 'unit'>): boolean {
  return unit === 'customer' || role === 'customer';
}

/** An element's name in both languages; its id where it has none. */
export function nameOf({ id, name, nameEn }: Pick<Node, 'id' | 'name' | 'nameEn'>): Bilingual {
  const own = name || nameEn || id;
  return { 'zh-CN': own, en: nameEn || own };
}

function toolOf({ attributes, work }: Node): string | null {
  const { form, operation, decision, message, system } = attributes;
  const named = system ?? form ?? operation ?? decision ?? message;
  if (named !== undefined) return named;
  if (work.kind === 'call') return work.calledElement;
  if (work.kind !== 'task') return null;
  if (work.script !== null) return 'script';
  return work.message?.kind === 'message' ? work.message.name : work.decision;
}

/**
 * The steps that may come next after an element, over gateways and events: by all ways out, those
 * of events at its boundary too, or only by those `takes` says. A step ends the search, and so does
 * the end of the process; the end of a sub-process goes on after it.
 */
export function nextAfter(
  program: Program,
  element: number,
  takes: ((flow: number) => boolean) | null = null,
): { readonly steps: ReadonlySet<string>; readonly ends: ReadonlySet<string> } {
  const steps = new Set<string>();
  const ends = new Set<string>();
  const seen = new Set<number>();
  const pending =
    takes === null ? waysOut(program, element) : outOf(program, element).filter(takes);
  while (pending.length > 0) {
    const flow = program.flows[pending.pop() as number];
    const node = flow && program.elements[flow.target];
    if (node === undefined || seen.has(node.index)) continue;
    seen.add(node.index);
    if (kinds[node.type] !== undefined) steps.add(node.id);
    else if (node.work.kind === 'end' && node.parent <= 0) ends.add(node.id);
    else if (node.work.kind === 'end') pending.push(...outOf(program, node.parent));
    else if (node.work.kind === 'scope') pending.push(...firstFlows(program, node));
    else pending.push(...node.outgoing);
  }
  return { steps, ends };
}

function outOf(program: Program, element: number): readonly number[] {
  return program.elements[element]?.outgoing ?? [];
}

/** The ways out of an element and of the events at its boundary. */
function waysOut(program: Program, element: number): number[] {
  const work = program.elements[element]?.work;
  const activity = work?.kind === 'task' || work?.kind === 'call' ? work.activity : null;
  const boundaries = activity?.boundaries ?? [];
  return [element, ...boundaries].flatMap((each) => outOf(program, each));
}

/** The ways out of the starts of a sub-process. */
function firstFlows(program: Program, { work }: Node): readonly number[] {
  if (work.kind !== 'scope') return [];
  return work.starts.flatMap((start) => program.elements[start]?.outgoing ?? []);
}

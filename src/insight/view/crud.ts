import type { Bilingual } from '../../contract/shapes.ts';
import { nameOf, type Step, type ViewModel } from './steps.ts';

/** What a step does with a datum: creates, reads, updates. Nothing a bank records is deleted. */
export type Access = 'C' | 'R' | 'U';

/** A column of the matrix: a step, or a gateway that decides by data. */
export type CrudColumn = {
  readonly id: string;
  readonly name: Bilingual;
  readonly kind: 'step' | 'gateway';
};

/**
 * A datum: where it comes from (the steps that write it, the first creates it) and where it goes
 * (those that read it). `cells`: by the id of the column.
 */
export type CrudRow = {
  readonly name: string;
  readonly label: Bilingual;
  readonly origins: readonly string[];
  readonly destinations: readonly string[];
  readonly cells: Readonly<Record<string, readonly Access[]>>;
};

export type CrudMatrix = {
  readonly columns: readonly CrudColumn[];
  readonly rows: readonly CrudRow[];
};

type Touch = { readonly column: CrudColumn; readonly writes: string[]; readonly reads: string[] };

/**
 * The matrix of data by step. Written: fields of a form that may be filled in, the result of a
 * machine's step or script, and what data associations put out. Read: fields a form only shows,
 * what a decision or a condition asks, what data associations put in. The first step in the order
 * of the model that writes a datum creates it, later ones update it.
 */
export function crudMatrix(model: ViewModel, steps: readonly Step[]): CrudMatrix {
  const touches = [...steps.map((step) => touchOf(model, step)), ...gateways(model)];
  const labels = labelsOf(steps);
  const known = new Set(touches.flatMap(({ writes }) => writes));
  for (const { reads } of touches) for (const name of reads) if (labels.has(name)) known.add(name);
  const rows = [...known].map((name): CrudRow => {
    const cells: Record<string, Access[]> = {};
    const add = ({ id }: CrudColumn, access: Access) => {
      cells[id] = [...(cells[id] ?? []), access];
    };
    const origins = touches.filter(({ writes }) => writes.includes(name));
    for (const [k, { column }] of origins.entries()) add(column, k === 0 ? 'C' : 'U');
    const readers = touches.filter(({ reads }) => reads.includes(name));
    for (const { column } of readers) add(column, 'R');
    return {
      ...{ name, label: labels.get(name) ?? { 'zh-CN': name, en: name }, cells },
      origins: origins.map(({ column }) => column.id),
      destinations: readers.map(({ column }) => column.id),
    };
  });
  const used = touches.filter(({ writes, reads }) =>
    [...writes, ...reads].some((name) => known.has(name)),
  );
  return { columns: used.map(({ column }) => column), rows };
}

/** The data each step writes and reads, by its id; for the views that ask who knows what. */
export function dataOfSteps(
  model: ViewModel,
  steps: readonly Step[],
): ReadonlyMap<string, { readonly writes: readonly string[]; readonly reads: readonly string[] }> {
  return new Map(steps.map((step) => [step.id, touchOf(model, step)]));
}

function touchOf(model: ViewModel, { id, name, form, attributes, node }: Step): Touch {
  const writes: string[] = [];
  const reads: string[] = [];
  for (const field of form?.fields ?? []) (field.readOnly ? reads : writes).push(field.key);
  if (attributes.result !== undefined) writes.push(attributes.result);
  reads.push(...(attributes.requires?.split(/\s+/) ?? []));
  const { work } = node;
  if (work.kind === 'task') {
    const { script, decision, result } = work;
    if (script?.resultVariable != null) writes.push(script.resultVariable);
    if (script?.expression != null) reads.push(...namesIn(script.expression.text));
    if (result !== null) writes.push(result);
    reads.push(...(model.decisionReads.get(decision ?? '') ?? []));
  }
  if (work.kind === 'call') {
    if (work.inVariables !== 'all') reads.push(...work.inVariables);
    if (work.outVariables !== 'all') writes.push(...work.outVariables);
  }
  if (work.kind === 'task' || work.kind === 'call') {
    for (const { target } of work.activity.outputs) writes.push(target);
    for (const { value } of work.activity.inputs) reads.push(...namesIn(value.text));
    const { loop } = work.activity;
    if (loop?.kind === 'multi' && loop.collection) reads.push(...namesIn(loop.collection.text));
    if (loop?.kind === 'multi' && loop.outputVariable) writes.push(loop.outputVariable);
  }
  const column = { id, name, kind: 'step' } as const;
  return { column, writes: [...new Set(writes)], reads: [...new Set(reads)] };
}

function gateways({ program }: ViewModel): Touch[] {
  return program.elements.flatMap((node): Touch[] => {
    if (node.work.kind !== 'gateway') return [];
    const conditions = node.outgoing.map((flow) => program.flows[flow]?.condition?.text ?? '');
    const reads = [...new Set(conditions.flatMap(namesIn))];
    if (reads.length === 0) return [];
    return [{ column: { id: node.id, name: nameOf(node), kind: 'gateway' }, writes: [], reads }];
  });
}

/** The names an expression begins a path with; texts, functions and what follows a dot are none. */
export function namesIn(expression: string): string[] {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, ' ');
  const names = bare.matchAll(/(?<![\w.\p{L}])([\p{L}_][\p{L}\w]*)(?![\w\p{L}]|\s*\()/gu);
  return [...new Set([...names].map((match) => match[1] as string))];
}

function labelsOf(steps: readonly Step[]): ReadonlyMap<string, Bilingual> {
  const labels = new Map<string, Bilingual>();
  for (const { form } of steps) {
    for (const { key, label } of form?.fields ?? []) if (!labels.has(key)) labels.set(key, label);
  }
  return labels;
}

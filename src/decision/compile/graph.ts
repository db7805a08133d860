import { ok, type Result, refuse } from '../../base/result.ts';
import { BUILTINS } from '../../feel/builtin/index.ts';
import { compile } from '../../feel/compile/compile.ts';
import { rootScope } from '../../feel/compile/scope.ts';
import type { Vocabulary } from '../../feel/syntax/reader.ts';
import type {
  Decision,
  DecisionModel,
  DecisionService,
  InputData,
  KnowledgeModel,
  Reference,
} from '../model/model.ts';
import type { DecisionNode, DecisionProgram, Requirement } from '../program.ts';
import { expressionOf } from './boxed.ts';
import { vocabularyOf } from './names.ts';
import { TypeTable } from './types.ts';
import type { Fault, Workshop } from './workshop.ts';

export type CompileRefusal =
  | 'decision_expression_invalid'
  | 'decision_id_twice'
  | 'decision_requirement_circular'
  | 'decision_requirement_missing'
  | 'decision_type_invalid';

const ROOT = rootScope(BUILTINS);

/** One file of the model while its elements are made. */
class Graph {
  readonly model: DecisionModel;
  readonly nodes = new Map<string, DecisionNode>();
  readonly #imports: readonly { readonly name: string; readonly graph: Graph }[];
  readonly #types: TypeTable;
  readonly #vocabulary: Vocabulary;
  readonly #faults: Fault[];
  readonly #path: readonly string[];

  constructor(model: DecisionModel, faults: Fault[], path: readonly string[]) {
    this.model = model;
    this.#faults = faults;
    this.#path = path;
    this.#types = new TypeTable(model);
    this.#vocabulary = vocabularyOf(model, this.#types);
    this.#imports = model.imports.map((one) => ({
      name: one.name,
      graph: new Graph(one.model, faults, [...path, one.name]),
    }));
    for (const input of model.inputs) this.nodes.set(input.id, this.#input(input));
    for (const decision of model.decisions) this.nodes.set(decision.id, this.#decision(decision));
    for (const one of model.knowledge) this.nodes.set(one.id, this.#knowledge(one));
    for (const service of model.services) this.nodes.set(service.id, this.#service(service));
    for (const fault of this.#types.faults) {
      const facts = { type: fault.type, text: fault.text };
      const refusal = refuse('decision_type_invalid', facts);
      faults.push({ owner: '', id: fault.type, text: fault.text, refusal });
    }
  }

  #workshop(owner: string): Workshop {
    return { owner, vocabulary: this.#vocabulary, types: this.#types, faults: this.#faults };
  }

  /** What a reference points to, and the imports on the way to it; null: nothing. */
  find(reference: Reference): { path: readonly string[]; node: DecisionNode } | null {
    if (reference.namespace === null || reference.namespace === this.model.namespace) {
      const node = this.nodes.get(reference.id);
      if (node !== undefined) return { path: [], node };
    }
    for (const { name, graph } of this.#imports) {
      const found = graph.find(
        reference.namespace === null ? { ...reference, namespace: '' } : reference,
      );
      if (found !== null) return { path: [name, ...found.path], node: found.node };
    }
    return null;
  }

  #requirements(references: readonly Reference[], owner: string): readonly Requirement[] {
    return references.flatMap((reference) => {
      const found = this.find(reference);
      if (found !== null) return [{ path: found.path, name: found.node.name, node: found.node }];
      const refusal = refuse('decision_requirement_missing', { owner, id: reference.id });
      this.#faults.push({ owner, id: reference.id, text: '', refusal });
      return [];
    });
  }

  #input({ id, variable }: InputData): DecisionNode {
    const type = this.#types.of(variable.typeRef);
    return { kind: 'input', id, name: variable.name, type, path: this.#path };
  }

  #decision(decision: Decision): DecisionNode {
    const { id, variable } = decision;
    const expression = expressionOf(decision.logic, this.#workshop(id));
    return {
      kind: 'decision',
      id,
      name: variable.name,
      type: this.#types.of(variable.typeRef),
      requirements: once(() => this.#requirements(decision.requirements, id)),
      code: compile(expression, ROOT),
      height: expression.height,
    };
  }

  #knowledge(one: KnowledgeModel): DecisionNode {
    const expression = expressionOf(one.logic, this.#workshop(one.id));
    return {
      kind: 'knowledge',
      id: one.id,
      name: one.variable.name,
      type: this.#types.of(one.variable.typeRef),
      requirements: once(() => this.#requirements(one.requirements, one.id)),
      code: compile(expression, ROOT),
      result: this.#types.of(one.logic?.typeRef ?? null),
    };
  }

  #service(service: DecisionService): DecisionNode {
    const { id, variable } = service;
    return {
      kind: 'service',
      id,
      name: variable.name,
      type: this.#types.of(variable.typeRef),
      outputs: once(() => this.#requirements(service.outputDecisions, id)),
      inputs: once(() => this.#requirements([...service.inputData, ...service.inputDecisions], id)),
    };
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function needsOf(node: DecisionNode): readonly DecisionNode[] {
  const needs = node.kind === 'decision' || node.kind === 'knowledge' ? node.requirements() : [];
  // A knowledge model that calls itself is a function that calls itself.
  return needs.map((need) => need.node).filter((need) => need !== node || need.kind === 'decision');
}

/** An element that needs itself, directly or through others; null: there is none. */
function circle(nodes: Iterable<DecisionNode>): string | null {
  const state = new Map<DecisionNode, 'open' | 'done'>();
  for (const first of nodes) {
    // Walked without recursion: a file may hold a chain of many thousands.
    const way: { readonly node: DecisionNode; readonly needs: DecisionNode[] }[] = [];
    const enter = (node: DecisionNode): void => {
      state.set(node, 'open');
      way.push({ node, needs: [...needsOf(node)] });
    };
    if (!state.has(first)) enter(first);
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const next = at.needs.pop();
      if (next === undefined) {
        state.set(at.node, 'done');
        way.pop();
      } else if (state.get(next) === 'open') return next.id;
      else if (!state.has(next)) enter(next);
    }
  }
  return null;
}

function byIdAndName(
  nodes: readonly DecisionNode[],
  kind: DecisionNode['kind'],
): ReadonlyMap<string, DecisionNode> {
  const own = nodes.filter((node) => node.kind === kind);
  return new Map([
    ...own.map((node) => [node.name, node] as const),
    ...own.map((node) => [node.id, node] as const),
  ]);
}

/** An id that two elements of a file share, so that nobody can say which is meant; null: none. */
function idTwice(model: DecisionModel): string | null {
  const seen = new Set<string>();
  for (const { id } of [
    ...[...model.inputs, ...model.decisions, ...model.knowledge, ...model.services],
  ]) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return null;
}

/** How strict compiling is. `lenient`: what cannot be read gives null when it is asked. */
export type CompileOptions = { readonly lenient?: boolean };

/**
 * Makes a model ready to decide. Refusals, each with the place: an expression, a cell or a type
 * that cannot be read, a requirement that points to nothing or goes in a circle.
 */
export function compileDecisions(
  model: DecisionModel,
  options: CompileOptions = {},
): Result<DecisionProgram> {
  const faults: Fault[] = [];
  const twice = idTwice(model);
  if (twice !== null) return refuse('decision_id_twice', { id: twice });
  const graph = new Graph(model, faults, []);
  const nodes = [...graph.nodes.values()];
  const circular = circle(nodes);
  if (circular !== null) return refuse('decision_requirement_circular', { id: circular });
  for (const node of nodes) {
    if (node.kind === 'service') {
      node.outputs();
      node.inputs();
    }
  }
  const fault = faults[0];
  if (fault !== undefined && options.lenient !== true) return refusalOf(fault);
  return ok({
    model,
    decisions: byIdAndName(nodes, 'decision'),
    services: byIdAndName(nodes, 'service'),
    inputs: byIdAndName(nodes, 'input'),
  });
}

function refusalOf(fault: Fault): Result<never> {
  const { owner, id, text, refusal } = fault;
  if (!refusal.code.startsWith('feel_')) return refusal;
  const { at = '', found = '' } = refusal.facts;
  const short = text.slice(0, 80);
  return refuse('decision_expression_invalid', { decision: owner, id, text: short, at, found });
}

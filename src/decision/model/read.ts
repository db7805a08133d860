import { ok, type Result, refuse } from '../../base/result.ts';
import { parseDate } from '../../feel/value/date.ts';
import { boxedOf, functionInside, variableOf } from './boxed.ts';
import { readTree, type XmlElement } from './moddle.ts';
import type {
  Decision,
  DecisionModel,
  DecisionService,
  ImportedModel,
  ItemDefinition,
  KnowledgeModel,
  Reference,
} from './model.ts';
import { outlineFault, TEXT_DEPTH_MAX } from './outline.ts';
import { attribute, element, elements, words } from './xml.ts';

export type ReadRefusal =
  | 'decision_effective_date_invalid'
  | 'decision_file_too_deep'
  | 'decision_file_too_large'
  | 'decision_file_unreadable'
  | 'decision_id_twice'
  | 'decision_import_circular'
  | 'decision_import_missing'
  | 'decision_imports_too_many';

/** Characters of a file, about 20,000 rows. */
export const FILE_LENGTH_MAX = 10_000_000;
/** Elements within elements. */
export const FILE_DEPTH_MAX = 200;

/** How deep the elements of a tree stand in each other, counted without recursion. */
function depthOf(root: XmlElement): number {
  let deepest = 0;
  let level: readonly XmlElement[] = [root];
  while (level.length > 0 && deepest <= FILE_DEPTH_MAX) {
    deepest += 1;
    level = level.flatMap((node) =>
      Object.keys(node)
        .filter((name) => name !== '$parent')
        .flatMap((name) => [...elements(node, name), ...single(node, name)]),
    );
  }
  return deepest;
}

function single(node: XmlElement, name: string): readonly XmlElement[] {
  const one = element(node, name);
  return one === null ? [] : [one];
}

async function treeOf(xml: string): Promise<Result<XmlElement, ReadRefusal>> {
  if (xml.length > FILE_LENGTH_MAX) {
    return refuse('decision_file_too_large', { lengthMax: String(FILE_LENGTH_MAX) });
  }
  const fault = outlineFault(xml);
  if (fault === 'unreadable') return refuse('decision_file_unreadable');
  if (fault === 'too_deep') {
    return refuse('decision_file_too_deep', { depthMax: String(TEXT_DEPTH_MAX) });
  }
  const tree = await readTree(xml);
  if (tree === null || tree.rootElement.$type !== 'dmn:Definitions') {
    return refuse('decision_file_unreadable');
  }
  // The parser keeps one of two elements with the same id and says so only in a warning.
  const twice = tree.warnings.map(({ message }) => /duplicate ID <([^>]*)>/i.exec(message)?.[1]);
  const id = twice.find((one) => one !== undefined);
  if (id !== undefined) return refuse('decision_id_twice', { id });
  if (depthOf(tree.rootElement) > FILE_DEPTH_MAX) {
    return refuse('decision_file_too_deep', { depthMax: String(FILE_DEPTH_MAX) });
  }
  return ok(tree.rootElement);
}

function referenceOf(pointer: XmlElement | null): Reference[] {
  const href = attribute(pointer, 'href');
  if (href === null) return [];
  const at = href.indexOf('#');
  const namespace = at > 0 ? href.slice(0, at) : null;
  return [{ namespace, id: href.slice(at + 1) }];
}

function requirementsOf(parent: XmlElement): readonly Reference[] {
  const information = elements(parent, 'informationRequirement').flatMap((requirement) => [
    ...referenceOf(element(requirement, 'requiredInput')),
    ...referenceOf(element(requirement, 'requiredDecision')),
  ]);
  const knowledge = elements(parent, 'knowledgeRequirement').flatMap((requirement) =>
    referenceOf(element(requirement, 'requiredKnowledge')),
  );
  return [...information, ...knowledge];
}

function typeOf(item: XmlElement): ItemDefinition {
  const functionItem = element(item, 'functionItem');
  const tests = element(item, 'allowedValues');
  const constraint = element(item, 'typeConstraint');
  return {
    name: attribute(item, 'name') ?? '',
    typeRef: attribute(item, 'typeRef'),
    isCollection: item.isCollection === true,
    members: elements(item, 'itemComponent').map(typeOf),
    functionItem:
      functionItem === null
        ? null
        : {
            parameters: elements(functionItem, 'parameters').map((one) => variableOf(one, '')),
            result: attribute(functionItem, 'outputTypeRef'),
          },
    allowedValues: tests === null ? null : words(tests, 'text'),
    typeConstraint: constraint === null ? null : words(constraint, 'text'),
  };
}

function decisionOf(node: XmlElement): Decision {
  const name = attribute(node, 'name') ?? '';
  return {
    id: attribute(node, 'id') ?? name,
    name,
    description: words(node, 'description'),
    variable: variableOf(element(node, 'variable'), name),
    requirements: requirementsOf(node),
    logic: boxedOf(element(node, 'decisionLogic')),
  };
}

function knowledgeOf(node: XmlElement): KnowledgeModel {
  const name = attribute(node, 'name') ?? '';
  return {
    id: attribute(node, 'id') ?? name,
    name,
    variable: variableOf(element(node, 'variable'), name),
    requirements: requirementsOf(node),
    logic: functionInside(element(node, 'encapsulatedLogic')),
  };
}

function serviceOf(node: XmlElement): DecisionService {
  const name = attribute(node, 'name') ?? '';
  const all = (property: string): Reference[] => elements(node, property).flatMap(referenceOf);
  return {
    id: attribute(node, 'id') ?? name,
    name,
    variable: variableOf(element(node, 'variable'), name),
    outputDecisions: all('outputDecision'),
    encapsulatedDecisions: all('encapsulatedDecision'),
    inputDecisions: all('inputDecision'),
    inputData: all('inputData'),
  };
}

const HUILIU = 'urn:huiliu:dmn:1';

/** The attribute `effectiveFrom` of our own namespace, under whatever prefix the file gives it. */
function effectiveFromOf(root: XmlElement): string | null {
  const attributes = root.$attrs as Readonly<Record<string, string>> | undefined;
  for (const [name, namespace] of Object.entries(attributes ?? {})) {
    if (namespace !== HUILIU || !name.startsWith('xmlns:')) continue;
    const value = attributes?.[`${name.slice('xmlns:'.length)}:effectiveFrom`];
    if (value !== undefined) return value.trim();
  }
  return null;
}

function modelOf(root: XmlElement, imports: readonly ImportedModel[]): DecisionModel {
  const nodes = elements(root, 'drgElement');
  const of = (type: string): XmlElement[] => nodes.filter((node) => node.$type === type);
  return {
    name: attribute(root, 'name') ?? '',
    namespace: attribute(root, 'namespace') ?? '',
    effectiveFrom: effectiveFromOf(root),
    imports,
    types: elements(root, 'itemDefinition').map(typeOf),
    inputs: of('dmn:InputData').map((node) => {
      const name = attribute(node, 'name') ?? '';
      const variable = variableOf(element(node, 'variable'), name);
      return { id: attribute(node, 'id') ?? name, name, variable };
    }),
    decisions: of('dmn:Decision').map(decisionOf),
    knowledge: of('dmn:BusinessKnowledgeModel').map(knowledgeOf),
    services: of('dmn:DecisionService').map(serviceOf),
  };
}

/** Files that are read as parts of one, each counted as often as it is imported. */
export const IMPORTS_MAX = 200;

/** What is known while a file and those it imports are joined. */
type Joining = {
  readonly others: ReadonlyMap<string, XmlElement>;
  /** Namespaces on the way from the first file to this one. */
  readonly path: readonly string[];
  readonly count: { imports: number };
};

function joined(root: XmlElement, joining: Joining): Result<DecisionModel, ReadRefusal> {
  const { others, path, count } = joining;
  const imports: ImportedModel[] = [];
  for (const one of elements(root, 'import')) {
    const kind = attribute(one, 'importType') ?? '';
    if (!/\/DMN\//.test(kind)) continue;
    const namespace = attribute(one, 'namespace') ?? '';
    const other = others.get(namespace);
    if (other === undefined) return refuse('decision_import_missing', { namespace });
    if (path.includes(namespace)) return refuse('decision_import_circular', { namespace });
    count.imports += 1;
    if (count.imports > IMPORTS_MAX) {
      return refuse('decision_imports_too_many', { importsMax: String(IMPORTS_MAX) });
    }
    const model = joined(other, { others, path: [...path, namespace], count });
    if (!model.ok) return model;
    imports.push({ name: attribute(one, 'name') ?? '', model: model.value });
  }
  return ok(modelOf(root, imports));
}

/**
 * Reads a DMN file (1.1 to 1.5). `imported` are the texts of the files it imports, found by their
 * namespaces. Refusals: decision_file_unreadable, decision_file_too_large, decision_file_too_deep,
 * decision_import_missing { namespace }, decision_import_circular { namespace },
 * decision_imports_too_many, decision_id_twice { id }, decision_effective_date_invalid { day }.
 */
export async function readDecisions(
  xml: string,
  imported: readonly string[] = [],
): Promise<Result<DecisionModel, ReadRefusal>> {
  const main = await treeOf(xml);
  if (!main.ok) return main;
  const others = new Map<string, XmlElement>();
  for (const text of imported) {
    const other = await treeOf(text);
    if (!other.ok) return other;
    others.set(attribute(other.value, 'namespace') ?? '', other.value);
  }
  const day = effectiveFromOf(main.value);
  if (day !== null && parseDate(day) === null) {
    return refuse('decision_effective_date_invalid', { day });
  }
  const path = [attribute(main.value, 'namespace') ?? ''];
  return joined(main.value, { others, path, count: { imports: 0 } });
}

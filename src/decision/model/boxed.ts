import type { XmlElement } from './moddle.ts';
import type {
  Aggregation,
  Boxed,
  BoxedFunction,
  DecisionTable,
  HitPolicy,
  TableInput,
  TableOutput,
  TableRule,
  Variable,
} from './model.ts';
import { attribute, element, elements, words } from './xml.ts';

/** A name and a type as an InformationItem says them. */
export function variableOf(item: XmlElement | null, name: string): Variable {
  return { name: attribute(item, 'name') ?? name, typeRef: attribute(item, 'typeRef') };
}

/** The box inside a wrapper such as `<in>` or `<then>`. */
function inside(parent: XmlElement, property: string): Boxed | null {
  return boxedOf(element(element(parent, property), 'value'));
}

function functionOf(box: XmlElement): BoxedFunction {
  return {
    kind: 'function',
    id: attribute(box, 'id') ?? '',
    typeRef: attribute(box, 'typeRef'),
    parameters: elements(box, 'formalParameter').map((item) => variableOf(item, '')),
    body: boxedOf(element(box, 'body')),
    external: (attribute(box, 'kind') ?? 'FEEL') !== 'FEEL',
  };
}

/** The function a knowledge model holds. */
export function functionInside(box: XmlElement | null): BoxedFunction | null {
  return box === null ? null : functionOf(box);
}

/** Any boxed expression; null: there is none, or it is of a kind the standard does not know. */
export function boxedOf(box: XmlElement | null): Boxed | null {
  if (box === null) return null;
  const id = attribute(box, 'id') ?? '';
  const typeRef = attribute(box, 'typeRef');
  switch (box.$type) {
    case 'dmn:LiteralExpression':
      return { kind: 'literal', id, typeRef, text: words(box, 'text') ?? '' };
    case 'dmn:DecisionTable':
      return tableOf(box, id, typeRef);
    case 'dmn:Invocation': {
      const bindings = elements(box, 'binding').map((binding) => ({
        name: attribute(element(binding, 'parameter'), 'name') ?? '',
        value: boxedOf(element(binding, 'bindingFormula')),
      }));
      return {
        kind: 'invocation',
        id,
        typeRef,
        called: boxedOf(element(box, 'calledFunction')),
        bindings,
      };
    }
    case 'dmn:Context': {
      const entries = elements(box, 'contextEntry').map((entry) => {
        const variable = element(entry, 'variable');
        return {
          variable: variable === null ? null : variableOf(variable, ''),
          value: boxedOf(element(entry, 'value')),
        };
      });
      return { kind: 'context', id, typeRef, entries };
    }
    case 'dmn:List':
      return { kind: 'list', id, typeRef, items: boxesOf(box) };
    case 'dmn:Relation':
      return {
        kind: 'relation',
        id,
        typeRef,
        columns: elements(box, 'column').map((column) => variableOf(column, '')),
        rows: elements(box, 'row').map(boxesOf),
      };
    case 'dmn:FunctionDefinition':
      return functionOf(box);
    default:
      return laterBoxOf(box, id, typeRef);
  }
}

function boxesOf(list: XmlElement): readonly Boxed[] {
  return elements(list, 'elements').flatMap((item) => boxedOf(item) ?? []);
}

/** The boxes that DMN 1.4 and 1.5 added. */
function laterBoxOf(box: XmlElement, id: string, typeRef: string | null): Boxed | null {
  const variable = attribute(box, 'iteratorVariable') ?? '';
  switch (box.$type) {
    case 'dmn:Conditional':
      return {
        kind: 'conditional',
        id,
        typeRef,
        condition: inside(box, 'if'),
        consequence: inside(box, 'then'),
        otherwise: inside(box, 'else'),
      };
    case 'dmn:Filter':
      return {
        kind: 'filter',
        id,
        typeRef,
        source: inside(box, 'in'),
        match: inside(box, 'match'),
      };
    case 'dmn:For':
      return {
        kind: 'for',
        id,
        typeRef,
        variable,
        source: inside(box, 'in'),
        body: inside(box, 'return'),
      };
    case 'dmn:Some':
    case 'dmn:Every':
      return {
        kind: box.$type === 'dmn:Some' ? 'some' : 'every',
        id,
        typeRef,
        variable,
        source: inside(box, 'in'),
        body: inside(box, 'satisfies'),
      };
    default:
      return null;
  }
}

function tableOf(box: XmlElement, id: string, typeRef: string | null): DecisionTable {
  return {
    kind: 'table',
    id,
    typeRef,
    hitPolicy: (attribute(box, 'hitPolicy') ?? 'UNIQUE') as HitPolicy,
    aggregation: attribute(box, 'aggregation') as Aggregation | null,
    inputs: elements(box, 'input').map(inputOf),
    outputs: elements(box, 'output').map(outputOf),
    annotations: elements(box, 'annotation').map((head) => attribute(head, 'name') ?? ''),
    rules: elements(box, 'rule').map(ruleOf),
  };
}

function inputOf(clause: XmlElement): TableInput {
  const expression = element(clause, 'inputExpression');
  const text = (expression === null ? null : words(expression, 'text')) ?? '';
  return {
    id: attribute(clause, 'id') ?? '',
    label: attribute(clause, 'label') ?? text,
    text,
    typeRef: attribute(expression, 'typeRef'),
    values: testsOf(element(clause, 'inputValues')),
  };
}

function testsOf(tests: XmlElement | null): string | null {
  const text = tests === null ? null : words(tests, 'text');
  return text === null || text.trim() === '' ? null : text;
}

function outputOf(clause: XmlElement): TableOutput {
  const name = attribute(clause, 'name');
  const byDefault = element(clause, 'defaultOutputEntry');
  return {
    id: attribute(clause, 'id') ?? '',
    label: attribute(clause, 'label') ?? name ?? '',
    name,
    typeRef: attribute(clause, 'typeRef'),
    values: testsOf(element(clause, 'outputValues')),
    defaultText: byDefault === null ? null : words(byDefault, 'text'),
  };
}

function ruleOf(rule: XmlElement): TableRule {
  return {
    id: attribute(rule, 'id') ?? '',
    tests: elements(rule, 'inputEntry').map((entry) => words(entry, 'text') ?? '-'),
    results: elements(rule, 'outputEntry').map((entry) => words(entry, 'text') ?? ''),
    annotations: elements(rule, 'annotationEntry').map((entry) => words(entry, 'text') ?? ''),
  };
}

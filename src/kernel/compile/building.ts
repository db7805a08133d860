/**
 * What compile works on: the elements of one process with their numbers, and what it has to say.
 */
import { type Expression, feel } from '../expression.ts';
import { bodyOf, children, is, isElement, localType, text } from '../model/xml.ts';
import type { Finding, Model, XmlElement } from '../types.ts';

/** Namespace of the attributes that say what BPMN cannot. */
export const huiliuNamespace = 'urn:huiliu:bpmn:1';

export type Building = {
  readonly model: Model;
  readonly process: XmlElement;
  /** Every element in the order of its number; the process is number 0. */
  readonly elements: readonly XmlElement[];
  readonly indexOf: ReadonlyMap<XmlElement, number>;
  readonly flows: readonly XmlElement[];
  readonly flowIndexOf: ReadonlyMap<XmlElement, number>;
  /** Numbers of the flows that lead to and from an element. */
  readonly incoming: ReadonlyMap<unknown, readonly number[]>;
  readonly outgoing: ReadonlyMap<unknown, readonly number[]>;
  /** Boundary events by the activity they are attached to. */
  readonly boundaries: ReadonlyMap<unknown, readonly XmlElement[]>;
  readonly prefixes: readonly string[];
  readonly findings: Finding[];
};

/** Numbers the flow nodes and sequence flows of a process, scope by scope, in document order. */
export function number(model: Model, process: XmlElement): Building {
  const elements: XmlElement[] = [process];
  const flows: XmlElement[] = [];
  if (is(process, 'process')) collect(process, elements, flows);
  return {
    model,
    process,
    elements,
    indexOf: new Map(elements.map((element, index) => [element, index])),
    flows,
    flowIndexOf: new Map(flows.map((flow, index) => [flow, index])),
    incoming: Map.groupBy(flows.keys(), (index) => flows[index]?.targetRef),
    outgoing: Map.groupBy(flows.keys(), (index) => flows[index]?.sourceRef),
    boundaries: Map.groupBy(
      elements.filter((element) => is(element, 'boundaryEvent')),
      (event) => event.attachedToRef,
    ),
    prefixes: prefixesOf(model.root),
    findings: [],
  };
}

/** Flow elements that are nodes: everything but flows and data. */
function collect(scope: XmlElement, elements: XmlElement[], flows: XmlElement[]): void {
  for (const element of children(scope, 'flowElements')) {
    if (is(element, 'sequenceFlow')) flows.push(element);
    else if (!/^data/i.test(localType(element))) {
      elements.push(element);
      collect(element, elements, flows);
    }
  }
}

/** Prefixes bound to our namespace at the top of the file. */
function prefixesOf(root: XmlElement): string[] {
  const attributes = attributesOfTree(root);
  return Object.entries(attributes)
    .filter(([name, value]) => name.startsWith('xmlns:') && value === huiliuNamespace)
    .map(([name]) => name.slice('xmlns:'.length));
}

/** True when the file declares our namespace: it says by our attributes what BPMN leaves open. */
export function isInProfile(model: Model): boolean {
  return prefixesOf(model.root).length > 0;
}

function attributesOfTree(element: XmlElement): Record<string, unknown> {
  const attributes = element.$attrs;
  return typeof attributes === 'object' && attributes !== null
    ? (attributes as Record<string, unknown>)
    : {};
}

/** Attributes of our namespace on an element, without prefix. */
export function attributesOf(
  building: Building,
  element: XmlElement | null,
): Record<string, string> {
  const own: Record<string, string> = {};
  if (element === null) return own;
  for (const [name, value] of Object.entries(attributesOfTree(element))) {
    const [prefix = '', local] = name.split(':');
    if (local !== undefined && building.prefixes.includes(prefix)) own[local] = String(value);
  }
  return own;
}

/** Notes an error of an element; the model will be refused. */
export function find(building: Building, element: XmlElement, rule: string, message: string): void {
  building.findings.push({ rule, element: element.id ?? null, message, severity: 'error' });
}

/** A FEEL expression of an element; what FEEL cannot read is a finding. */
export function expressionOf(
  building: Building,
  owner: XmlElement,
  source: string | null,
): Expression | null {
  if (source === null) return null;
  const compiled = feel(source);
  if (compiled.ok) return compiled.value;
  find(building, owner, 'expression_invalid', `FEEL cannot read: ${source}`);
  return null;
}

/** The body of a formal expression below an element. */
export function bodyExpression(
  building: Building,
  owner: XmlElement,
  expression: unknown,
): Expression | null {
  return expressionOf(building, owner, isElement(expression) ? bodyOf(expression) : null);
}

/** Name by which data flow: the name of the thing, else its id. */
export function dataName(element: XmlElement | null): string | null {
  if (element === null) return null;
  const target = element.dataObjectRef ?? element.dataStoreRef;
  if (isElement(target)) return dataName(target);
  return text(element, 'name') ?? element.id ?? null;
}

/** Number of an element that must be in the same process; -1 when it is not. */
export function indexOf(building: Building, element: XmlElement | null): number {
  return element === null ? -1 : (building.indexOf.get(element) ?? -1);
}

/** The element's documentation as text. */
export function bodyOfDocumentation(element: XmlElement): string | null {
  const parts = children(element, 'documentation').map((one) => text(one, 'text') ?? '');
  return parts.length === 0 ? null : parts.join('\n');
}

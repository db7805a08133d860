/** A rule of the standard, and what rules need to see of a model. */
import { children, everything, is, isElement, localType } from '../model/xml.ts';
import type { Model, XmlElement } from '../types.ts';

export type Rule = {
  readonly code: string;
  /** The rule as a sentence: what must hold. */
  readonly says: string;
  /** `executable`: only for what belongs to a process marked executable. */
  readonly holds: 'always' | 'executable';
  /** False: a model that uses our namespace answers this by its own attributes. */
  readonly inProfile?: boolean;
  /** The elements that break it; null stands for the file itself. */
  readonly broken: (seen: Seen) => Iterable<XmlElement | null>;
};

/** A model with its elements at hand. */
export type Seen = {
  readonly model: Model;
  readonly elements: readonly XmlElement[];
  readonly byType: ReadonlyMap<string, readonly XmlElement[]>;
  readonly flows: readonly XmlElement[];
  readonly incoming: ReadonlyMap<XmlElement, readonly XmlElement[]>;
  readonly outgoing: ReadonlyMap<XmlElement, readonly XmlElement[]>;
  readonly messageFlows: readonly XmlElement[];
};

/** Makes a model's elements and flows ready for the rules. */
export function see(model: Model): Seen {
  const elements = [...everything(model.root)].filter((one) => one.$type.startsWith('bpmn:'));
  const byType = Map.groupBy(elements, localType);
  const flows = byType.get('sequenceFlow') ?? [];
  return {
    model,
    elements,
    byType,
    flows,
    incoming: Map.groupBy(flows.filter(has('targetRef')), (flow) => flow.targetRef as XmlElement),
    outgoing: Map.groupBy(flows.filter(has('sourceRef')), (flow) => flow.sourceRef as XmlElement),
    messageFlows: byType.get('messageFlow') ?? [],
  };
}

function has(property: string): (element: XmlElement) => boolean {
  return (element) => isElement(element[property]);
}

/** All elements of these types. */
export function of(seen: Seen, ...types: string[]): XmlElement[] {
  return types.flatMap((type) => [...(seen.byType.get(type) ?? [])]);
}

/** Sequence flows that lead to an element. */
export function incomingOf(seen: Seen, element: XmlElement): readonly XmlElement[] {
  return seen.incoming.get(element) ?? [];
}

/** Sequence flows that leave an element. */
export function outgoingOf(seen: Seen, element: XmlElement): readonly XmlElement[] {
  return seen.outgoing.get(element) ?? [];
}

export const taskTypes = [
  'task',
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'scriptTask',
  'businessRuleTask',
];
export const subProcessTypes = ['subProcess', 'transaction', 'adHocSubProcess'];
export const activityTypes = [...taskTypes, ...subProcessTypes, 'callActivity'];
export const gatewayTypes = [
  'exclusiveGateway',
  'parallelGateway',
  'inclusiveGateway',
  'complexGateway',
  'eventBasedGateway',
];
export const eventTypes = [
  'startEvent',
  'endEvent',
  'intermediateCatchEvent',
  'intermediateThrowEvent',
  'boundaryEvent',
];
export const choreographyTypes = ['choreographyTask', 'subChoreography', 'callChoreography'];
export const artifactTypes = ['association', 'group', 'textAnnotation'];

/** Local types of an event's definitions, its own and those it refers to. */
export function definitionTypes(event: XmlElement): string[] {
  return definitionsOf(event).map((definition) =>
    localType(definition).replace('EventDefinition', ''),
  );
}

/** Definitions of an event, its own and those it refers to. */
export function definitionsOf(event: XmlElement): readonly XmlElement[] {
  return [...children(event, 'eventDefinitions'), ...children(event, 'eventDefinitionRef')];
}

/** True for an event sub-process. */
export function isEventSub(element: XmlElement | null | undefined): boolean {
  return is(element ?? null, ...subProcessTypes) && element?.triggeredByEvent === true;
}

/** The process an element belongs to. */
export function processOf(element: XmlElement): XmlElement | null {
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.$parent) {
    if (is(at, 'process')) return at;
  }
  return null;
}

/** Event definitions that carry data, with the item they carry; null when it says none. */
export function itemOfDefinition(definition: XmlElement): unknown {
  const reference =
    definition.messageRef ??
    definition.signalRef ??
    definition.errorRef ??
    definition.escalationRef;
  if (!isElement(reference)) return undefined;
  return reference.itemRef ?? reference.structureRef;
}

/** True when two data elements are of one kind: the same definition, or equal named structures. */
export function sameItem(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isElement(left) || !isElement(right)) return false;
  return left.structureRef !== undefined && left.structureRef === right.structureRef;
}

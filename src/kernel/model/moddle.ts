/** The one place that knows bpmn-moddle, whose main entry has no types of its own. */
// @ts-expect-error The package describes its elements' types but not this class.
import { BpmnModdle } from 'bpmn-moddle';
import type { XmlElement } from '../types.ts';

export type Warning = {
  readonly message: string;
  readonly property?: string;
  readonly value?: string;
  readonly element?: XmlElement;
};

type Moddle = {
  fromXML(xml: string): Promise<{ rootElement: XmlElement; warnings: readonly Warning[] }>;
  toXML(element: XmlElement, options: { format: boolean }): Promise<{ xml: string }>;
};

/** What bpmn-moddle knows of one property of a type. */
export type Property = {
  readonly name: string;
  isAttr?: boolean;
  default?: unknown;
  xml?: unknown;
};

const typedElements = ['bpmn:messagePath', 'bpmn:dataPath', 'bpmn:condition', 'bpmn:event'];

/**
 * A reader and writer. bpmn-moddle takes the script of a global script task for an attribute; the
 * standard's schema (tGlobalScriptTask) has it as an element, as in script tasks. It also leaves
 * out
 * on writing what equals a default; without defaults in its tables, all that was written stays.
 */
export function newModdle(): Moddle {
  const moddle = new BpmnModdle();
  const types: { readonly properties?: readonly Property[] }[] = Object.values(
    moddle.registry.typeMap,
  );
  for (const property of types.flatMap((type) => type.properties ?? [])) {
    delete property.default;
    // Written as the element the schema names, with its type beside it, not by the type's name.
    if (typedElements.includes(property.name)) property.xml = { serialize: 'xsi:type' };
    // These two are the head of a substitution group: the type's own element stands in its place.
    if (property.name === 'bpmn:expression') delete property.xml;
  }
  const scripts: Property[] = moddle.registry.typeMap['bpmn:GlobalScriptTask'].properties;
  for (const property of scripts) if (property.name === 'bpmn:script') property.isAttr = false;
  return moddle as Moddle;
}

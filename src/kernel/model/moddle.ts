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

type Property = { readonly name: string; isAttr?: boolean };

/**
 * A reader and writer. bpmn-moddle takes the script of a global script task for an attribute; the
 * standard's schema (tGlobalScriptTask) has it as an element, as in script tasks.
 */
export function newModdle(): Moddle {
  const moddle = new BpmnModdle();
  const properties: Property[] = moddle.registry.typeMap['bpmn:GlobalScriptTask'].properties;
  for (const property of properties) if (property.name === 'bpmn:script') property.isAttr = false;
  return moddle as Moddle;
}

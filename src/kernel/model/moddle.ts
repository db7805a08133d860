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

export function newModdle(): Moddle {
  return new BpmnModdle() as Moddle;
}

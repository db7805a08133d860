/** Reading properties of bpmn-moddle's tree without knowing moddle. */
import type { XmlElement } from '../types.ts';

/** A child element, or a reference resolved to one; null when absent. */
export function child(element: XmlElement | null, property: string): XmlElement | null {
  const value = element?.[property];
  return isElement(value) ? value : null;
}

/** Child elements or resolved references, in document order. */
export function children(element: XmlElement | null, property: string): readonly XmlElement[] {
  const value = element?.[property];
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/** A text property; null when absent. */
export function text(element: XmlElement | null, property: string): string | null {
  const value = element?.[property];
  return typeof value === 'string' ? value : null;
}

/** A yes-or-no property, or the default the standard gives it. */
export function flag(element: XmlElement | null, property: string, otherwise: boolean): boolean {
  const value = element?.[property];
  return typeof value === 'boolean' ? value : otherwise;
}

/** True for an element of the tree, false for plain values. */
export function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}

/** 'bpmn:UserTask' is 'userTask'. Elements of other namespaces keep their prefix. */
export function localType(element: XmlElement): string {
  const name = element.$type.replace(/^bpmn:/, '');
  return name.includes(':') ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** True when the element is of one of these local types. */
export function is(element: XmlElement | null, ...types: string[]): boolean {
  return element !== null && types.includes(localType(element));
}

/** Everything below an element that it owns, itself first, in document order. */
export function* everything(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const value of Object.values(element)) {
    const list = Array.isArray(value) ? value : [value];
    for (const one of list) {
      if (isElement(one) && one.$parent === element) yield* everything(one);
    }
  }
}

/** Body of an expression element, trimmed; null when there is none. */
export function bodyOf(element: XmlElement | null): string | null {
  const body = text(element, 'body')?.trim();
  return body === undefined || body === '' ? null : body;
}

import type { XmlElement } from './moddle.ts';

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}

/** An attribute as text; null if it is not there. */
export function attribute(parent: XmlElement | null, name: string): string | null {
  const value = parent?.[name];
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The text of a child element such as `<text>`, as it stands; null if it is not there. */
export function words(parent: XmlElement, name: string): string | null {
  const value = parent[name];
  return typeof value === 'string' ? value : null;
}

/** A child element; null if it is not there. */
export function element(parent: XmlElement | null, name: string): XmlElement | null {
  const value = parent?.[name];
  return isElement(value) ? value : null;
}

/** The child elements of a property that may hold many. */
export function elements(parent: XmlElement, name: string): readonly XmlElement[] {
  const value = parent[name];
  return Array.isArray(value) ? value.filter(isElement) : [];
}

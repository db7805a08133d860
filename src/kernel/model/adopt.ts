/**
 * Models made for Camunda 7 and Operaton say by extensions what ours say by the attributes of
 * urn:huiliu:bpmn:1. `adopt` takes over what can be said, and reports what was taken and what was
 * not.
 */
import { feel } from '../expression.ts';
import type { Model, XmlElement } from '../types.ts';
import { child, children, everything, isElement, text } from './xml.ts';

/** One extension found: where, what, and what became of it (null: it could not be taken over). */
export type Adopted = {
  readonly element: string | null;
  readonly extension: string;
  readonly became: string | null;
};

const foreign = ['http://camunda.org/schema/1.0/bpmn', 'http://operaton.org/schema/1.0/bpmn'];

/** Attribute of theirs, attribute of ours, and whether its value is an expression. */
const attributes: Readonly<Record<string, readonly [ours: string, expression: boolean]>> = {
  assignee: ['assignee', true],
  candidateGroups: ['role', false],
  formKey: ['form', false],
  topic: ['operation', false],
  delegateExpression: ['operation', false],
  class: ['operation', false],
  decisionRef: ['decision', false],
  resultVariable: ['result', false],
  collection: ['collection', true],
  elementVariable: ['elementVariable', false],
};

/** A model with our attributes beside theirs; its tree is changed, the file is not. */
export function adopt(model: Model): {
  readonly model: Model;
  readonly report: readonly Adopted[];
} {
  const root = attributesOf(model.root);
  const prefix = Object.entries(root).find(
    ([name, value]) => name.startsWith('xmlns:') && foreign.includes(String(value)),
  )?.[0];
  if (prefix === undefined) return { model, report: [] };
  root['xmlns:huiliu'] = 'urn:huiliu:bpmn:1';
  const theirs = prefix.slice('xmlns:'.length);
  const report = [...everything(model.root)].flatMap((element) => [
    ...adoptAttributes(element, theirs),
    ...adoptChildren(element, theirs),
    ...adoptCondition(element),
  ]);
  return { model, report };
}

function attributesOf(element: XmlElement): Record<string, unknown> {
  return (element.$attrs ?? {}) as Record<string, unknown>;
}

/** The element an extension belongs to, for the report. */
function idOf(element: XmlElement): string | null {
  return element.id ?? element.$parent?.id ?? null;
}

function adoptAttributes(element: XmlElement, prefix: string): Adopted[] {
  const found = attributesOf(element);
  return Object.entries(found)
    .filter(([name]) => name.startsWith(`${prefix}:`))
    .map(([name, value]) => {
      const [ours, isExpression] = attributes[name.slice(prefix.length + 1)] ?? [null, false];
      const became = ours === null ? null : adoptedValue(String(value), isExpression);
      if (became !== null && ours !== null) found[`huiliu:${ours}`] = became;
      const says = became === null ? null : `${ours}="${became}"`;
      return { element: idOf(element), extension: `${name}="${value}"`, became: says };
    });
}

/** An expression in FEEL, the name inside `${name}`, or the value as it is. */
function adoptedValue(value: string, isExpression: boolean): string | null {
  const inside = /^[$#]\{(.*)\}$/s.exec(value.trim())?.[1];
  if (isExpression) return inside === undefined ? JSON.stringify(value) : feelOf(inside);
  if (inside !== undefined) return /^\w+$/.test(inside) ? inside : null;
  return value;
}

/** Camunda's expression language (JUEL) in FEEL, as far as FEEL can say it. */
export function feelOf(juel: string): string | null {
  const translated = juel
    .replaceAll(/'([^']*)'/g, (_all, inside: string) => JSON.stringify(inside))
    .replaceAll(/execution\.getVariable\("(\w+)"\)/g, '$1')
    .replaceAll(/\s*&&\s*/g, ' and ')
    .replaceAll(/\s*\|\|\s*/g, ' or ')
    .replaceAll(/!(\w+(?:\.\w+)*)/g, 'not($1)')
    .replaceAll('==', '=')
    .replaceAll(/\beq\b/g, '=')
    .replaceAll(/\bne\b/g, '!=')
    .trim();
  if (/\?|\w+\.\w+\(/.test(translated)) return null;
  return feel(translated).ok ? translated : null;
}

/** Variable mappings of call activities are taken over; listeners and input mappings are not. */
function adoptChildren(element: XmlElement, prefix: string): Adopted[] {
  const inside = children(child(element, 'extensionElements'), 'values').filter((one) =>
    one.$type.startsWith(`${prefix}:`),
  );
  return inside.map((one) => {
    const kind = one.$type.slice(prefix.length + 1);
    const name = mappedName(one);
    const taken = (kind === 'in' || kind === 'out') && name !== null;
    if (taken) {
      const ours = attributesOf(element);
      const before = ours[`huiliu:${kind}`];
      ours[`huiliu:${kind}`] = before === undefined || name === 'all' ? name : `${before} ${name}`;
    }
    const became = taken ? `${kind}="${name}"` : null;
    return { element: idOf(element), extension: one.$type, became };
  });
}

function mappedName(mapping: XmlElement): string | null {
  if (mapping.variables === 'all') return 'all';
  const { source, target } = mapping;
  return typeof source === 'string' && source === target ? source : null;
}

/** `${amount > 100}` becomes FEEL in place. */
function adoptCondition(element: XmlElement): Adopted[] {
  const body = text(element, 'body')?.trim() ?? '';
  const inside = /^[$#]\{(.*)\}$/s.exec(body)?.[1];
  if (inside === undefined || !isElement(element.$parent)) return [];
  const became = feelOf(inside);
  if (became !== null) (element as { body?: string }).body = became;
  return [{ element: idOf(element), extension: body, became }];
}

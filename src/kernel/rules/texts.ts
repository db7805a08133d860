/** Identifiers, references, formats, addresses and expressions. */
import { feel } from '../expression.ts';
import { bodyOf, child, is, isElement, text } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import { unresolved } from './flows.ts';
import { activityTypes, eventTypes, gatewayTypes, of, type Rule } from './rule.ts';

export const textRules: readonly Rule[] = [
  {
    code: 'EXT002',
    says: 'An identifier is used once.',
    holds: 'always',
    broken: (seen) =>
      seen.model.problems.some((one) => one.kind === 'duplicate_id') ? [null] : [],
  },
  {
    code: 'EXT003',
    says: 'Every element of a process has an identifier.',
    holds: 'always',
    broken: (seen) =>
      of(seen, ...activityTypes, ...gatewayTypes, ...eventTypes, 'sequenceFlow', 'process').filter(
        (one) => one.id === undefined,
      ),
  },
  {
    code: 'REF',
    says: 'A reference leads to an element of the kind it asks for.',
    holds: 'always',
    broken: (seen) => [
      ...unresolved(seen, mustResolve),
      ...seen.elements.filter((element) => refersWrongly(element)),
    ],
  },
  mimeRule('EXT004', 'documentation', 'textFormat'),
  mimeRule('EXT010', 'textAnnotation', 'textFormat'),
  mimeRule('EXT145', 'scriptTask', 'scriptFormat'),
  {
    code: 'EXT012',
    says: 'Expressions of an executable process are formal.',
    holds: 'executable',
    inProfile: false,
    broken: (seen) => of(seen, 'expression').filter((one) => !isComparison(one)),
  },
  {
    code: 'EXT013',
    says: 'A formal expression has a text.',
    holds: 'executable',
    broken: (seen) => of(seen, 'formalExpression').filter((one) => bodyOf(one) === null),
  },
  {
    code: 'EXT014',
    says: 'The language of an expression is a URI.',
    holds: 'always',
    broken: (seen) => of(seen, 'formalExpression').filter((one) => !isUri(text(one, 'language'))),
  },
  {
    code: 'EXT060',
    says: 'The method of a transaction is a URI.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'transaction').filter((one) => {
        const method = text(one, 'method');
        return method !== null && !method.startsWith('##') && !isUri(method);
      }),
  },
  {
    code: 'EXT071',
    says: 'The completion condition of a multi-instance activity is true or false.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'multiInstanceLoopCharacteristics').filter((one) =>
        isNoCondition(child(one, 'completionCondition')),
      ),
  },
  {
    code: 'EXT072',
    says: 'The condition of a complex behaviour is true or false.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'complexBehaviorDefinition').filter((one) => isNoCondition(child(one, 'condition'))),
  },
];

/** References that nothing works without, should they lead nowhere. */
const mustResolve = [
  'bpmn:sourceRef',
  'bpmn:targetRef',
  'bpmn:attachedToRef',
  'bpmn:messageRef',
  'bpmn:signalRef',
  'bpmn:errorRef',
  'bpmn:escalationRef',
  'bpmn:eventDefinitionRef',
  'bpmn:dataObjectRef',
  'bpmn:default',
];

type Property = { readonly name: string; readonly type: string; readonly isReference?: boolean };

/** moddle knows what each reference may lead to. */
function refersWrongly(element: XmlElement): boolean {
  const descriptor = element.$descriptor as
    | { readonly properties: readonly Property[] }
    | undefined;
  return (descriptor?.properties ?? []).some((property) => {
    if (property.isReference !== true) return false;
    const value = element[property.name.replace(/^bpmn:/, '')];
    const list = Array.isArray(value) ? value : [value];
    return list.some((one) => isElement(one) && !isKind(one, property, element));
  });
}

function isKind(target: XmlElement, property: Property, owner: XmlElement): boolean {
  const instanceOf = target.$instanceOf as ((type: string) => boolean) | undefined;
  const { name, type } = property;
  // An association may end anywhere; the standard's schema and text differ on bindings.
  if (is(owner, 'association', 'inputOutputBinding')) return true;
  // Message flows end at pools, activities and events, whatever metamodel calls them.
  if (is(owner, 'messageFlow') && !name.endsWith('messageRef')) return endsMessageFlow(target);
  if (is(owner, 'sequenceFlow')) return endsSequenceFlow(target);
  return instanceOf === undefined || instanceOf.call(target, type);
}

function endsMessageFlow(target: XmlElement): boolean {
  return !is(target, 'message', 'process', 'sequenceFlow', ...gatewayTypes);
}

/** Artifacts have rules of their own (EXT006, EXT007). */
function endsSequenceFlow(target: XmlElement): boolean {
  return !is(target, 'participant', 'sequenceFlow', 'process', 'message', 'lane', 'dataObject');
}

function mimeRule(code: string, type: string, property: string): Rule {
  return {
    code,
    says: `The ${property} of a ${type} is a MIME type.`,
    holds: 'always',
    broken: (seen) =>
      of(seen, type).filter((one) => {
        const format = text(one, property);
        return format !== null && !/^[\w.+-]+\/[\w.+-]+$/.test(format) && !isFeel(format);
      }),
  };
}

function isFeel(format: string): boolean {
  return format.toLowerCase() === 'feel';
}

function isUri(value: string | null): boolean {
  if (value === null) return true;
  return /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(value) && !/%(?![0-9a-f]{2})/i.test(value);
}

/** Not marked as formal, but plainly one: FEEL that compares. */
function isComparison(expression: XmlElement): boolean {
  const body = bodyOf(expression) ?? '';
  return /[<>=]/.test(body) && feel(body).ok;
}

/** A literal that is neither true nor false. */
function isNoCondition(expression: XmlElement | null): boolean {
  const body = bodyOf(expression);
  if (body === null || !/^(-?\d+(\.\d+)?|"[^"]*")$/.test(body)) return false;
  const compiled = feel(body);
  return !compiled.ok || typeof compiled.value.evaluate({}) !== 'boolean';
}

/** Event definitions: what an event waits for or throws. */
import { literal } from '../expression.ts';
import { bodyOf, child, children, flag, is, localType, text } from '../model/xml.ts';
import type { Trigger } from '../program.ts';
import type { XmlElement } from '../types.ts';
import {
  attributesOf,
  type Building,
  bodyExpression,
  expressionOf,
  find,
  indexOf,
} from './building.ts';

/** All definitions of an event, its own and the ones it refers to, in document order. */
export function definitionsOf(event: XmlElement): readonly XmlElement[] {
  return [...children(event, 'eventDefinitions'), ...children(event, 'eventDefinitionRef')];
}

/** The triggers of an event, in the order of its definitions. */
export function triggersOf(building: Building, event: XmlElement): readonly Trigger[] {
  return definitionsOf(event).flatMap((definition) => {
    const trigger = triggerOf(building, event, definition);
    return trigger === null ? [] : [trigger];
  });
}

/** One definition as seen from the event that carries it. */
export function triggerOf(
  building: Building,
  event: XmlElement,
  definition: XmlElement,
): Trigger | null {
  switch (localType(definition)) {
    case 'messageEventDefinition':
      return messageTrigger(building, event, definition);
    case 'signalEventDefinition':
      return { kind: 'signal', name: nameOf(child(definition, 'signalRef')) };
    case 'timerEventDefinition':
      return timerTrigger(building, event, definition);
    case 'errorEventDefinition':
      return { kind: 'error', code: codeOf(child(definition, 'errorRef'), 'errorCode') };
    case 'escalationEventDefinition': {
      const code = codeOf(child(definition, 'escalationRef'), 'escalationCode');
      return { kind: 'escalation', code };
    }
    case 'conditionalEventDefinition':
      return conditionalTrigger(building, event, definition);
    case 'linkEventDefinition':
      return linkTrigger(building, event, definition);
    case 'compensateEventDefinition':
      return compensationTrigger(building, definition);
    case 'cancelEventDefinition':
      return { kind: 'cancel' };
    case 'terminateEventDefinition':
      return { kind: 'terminate' };
    default:
      find(building, event, 'event_unknown', `cannot execute ${definition.$type}`);
      return null;
  }
}

/** Name of a message or signal; one without name is known by its id. */
function nameOf(element: XmlElement | null): string {
  const name = text(element, 'name');
  return name === null || name === '' ? (element?.id ?? '') : name;
}

function codeOf(element: XmlElement | null, property: string): string | null {
  if (element === null) return null;
  return text(element, property) ?? text(element, 'name') ?? element.id ?? null;
}

/** Message of an event or of a send or receive task (then `definition` is the task). */
export function messageTrigger(
  building: Building,
  event: XmlElement,
  definition: XmlElement,
): Extract<Trigger, { kind: 'message' }> {
  const attributes = { ...attributesOf(building, definition), ...attributesOf(building, event) };
  const named = nameOf(child(definition, 'messageRef'));
  return {
    kind: 'message',
    name: attributes.message ?? (named === '' ? flowName(building, event) : named),
    correlation: expressionOf(building, event, attributes.correlation ?? null),
  };
}

/** A message without a name is known by the message flow it travels on. */
function flowName(building: Building, event: XmlElement): string {
  for (const collaboration of children(building.model.root, 'rootElements')) {
    for (const flow of children(collaboration, 'messageFlows')) {
      if (child(flow, 'sourceRef') !== event && child(flow, 'targetRef') !== event) continue;
      const name = nameOf(child(flow, 'messageRef'));
      return name === '' ? (flow.id ?? '') : name;
    }
  }
  return event.id ?? '';
}

function timerTrigger(
  building: Building,
  event: XmlElement,
  definition: XmlElement,
): Trigger | null {
  for (const [property, timer] of [
    ['timeDate', 'date'],
    ['timeDuration', 'duration'],
    ['timeCycle', 'cycle'],
  ] as const) {
    const body = bodyOf(child(definition, property));
    if (body === null) continue;
    const value = body.startsWith('=') ? expressionOf(building, event, body) : literal(body);
    return value === null ? null : { kind: 'timer', timer, value };
  }
  find(building, event, 'timer_without_time', 'a timer needs a date, a duration or a cycle');
  return null;
}

function conditionalTrigger(
  building: Building,
  event: XmlElement,
  definition: XmlElement,
): Trigger | null {
  const condition = bodyExpression(building, event, definition.condition);
  if (condition !== null) return { kind: 'conditional', condition };
  find(building, event, 'condition_missing', 'a conditional event needs a condition');
  return null;
}

function linkTrigger(building: Building, event: XmlElement, definition: XmlElement): Trigger {
  const name = text(definition, 'name') ?? '';
  if (is(event, 'intermediateCatchEvent')) return { kind: 'link', name, target: null };
  const explicit = child(definition, 'target');
  const target =
    building.elements.find(
      (other) =>
        other.$parent === event.$parent &&
        is(other, 'intermediateCatchEvent') &&
        definitionsOf(other).some(
          (one) => one === explicit || (is(one, 'linkEventDefinition') && one.name === name),
        ),
    ) ?? null;
  if (target === null) find(building, event, 'link_without_target', `no catching link ${name}`);
  return { kind: 'link', name, target: indexOf(building, target) };
}

function compensationTrigger(building: Building, definition: XmlElement): Trigger {
  const activity = child(definition, 'activityRef');
  return {
    kind: 'compensation',
    activity: activity === null ? null : indexOf(building, activity),
    waitForCompletion: flag(definition, 'waitForCompletion', true),
  };
}

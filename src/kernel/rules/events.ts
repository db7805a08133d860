/** Events: which definitions may stand where, and which flows they have. */
import { child, children, is, text } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import {
  definitionsOf,
  definitionTypes,
  incomingOf,
  isEventSub,
  of,
  outgoingOf,
  type Rule,
  type Seen,
} from './rule.ts';

/** Definitions that may not stand at an event of this kind (BPMN 2.0.2, table 10.93). */
const forbidden = {
  start: ['cancel', 'compensate', 'error', 'escalation', 'link', 'terminate'],
  eventSub: ['cancel', 'link', 'terminate'],
  eventSubKeeping: ['cancel', 'link', 'terminate', 'compensate', 'error'],
  catch: ['cancel', 'compensate', 'error', 'escalation', 'terminate'],
  throw: ['cancel', 'conditional', 'error', 'terminate', 'timer'],
  end: ['conditional', 'link', 'timer'],
  boundary: ['link', 'terminate'],
  boundaryKeeping: ['link', 'terminate', 'cancel', 'compensate', 'error'],
};

export const eventRules: readonly Rule[] = [
  {
    code: 'EXT098',
    says: 'A start event of a process waits for a message, timer, condition or signal, or nothing.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'startEvent').filter((one) => !inEventSub(one) && hasAny(one, forbidden.start)),
  },
  {
    code: 'EXT121',
    says: 'Compensation starts only an event sub-process.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'startEvent').filter((one) => !inEventSub(one) && hasAny(one, ['compensate'])),
  },
  {
    code: 'EXT059',
    says: 'The start event of an event sub-process has a definition that can trigger it.',
    holds: 'always',
    broken: (seen) => of(seen, 'startEvent').filter((one) => inEventSub(one) && !mayTrigger(one)),
  },
  {
    code: 'EXT129',
    says: 'The start event of an event sub-process has a definition.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'startEvent').filter((one) => inEventSub(one) && definitionsOf(one).length === 0),
  },
  {
    code: 'EXT099',
    says: 'A called process has a start event without definition.',
    holds: 'always',
    broken: (seen) => of(seen, 'callActivity').filter((call) => !canBeCalled(seen, call)),
  },
  {
    code: 'EXT100',
    says: 'The start event of a sub-process has no definition.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'startEvent').filter(
        (one) =>
          is(one.$parent ?? null, 'subProcess', 'transaction', 'adHocSubProcess') &&
          !inEventSub(one) &&
          definitionsOf(one).length > 0,
      ),
  },
  {
    code: 'EXT096',
    says: 'A start event has no incoming flow.',
    holds: 'always',
    broken: (seen) => of(seen, 'startEvent').filter((one) => incomingOf(seen, one).length > 0),
  },
  {
    code: 'EXT101',
    says: 'A start event has an outgoing flow.',
    holds: 'always',
    broken: (seen) => of(seen, 'startEvent').filter((one) => lacks(seen, one, 'outgoing')),
  },
  {
    code: 'EXT097',
    says: 'Where there is an end event there is a start event.',
    holds: 'always',
    broken: (seen) => scopesWithout(seen, 'endEvent', 'startEvent'),
  },
  {
    code: 'EXT105',
    says: 'Where there is a start event there is an end event.',
    holds: 'always',
    broken: (seen) => scopesWithout(seen, 'startEvent', 'endEvent'),
  },
  {
    code: 'EXT104',
    says: 'An end event has no outgoing flow.',
    holds: 'always',
    broken: (seen) => of(seen, 'endEvent').filter((one) => outgoingOf(seen, one).length > 0),
  },
  {
    code: 'EXT107',
    says: 'An end event has an incoming flow.',
    holds: 'always',
    broken: (seen) => of(seen, 'endEvent').filter((one) => lacks(seen, one, 'incoming')),
  },
  {
    code: 'EXT106',
    says: 'A cancel end event stands in a transaction.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'endEvent').filter((one) => hasAny(one, ['cancel']) && !inTransaction(one)),
  },
  {
    code: 'EXT146',
    says: 'An end event has no timer, condition or link.',
    holds: 'always',
    broken: (seen) => of(seen, 'endEvent').filter((one) => hasAny(one, forbidden.end)),
  },
  ...['EXT110', 'EXT147'].map(
    (code): Rule => ({
      code,
      says: 'A boundary event has a definition that can occur there, interrupting or not.',
      holds: 'always',
      broken: (seen) => of(seen, 'boundaryEvent').filter((one) => !mayStandAtBoundary(one)),
    }),
  ),
  {
    code: 'EXT130',
    says: 'A boundary event has a definition.',
    holds: 'always',
    broken: (seen) => of(seen, 'boundaryEvent').filter((one) => definitionsOf(one).length === 0),
  },
  ...['EXT111', 'EXT120'].map(
    (code): Rule => ({
      code,
      says: 'A cancel boundary event is attached to a transaction.',
      holds: 'always',
      broken: (seen) =>
        of(seen, 'boundaryEvent').filter(
          (one) => hasAny(one, ['cancel']) && !is(child(one, 'attachedToRef'), 'transaction'),
        ),
    }),
  ),
  {
    code: 'EXT112',
    says: 'A boundary event has no incoming flow.',
    holds: 'always',
    broken: (seen) => of(seen, 'boundaryEvent').filter((one) => incomingOf(seen, one).length > 0),
  },
  {
    code: 'EXT113',
    says: 'A boundary event has an outgoing flow, unless it is for compensation.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'boundaryEvent').filter(
        (one) => !hasAny(one, ['compensate']) && outgoingOf(seen, one).length === 0,
      ),
  },
  {
    code: 'EXT114',
    says: 'A compensation boundary event has no outgoing flow.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'boundaryEvent').filter(
        (one) => hasAny(one, ['compensate']) && outgoingOf(seen, one).length > 0,
      ),
  },
  {
    code: 'EXT143',
    says: 'A compensation boundary event is associated with a handler.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'boundaryEvent').filter(
        (one) => hasAny(one, ['compensate']) && handlersOf(seen, one).length === 0,
      ),
  },
  {
    code: 'EXT144',
    says: 'The handler of a compensation is marked as for compensation.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'boundaryEvent')
        .filter((one) => hasAny(one, ['compensate']))
        .flatMap((one) => handlersOf(seen, one))
        .filter((handler) => handler.isForCompensation !== true),
  },
  {
    code: 'EXT115',
    says: 'An intermediate event has an incoming flow, unless it catches a link.',
    holds: 'always',
    broken: (seen) =>
      intermediates(seen).filter((one) => !isLinkCatch(one) && incomingOf(seen, one).length === 0),
  },
  {
    code: 'EXT116',
    says: 'An intermediate event has an outgoing flow, unless it throws a link.',
    holds: 'always',
    broken: (seen) =>
      intermediates(seen).filter((one) => !isLinkThrow(one) && outgoingOf(seen, one).length === 0),
  },
  ...['EXT148', 'EXT122'].map(
    (code): Rule => ({
      code,
      says: 'An intermediate catching event waits for something that can occur there.',
      holds: 'always',
      broken: (seen) =>
        of(seen, 'intermediateCatchEvent').filter((one) =>
          code === 'EXT122'
            ? hasAny(one, ['compensate'])
            : definitionsOf(one).length === 0 || hasAny(one, forbidden.catch),
        ),
    }),
  ),
  {
    code: 'EXT149',
    says: 'An intermediate throwing event throws something that can be thrown there.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'intermediateThrowEvent').filter((one) => hasAny(one, forbidden.throw)),
  },
  {
    code: 'EXT095',
    says: 'A definition that events refer to stands at the top of the file.',
    holds: 'always',
    broken: (seen) =>
      seen.elements.filter((event) =>
        children(event, 'eventDefinitionRef').some(
          (one) => !is(one.$parent ?? null, 'definitions'),
        ),
      ),
  },
  {
    code: 'EXT011',
    says: 'A thrown escalation has an escalation with a code.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'endEvent', 'intermediateThrowEvent').filter((event) =>
        definitionsOf(event).some(
          (one) =>
            is(one, 'escalationEventDefinition') &&
            text(child(one, 'escalationRef'), 'escalationCode') === null,
        ),
      ),
  },
];

/** No such flow, or none named where the other elements of the file name theirs. */
function lacks(seen: Seen, event: XmlElement, property: 'incoming' | 'outgoing'): boolean {
  const flows = property === 'incoming' ? incomingOf(seen, event) : outgoingOf(seen, event);
  if (flows.length === 0) return true;
  const named = seen.elements.some(
    (one) => children(one, 'incoming').length + children(one, 'outgoing').length > 0,
  );
  return named && children(event, property).length === 0;
}

function inEventSub(event: XmlElement): boolean {
  return isEventSub(event.$parent);
}

/** True when one of the event's definitions is of these types. */
export function hasAny(event: XmlElement, types: readonly string[]): boolean {
  return definitionTypes(event).some((type) => types.includes(type));
}

function mayTrigger(start: XmlElement): boolean {
  const types = definitionTypes(start);
  const not = start.isInterrupting === false ? forbidden.eventSubKeeping : forbidden.eventSub;
  return types.length > 0 && !types.some((type) => not.includes(type));
}

function mayStandAtBoundary(event: XmlElement): boolean {
  const types = definitionTypes(event);
  const not = event.cancelActivity === false ? forbidden.boundaryKeeping : forbidden.boundary;
  return types.length > 0 && !types.some((type) => not.includes(type));
}

function canBeCalled(seen: Seen, call: XmlElement): boolean {
  const name = text(call, 'calledElement')?.replace(/^[^:]*:/, '');
  const called = children(seen.model.root, 'rootElements').find((root) => root.id === name);
  if (called === undefined || !is(called, 'process')) return true;
  const starts = children(called, 'flowElements').filter((one) => is(one, 'startEvent'));
  return starts.length === 0 || starts.some((start) => definitionsOf(start).length === 0);
}

function scopesWithout(seen: Seen, having: string, lacking: string): XmlElement[] {
  return of(seen, 'process', 'subProcess', 'transaction').filter((scope) => {
    const inside = children(scope, 'flowElements');
    return (
      inside.some((one) => is(one, having)) &&
      !inside.some((one) => is(one, lacking) || isInstantiating(one, lacking))
    );
  });
}

/** What creates an instance by itself counts as a start. */
function isInstantiating(one: XmlElement, lacking: string): boolean {
  return lacking === 'startEvent' && one.instantiate === true;
}

function inTransaction(event: XmlElement): boolean {
  for (let at = event.$parent; at !== undefined; at = at.$parent) {
    if (is(at, 'transaction')) return true;
  }
  return false;
}

function handlersOf(seen: Seen, boundary: XmlElement): XmlElement[] {
  return of(seen, 'association').flatMap((association) => {
    const target = child(association, 'targetRef');
    return child(association, 'sourceRef') === boundary && target !== null ? [target] : [];
  });
}

function intermediates(seen: Seen): XmlElement[] {
  return of(seen, 'intermediateCatchEvent', 'intermediateThrowEvent');
}

function isLinkCatch(event: XmlElement): boolean {
  return is(event, 'intermediateCatchEvent') && hasAny(event, ['link']);
}

function isLinkThrow(event: XmlElement): boolean {
  return is(event, 'intermediateThrowEvent') && hasAny(event, ['link']);
}

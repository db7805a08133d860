/** Event definitions: messages, timers, conditions and the data they carry. */
import { bodyOf, child, children, is, isElement } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import {
  definitionsOf,
  eventTypes,
  itemOfDefinition,
  of,
  type Rule,
  type Seen,
  sameItem,
} from './rule.ts';

const timerProperties = ['timeDate', 'timeDuration', 'timeCycle'] as const;

export const definitionRules: readonly Rule[] = [
  {
    code: 'EXT127',
    says: 'A message event of an executable process names its message.',
    holds: 'executable',
    inProfile: false,
    broken: (seen) =>
      eventsWith(seen, 'messageEventDefinition', (one) => !isElement(one.messageRef)),
  },
  {
    code: 'EXT128',
    says: 'A message event of an executable process names its operation.',
    holds: 'executable',
    inProfile: false,
    broken: (seen) =>
      eventsWith(seen, 'messageEventDefinition', (one) => !isElement(one.operationRef)),
  },
  {
    code: 'EXT131',
    says: 'A timer has one of date, duration and cycle.',
    holds: 'always',
    broken: (seen) => eventsWith(seen, 'timerEventDefinition', (one) => timesOf(one).length !== 1),
  },
  timerRule('EXT132', 'timeDate', isDate),
  timerRule('EXT133', 'timeCycle', isCycle),
  timerRule('EXT134', 'timeDuration', isDuration),
  {
    code: 'EXT123',
    says: 'A conditional event of an executable process has a formal condition.',
    holds: 'executable',
    broken: (seen) =>
      eventsWith(seen, 'conditionalEventDefinition', (one) => {
        const condition = child(one, 'condition');
        return !is(condition, 'formalExpression') || bodyOf(condition) === null;
      }),
  },
  {
    code: 'EXT093',
    says: 'An event with several definitions has data for each that carries some.',
    holds: 'always',
    broken: (seen) => of(seen, ...eventTypes).filter((event) => lacksData(event)),
  },
  {
    code: 'EXT094',
    says: 'The data of an event are of the kind its definition carries.',
    holds: 'always',
    broken: (seen) => of(seen, ...eventTypes).filter((event) => otherData(event)),
  },
];

function eventsWith(
  seen: Seen,
  type: string,
  bad: (definition: XmlElement) => boolean,
): XmlElement[] {
  return of(seen, ...eventTypes).filter((event) =>
    definitionsOf(event).some((one) => is(one, type) && bad(one)),
  );
}

function timesOf(definition: XmlElement): string[] {
  return timerProperties.filter((property) => isElement(definition[property]));
}

function timerRule(
  code: string,
  property: (typeof timerProperties)[number],
  fits: (value: string) => boolean,
): Rule {
  return {
    code,
    says: `The ${property} of a timer is ISO 8601.`,
    holds: 'always',
    broken: (seen) =>
      eventsWith(seen, 'timerEventDefinition', (one) => {
        const value = bodyOf(child(one, property));
        return value !== null && !value.startsWith('=') && !fits(value);
      }),
  };
}

function isDate(value: string): boolean {
  return /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value);
}

function isDuration(value: string): boolean {
  return (
    /^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(value) &&
    /\d[A-Z]$/.test(value)
  );
}

function isCycle(value: string): boolean {
  const parts = value.split('/');
  return parts.length > 1 && /^R\d*$/.test(parts[0] ?? '') && isDuration(parts.at(-1) ?? '');
}

function dataOf(event: XmlElement): readonly XmlElement[] {
  return [...children(event, 'dataInputs'), ...children(event, 'dataOutputs')];
}

/** What the definitions carry: an item, or undefined for those that carry none. */
function carried(event: XmlElement): unknown[] {
  return definitionsOf(event)
    .map(itemOfDefinition)
    .filter((item) => item !== undefined);
}

function lacksData(event: XmlElement): boolean {
  const data = dataOf(event);
  return data.length > 0 && data.length < carried(event).length;
}

function otherData(event: XmlElement): boolean {
  const data = dataOf(event);
  const items = carried(event);
  if (data.length === 0 || data.length !== items.length) return false;
  return data.some((one, at) => !sameItem(one.itemSubjectRef, items[at]));
}

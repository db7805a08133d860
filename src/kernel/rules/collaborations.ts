/** Pools, message flows, conversations and choreographies. */
import { child, children, is } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import { hasAny } from './events.ts';
import { artifactTypes, choreographyTypes, of, processOf, type Rule, type Seen } from './rule.ts';

export const collaborationRules: readonly Rule[] = [
  endRule('EXT008', 'targetRef', 'A message flow does not lead to an artifact.', (end) =>
    is(end, ...artifactTypes),
  ),
  endRule('EXT009', 'sourceRef', 'A message flow does not come from an artifact.', (end) =>
    is(end, ...artifactTypes),
  ),
  endRule('EXT102', 'sourceRef', 'A message flow does not come from a start event.', (end) =>
    is(end, 'startEvent'),
  ),
  endRule(
    'EXT103',
    'targetRef',
    'A start event that gets a message is a message start.',
    (end) => is(end, 'startEvent') && !hasAny(end, ['message']),
  ),
  endRule('EXT108', 'targetRef', 'A message flow does not lead to an end event.', (end) =>
    is(end, 'endEvent'),
  ),
  endRule(
    'EXT109',
    'sourceRef',
    'An end event that sends a message is a message end.',
    (end) => is(end, 'endEvent') && !hasAny(end, ['message']),
  ),
  {
    code: 'EXT119',
    says: 'A catching message event sends nothing, a throwing one gets nothing.',
    holds: 'always',
    broken: (seen) =>
      seen.messageFlows.filter(
        (flow) =>
          is(child(flow, 'sourceRef'), 'intermediateCatchEvent') ||
          is(child(flow, 'targetRef'), 'intermediateThrowEvent'),
      ),
  },
  {
    code: 'EXT033',
    says: 'A message flow does not end at a choreography activity.',
    holds: 'always',
    broken: (seen) =>
      seen.messageFlows.filter(
        (flow) =>
          is(child(flow, 'sourceRef'), ...choreographyTypes) ||
          is(child(flow, 'targetRef'), ...choreographyTypes),
      ),
  },
  {
    code: 'EXT031',
    says: 'A message flow connects two different pools.',
    holds: 'always',
    broken: (seen) =>
      seen.messageFlows.filter((flow) => {
        const source = poolOf(seen, child(flow, 'sourceRef'));
        return source !== null && source === poolOf(seen, child(flow, 'targetRef'));
      }),
  },
  {
    code: 'EXT027',
    says: 'Choreographies and global conversations refer to no choreography.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'choreography', 'globalChoreographyTask', 'globalConversation').filter(
        (one) => children(one, 'choreographyRef').length > 0,
      ),
  },
  {
    code: 'EXT032',
    says: 'A global conversation holds no conversations.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'globalConversation').filter((one) => children(one, 'conversations').length > 0),
  },
  {
    code: 'EXT029',
    says: 'The minimum of a multiplicity is 0 or more.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'participantMultiplicity').filter((one) => numberAt(one, 'minimum', 0) < 0),
  },
  {
    code: 'EXT030',
    says: 'The maximum of a multiplicity is not below its minimum.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'participantMultiplicity').filter(
        (one) => numberAt(one, 'maximum', 1) < numberAt(one, 'minimum', 0),
      ),
  },
  {
    code: 'EXT035',
    says: 'A public process is not executable.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'process').filter(
        (one) => one.processType === 'Public' && one.isExecutable === true,
      ),
  },
];

function endRule(
  code: string,
  end: 'sourceRef' | 'targetRef',
  says: string,
  bad: (end: XmlElement) => boolean,
): Rule {
  return {
    code,
    says,
    holds: 'always',
    broken: (seen) =>
      seen.messageFlows.filter((flow) => {
        const element = child(flow, end);
        return element !== null && bad(element);
      }),
  };
}

/** The participant itself, or the one whose process holds the element. */
function poolOf(seen: Seen, end: XmlElement | null): XmlElement | null {
  if (end === null || is(end, 'participant')) return end;
  const process = processOf(end);
  if (process === null) return null;
  const pool = of(seen, 'participant').find((one) => child(one, 'processRef') === process);
  return pool ?? process;
}

function numberAt(element: XmlElement, property: string, otherwise: number): number {
  const value = element[property];
  return typeof value === 'number' ? value : otherwise;
}

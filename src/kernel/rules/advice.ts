/**
 * What people lint models for: allowed by the standard, yet harder to read or easy to get wrong.
 */
import { children, is, isElement, text } from '../model/xml.ts';
import type { Finding, Model, XmlElement } from '../types.ts';
import {
  activityTypes,
  eventTypes,
  gatewayTypes,
  incomingOf,
  isEventSub,
  of,
  outgoingOf,
  type Seen,
  see,
} from './rule.ts';

export type Advice = {
  readonly code: string;
  readonly says: string;
  readonly about: (seen: Seen) => readonly XmlElement[];
};

/** All advice, in the order it is given. */
export const advices: readonly Advice[] = [
  {
    code: 'label_missing',
    says: 'Activities, events and questions have a name.',
    about: (seen) => [
      ...of(seen, ...activityTypes, ...eventTypes).filter((one) => isUnnamed(one)),
      ...of(seen, 'exclusiveGateway', 'inclusiveGateway', 'complexGateway').filter(
        (one) => isUnnamed(one) && outgoingOf(seen, one).length > 1,
      ),
    ],
  },
  {
    code: 'answer_missing',
    says: 'Each way out of a question is named after its answer.',
    about: (seen) =>
      of(seen, 'exclusiveGateway', 'inclusiveGateway').flatMap((gateway) => {
        const ways = outgoingOf(seen, gateway);
        return ways.length > 1 ? ways.filter((flow) => isUnnamed(flow)) : [];
      }),
  },
  {
    code: 'fake_join',
    says: 'Several flows into an activity or event look like a join and are none: use a gateway.',
    about: (seen) =>
      of(seen, ...activityTypes, 'intermediateCatchEvent', 'intermediateThrowEvent').filter(
        (one) => incomingOf(seen, one).length > 1,
      ),
  },
  {
    code: 'implicit_split',
    says: 'Several plain flows out of an activity or event go on at once: use a parallel gateway.',
    about: (seen) =>
      of(seen, ...activityTypes, ...eventTypes).filter((one) => {
        const plain = outgoingOf(seen, one).filter((flow) => !isElement(flow.conditionExpression));
        return plain.length > 1;
      }),
  },
  {
    code: 'superfluous_gateway',
    says: 'A gateway with one way in and one way out does nothing.',
    about: (seen) =>
      of(seen, ...gatewayTypes).filter(
        (one) => incomingOf(seen, one).length <= 1 && outgoingOf(seen, one).length <= 1,
      ),
  },
  {
    code: 'mixed_gateway',
    says: 'A gateway joins or splits, not both.',
    about: (seen) =>
      of(seen, ...gatewayTypes).filter(
        (one) => incomingOf(seen, one).length > 1 && outgoingOf(seen, one).length > 1,
      ),
  },
  {
    code: 'performer_missing',
    says: 'A user task stands in a lane or says who performs it.',
    about: (seen) => of(seen, 'userTask').filter((task) => !isPerformed(seen, task)),
  },
];

/** Everything that could be better about a model; none of it refuses the model. */
export function advise(model: Model): Finding[] {
  const seen = see(model);
  return advices.flatMap(({ code, says, about }) =>
    about(seen).map((element) => ({
      rule: code,
      element: element.id ?? null,
      message: says,
      severity: 'info' as const,
    })),
  );
}

function isUnnamed(element: XmlElement): boolean {
  const name = text(element, 'name');
  return (name === null || name.trim() === '') && !isEventSub(element);
}

/** In a lane (itself or what it stands in), with roles of its own, or named by an extension. */
function isPerformed(seen: Seen, task: XmlElement): boolean {
  const attributes = Object.keys((task.$attrs ?? {}) as object);
  if (attributes.some((name) => /:(role|assignee|candidateGroups)$/.test(name))) return true;
  if (children(task, 'resources').length > 0) return true;
  const lanes = of(seen, 'lane').flatMap((lane) => [...children(lane, 'flowNodeRef')]);
  for (let at: XmlElement | undefined = task; at !== undefined; at = at.$parent) {
    if (lanes.includes(at)) return true;
    if (is(at, 'process')) return false;
  }
  return false;
}

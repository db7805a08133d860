/** Gateways: directions, and what may stand behind an event-based one. */
import { child, children, is, isElement, text } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import {
  definitionTypes,
  gatewayTypes,
  incomingOf,
  of,
  outgoingOf,
  type Rule,
  type Seen,
} from './rule.ts';

export const gatewayRules: readonly Rule[] = [
  {
    code: 'EXT017',
    says: 'A converging gateway has several incoming flows and not several outgoing ones.',
    holds: 'always',
    broken: (seen) => directed(seen, 'Converging', (ins, outs) => ins > 1 && outs <= 1),
  },
  {
    code: 'EXT018',
    says: 'A diverging gateway has several outgoing flows and not several incoming ones.',
    holds: 'always',
    broken: (seen) => directed(seen, 'Diverging', (ins, outs) => ins <= 1 && outs > 1),
  },
  {
    code: 'EXT019',
    says: 'A mixed gateway has several incoming and several outgoing flows.',
    holds: 'always',
    broken: (seen) => directed(seen, 'Mixed', (ins, outs) => ins > 1 && outs > 1),
  },
  {
    code: 'EXT135',
    says: 'A gateway has several incoming or several outgoing flows.',
    holds: 'always',
    broken: (seen) =>
      of(seen, ...gatewayTypes).filter(
        (gateway) => incomingOf(seen, gateway).length < 2 && outgoingOf(seen, gateway).length < 2,
      ),
  },
  {
    code: 'EXT136',
    says: 'An event-based gateway has two or more outgoing flows.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'eventBasedGateway').filter((one) => outgoingOf(seen, one).length < 2),
  },
  {
    code: 'EXT137',
    says: 'The flows out of an event-based gateway have no conditions.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'eventBasedGateway').flatMap((gateway) =>
        outgoingOf(seen, gateway).filter((flow) => isElement(flow.conditionExpression)),
      ),
  },
  {
    code: 'EXT138',
    says: 'Behind an event-based gateway stand catching events or receive tasks.',
    holds: 'always',
    broken: (seen) =>
      behind(seen)
        .filter((one) => !mayFollow(one.target))
        .map(gatewayOf),
  },
  {
    code: 'EXT139',
    says: 'Behind an event-based gateway there are message events or receive tasks, not both.',
    holds: 'always',
    broken: (seen) => of(seen, 'eventBasedGateway').filter((one) => mixes(seen, one)),
  },
  {
    code: 'EXT140',
    says: 'A receive task behind an event-based gateway has no boundary events.',
    holds: 'always',
    broken: (seen) =>
      behind(seen)
        .filter(({ target }) => is(target, 'receiveTask'))
        .filter(({ target }) =>
          of(seen, 'boundaryEvent').some((event) => child(event, 'attachedToRef') === target),
        )
        .map(gatewayOf),
  },
  {
    code: 'EXT141',
    says: 'What stands behind an event-based gateway has no other incoming flow.',
    holds: 'always',
    broken: (seen) =>
      behind(seen)
        .filter(({ target }) => incomingOf(seen, target).length > 1)
        .map(gatewayOf),
  },
  {
    code: 'EXT142',
    says: 'An event-based gateway that instantiates has no incoming flow.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'eventBasedGateway').filter(
        (one) => one.instantiate === true && incomingOf(seen, one).length > 0,
      ),
  },
];

function directed(
  seen: Seen,
  direction: string,
  fits: (incoming: number, outgoing: number) => boolean,
): XmlElement[] {
  return of(seen, ...gatewayTypes).filter(
    (gateway) =>
      text(gateway, 'gatewayDirection') === direction &&
      !fits(incomingOf(seen, gateway).length, outgoingOf(seen, gateway).length),
  );
}

type Behind = { readonly gateway: XmlElement; readonly target: XmlElement };

function gatewayOf(one: Behind): XmlElement {
  return one.gateway;
}

function behind(seen: Seen): Behind[] {
  return of(seen, 'eventBasedGateway').flatMap((gateway) =>
    outgoingOf(seen, gateway).flatMap((flow) => {
      const target = child(flow, 'targetRef');
      return target === null ? [] : [{ gateway, target }];
    }),
  );
}

const awaited = ['message', 'signal', 'timer', 'conditional'];

function mayFollow(target: XmlElement): boolean {
  if (is(target, 'receiveTask')) return true;
  if (!is(target, 'intermediateCatchEvent')) return false;
  return definitionTypes(target).every((type) => awaited.includes(type));
}

function mixes(seen: Seen, gateway: XmlElement): boolean {
  const targets = behind(seen).filter((one) => one.gateway === gateway);
  const tasks = targets.some(({ target }) => is(target, 'receiveTask'));
  const messages = targets.some(({ target }) =>
    children(target, 'eventDefinitions').some((one) => is(one, 'messageEventDefinition')),
  );
  return tasks && messages;
}

/** Link events: pairs of a throwing and a catching one. */
import { child, children, is, text } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import { definitionsOf, incomingOf, of, outgoingOf, type Rule, type Seen } from './rule.ts';

export const linkRules: readonly Rule[] = [
  {
    code: 'EXT117',
    says: 'A catching link has no incoming and a throwing link no outgoing flow.',
    holds: 'always',
    broken: (seen) => [
      ...linksOf(seen, 'intermediateCatchEvent').flatMap(({ event }) =>
        incomingOf(seen, event).length > 0 ? [event] : [],
      ),
      ...linksOf(seen, 'intermediateThrowEvent').flatMap(({ event }) =>
        outgoingOf(seen, event).length > 0 ? [event] : [],
      ),
    ],
  },
  {
    code: 'EXT118',
    says: 'The target of a link names that link among its sources.',
    holds: 'always',
    broken: (seen) =>
      linksOf(seen, 'intermediateThrowEvent').flatMap(({ event, link }) => {
        const target = child(link, 'target');
        return target !== null && !sourcesOf(target).includes(link) ? [event] : [];
      }),
  },
  {
    code: 'EXT124',
    says: 'A catching link has a source.',
    holds: 'always',
    broken: (seen) =>
      linksOf(seen, 'intermediateCatchEvent').flatMap(({ event, link }) =>
        sourcesOf(link).length > 0 || hasPartner(seen, 'intermediateThrowEvent', link)
          ? []
          : [event],
      ),
  },
  {
    code: 'EXT125',
    says: 'A throwing link has a target.',
    holds: 'always',
    broken: (seen) =>
      linksOf(seen, 'intermediateThrowEvent').flatMap(({ event, link }) =>
        child(link, 'target') !== null || hasPartner(seen, 'intermediateCatchEvent', link)
          ? []
          : [event],
      ),
  },
  {
    code: 'EXT126',
    says: 'Both ends of a link stand in the same process or sub-process.',
    holds: 'always',
    broken: (seen) =>
      linksOf(seen, 'intermediateThrowEvent').flatMap(({ event, link }) => {
        const target = child(link, 'target');
        const apart = target !== null && target.$parent?.$parent !== event.$parent;
        return apart ? [event] : [];
      }),
  },
];

type Link = { readonly event: XmlElement; readonly link: XmlElement };

function linksOf(seen: Seen, type: string): Link[] {
  return of(seen, type).flatMap((event) =>
    definitionsOf(event)
      .filter((one) => is(one, 'linkEventDefinition'))
      .map((link) => ({ event, link })),
  );
}

function sourcesOf(link: XmlElement): readonly XmlElement[] {
  return children(link, 'source');
}

/** Another end of the same name, as most modelling tools write links. */
function hasPartner(seen: Seen, type: string, link: XmlElement): boolean {
  const name = text(link, 'name');
  return name !== null && linksOf(seen, type).some((other) => other.link.name === name);
}

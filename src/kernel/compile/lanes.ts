/** Lanes: whose work an element is. */
import { children, text } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import { attributesOf, type Building } from './building.ts';

export type Lane = {
  readonly name: string | null;
  readonly role: string | null;
  readonly unit: string | null;
};

export type LaneOf = (element: XmlElement) => Lane;

const noLane: Lane = { name: null, role: null, unit: null };

/** Finds the innermost lane of an element; inside a sub-process, that of the sub-process. */
export function lanesOf(building: Building): LaneOf {
  const lanes = new Map<XmlElement, Lane>();
  for (const scope of building.elements) {
    for (const set of children(scope, 'laneSets')) gather(building, set, noLane, lanes);
  }
  return (element) => {
    for (let at: XmlElement | undefined = element; at !== undefined; at = at.$parent) {
      const lane = lanes.get(at);
      if (lane !== undefined) return lane;
    }
    return noLane;
  };
}

/** A lane inside a lane keeps what it does not say itself. */
function gather(
  building: Building,
  set: XmlElement,
  outer: Lane,
  lanes: Map<XmlElement, Lane>,
): void {
  for (const element of children(set, 'lanes')) {
    const attributes = attributesOf(building, element);
    const lane: Lane = {
      name: text(element, 'name') ?? element.id ?? null,
      role: attributes.role ?? outer.role,
      unit: attributes.unit ?? outer.unit,
    };
    for (const node of children(element, 'flowNodeRef')) lanes.set(node, lane);
    for (const inner of children(element, 'childLaneSet')) gather(building, inner, lane, lanes);
    const single = element.childLaneSet;
    if (typeof single === 'object' && single !== null && '$type' in single) {
      gather(building, single as XmlElement, lane, lanes);
    }
  }
}

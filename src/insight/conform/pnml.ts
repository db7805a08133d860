import { ok, type Result, refuse } from '../../base/result.ts';
import type { PetriNet } from '../petri-net.ts';
import { decodeUtf8 } from '../utf8.ts';
import { token, XmlScanner } from '../xml-scanner.ts';

type Element = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
};

/**
 * Reads a place/transition net in PNML (ISO/IEC 15909-2), as ProM and PM4Py write it: silent
 * transitions carry ProM's mark $invisible$, final markings ProM's finalmarkings; without those the
 * end is the one place that nothing leads out of. Refusals: those of the XML scanner, net_not_read.
 */
export function readPnml(bytes: Uint8Array): Result<PetriNet> {
  const read = readElements(bytes);
  if (!read.ok) return read;
  const root = read.value;
  if (root.name !== 'pnml') return refuse('net_not_read', { what: 'pnml' });
  const all = descendants(root);
  const places = all.filter((each) => each.name === 'place' && each.attributes.has('id'));
  const transitions = all.filter((each) => each.name === 'transition');
  const placeOf = new Map(places.map((place, i) => [place.attributes.get('id')!, i]));
  const transitionOf = new Map(transitions.map((each, i) => [each.attributes.get('id') ?? '', i]));
  const inputs: number[][] = transitions.map(() => []);
  const outputs: number[][] = transitions.map(() => []);
  for (const arc of all.filter((each) => each.name === 'arc')) {
    const [source, target] = [arc.attributes.get('source')!, arc.attributes.get('target')!];
    const weight = Number(textOf(arc, 'inscription') ?? '1');
    const [from, to] = [placeOf.get(source), placeOf.get(target)];
    const [before, after] = [transitionOf.get(target), transitionOf.get(source)];
    for (let k = 0; k < weight; k++) {
      if (from !== undefined && before !== undefined) inputs[before]!.push(from);
      else if (to !== undefined && after !== undefined) outputs[after]!.push(to);
      else return refuse('net_not_read', { what: `arc ${source} – ${target}` });
    }
  }
  const initial = places.flatMap((place, i) => tokens(textOf(place, 'initialMarking'), i));
  const final = finalOf(all, placeOf, inputs, places.length);
  if (initial.length === 0 || final.length === 0) {
    return refuse('net_not_read', { what: 'initial, final marking' });
  }
  const labelled = transitions.map((each, i) => ({
    id: each.attributes.get('id') ?? '',
    label: labelOf(each),
    inputs: inputs[i]!,
    outputs: outputs[i]!,
  }));
  return ok({ places: places.length, transitions: labelled, initial, final });
}

function labelOf(transition: Element): string | null {
  const silent = transition.children.some(
    (each) => each.name === 'toolspecific' && each.attributes.get('activity') === '$invisible$',
  );
  const label = textOf(transition, 'name') ?? '';
  return silent || label === '' ? null : label;
}

function finalOf(
  all: readonly Element[],
  placeOf: ReadonlyMap<string, number>,
  inputs: readonly (readonly number[])[],
  places: number,
): readonly number[] {
  const marking = all.find((each) => each.name === 'finalmarkings')?.children[0];
  if (marking) {
    return marking.children.flatMap((place) => {
      const index = placeOf.get(place.attributes.get('idref') ?? '');
      return index === undefined ? [] : tokens(childText(place), index);
    });
  }
  const left = new Set(inputs.flat());
  const sinks = Array.from({ length: places }, (_, i) => i).filter((place) => !left.has(place));
  return sinks.length === 1 ? sinks : [];
}

function tokens(text: string | null, place: number): number[] {
  const count = text === null ? 0 : Number.parseInt(text, 10);
  return Array<number>(Number.isInteger(count) && count > 0 ? count : 0).fill(place);
}

/** The text of <name><text>…</text></name> inside an element. */
function textOf(element: Element, name: string): string | null {
  const inner = element.children.find((each) => each.name === name);
  return inner ? childText(inner) : null;
}

function childText(element: Element): string | null {
  return element.children.find((each) => each.name === 'text')?.text.trim() ?? null;
}

function descendants(element: Element): Element[] {
  return [element, ...element.children.flatMap(descendants)];
}

/** The elements of a small XML document; its root, or the scanner's refusal. */
function readElements(bytes: Uint8Array): Result<Element> {
  const scanner = new XmlScanner([], true);
  scanner.push(bytes);
  const stack: Element[] = [{ name: '', attributes: new Map(), children: [], text: '' }];
  for (;;) {
    const found = scanner.next();
    if (found === token.refused) return scanner.refusal!;
    if (found === token.more) break;
    if (found === token.close) {
      scanner.selectText();
      stack.at(-1)!.text = decodeUtf8(scanner.bytes, scanner.from, scanner.to);
      stack.pop();
      continue;
    }
    const element: Element = {
      name: scanner.elements.text(scanner.element),
      attributes: attributesOf(scanner),
      children: [],
      text: '',
    };
    stack.at(-1)!.children.push(element);
    if (found === token.open) stack.push(element);
  }
  const refusal = scanner.end();
  return refusal ?? ok(stack[0]!.children[0]!);
}

function attributesOf(scanner: XmlScanner): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (let i = 0; i < scanner.attributes; i++) {
    const name = decodeUtf8(scanner.window, scanner.nameStart[i]!, scanner.nameEnd[i]!);
    scanner.select(i);
    attributes.set(name, decodeUtf8(scanner.bytes, scanner.from, scanner.to));
  }
  return attributes;
}

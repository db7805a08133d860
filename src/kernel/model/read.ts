/**
 * BPMN XML in, a tree of elements out. Nothing is judged here except what cannot be read at all.
 */
import { ok, type Result, refuse } from '../../base/result.ts';
import type { Model, ReadProblem } from '../types.ts';
import { newModdle, type Property, type Warning } from './moddle.ts';

/** A model's XML may be at most this long (characters). */
export const xmlLengthMax = 20_000_000;

/** Reads BPMN 2.0 XML. Refuses `xml_too_long` and `xml_unreadable` (not XML, or not BPMN). */
export async function read(xml: string): Promise<Result<Model, 'xml_too_long' | 'xml_unreadable'>> {
  if (xml.length > xmlLengthMax) return refuse('xml_too_long', { max: String(xmlLengthMax) });
  try {
    const { rootElement: root, warnings } = await newModdle().fromXML(xml);
    if (root.$type !== 'bpmn:Definitions') return refuse('xml_unreadable', { reason: root.$type });
    warnings.forEach(keepReference);
    const problems = [...warnings.flatMap(problemOf), ...doubledLoops(xml)];
    return ok({ root, problems, xml });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse('xml_unreadable', { reason: reason.split('\n')[0] ?? '' });
  }
}

function problemOf(warning: Warning): ReadProblem[] {
  const { message } = warning;
  if (message.startsWith('unsupported document encoding')) return [];
  const property = warning.property ?? null;
  const element = warning.element?.id ?? null;
  if (message.startsWith('unresolved reference')) {
    return [{ kind: 'unresolved_reference', element, property, message }];
  }
  const kind = message.includes('duplicate ID') ? 'duplicate_id' : 'unparsable';
  return [{ kind, element, property, message: message.replaceAll('\n\t', ', ') }];
}

/** A reference that leads nowhere stays in the file: it is written again as it was read. */
function keepReference({ element, property, value, message }: Warning): void {
  if (element === undefined || property === undefined || value === undefined) return;
  if (!message.startsWith('unresolved reference')) return;
  const name = property.replace(/^\w+:/, '');
  const { properties } = element.$descriptor as { properties: readonly Property[] };
  const isAttribute = properties.some(
    (one) => one.name.replace(/^\w+:/, '') === name && one.isAttr === true,
  );
  if (isAttribute) (element.$attrs as Record<string, unknown>)[name] = value;
}

/**
 * The reader keeps the last of two loop markers and says nothing, so they are looked for in the
 * text: one loop characteristics directly behind another belongs to the same activity.
 */
function doubledLoops(xml: string): ReadProblem[] {
  const loop = '(?:standardLoop|multiInstanceLoop)Characteristics';
  const twice = new RegExp(
    `(?:</(?:\\w+:)?${loop}>|<(?:\\w+:)?${loop}[^>]*/>)\\s*<(?:\\w+:)?${loop}\\b`,
    'g',
  );
  return [...xml.matchAll(twice)].map((match) => ({
    kind: 'doubled_child' as const,
    element: ownerOf(xml.slice(0, match.index)),
    property: 'loopCharacteristics',
    message: 'an activity with two loop markers',
  }));
}

/** Id of the last activity that begins in the text. */
function ownerOf(before: string): string | null {
  const tags = [
    ...before.matchAll(
      /<(?:\w+:)?(?:\w*[tT]ask|\w*[sS]ubProcess|transaction|callActivity)\s[^>]*>/g,
    ),
  ];
  return /\sid="([^"]*)"/.exec(tags.at(-1)?.[0] ?? '')?.[1] ?? null;
}

/** The model as formatted BPMN XML: what was read is written, extensions and diagram included. */
export async function write(model: Model): Promise<string> {
  const { xml } = await newModdle().toXML(model.root, { format: true });
  return xml;
}

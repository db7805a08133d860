/**
 * BPMN XML in, a tree of elements out. Nothing is judged here except what cannot be read at all.
 */
import { ok, type Result, refuse } from '../../base/result.ts';
import type { Model, ReadProblem } from '../types.ts';
import { newModdle, type Property, type Warning } from './moddle.ts';

/** A model's XML may be at most this long (characters). */
export const xmlLengthMax = 20_000_000;

/** Elements inside each other; more would exhaust the stack of whoever walks the tree. */
const depthMax = 500;

export type ReadCode = 'xml_too_long' | 'xml_too_deep' | 'xml_unreadable';

/**
 * Reads BPMN 2.0 XML. Refuses `xml_too_long`, `xml_too_deep` and `xml_unreadable` (not XML, not
 * BPMN, or with a document type, by which XML could define what it means).
 */
export async function read(xml: string): Promise<Result<Model, ReadCode>> {
  if (xml.length > xmlLengthMax) return refuse('xml_too_long', { max: String(xmlLengthMax) });
  if (isDeeper(xml, depthMax)) return refuse('xml_too_deep', { max: String(depthMax) });
  if (/<!DOCTYPE/i.test(xml.slice(0, xml.search(/<[A-Za-z_]/) + 1))) {
    return refuse('xml_unreadable', { reason: '<!DOCTYPE' });
  }
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

/** Whether elements stand inside each other deeper than `most`; in one pass, without recursion. */
function isDeeper(xml: string, most: number): boolean {
  let depth = 0;
  for (let at = xml.indexOf('<'); at >= 0; ) {
    const end = endOfTag(xml, at);
    if (end < 0) return false;
    const next = xml[at + 1];
    if (next === '/') depth -= 1;
    else if (next !== '!' && next !== '?' && xml[end - 1] !== '/') depth += 1;
    if (depth > most) return true;
    at = xml.indexOf('<', end);
  }
  return false;
}

/** Where the tag, comment or section that begins at `at` ends; -1 when it does not. */
function endOfTag(xml: string, at: number): number {
  if (xml.startsWith('<!--', at)) return xml.indexOf('-->', at);
  if (xml.startsWith('<![CDATA[', at)) return xml.indexOf(']]>', at);
  for (let end = at + 1; end < xml.length; end += 1) {
    const sign = xml[end];
    if (sign === '>') return end;
    if (sign !== '"' && sign !== "'") continue;
    end = xml.indexOf(sign, end + 1);
    if (end < 0) return -1;
  }
  return -1;
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

/** One attribute of a trace or an event, as XES types it. Times are ms since epoch, UTC. */
export type XesAttribute =
  | { readonly type: 'string'; readonly key: string; readonly value: string }
  | { readonly type: 'int'; readonly key: string; readonly value: bigint }
  | { readonly type: 'date'; readonly key: string; readonly value: number };

export type XesEvent = readonly XesAttribute[];
export type XesTrace = {
  readonly attributes: readonly XesAttribute[];
  readonly events: readonly XesEvent[];
};

/** What a file of XES begins with: the standard extensions and ours, which carries money. */
export function xesHead(): string {
  const extensions = [
    ['Concept', 'concept', 'http://www.xes-standard.org/concept.xesext'],
    ['Time', 'time', 'http://www.xes-standard.org/time.xesext'],
    ['Lifecycle', 'lifecycle', 'http://www.xes-standard.org/lifecycle.xesext'],
    ['Organizational', 'org', 'http://www.xes-standard.org/org.xesext'],
    ['Huiliu', 'huiliu', 'urn:huiliu:xes:1'],
  ].map(([name, prefix, uri]) => `<extension name="${name}" prefix="${prefix}" uri="${uri}"/>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
${extensions.join('')}<classifier name="Activity" keys="concept:name"/>
`;
}

export const xesTail = '</log>\n';

/** A trace with its events, one tag a line. */
export function xesTrace({ attributes, events }: XesTrace): string {
  const inner = events.map((event) => `<event>\n${event.map(tag).join('')}</event>\n`);
  return `<trace>\n${attributes.map(tag).join('')}${inner.join('')}</trace>\n`;
}

function tag(attribute: XesAttribute): string {
  const { type, key } = attribute;
  const value =
    attribute.type === 'date' ? new Date(attribute.value).toISOString() : String(attribute.value);
  return `<${type} key="${escaped(key)}" value="${escaped(value)}"/>\n`;
}

/** Characters that XML gives a meaning, or would lose; those it forbids become U+FFFD. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/[^\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

/**
 * The content of an XML file as a list of facts that do not depend on layout, order or prefixes.
 */

type Open = { readonly path: string; readonly spaces: ReadonlyMap<string, string>; text: string };

/**
 * One line per element, attribute and text: `{namespace}local` names below the id of what holds
 * it.
 */
export function contentOf(xml: string): string[] {
  const facts: string[] = [];
  const stack: Open[] = [{ path: '', spaces: new Map(), text: '' }];
  const tokens =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<([^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>|([^<]+)/g;
  for (const [, cdata, tag, text] of xml.matchAll(tokens)) {
    const top = stack.at(-1);
    if (top === undefined) break;
    if (cdata !== undefined) top.text += cdata;
    else if (text !== undefined) top.text += plain(text);
    else if (tag !== undefined) readTag(tag, stack, facts);
  }
  return facts;
}

/** Elements whose type the schema gives by their place: saying it by xsi:type adds nothing. */
const typed = /(waypoint|messagePath|dataPath|complexBehaviorDefinition\/.*\}(condition|event))$/;

function readTag(tag: string, stack: Open[], facts: string[]): void {
  const top = stack.at(-1) as Open;
  if (tag.startsWith('/')) {
    const said = top.text.trim().replaceAll(/\s+/g, ' ');
    if (said !== '') facts.push(`${top.path} = ${resolved(said, top.spaces)}`);
    stack.pop();
    return;
  }
  const [, name = '', rest = ''] = /^(\S+?)(?:\/)?(?:\s([\s\S]*))?$/.exec(tag) ?? [];
  const attributes = [...rest.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, key = '', double, single]) => [key, plain(double ?? single ?? '')] as const,
  );
  const spaces = new Map(top.spaces);
  for (const [key, value] of attributes) {
    if (key === 'xmlns') spaces.set('', value);
    else if (key.startsWith('xmlns:')) spaces.set(key.slice(6), value);
  }
  const id = attributes.find(([key]) => key === 'id')?.[1];
  const place = id === undefined ? top.path.split('/').slice(-2).join('/') : '';
  const path = `${place}/${qualified(name, spaces, true)}${id === undefined ? '' : `#${id}`}`;
  facts.push(path);
  for (const [key, value] of attributes) {
    if (key === 'xmlns' || key.startsWith('xmlns:') || key === 'xsi:schemaLocation') continue;
    if (key === 'xsi:type' && typed.test(path)) continue;
    facts.push(`${path} @${qualified(key, spaces, false)} = ${resolved(value.trim(), spaces)}`);
  }
  if (!tag.endsWith('/')) stack.push({ path, spaces, text: '' });
}

function qualified(name: string, spaces: ReadonlyMap<string, string>, element: boolean): string {
  const [prefix, local] = name.includes(':') ? name.split(':') : ['', name];
  if (prefix === '' && !element) return local ?? '';
  return `{${spaces.get(prefix ?? '') ?? prefix}}${local}`;
}

/**
 * The same number or name in one spelling: 30.0 is 30, a known prefix inside a value is left out.
 */
function resolved(value: string, spaces: ReadonlyMap<string, string>): string {
  if (/^-?\d+\.\d+$/.test(value)) return String(Number(value));
  const match = /^([\w.-]+):([\w.-]+)$/.exec(value);
  return match !== null && spaces.has(match[1] ?? '') ? (match[2] ?? '') : value;
}

function plain(text: string): string {
  return text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_all, code) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll(/&#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

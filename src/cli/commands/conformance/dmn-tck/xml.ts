/** An element with its name (without prefix), attributes (without prefix), children and text. */
export type Xml = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Xml[];
  text: string;
};

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

function plain(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name] ?? whole;
  });
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const PIECE =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!(?:[^>])*>|<(\/?)([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Reads well-formed XML without a DTD, which is all a test file is. */
export function parseXml(text: string): Xml {
  const root: Xml = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  for (const [, cdata, closing, name, rest, empty, words] of text.matchAll(PIECE)) {
    const parent = open.at(-1) ?? root;
    if (cdata !== undefined) parent.text += cdata;
    else if (words !== undefined) parent.text += plain(words);
    else if (name === undefined) continue;
    else if (closing === '/') open.pop();
    else {
      const attributes = new Map<string, string>();
      for (const [, key = '', double, single] of (rest ?? '').matchAll(ATTRIBUTE)) {
        attributes.set(local(key), plain(double ?? single ?? ''));
      }
      const element: Xml = { name: local(name), attributes, children: [], text: '' };
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  return root.children[0] ?? root;
}

/** The first child of a name; null: none. */
export function childOf(parent: Xml, name: string): Xml | null {
  return parent.children.find((child) => child.name === name) ?? null;
}

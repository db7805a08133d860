import { firstNotUtf8, looksLike } from './utf8.ts';

/** Where in a document an aside stands, as far as it matters for what it may be. */
export type Surroundings = {
  readonly depth: number;
  /** Whether anything stood before it. */
  readonly begun: boolean;
  /** False: the shell has changed the encoding, so encoding="…" says nothing. */
  readonly trustDeclaration: boolean;
};

/** How far an aside goes; `more`: the window ends inside it; or the code of a refusal. */
export type Aside =
  | { readonly found: 'whole'; readonly end: number; readonly lines: number }
  | { readonly found: 'more' }
  | {
      readonly found: 'refused';
      readonly code: string;
      readonly facts: Readonly<Record<string, string>>;
      /** The byte of the window that is not UTF-8, for that refusal. */
      readonly at: number | null;
    };

const gt = 62;
const more: Aside = { found: 'more' };
const malformed = refused('log_xml_malformed');

function refused(
  code: string,
  facts: Readonly<Record<string, string>> = {},
  at: number | null = null,
): Aside {
  return { found: 'refused', code, facts, at };
}

/**
 * What begins with `<!` or `<?` at `start`: comments, CDATA and processing instructions are stepped
 * over; a document type is refused, whatever is in it; a declaration must not name an encoding that
 * is not UTF-8.
 */
export function readAside(
  window: Uint8Array,
  start: number,
  to: number,
  around: Surroundings,
): Aside {
  if (window[start + 1] === 63) return instruction(window, start, to, around);
  if (to - start < 9 && window[start + 2] !== 45) return more;
  if (startsWith(window, start, to, '<!--')) {
    const closing = seek(window, start + 4, to, '--');
    if (closing === null || closing.end >= to) return more;
    if (window[closing.end] !== gt) return malformed;
    return raw(window, start, to, { end: closing.end + 1, lines: closing.lines });
  }
  if (startsWith(window, start, to, '<![CDATA[')) {
    if (around.depth === 0) return malformed;
    const closing = seek(window, start + 9, to, ']]>');
    return closing === null ? more : raw(window, start, to, closing);
  }
  if (startsWith(window, start, to, '<!DOCTYPE')) return refused('log_xml_doctype');
  return to - start < 4 ? more : malformed;
}

type Closing = { readonly end: number; readonly lines: number };

/** Where a closing text such as `-->` ends, or null when the window ends before it. */
function seek(window: Uint8Array, from: number, to: number, closing: string): Closing | null {
  const last = closing.length - 1;
  const lastByte = closing.charCodeAt(last);
  let lines = 0;
  for (let i = from; i < to; i++) {
    const byte = window[i]!;
    if (byte === 10) lines++;
    if (byte !== lastByte || i - from < last) continue;
    let k = 0;
    while (k < last && window[i - last + k] === closing.charCodeAt(k)) k++;
    if (k === last) return { end: i + 1, lines };
  }
  return null;
}

function startsWith(window: Uint8Array, at: number, to: number, text: string): boolean {
  if (at + text.length > to) return false;
  for (let k = 0; k < text.length; k++) if (window[at + k] !== text.charCodeAt(k)) return false;
  return true;
}

/** Inside comments and instructions an ampersand is only an ampersand. */
function raw(window: Uint8Array, start: number, to: number, closing: Closing): Aside {
  for (let i = start; i < closing.end; i++) {
    const byte = window[i]!;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return malformed;
  }
  const bad = firstNotUtf8(window, start, closing.end);
  if (bad < 0) return { found: 'whole', ...closing };
  return refused('log_not_utf8', { looks: looksLike(window, bad, to) }, bad);
}

function instruction(
  window: Uint8Array,
  start: number,
  to: number,
  { begun, trustDeclaration }: Surroundings,
): Aside {
  const closing = seek(window, start + 2, to, '?>');
  if (closing === null) return more;
  let text = '';
  for (let i = start + 2; i < Math.min(closing.end - 2, start + 200); i++) {
    text += String.fromCharCode(window[i]!);
  }
  const target = /^[^\s?]*/.exec(text)![0];
  if (!/^[A-Za-z_:\x80-\xff][\w:.\x80-\xff-]*$/.test(target)) return malformed;
  if (target.toLowerCase() === 'xml') {
    if (begun || target !== 'xml') return malformed;
    const encoding = /\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(text)?.[1];
    const readable = !encoding || /^(utf-?8|us-ascii|ascii)$/i.test(encoding);
    if (!readable && trustDeclaration) return refused('log_encoding_declared', { encoding });
  }
  return raw(window, start, to, closing);
}

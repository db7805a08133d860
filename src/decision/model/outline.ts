/** Elements within elements, counted in the text before it is parsed. */
export const TEXT_DEPTH_MAX = 400;
/** Attributes of one element; no element of the standard has ten. */
export const ATTRIBUTES_MAX = 100;

export type OutlineFault = 'unreadable' | 'too_deep';

/** Characters no XML text may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** What is jumped over as a whole: how it begins and ends. */
const PASSED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** The end of a tag that begins at `from`, and how many attributes it has; -1: it has no end. */
function tagAt(xml: string, from: number): { readonly end: number; readonly attributes: number } {
  let attributes = 0;
  for (let i = from; i < xml.length; i += 1) {
    const char = xml[i];
    if (char === '"' || char === "'") {
      const close = xml.indexOf(char, i + 1);
      if (close === -1) break;
      i = close;
    } else if (char === '=') {
      attributes += 1;
      if (attributes > ATTRIBUTES_MAX) break;
    } else if (char === '>') return { end: i, attributes };
    else if (char === '<' && i > from) break;
  }
  return { end: -1, attributes };
}

/** The place after a comment, a section of characters or an instruction; null: it is none. */
function afterPassed(xml: string, at: number): number | null {
  for (const [begin, end] of PASSED) {
    if (!xml.startsWith(begin, at)) continue;
    const close = xml.indexOf(end, at + begin.length);
    return close === -1 ? xml.length : close + end.length;
  }
  return null;
}

/**
 * Looks at a text before a parser does, in one pass: one root, tags that end, not too deep, not too
 * many attributes, no document type (which could define entities within entities) and no character
 * that XML forbids. null: nothing speaks against parsing it.
 */
export function outlineFault(xml: string): OutlineFault | null {
  if (FORBIDDEN.test(xml) || !xml.isWellFormed()) return 'unreadable';
  let depth = 0;
  let roots = 0;
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', at)) {
    const passed = afterPassed(xml, at);
    if (passed !== null) {
      at = passed;
      continue;
    }
    if (xml[at + 1] === '!') return 'unreadable';
    const { end } = tagAt(xml, at);
    if (end === -1) return 'unreadable';
    if (xml[at + 1] === '/') depth -= 1;
    else {
      if (depth === 0) roots += 1;
      if (xml[end - 1] !== '/') depth += 1;
    }
    if (depth > TEXT_DEPTH_MAX) return 'too_deep';
    if (roots > 1 || depth < 0) return 'unreadable';
    at = end;
  }
  return roots === 1 && depth === 0 ? null : 'unreadable';
}

/**
 * Whether any object of a JSON text holds the same key twice. Readers differ in which of the two
 * they take, so such a text means nothing for sure (OWASP ASVS 5.0, 1.5.3). A text that is not JSON
 * gives either answer; the parser refuses it anyway.
 */
export function repeatsKey(text: string): boolean {
  /** Keys of the open objects, null for an open list; a new object's keys start empty. */
  const open: (Set<string> | null)[] = [];
  let key: string | null = null;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '"') {
      const end = endOfString(text, i);
      key = text.slice(i, end + 1);
      i = end;
    } else if (char === ':' && key !== null) {
      const keys = open.at(-1);
      const name = plainKey(key);
      if (keys?.has(name)) return true;
      keys?.add(name);
      key = null;
    } else if (char === '{') open.push(new Set());
    else if (char === '[') open.push(null);
    else if (char === '}' || char === ']') open.pop();
  }
  return false;
}

/** Position of the quote that ends the string which begins at `from`. */
function endOfString(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}

/** A key without its escapes, so that two spellings of one key are the same. */
function plainKey(quoted: string): string {
  if (!quoted.includes('\\')) return quoted;
  try {
    return JSON.stringify(JSON.parse(quoted));
  } catch (error) {
    // Not a JSON string: the parser will say so.
    if (error instanceof SyntaxError) return quoted;
    throw error;
  }
}

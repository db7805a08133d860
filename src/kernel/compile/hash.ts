/** A short name for a program's content: equal programs, equal hash. Not for security. */

/** 64 bits as 16 hex digits over the JSON of the tables (FNV-1a, twice with different bases). */
export function hashOf(content: unknown): string {
  const text = JSON.stringify(content);
  return half(text, 0x811c9dc5) + half(text, 0x9dc5811c);
}

function half(text: string, basis: number): string {
  let hash = basis;
  for (let at = 0; at < text.length; at += 1) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The number of bytes of the UTF-8 sequence at `at`, or 0 if the bytes there are not UTF-8. */
export function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > end) return 0;
  const second = bytes[at + 1]!;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = at + 2; i < at + length; i++) if ((bytes[i]! & 0xc0) !== 0x80) return 0;
  return length;
}

/** Where bytes[start..end) stop being UTF-8 (RFC 3629: no surrogates, nothing overlong), or -1. */
export function firstNotUtf8(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; ) {
    if (bytes[i]! < 0x80) {
      i++;
      continue;
    }
    const length = sequenceLength(bytes, i, end);
    if (length === 0) return i;
    i += length;
  }
  return -1;
}

/** The text of bytes already known to be UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; ) {
    const lead = bytes[i]!;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let code = length === 1 ? lead : lead & (0xff >> (length + 1));
    for (let k = 1; k < length; k++) code = (code << 6) | (bytes[i + k]! & 0x3f);
    text += String.fromCodePoint(code);
    i += length;
  }
  return text;
}

/** Writes one code point as UTF-8 at `at` and returns where the next byte goes. */
export function writeCodePoint(into: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    into[at] = code;
    return at + 1;
  }
  const length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (let k = length - 1; k > 0; k--) {
    into[at + k] = 0x80 | (code & 0x3f);
    code >>= 6;
  }
  into[at] = ((0xff00 >> length) & 0xff) | code;
  return at + length;
}

/** A text as UTF-8; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (const character of text.toWellFormed()) {
    at = writeCodePoint(bytes, at, character.codePointAt(0)!);
  }
  return bytes.subarray(0, at);
}

/**
 * What bytes that are not UTF-8 look like, to help whoever must say it: Chinese exports are mostly
 * GBK (pairs of a lead 81–FE and a trail 40–FE). It is a hint in a refusal, never acted upon.
 */
export function looksLike(bytes: Uint8Array, at: number, end: number): 'gb18030' | 'unknown' {
  let pairs = 0;
  let i = at;
  while (i < end && i < at + 400) {
    if (bytes[i]! < 0x80) {
      i++;
      continue;
    }
    const trail = bytes[i + 1] ?? 0;
    if (
      bytes[i] === 0x80 ||
      bytes[i] === 0xff ||
      trail < 0x40 ||
      trail === 0x7f ||
      trail === 0xff
    ) {
      return 'unknown';
    }
    pairs++;
    i += 2;
  }
  return pairs > 1 ? 'gb18030' : 'unknown';
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteDictionary } from './dictionary.ts';
import { decodeUtf8, encodeUtf8, firstNotUtf8, looksLike } from './utf8.ts';

const platform = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function platformReads(bytes: Uint8Array): string | null {
  try {
    return platform.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

test('the same bytes are UTF-8 for us and for the platform, with the same text', {
  timeout: 60_000,
}, () => {
  const nearly = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => encodeUtf8(text)),
    fc
      .array(fc.constantFrom(0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0x41), {
        maxLength: 8,
      })
      .map((list) => Uint8Array.from(list)),
  );
  fc.assert(
    fc.property(nearly, (bytes) => {
      const text = platformReads(bytes);
      expect(firstNotUtf8(bytes, 0, bytes.length) < 0).toBe(text !== null);
      if (text === null) return;
      expect(decodeUtf8(bytes, 0, bytes.length)).toBe(text);
      expect(encodeUtf8(text)).toEqual(bytes);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['GBK text', [0xb0, 0xb8, 0xbc, 0xfe, 0x2c, 0x31], 'gb18030'],
  ['one Latin letter', [0xe9, 0x2c, 0x31, 0x32], 'unknown'],
] as const)('%s looks like %o', (_, bytes, expected) => {
  const all = Uint8Array.from(bytes);
  expect(looksLike(all, 0, all.length)).toBe(expected);
});

test('a dictionary numbers texts as a Map does', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 400 }),
      (texts) => {
        const ours = new ByteDictionary();
        const map = new Map<string, number>();
        for (const text of texts.map((each) => each.toWellFormed())) {
          if (!map.has(text)) map.set(text, map.size);
          const bytes = encodeUtf8(text);
          expect(ours.find(bytes, 0, bytes.length)).toBe(
            ours.size < map.size ? -1 : map.get(text)!,
          );
          expect(ours.code(bytes, 0, bytes.length)).toBe(map.get(text));
        }
        for (const [text, code] of map) expect(ours.text(code)).toBe(text);
      },
    ),
    { numRuns: 300 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';
import { token, XmlScanner } from './xml-scanner.ts';

/** How a value may stand in a tag: as a machine writes it, or in another way XML allows. */
const styles: readonly ((key: string, value: string) => string)[] = [
  (key, value) => `<a key="${key}" value="${value}"/>`,
  (key, value) => `\n\t<a key="${key}" value="${value}"/>`,
  (key, value) => `  <a key='${key}' value='${value}' />`,
  (key, value) => `<a value="${value}" key="${key}"/>`,
  (key, value) => `\n<a key="${key}" value="${value}"></a>`,
  (key, value) => `\n\t<a key="${key}" value="&#${value.charCodeAt(0)};${value.slice(1)}"/>`,
];
const attribute = fc.record({
  style: fc.nat(styles.length - 1),
  key: fc.constantFrom('k', 'key', 'org:resource', 'time'),
  value: fc.constantFrom('1', 'abc', 'a b', '受理', 'x>y', '2026-01-01T00:00:00Z'),
});

/** Keys and values with the lines they stand on, read by a scanner that remembers shapes or not. */
function told(xml: string, chunk: number, remembers: boolean): string[] {
  const bytes = encodeUtf8(xml);
  const scanner = new XmlScanner(['a'], true);
  const keys = ['k', 'key', 'org:resource', 'time'];
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    scanner.push(bytes.subarray(at, at + chunk));
    for (let found = scanner.next(); found !== token.more; found = scanner.next()) {
      expect(found).not.toBe(token.refused);
      const { line } = scanner.where();
      if (found === token.close) {
        lines.push(`${line} /${scanner.elements.text(scanner.element)}`);
        if (remembers && scanner.role < 0) scanner.remember(90);
        continue;
      }
      if (scanner.role >= 0 && scanner.role < 90) {
        const value = decodeUtf8(scanner.bytes, scanner.from, scanner.to);
        lines.push(`${line} ${keys[scanner.role]}=${value} in ${scanner.parent}`);
        continue;
      }
      const pairs = new Map<string, string>();
      for (let i = 0; i < scanner.attributes; i++) {
        const name = decodeUtf8(scanner.window, scanner.nameStart[i]!, scanner.nameEnd[i]!);
        scanner.select(i);
        pairs.set(name, decodeUtf8(scanner.bytes, scanner.from, scanner.to));
      }
      lines.push(`${line} ${pairs.get('key')}=${pairs.get('value')} in ${scanner.parent}`);
      const isLast = [...pairs.keys()].at(-1) === 'value';
      const key = keys.indexOf(pairs.get('key') ?? '');
      if (remembers && isLast && found === token.empty) scanner.remember(key);
    }
  }
  expect(scanner.end()).toBeNull();
  return lines;
}

test('tags of a known shape are read as they would be without it', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      fc.array(attribute, { maxLength: 40 }),
      fc.integer({ min: 1, max: 200 }),
      (all, chunk) => {
        const inner = all.map(({ style, key, value }) => styles[style]!(key, value)).join('');
        const xml = `<root>${inner}\n</root>`;
        expect(told(xml, chunk, true)).toEqual(told(xml, 1_000_000, false));
      },
    ),
    { numRuns: 400 },
  );
});

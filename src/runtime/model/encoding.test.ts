import { describe, expect, test } from 'vitest';
import { decodeXml } from './encoding.ts';

const text = '<?xml version="1.0"?><a n="贷款"/>';

function wide(endian: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes: number[] = mark ? (endian === 'le' ? [0xff, 0xfe] : [0xfe, 0xff]) : [];
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    const pair = [code & 0xff, code >> 8];
    bytes.push(...(endian === 'le' ? pair : pair.reverse()));
  }
  return Uint8Array.from(bytes);
}

const utf8 = (value: string) => new TextEncoder().encode(value);
const bytesOf = (value: string) => Uint8Array.from(value, (sign) => sign.charCodeAt(0));
const gbk = bytesOf('<?xml version="1.0" encoding="GBK"?><a n="\xb4\xfb\xbf\xee"/>');

describe('the encoding of a model file', () => {
  test.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with a mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8(text)])],
    ['UTF-16, little end first', wide('le', true)],
    ['UTF-16, big end first', wide('be', true)],
    ['UTF-16 without a mark', wide('le', false)],
    ['GBK, declared', gbk],
    ['UTF-8 that says it is UTF-16', utf8(text.replace('?>', ' encoding="UTF-16"?>'))],
  ])('%s', (_name, bytes) => {
    const decoded = decodeXml(bytes);
    expect(decoded.ok && decoded.value).toContain('n="贷款"');
  });

  test.each([
    ['xml_encoding_unknown', bytesOf('<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>')],
    ['xml_encoding_wrong', bytesOf('<?xml version="1.0" encoding="UTF-8"?><a n="\xb4\xfb"/>')],
    ['xml_encoding_wrong', bytesOf('<a n="\xff\xc0"/>')],
    ['xml_too_long', new Uint8Array(40_000_001)],
  ])('%s', (code, bytes) => {
    expect(decodeXml(bytes)).toMatchObject({ ok: false, code });
  });
});

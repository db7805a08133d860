/** The bytes of an XML file as text, in the encoding that they or their first line say. */
import { ok, type Result, refuse } from '../../base/result.ts';
import { xmlLengthMax } from '../../kernel/index.ts';

/** Encodings that tools of this country and the world write, by the name an XML file gives them. */
const known: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  big5: 'big5',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};

export type EncodingCode = 'xml_too_long' | 'xml_encoding_unknown' | 'xml_encoding_wrong';

/**
 * Decodes an XML file. A byte order mark decides, else the declaration, else it is UTF-8. Refuses
 * `xml_too_long`, `xml_encoding_unknown`, and `xml_encoding_wrong` when the bytes are not what they
 * say they are.
 */
export function decodeXml(bytes: Uint8Array): Result<string, EncodingCode> {
  if (bytes.length > xmlLengthMax * 2) return refuse('xml_too_long', { max: String(xmlLengthMax) });
  const encoding = markOf(bytes) ?? unmarkedWide(bytes) ?? declared(bytes);
  const label = known[encoding];
  if (label === undefined) return refuse('xml_encoding_unknown', { encoding });
  try {
    return ok(new TextDecoder(label, { fatal: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return refuse('xml_encoding_wrong', { encoding });
  }
}

function markOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null;
}

/** UTF-16 without a mark shows by the zero beside the first '<'. */
function unmarkedWide(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0x3c && second === 0) return 'utf-16le';
  return first === 0 && second === 0x3c ? 'utf-16be' : null;
}

function declared(bytes: Uint8Array): string {
  let head = '';
  for (const byte of bytes.subarray(0, 200)) head += String.fromCharCode(byte);
  const found = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head);
  const name = (found?.[1] ?? 'utf-8').toLowerCase();
  // Who declares UTF-16 and writes one byte a sign has written UTF-8.
  return name.startsWith('utf-16') ? 'utf-8' : name;
}

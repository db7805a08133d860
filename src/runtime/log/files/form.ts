/** Forms whose rows or objects are taken out of the whole file. */
export type Foreign = 'xlsx' | 'parquet' | 'ocel-json' | 'ocel-xml' | 'ocel-sqlite';

export type FileForm = 'text' | 'gzip' | Foreign;

/** What the first bytes of a file say it is; `text` is left to the reader of texts. */
export function formOf(head: Uint8Array): FileForm {
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return 'xlsx';
  if (starts(0x50, 0x41, 0x52, 0x31)) return 'parquet';
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('SQLite format 3\0')) return 'ocel-sqlite';
  if (/^(?:\xef\xbb\xbf)?\s*\{/.test(text)) return 'ocel-json';
  const isXml = /^(?:\xef\xbb\xbf)?\s*</.test(text);
  return isXml && /<(?:object-types|event-types|objects|events)[\s>/]/.test(text)
    ? 'ocel-xml'
    : 'text';
}

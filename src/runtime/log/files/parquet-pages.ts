import { type ColumnMetaData, type Compressors, type FileMetaData, parquetSchema } from 'hyparquet';

/** Numbers and structs of a Thrift struct in the compact protocol, by their field. */
type Struct = ReadonlyMap<number, number | Struct>;

/** Names of a page header's fields, and what a page may be. Source: parquet.thrift. */
const [pageTypeField, unpackedField, packedField] = [1, 2, 3];
const headers = { data: { type: 0, field: 5 }, dictionary: { type: 2, field: 7 } } as const;
const secondData = { type: 3, field: 8 } as const;
/** PLAIN_DICTIONARY, RLE and RLE_DICTIONARY: values in runs. */
const inRuns = new Set([2, 3, 8]);
const isBoolean = 'BOOLEAN';

/**
 * Walks the pages of every column and holds what they claim against what the column claims: sizes,
 * numbers of values, and the length of every run. The reader of Parquet believes a run, so that a
 * hurt byte would cost gigabytes. Throws an Error that says what is wrong. Source: the format's
 * description of pages and of the RLE and bit-packing hybrid.
 */
export function checkPages(bytes: Uint8Array, file: FileMetaData, compressors: Compressors): void {
  const schema = parquetSchema(file);
  for (const { columns } of file.row_groups) {
    for (const { meta_data: column } of columns) {
      if (column === undefined) continue;
      let [node, optional, repeated] = [schema, 0, 0];
      for (const part of column.path_in_schema) {
        const child = node.children.find(({ element }) => element.name === part);
        if (child === undefined) throw new Error(`no column ${part}`);
        optional += child.element.repetition_type === 'REQUIRED' ? 0 : 1;
        repeated += child.element.repetition_type === 'REPEATED' ? 1 : 0;
        node = child;
      }
      const widths = { definition: bitsOf(optional), repetition: bitsOf(repeated) };
      checkColumn(bytes, column, { ...widths, unpack: compressors[column.codec] });
    }
  }
}

const bitsOf = (value: number) => 32 - Math.clz32(value);

type Levels = {
  readonly definition: number;
  readonly repetition: number;
  readonly unpack: Compressors[keyof Compressors];
};

function checkColumn(bytes: Uint8Array, column: ColumnMetaData, levels: Levels): void {
  const from = Number(column.dictionary_page_offset || column.data_page_offset);
  const to = Math.min(from + Number(column.total_compressed_size), bytes.length);
  const cursor = new Cursor(bytes.subarray(from, to));
  const most = Number(column.num_values);
  let values = 0;
  while (values < most && !cursor.ended) {
    const header = readStruct(cursor);
    const packed = cursor.take(numberIn(header, packedField));
    const type = numberIn(header, pageTypeField);
    const given = { packed, unpackedLength: numberIn(header, unpackedField), most, column, levels };
    if (type === headers.dictionary.type) {
      const entries = numberIn(structIn(header, headers.dictionary.field), 1);
      if (entries > given.unpackedLength * 8) throw new Error('a dictionary of too many entries');
    } else if (type === headers.data.type) {
      values += checkData(structIn(header, headers.data.field), given);
    } else if (type === secondData.type) {
      values += checkSecondData(structIn(header, secondData.field), given);
    }
  }
}

type Page = {
  readonly packed: Uint8Array;
  readonly unpackedLength: number;
  readonly most: number;
  readonly column: ColumnMetaData;
  readonly levels: Levels;
};

/** A data page of the first kind: levels and values are packed together. Gives its values. */
function checkData(header: Struct, { packed, unpackedLength, most, column, levels }: Page): number {
  const count = atMost(numberIn(header, 1), most);
  const page = new Cursor(levels.unpack?.(packed, unpackedLength) ?? packed);
  for (const width of [levels.repetition, levels.definition]) {
    if (width > 0) checkRuns(page.part(page.lengthOf4()), width, count);
  }
  if (inRuns.has(numberIn(header, 2))) {
    if (column.type === isBoolean) checkRuns(page.part(page.lengthOf4()), 1, count);
    else checkRuns(page, page.byte(), count);
  }
  return count;
}

/** A data page of the second kind: its levels stand before what is packed. Gives its values. */
function checkSecondData(header: Struct, given: Page): number {
  const { packed, most, column, levels } = given;
  const count = atMost(numberIn(header, 1), most);
  atMost(numberIn(header, 2), count);
  atMost(numberIn(header, 3), most);
  const [definition, repetition] = [numberIn(header, 5), numberIn(header, 6)];
  const whole = new Cursor(packed);
  const parts = [whole.part(repetition), whole.part(definition)] as const;
  if (levels.repetition > 0) checkRuns(parts[0], levels.repetition, count);
  if (levels.definition > 0) checkRuns(parts[1], levels.definition, count);
  const rest = packed.subarray(repetition + definition);
  const isPacked = header.get(7) !== 0;
  const length = given.unpackedLength - definition - repetition;
  const page = new Cursor(isPacked ? (levels.unpack?.(rest, length) ?? rest) : rest);
  if (inRuns.has(numberIn(header, 4))) {
    if (column.type === isBoolean) checkRuns(page.part(page.lengthOf4()), 1, count);
    else checkRuns(page, page.byte(), count);
  }
  return count;
}

/** Runs of repeated and of bit-packed values: none is longer than the page has values. */
function checkRuns(cursor: Cursor, width: number, most: number): void {
  if (width > 32) throw new Error('values of more than 32 bits');
  for (let seen = 0; seen < most && !cursor.ended; ) {
    const header = cursor.varint();
    const isBitPacked = header % 2 === 1;
    const count = isBitPacked ? ((header - 1) / 2) * 8 : header / 2;
    if (count > most + 7) throw new Error('a run of too many values');
    cursor.skip(isBitPacked ? (count * width) / 8 : (width + 7) >> 3);
    seen += count;
  }
}

function atMost(value: number, most: number): number {
  if (value > most) throw new Error('a page of too many values');
  return value;
}

function numberIn(struct: Struct, field: number): number {
  const value = struct.get(field);
  if (typeof value !== 'number' || value < 0) throw new Error('a damaged page header');
  return value;
}

function structIn(struct: Struct, field: number): Struct {
  const value = struct.get(field);
  if (typeof value !== 'object') throw new Error('a damaged page header');
  return value;
}

/** A place in bytes; what would lead beyond their end, but for a last run, is refused. */
class Cursor {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get ended(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new Error('a page that ends too early');
    return value;
  }

  take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length) throw new Error('a page that ends too early');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  part(length: number): Cursor {
    return new Cursor(this.take(length));
  }

  /** Further by so many bytes; writers leave out the padding of the last. */
  skip(length: number): void {
    this.at += length;
  }

  lengthOf4(): number {
    return this.byte() + this.byte() * 2 ** 8 + this.byte() * 2 ** 16 + this.byte() * 2 ** 24;
  }

  /** Unsigned, of at most 5 bytes. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const next = this.byte();
      value += (next & 127) * 2 ** shift;
      if (next < 128) return value;
    }
    throw new Error('a number that does not end');
  }
}

/** Thrift's compact protocol as page headers use it; texts, lists and doubles are passed over. */
function readStruct(cursor: Cursor, depth = 0): Struct {
  if (depth > 4) throw new Error('a damaged page header');
  const fields = new Map<number, number | Struct>();
  let field = 0;
  for (let head = cursor.byte(); head !== 0; head = cursor.byte()) {
    field = head >> 4 === 0 ? zigzag(cursor.varint()) : field + (head >> 4);
    const value = readValue(cursor, head & 15, depth);
    if (value !== null) fields.set(field, value);
  }
  return fields;
}

const zigzag = (value: number) => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

function readValue(cursor: Cursor, type: number, depth: number): number | Struct | null {
  switch (type) {
    case 1:
    case 2: // true and false
      return type === 1 ? 1 : 0;
    case 3:
      return cursor.byte();
    case 4:
    case 5:
      return zigzag(cursor.varint());
    case 6: // 64 bits: of statistics only
      while (cursor.byte() > 127);
      return null;
    case 7:
      cursor.take(8);
      return null;
    case 8:
      cursor.take(cursor.varint());
      return null;
    case 12:
      return readStruct(cursor, depth + 1);
    default:
      throw new Error('a damaged page header');
  }
}

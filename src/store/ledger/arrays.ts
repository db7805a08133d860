import { assert } from '../../base/assert.ts';

/** What may stand in an array that a posting function takes. */
export type Element = null | number | bigint | string;

/** Types whose elements need no quotes in an array's text. */
const plainTypes = new Set(['uuid', 'int2', 'int4', 'int8', 'date']);

/**
 * The text of an array, `{…}`. Ids, numbers and dates need no quotes; the driver would look at each
 * of them for characters to quote, and so costs more than the rest of a large posting.
 */
export function arrayText(type: string, elements: readonly Element[]): string {
  if (plainTypes.has(type)) return `{${elements.map((one) => one ?? 'NULL').join(',')}}`;
  return `{${elements.map((one) => (one === null ? 'NULL' : quoted(String(one)))).join(',')}}`;
}

/** PostgreSQL's own numbers of the types that travel as bytes, and the length of an element. */
const binaryTypes = { uuid: [2950, 16], int4: [23, 4], int8: [20, 8] } as const;

/**
 * An array as PostgreSQL keeps it itself, which it need not parse: one dimension, counted from 1,
 * no null. Ids are lower-case hexadecimal.
 */
export function uuidArray(ids: readonly string[]): Uint8Array {
  const hex = ids.map((id) => `00000010${id}`).join('');
  return arrayBytes('uuid', ids.length, Buffer.from(hex.replaceAll('-', ''), 'hex'));
}

/** As `uuidArray`, of numbers of 32 bits. */
export function int4Array(numbers: readonly number[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(numbers.length * 8);
  let at = 0;
  for (const number of numbers) {
    bytes.writeInt32BE(4, at);
    bytes.writeInt32BE(number, at + 4);
    at += 8;
  }
  return arrayBytes('int4', numbers.length, bytes);
}

/** As `uuidArray`, of numbers of 64 bits. */
export function int8Array(numbers: readonly bigint[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(numbers.length * 12);
  let at = 0;
  for (const number of numbers) {
    bytes.writeInt32BE(8, at);
    bytes.writeBigInt64BE(number, at + 4);
    at += 12;
  }
  return arrayBytes('int8', numbers.length, bytes);
}

function arrayBytes(
  type: keyof typeof binaryTypes,
  count: number,
  elements: Uint8Array,
): Uint8Array {
  const [typeNumber, bytesEach] = binaryTypes[type];
  assert(elements.length === count * (bytesEach + 4), `every element is a ${type}`);
  const head = Buffer.alloc(count === 0 ? 12 : 20);
  head.writeInt32BE(count === 0 ? 0 : 1, 0);
  head.writeInt32BE(typeNumber, 8);
  if (count === 0) return head;
  head.writeInt32BE(count, 12);
  head.writeInt32BE(1, 16);
  return Buffer.concat([head, elements]);
}

/**
 * As `arrayText`, but one element only when all are the same, and none when all are null: for a
 * column that the function fills up from its first element.
 */
export function sharedArrayText(type: string, elements: readonly Element[]): string {
  const [first] = elements;
  if (first === undefined || elements.some((one) => one !== first)) {
    return arrayText(type, elements);
  }
  return arrayText(type, first === null ? [] : [first]);
}

function quoted(text: string): string {
  return safe.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Texts that mean themselves in an array; NULL is the one word that does not. */
const safe = /^(?!null$)[\w.:\-\u4e00-\u9fff]+$/i;

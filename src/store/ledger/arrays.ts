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

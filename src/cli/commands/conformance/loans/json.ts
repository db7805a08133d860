/** A JSON object as it was read: nothing is known of its values. */
export type Fields = Readonly<Record<string, unknown>>;

/** A list of JSON objects; anything else in it is an error of the file. */
export function listOf(value: unknown): Fields[] {
  if (!Array.isArray(value) || !value.every(isFields)) throw new Error('not a list of objects');
  return value;
}

/** A JSON object. */
export function fieldsOf(value: unknown): Fields {
  if (!isFields(value)) throw new Error('not an object');
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field as text: numbers and truth values as they are written, what is missing as ''. */
export function textAt(fields: Fields, name: string): string {
  const value = fields[name];
  return value === null || value === undefined ? '' : String(value);
}

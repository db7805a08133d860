import { createHash } from 'node:crypto';
import type { Value } from '../../base/data.ts';
import { encodeValue, isValueList, isValues } from '../../base/data.ts';

/** JSON text of a value with members in the order of their names: equal values, equal texts. */
export function canonicalText(value: Value): string {
  if (isValueList(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isValues(value)) return encodeValue(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 of the canonical text, in hexadecimal. */
export function contentHash(value: Value): string {
  return textHash(canonicalText(value));
}

/** SHA-256 of a text as UTF-8, in hexadecimal. */
export function textHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

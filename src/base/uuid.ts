import { assert } from './assert.ts';

/** A UUID of version 7 (RFC 9562): its first 48 bits are the instant it was made. */
export type UuidV7 = string;

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Bytes of chance that one id takes. */
export const UUID_RANDOM_BYTES = 10;

/** at: ms since 1970-01-01 UTC. random: 10 bytes of chance, from the shell. */
export function uuidV7(at: number, random: Uint8Array): UuidV7 {
  assert(Number.isInteger(at) && at >= 0 && at < 2 ** 48, 'an instant fits 48 bits');
  assert(random.length === UUID_RANDOM_BYTES, 'an id takes 10 bytes of chance');
  const bytes = [...random];
  bytes[0] = ((bytes[0] ?? 0) & 0x0f) | 0x70;
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80;
  return withHyphens(at.toString(16).padStart(12, '0') + bytes.map(hexByte).join(''));
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function withHyphens(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/** True for a UUID of version 7 in lower-case hexadecimal. */
export function isUuidV7(text: string): boolean {
  return shape.test(text);
}

/** The instant in the id, ms since 1970-01-01 UTC; null for anything but a UUID of version 7. */
export function uuidInstant(id: string): number | null {
  return isUuidV7(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}

/**
 * The n-th id of a command, from the command's own id: the same command gives the same ids, so a
 * repeated command is recognised by each of its rows. n: 0 to 9,999; 0 is not the command's own id.
 * The instant stays; the last 48 bits are moved on by a stride that is prime to 2^48.
 */
export function derivedUuid(id: UuidV7, n: number): UuidV7 {
  assert(isUuidV7(id), 'an id is derived from a UUID of version 7');
  assert(Number.isInteger(n) && n >= 0 && n < 10_000, 'a command derives at most 10,000 ids');
  const tail = BigInt(`0x${id.slice(24)}`);
  const moved = (tail + (BigInt(n) + 1n) * 0x9e37_79b9_7f4bn) & 0xffff_ffff_ffffn;
  return id.slice(0, 24) + moved.toString(16).padStart(12, '0');
}

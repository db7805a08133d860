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
 * repeated command is recognised by each of its rows. n: 0 to 999,999. The instant stays; the last
 * 62 bits are mixed with n (finaliser of SplitMix64), so ids derived from derived ids do not meet.
 */
export function derivedUuid(id: UuidV7, n: number): UuidV7 {
  assert(isUuidV7(id), 'an id is derived from a UUID of version 7');
  assert(Number.isInteger(n) && n >= 0 && n < 1_000_000, 'a command derives at most 1,000,000 ids');
  const tail = BigInt(`0x${id.slice(19, 23)}${id.slice(24)}`);
  const mixed = mix64(tail ^ mix64(BigInt(n) + 1n));
  const variant = (mixed & 0x3fff_ffff_ffff_ffffn) | 0x8000_0000_0000_0000n;
  const hex = variant.toString(16);
  return `${id.slice(0, 19)}${hex.slice(0, 4)}-${hex.slice(4)}`;
}

function mix64(value: bigint): bigint {
  const first = ((value ^ (value >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & 0xffff_ffff_ffff_ffffn;
  const second = ((first ^ (first >> 27n)) * 0x94d0_49bb_1331_11ebn) & 0xffff_ffff_ffff_ffffn;
  return second ^ (second >> 31n);
}

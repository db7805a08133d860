import type { Names } from './event-log.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/**
 * Texts counted on their raw bytes: each distinct text gets the next number, and becomes a string
 * only when someone asks for it. FNV-1a over open addressing; the bytes stand in one arena.
 */
export class ByteDictionary implements Names {
  #arena = new Uint8Array(1024);
  #starts = new Int32Array(64);
  #hashes = new Int32Array(64);
  #slots = new Int32Array(128).fill(-1);
  size = 0;

  /** `known`: texts that get the first numbers. */
  constructor(known: readonly string[] = []) {
    for (const text of known) {
      const bytes = encodeUtf8(text);
      this.code(bytes, 0, bytes.length);
    }
  }

  /** The number of a text that is there, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    return this.#slots[this.#slotOf(hash, bytes, start, end)]!;
  }

  /** The number of a text, which is added if it is new. */
  code(bytes: Uint8Array, start: number, end: number): number {
    return this.hashed(hashOf(bytes, start, end), bytes, start, end);
  }

  /** As `code`, for a text whose hash (see `hashOf`) the caller has worked out already. */
  hashed(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const slot = this.#slotOf(hash, bytes, start, end);
    const found = this.#slots[slot]!;
    if (found >= 0) return found;
    return this.#add(hash, slot, bytes, start, end);
  }

  text(code: number): string {
    return decodeUtf8(this.#arena, this.#starts[code]!, this.#starts[code + 1]!);
  }

  #slotOf(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const code = this.#slots[slot]!;
      if (code < 0) return slot;
      if (this.#hashes[code] === hash && this.is(code, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** Whether a number stands for these bytes. */
  is(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[code]!;
    const length = end - start;
    if (this.#starts[code + 1]! - from !== length) return false;
    const arena = this.#arena;
    for (let i = 0; i < length; i++) if (arena[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(hash: number, slot: number, bytes: Uint8Array, start: number, end: number): number {
    const code = this.size++;
    if (code + 2 > this.#starts.length) {
      this.#starts = grown(this.#starts, code * 2);
      this.#hashes = grown(this.#hashes, code * 2);
    }
    const from = this.#starts[code]!;
    if (from + end - start > this.#arena.length) {
      const arena = new Uint8Array(Math.max(this.#arena.length * 2, from + end - start));
      arena.set(this.#arena);
      this.#arena = arena;
    }
    this.#arena.set(bytes.subarray(start, end), from);
    this.#starts[code + 1] = from + end - start;
    this.#hashes[code] = hash;
    this.#slots[slot] = code;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      const hash = this.#hashes[code]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}

function grown(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}

/** FNV-1a over bytes, as the dictionary counts it. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash;
}

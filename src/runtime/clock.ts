import { randomBytes } from 'node:crypto';

/** The only places where time and chance enter the runtime; everything else is given them. */

/** ms since 1970-01-01 UTC, by this machine's clock. */
export function systemClock(): number {
  return Date.now();
}

/** Bytes of chance from the operating system. */
export function systemRandom(bytes: number): Uint8Array {
  return randomBytes(bytes);
}

/** An instant as the clock on the bank's wall shows it, ISO 8601 with the offset of China. */
export function momentAtBank(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}

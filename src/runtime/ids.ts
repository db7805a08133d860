import { assert } from '../base/assert.ts';
import { UUID_RANDOM_BYTES, uuidV7 } from '../base/uuid.ts';

/** Gives bytes of chance. */
export type Random = (bytes: number) => Uint8Array;

/** Ids that one action may make. */
const idsMax = 1_000_000;

/**
 * Makes UUIDv7s of one instant that rise in the order they are made: the 12 bits after the version
 * count, and every 4,096 ids the instant moves on by a millisecond (RFC 9562, 6.2, method 1).
 */
export function risingIds(at: number, random: Random): () => string {
  let made = 0;
  return () => {
    assert(made < idsMax, 'one action makes at most a million ids');
    const bytes = Uint8Array.from(random(UUID_RANDOM_BYTES));
    const count = made % 4_096;
    bytes[0] = count >> 8;
    bytes[1] = count & 0xff;
    const id = uuidV7(at + Math.floor(made / 4_096), bytes);
    made += 1;
    return id;
  };
}

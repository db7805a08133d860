import { UUID_RANDOM_BYTES, uuidV7 } from '../../src/base/uuid.ts';

/** A UUIDv7 for one intention of the user; getRandomValues also works on plain http. */
export function idempotencyKey(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(UUID_RANDOM_BYTES)));
}

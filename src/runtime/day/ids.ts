import { createHash } from 'node:crypto';
import { UUID_RANDOM_BYTES, type UuidV7, uuidV7 } from '../../base/uuid.ts';
import type { Day } from './step.ts';

/**
 * The id of what the end of day posts or opens: the same day and words give the same id, so what
 * was done before a crash is found again and not done twice. Its instant is that of the date's
 * beginning in China.
 */
export function dayId(day: Pick<Day, 'cellId' | 'accountingDate'>, words: string): UuidV7 {
  const at = Date.parse(`${day.accountingDate}T00:00:00+08:00`);
  const text = `end of day ${day.cellId} ${day.accountingDate} ${words}`;
  const chance = createHash('sha256').update(text).digest().subarray(0, UUID_RANDOM_BYTES);
  return uuidV7(at, chance);
}

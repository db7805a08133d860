import { addDays } from '../../../src/base/dates.ts';

/** The day some days before another. */
export function daysBefore(day: string, days: number): string {
  return addDays(day, -days);
}

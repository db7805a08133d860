import type { Instances } from '../instances.ts';
import { alwaysOnDuty, type Duty, dutyOf, weekMs } from './duty.ts';

const dayMs = 86_400_000;

/**
 * When each resource (by its code) usually begins work, as one line on the bank's own clock, such
 * as '1-5 09:00-12:00 13:30-17:45' (1 Monday to 7 Sunday), read from the log as `dutyOf` does;
 * null where the log does not tell: too little is seen, or work is begun at all hours.
 * `offsetMs`: what to add to UTC for that clock.
 */
export function usualHours(work: Instances, offsetMs: number): readonly (string | null)[] {
  return dutyOf(work, offsetMs).map((duty) =>
    duty === alwaysOnDuty || wholeWeek(duty) ? null : hoursText(duty, offsetMs),
  );
}

function wholeWeek(duty: Duty): boolean {
  return duty.length === 0 || duty.reduce((sum, { from, to }) => sum + to - from, 0) >= weekMs;
}

function hoursText(duty: Duty, offsetMs: number): string {
  const days: string[][] = Array.from({ length: 7 }, () => []);
  const local = duty
    .map(({ from, to }) => {
      const begin = (((from + offsetMs) % weekMs) + weekMs) % weekMs;
      return { begin, end: begin + to - from };
    })
    .sort((a, b) => a.begin - b.begin);
  for (const { begin, end } of local) {
    // Cut at midnight, so that each day has its own stretches.
    for (let at = begin; at < end; ) {
      const next = Math.min(end, (Math.floor(at / dayMs) + 1) * dayMs);
      const [first, last] = [clock(at % dayMs), clock(((next - 1) % dayMs) + 1)];
      if (first !== last) days[Math.floor(at / dayMs) % 7]!.push(`${first}-${last}`);
      at = next;
    }
  }
  const lines: string[] = [];
  for (let day = 0; day < 7; ) {
    const hours = days[day]!.join(' ');
    let last = day;
    while (last < 6 && days[last + 1]!.join(' ') === hours) last++;
    const named = last > day ? `${day + 1}-${last + 1}` : String(day + 1);
    if (hours !== '') lines.push(`${named} ${hours}`);
    day = last + 1;
  }
  return lines.join('; ');
}

/** Rounded to a quarter of an hour: more would be read into it than it says. */
function clock(ms: number): string {
  const quarters = Math.round(ms / 900_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(quarters / 4))}:${two((quarters % 4) * 15)}`;
}

import type { Instances } from '../instances.ts';
import { alwaysOnDuty, type Duty, dutyOf, weekMs } from './duty.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const pauseHours = 2;

/**
 * When each resource (by its code) usually begins work, as one line on the bank's own clock, such
 * as '1-5 09:00-18:00; 6 10:00-12:00' (1 Monday to 7 Sunday), whole hours, read from the log as
 * `dutyOf` does; null where the log does not tell: too little is seen, or work is begun at all
 * hours.
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
  const days: { from: number; to: number }[][] = Array.from({ length: 7 }, () => []);
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
      const from = Math.floor((at % dayMs) / hourMs);
      const to = Math.ceil((((next - 1) % dayMs) + 1) / hourMs);
      join(days[Math.floor(at / dayMs) % 7]!, from, to);
      at = next;
    }
  }
  const texts = days.map((each) =>
    each.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(' '),
  );
  const lines: string[] = [];
  for (let day = 0; day < 7; ) {
    let last = day;
    while (last < 6 && texts[last + 1] === texts[day]) last++;
    const named = last > day ? `${day + 1}-${last + 1}` : String(day + 1);
    if (texts[day] !== '') lines.push(`${named} ${texts[day]}`);
    day = last + 1;
  }
  return lines.join('; ');
}

/** Adds whole hours to a day; a pause of up to two hours (noon) does not part them. */
function join(day: { from: number; to: number }[], from: number, to: number): void {
  const before = day.at(-1);
  if (before !== undefined && from - before.to <= pauseHours) before.to = Math.max(before.to, to);
  else day.push({ from, to });
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

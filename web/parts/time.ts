import { text } from '../i18n/index.ts';

const two = (part: number) => String(part).padStart(2, '0');

/** The bank's clock runs on China's time wherever the browser stands. */
const chinaMs = 8 * 3_600_000;

/** '2026-11-21'. */
export function dayOf(at: number): string {
  const date = new Date(at + chinaMs);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/** '14:05:09'. */
export function timeOf(at: number): string {
  const date = new Date(at + chinaMs);
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
}

/** '2026-11-21 14:05:09'. */
export function instantOf(at: number): string {
  return `${dayOf(at)} ${timeOf(at)}`;
}

/** '11-21 14:05', for lists and timelines; the full instant belongs in the title. */
export function shortInstantOf(at: number): string {
  return `${dayOf(at).slice(5)} ${timeOf(at).slice(0, 5)}`;
}

/** '2 天 3 小时', '1 h 12 min': the two largest units of a length of time, rounded down. */
export function durationOf(lengthMs: number): string {
  const minutes = Math.floor(Math.abs(lengthMs) / 60_000);
  const [days, hours, rest] = [
    Math.floor(minutes / 1440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ];
  if (days > 0) return join(part('day', days), hours > 0 ? part('hour', hours) : '');
  if (hours > 0) return join(part('hour', hours), rest > 0 ? part('minute', rest) : '');
  return part('minute', rest);
}

function part(unit: 'day' | 'hour' | 'minute', count: number): string {
  return text(`duration.${unit}`, { count: String(count) });
}

function join(...parts: readonly string[]): string {
  return parts.filter((one) => one !== '').join(' ');
}

/** 'P2D' as '2 天', 'PT90M' as '1 h 30 min'; what is not days, hours and minutes as it stands. */
export function isoDurationOf(text: string): string {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text);
  if (found === null) return text;
  const [days = 0, hours = 0, minutes = 0] = found.slice(1).map((each) => Number(each ?? 0));
  return durationOf(((days * 24 + hours) * 60 + minutes) * 60_000);
}

import { type FeelDate, parseDate } from './date.ts';
import { type DaysDuration, type MonthsDuration, parseDuration } from './duration.ts';
import { type FeelDateTime, type FeelTime, parseDateTime, parseTime } from './time.ts';

/** What an at-literal such as @"2026-11-21" stands for; null: none of the five kinds. */
export function parseTemporal(
  text: string,
): FeelDate | FeelTime | FeelDateTime | DaysDuration | MonthsDuration | null {
  return parseDate(text) ?? parseTime(text) ?? parseDuration(text) ?? parseDateTime(text);
}

import { type CalendarDate, daysBetween } from '../../base/dates.ts';

/** How an indicator stands against its target: 绿灯, 黄灯, 红灯; `none`: nothing to say. */
export type Light = 'green' | 'amber' | 'red' | 'none';

/** Values are millionths of the indicator's unit; `from`: the day the baseline was frozen. */
export type Standing = {
  readonly better: 'lower' | 'higher';
  readonly presentMillionths: bigint | null;
  readonly targetMillionths: bigint | null;
  readonly baseline: { readonly millionths: bigint; readonly from: CalendarDate } | null;
  readonly dueDate: CalendarDate | null;
  readonly today: CalendarDate;
};

/** `expectedMillionths`: where the straight line from baseline to target is today. */
export type Judgement = {
  readonly light: Light;
  readonly gapMillionths: bigint | null;
  readonly expectedMillionths: bigint | null;
};

/**
 * Green: the target is reached. Amber: not yet, but the date has not passed and the value is at
 * least where the straight line from the baseline (the day it was frozen) to the target (its date)
 * stands today; without a baseline: it misses the target by at most a tenth of it. Red: neither.
 */
export function standing(now: Standing): Judgement {
  const { presentMillionths: present, targetMillionths: target, better } = now;
  if (present === null || target === null) {
    return { light: 'none', gapMillionths: null, expectedMillionths: null };
  }
  const reaches = (wanted: bigint) => (better === 'lower' ? present <= wanted : present >= wanted);
  const expected = expectedToday(now, target);
  const gapMillionths = present - target;
  const said = { gapMillionths, expectedMillionths: expected };
  if (reaches(target)) return { light: 'green', ...said };
  if (now.dueDate !== null && now.today > now.dueDate) return { light: 'red', ...said };
  const tenth = (target < 0n ? -target : target) / 10n;
  const enough = expected ?? (better === 'lower' ? target + tenth : target - tenth);
  return { light: reaches(enough) ? 'amber' : 'red', ...said };
}

function expectedToday({ baseline, dueDate, today }: Standing, target: bigint): bigint | null {
  if (baseline === null || dueDate === null) return null;
  const all = BigInt(daysBetween(baseline.from, dueDate));
  const gone = BigInt(daysBetween(baseline.from, today));
  if (all <= 0n || gone >= all) return target;
  if (gone <= 0n) return baseline.millionths;
  return baseline.millionths + ((target - baseline.millionths) * gone) / all;
}

/** A target as a change against a baseline: changePpm −200,000 is 20 % less; rounded half up. */
export function targetFrom(baselineMillionths: bigint, changePpm: bigint): bigint {
  const top = baselineMillionths * (1_000_000n + changePpm);
  const doubled = 2n * top + 1_000_000n;
  const floor = doubled / 2_000_000n;
  return doubled < 0n && doubled % 2_000_000n !== 0n ? floor - 1n : floor;
}

/**
 * What a project promised and what came of it, as changes against the baseline in millionths of
 * it; null without a baseline to measure by.
 */
export function effectPpm(baselineMillionths: bigint, millionths: bigint): bigint | null {
  if (baselineMillionths === 0n) return null;
  const size = baselineMillionths < 0n ? -baselineMillionths : baselineMillionths;
  return ((millionths - baselineMillionths) * 1_000_000n) / size;
}

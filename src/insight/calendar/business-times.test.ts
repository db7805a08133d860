import { expect, test } from 'vitest';
import { officeWeek, type WorkingHours } from '../../base/working-hours.ts';
import { activityInstances } from '../instances.ts';
import { logOf } from '../testing.ts';
import { businessTimes } from './business-times.ts';

const nineToFive = [{ fromMinute: 540, toMinute: 1020 }];
const place: WorkingHours = {
  days: {
    name: 'office',
    knownFrom: '1970-01-01',
    knownUntil: '1970-12-31',
    weekend: [6, 7],
    holidays: new Set(['1970-01-06']),
    makeUpDays: new Set(['1970-01-10']),
  },
  hours: officeWeek(nineToFive),
  makeUpHours: nineToFive,
  offsetMinutes: 0,
};
/** Seconds since 1970: a day of January (5 is a Monday) and an hour. */
const at = (day: number, hour: number) => ((day - 1) * 24 + hour) * 3600;

test('KPI-03 cycle time, waiting and handling in working hours: nights, a holiday and a worked Saturday', () => {
  const work = activityInstances(
    logOf([
      { of: '1', does: 'A', from: at(5, 9), at: at(5, 11) },
      { of: '1', does: 'B', from: at(7, 10), at: at(7, 19) }, // Tuesday is off; over at 17
      { of: '2', does: 'A', from: at(9, 16), at: at(9, 17) },
      { of: '2', does: 'B', from: at(12, 9), at: at(12, 10) }, // Saturday is worked: 8 h
    ]),
    'instances',
  );
  const times = businessTimes(work, place);
  if (!times.ok) throw new Error(times.code);
  const hours = (value: number | null) => (value === null ? null : value / 3600);
  const { activities, caseDuration, waitingSeconds, cycleSeconds, workingSeconds } = times.value;
  expect(hours(waitingSeconds)).toBe(7 + 8);
  expect(hours(cycleSeconds)).toBe(16 + 10);
  expect(hours(workingSeconds)).toBe(26 - 15);
  expect([hours(caseDuration.minSeconds), hours(caseDuration.maxSeconds)]).toEqual([10, 16]);
  expect(activities.map(({ activity }) => activity)).toEqual(['B', 'A']);
  expect(hours(activities[0]!.meanWaitingSeconds)).toBe(7.5);
  expect(hours(activities[0]!.meanProcessingSeconds)).toBe(4);
  expect(times.value.closedShare).toBeCloseTo(1 - 15 / (47 + 64), 10);
});

test('a period the notice does not cover is refused', () => {
  const work = activityInstances(logOf([{ of: '1', does: 'A', at: at(370, 9) }]), 'complete');
  expect(businessTimes(work, place)).toMatchObject({ ok: false, code: 'calendar_not_known' });
});

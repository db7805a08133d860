import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { activityInstances } from '../../insight/instances.ts';
import { waitingCauses } from '../../insight/wait/summary.ts';
import { readLog } from './read-log.ts';

const material = process.env.HUILIU_DATA;

describe.skipIf(material === undefined)('real logs (HUILIU_DATA)', () => {
  test('known outside delays of a simulated bank are found again within 5 %', async () => {
    const file = join(material!, 'logs/synthetic-loan-application.csv.gz');
    const read = await readLog(file, 'utf-8', { attributes: true });
    if (!read.ok) throw new Error(read.code);
    const { log } = read.value;
    const given = log.attributes.find(({ name }) => name === 'extraneous_delay')!;
    const known = new Map<string, number>();
    for (const [i, code] of given.code.entries()) {
      const activity = log.activities.text(log.activity[i]!);
      known.set(activity, (known.get(activity) ?? 0) + Number(given.values.text(code)));
    }
    const found = waitingCauses(activityInstances(log, 'instances'))!;
    expect(found.waitSeconds).toBeGreaterThan(0);
    for (const { activity, seconds, waitSeconds } of found.activities) {
      const wanted = known.get(activity)!;
      const outside = seconds.extraneous + seconds.batching;
      const most = 0.05 * (wanted > 0 ? wanted : waitSeconds);
      expect(Math.abs(outside - wanted), activity).toBeLessThanOrEqual(most);
    }
  });

  test('MOD-05 the five causes add up to the wait, before every activity', async () => {
    const read = await readLog(join(material!, 'logs/bpi2012-w.csv.gz'), 'utf-8', {});
    if (!read.ok) throw new Error(read.code);
    const found = waitingCauses(activityInstances(read.value.log, 'instances'))!;
    expect(found.activities).toHaveLength(6);
    for (const { seconds, waitSeconds } of [found, ...found.activities]) {
      const parts = Object.values(seconds);
      expect(parts.every((part) => part >= 0)).toBe(true);
      expect(parts.reduce((all, part) => all + part, 0)).toBeCloseTo(waitSeconds, 1);
    }
  });
});

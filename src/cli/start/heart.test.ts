import { expect, test } from 'vitest';
import { ok, refuse } from '../../base/result.ts';
import { startHeart } from './heart.ts';

const nothing = { timersFired: 0, jobsDone: 0, refused: [], faults: [] };

test('beats until it is stopped, tells a problem once, and looks every minute for a day to close', async () => {
  const beats: number[] = [];
  const prepared: number[] = [];
  const told: string[] = [];
  let days = 0;
  let now = 0;
  const runtime = {
    tick: async (at: number) => {
      beats.push(at);
      if (beats.length <= 2) throw new Error('the database is away');
      return nothing;
    },
    closeDueDays: async () => {
      days += 1;
      return days === 1 ? refuse('day_does_not_tie') : ok(['2026-11-20']);
    },
    prepareMonths: async (at: number) => {
      prepared.push(at);
      return 0;
    },
  };
  const clock = () => {
    now += 43_200_000; // Half a day from look to look.
    return now;
  };
  const heart = startHeart(runtime, clock, (line) => told.push(line));
  while (beats.length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
  await heart.stop();
  const count = beats.length;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(beats).toHaveLength(count);
  expect(told.filter((line) => line.startsWith('The work'))).toEqual([
    'The work that is due waits: the database is away',
  ]);
  expect(prepared.slice(0, 2)).toEqual([43_200_000, 129_600_000]);
  expect(told.filter((line) => !line.startsWith('The work')).slice(0, 2)).toEqual([
    'The end of day waits: day_does_not_tie',
    'The accounting date 2026-11-20 is closed.',
  ]);
});

import { expect, test } from 'vitest';
import { refuse } from '../../base/result.ts';
import { startHeart } from './heart.ts';

const nothing = { timersFired: 0, jobsDone: 0, refused: [], faults: [] };

test('beats until it is stopped, tells a problem once, and does the daily work once a day', async () => {
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
    runDaily: async () => {
      days += 1;
      return refuse('books_not_open');
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
  expect(days).toBe(prepared.length);
});

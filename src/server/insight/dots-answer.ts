import type { InsightDotsAnswer } from '../../contract/insight/dots.ts';
import { casesOf, type Found } from './found-log.ts';

/** By the first start, or the longest case first. */
export type DotsAsked = { readonly order: 'start' | 'duration' };

const [casesMost, workMost] = [400, 20_000];

/** Cases as rows of dots; when there are too many, every n-th of the order, with all its dots. */
export function dotsAnswerOf({ work }: Found, { order }: DotsAsked): InsightDotsAnswer {
  const { firstOfCase, startMs, endMs, activity, log } = work;
  const all = casesOf(work).map((c) => {
    const [first, end] = [firstOfCase[c]!, firstOfCase[c + 1]!];
    let last = endMs[first]!;
    for (let i = first; i < end; i++) last = Math.max(last, endMs[i]!);
    return { c, from: startMs[first]!, to: last };
  });
  const fromMs = all.reduce((least, { from }) => Math.min(least, from), Infinity);
  const toMs = all.reduce((most, { to }) => Math.max(most, to), -Infinity);
  const length = ({ from, to }: { from: number; to: number }) => to - from;
  all.sort((a, b) =>
    order === 'start' ? a.from - b.from || a.c - b.c : length(b) - length(a) || a.c - b.c,
  );
  const every = Math.max(1, Math.ceil(all.length / casesMost), Math.ceil(work.size / workMost));
  const shown = all.filter((_, k) => k % every === 0);
  return {
    ...{ fromMs, toMs, casesInAll: all.length },
    activities: Array.from({ length: log.activities.size }, (_, k) => log.activities.text(k)),
    cases: shown.map(({ c }) => {
      const done: [number, number, number][] = [];
      for (let i = firstOfCase[c]!; i < firstOfCase[c + 1]!; i++) {
        done.push([startMs[i]!, endMs[i]!, activity[i]!]);
      }
      return { caseNumber: log.cases.text(c), work: done };
    }),
  };
}

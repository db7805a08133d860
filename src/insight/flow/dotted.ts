import { none } from '../event-log.ts';
import type { Instances } from '../instances.ts';

/** A dot: when (ms since epoch), in which row, and the codes of what was done and by whom. */
export type Dot = {
  readonly atMs: number;
  /** Place of its case among the cases shown, from 0. */
  readonly row: number;
  readonly activity: number;
  readonly resource: number;
};

export type DottedChart = {
  readonly cases: readonly string[];
  readonly activities: readonly string[];
  readonly dots: readonly Dot[];
  /** Cases with work in the log, and pieces of work in them; all are shown unless it is more. */
  readonly casesInAll: number;
  readonly instancesInAll: number;
};

/** Orders of the rows: by the first start, or the longest case first. */
export const dotOrders = ['start', 'duration'] as const;
export type DotOrder = (typeof dotOrders)[number];

/**
 * Every piece of work as a dot at its start, a row a case. Where there are more than `dotsMax`,
 * whole cases are left out evenly: every n-th case of the order stays, with all its dots. A case
 * longer than `dotsMax` is cut.
 */
export function dottedChart(work: Instances, order: DotOrder, dotsMax: number): DottedChart {
  const cases: { c: number; fromMs: number; lengthMs: number }[] = [];
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    if (from === to) continue;
    let end = work.endMs[from]!;
    for (let i = from; i < to; i++) end = Math.max(end, work.endMs[i]!);
    cases.push({ c, fromMs: work.startMs[from]!, lengthMs: end - work.startMs[from]! });
  }
  cases.sort((a, b) =>
    order === 'start' ? a.fromMs - b.fromMs || a.c - b.c : b.lengthMs - a.lengthMs || a.c - b.c,
  );
  let every = Math.max(1, Math.ceil(work.size / dotsMax));
  let shown = nth(cases, every);
  while (dotsOf(work, shown) > dotsMax && shown.length > 1) shown = nth(cases, ++every);
  const dots: Dot[] = [];
  for (const [row, { c }] of shown.entries()) {
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      if (dots.length === dotsMax) break;
      const resource = work.resource[i] ?? none;
      dots.push({ atMs: work.startMs[i]!, row, activity: work.activity[i]!, resource });
    }
  }
  return {
    cases: shown.map(({ c }) => work.log.cases.text(c)),
    activities: Array.from({ length: work.log.activities.size }, (_, code) =>
      work.log.activities.text(code),
    ),
    dots,
    casesInAll: cases.length,
    instancesInAll: work.size,
  };
}

function nth<T>(all: readonly T[], every: number): readonly T[] {
  return every === 1 ? all : all.filter((_, k) => k % every === 0);
}

function dotsOf(work: Instances, cases: readonly { readonly c: number }[]): number {
  return cases.reduce((sum, { c }) => sum + work.firstOfCase[c + 1]! - work.firstOfCase[c]!, 0);
}

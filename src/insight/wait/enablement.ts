import type { Instances } from '../instances.ts';

/** Two activities run side by side when the rarer order is at least this share of both. */
export const concurrencyShare = 0.1;

/**
 * When each piece of work could have begun: the latest end of the earlier work of its case that it
 * follows from. Work that runs side by side with it (`concurrency`) holds nothing up; work still
 * going on does not either. The first of a case, and one that follows from nothing, could begin
 * when it did begin. In ms since epoch, never after the start; `after` is the piece of work whose
 * end made it possible, -1 where there is none.
 */
export function enablement(work: Instances): { atMs: Float64Array; after: Int32Array } {
  const sideBySide = concurrency(work);
  const activities = work.log.activities.size;
  const atMs = new Float64Array(work.size);
  const after = new Int32Array(work.size).fill(-1);
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    const byEnd = Array.from({ length: to - from }, (_, k) => from + k).sort(
      (a, b) => work.endMs[a]! - work.endMs[b]! || a - b,
    );
    const ended = new Map<number, number>();
    let next = 0;
    for (let i = from; i < to; i++) {
      for (; next < byEnd.length && work.endMs[byEnd[next]!]! <= work.startMs[i]!; next++) {
        const j = byEnd[next]!;
        if (j >= i) break;
        ended.delete(work.activity[j]!);
        ended.set(work.activity[j]!, j);
      }
      for (const [activity, j] of ended) {
        if (!sideBySide.has(work.activity[i]! * activities + activity)) after[i] = j;
      }
      atMs[i] = after[i] === -1 ? work.startMs[i]! : work.endMs[after[i]!]!;
    }
  }
  return { atMs, after };
}

/**
 * Which activities run side by side, as pairs `a * activities + b`: both orders are seen, the
 * rarer at least `concurrencyShare` of the two, and not because one is done again right after the
 * other (a, b, a). Source: the heuristic relation of Weijters and others (2006), by its balance.
 */
export function concurrency(work: Instances): ReadonlySet<number> {
  const n = work.log.activities.size;
  const follows = new Map<number, number>();
  const returns = new Map<number, number>();
  const count = (map: Map<number, number>, key: number) => map.set(key, (map.get(key) ?? 0) + 1);
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    for (let i = from + 1; i < to; i++) {
      const [a, b] = [work.activity[i - 1]!, work.activity[i]!];
      count(follows, a * n + b);
      if (i + 1 < to && work.activity[i + 1] === a && a !== b) count(returns, a * n + b);
    }
  }
  const found = new Set<number>();
  for (const [key, ab] of follows) {
    const [a, b] = [Math.floor(key / n), key % n];
    const back = b * n + a;
    const ba = follows.get(back) ?? 0;
    const again = (returns.get(key) ?? 0) + (returns.get(back) ?? 0);
    const rarer = Math.min(ab, ba);
    if (a === b || rarer === 0 || rarer < concurrencyShare * (ab + ba) || again >= rarer) continue;
    found.add(key);
    found.add(back);
  }
  return found;
}

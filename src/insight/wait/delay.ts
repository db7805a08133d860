/**
 * How long an outside cause held a piece of work up is seen exactly when it began while its person
 * had been free before; otherwise only between two bounds, because the person was busy or off duty
 * when the cause ended. Both in ms: `low` to `high`, equal when exact.
 */
export type Bounds = { readonly low: Float64Array; readonly high: Float64Array };

const supportsMax = 200;
/** Stopped early, which keeps the distribution smooth; more rounds gather it on too few values. */
const rounds = 4;

/**
 * The expected delay of each, given its bounds and what the exact ones of the same activity say:
 * the distribution that makes all bounds likeliest (Turnbull's self-consistency, 1976), on at most
 * 200 values; then each one's mean within its own bounds. Exact ones stay as they are.
 */
export function expectedDelays({ low, high }: Bounds): Float64Array {
  const support = supportOf({ low, high });
  const inside = Array.from(low, (_, k) => range(support, low[k]!, high[k]!));
  let weight = new Float64Array(support.length).fill(1 / support.length);
  for (let round = 0; round < rounds; round++) {
    const next = new Float64Array(support.length);
    for (const [from, to] of inside) {
      let sum = 0;
      for (let s = from; s < to; s++) sum += weight[s]!;
      if (sum <= 0) continue;
      for (let s = from; s < to; s++) next[s]! += weight[s]! / sum;
    }
    weight = next.map((each) => each / low.length);
  }
  return Float64Array.from(low, (least, k) => {
    if (least === high[k]) return least;
    const [from, to] = inside[k]!;
    let [sum, mean] = [0, 0];
    for (let s = from; s < to; s++) {
      sum += weight[s]!;
      mean += weight[s]! * support[s]!;
    }
    return sum > 0 ? Math.min(high[k]!, Math.max(least, mean / sum)) : least;
  });
}

/**
 * Exact values; of every one that may be 0 and holds no exact value, 0; of the others whose low
 * bound is above 0 also the middle and the quarters of their bounds, so that what ends overnight
 * has somewhere to be; thinned.
 */
function supportOf({ low, high }: Bounds): Float64Array {
  const exact = Float64Array.from(low.filter((least, k) => least === high[k])).sort();
  const found = new Set(exact);
  for (const [k, least] of low.entries()) {
    const most = high[k]!;
    if (least === most) continue;
    if (least > 0) for (const part of [0.25, 0.5, 0.75]) found.add(least + part * (most - least));
    const at = lowerBound(exact, least);
    if (at === exact.length || exact[at]! > most) found.add(least);
  }
  const all = [...found].sort((a, b) => a - b);
  if (all.length <= supportsMax) return Float64Array.from(all);
  const step = (all.length - 1) / (supportsMax - 1);
  return Float64Array.from({ length: supportsMax }, (_, k) => all[Math.round(k * step)]!);
}

function range(support: Float64Array, low: number, high: number): readonly [number, number] {
  const from = lowerBound(support, low);
  let to = from;
  while (to < support.length && support[to]! <= high) to++;
  if (from < to) return [from, to];
  return [Math.max(0, Math.min(from, support.length - 1)), Math.min(from + 1, support.length)];
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Counts of cases: with and without a factor, and among each those with the outcome. */
export type Fourfold = {
  readonly with: number;
  readonly without: number;
  readonly outcomeWith: number;
  readonly outcomeWithout: number;
};

export type Interval = { readonly from: number; readonly to: number };

/** The 97.5 % point of the normal distribution: intervals here are of 95 %. */
const z = 1.959963984540054;

/** How many more cases in a hundred have the outcome: difference of shares, between -1 and 1. */
export function riskDifference({ with: n, without: m, ...hits }: Fourfold): number {
  return hits.outcomeWith / n - hits.outcomeWithout / m;
}

/** The 95 % interval of a difference of shares by Newcombe's method 10 (1998), from Wilson's. */
export function differenceInterval(counts: Fourfold): Interval {
  const [p, q] = [counts.outcomeWith / counts.with, counts.outcomeWithout / counts.without];
  const a = wilson(counts.outcomeWith, counts.with);
  const b = wilson(counts.outcomeWithout, counts.without);
  return {
    from: p - q - Math.hypot(p - a.from, b.to - q),
    to: p - q + Math.hypot(a.to - p, q - b.from),
  };
}

/** The 95 % interval of a share by Wilson (1927). */
export function wilson(hits: number, of: number): Interval {
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { from: Math.max(0, (middle - reach) / scale), to: Math.min(1, (middle + reach) / scale) };
}

/**
 * The chance of a difference at least as large if the factor changed nothing, two-sided: Fisher's
 * exact test where a cell is expected below 5, else chi-square with one degree of freedom.
 */
export function chanceOf(counts: Fourfold): number {
  const { with: n, without: m, outcomeWith: a, outcomeWithout: c } = counts;
  const [hits, all] = [a + c, n + m];
  const least = (Math.min(n, m) * Math.min(hits, all - hits)) / all;
  if (hits === 0 || hits === all || n === 0 || m === 0) return 1;
  if (least < 5) return fisher(a, n, hits, all);
  const [b, d] = [n - a, m - c];
  const square = (all * (a * d - b * c) ** 2) / (n * m * hits * (all - hits));
  return complementaryError(Math.sqrt(square / 2));
}

/** Sum of the chances of all tables no likelier than the one seen, the margins held. */
function fisher(seen: number, n: number, hits: number, all: number): number {
  const log = (a: number) => logChoose(n, a) + logChoose(all - n, hits - a) - logChoose(all, hits);
  const limit = log(seen) + 1e-9;
  let sum = 0;
  for (let a = Math.max(0, hits - (all - n)); a <= Math.min(n, hits); a++) {
    if (log(a) <= limit) sum += Math.exp(log(a));
  }
  return Math.min(1, sum);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const factorials: number[] = [0, 0];

/** ln n!: summed below 256, by Stirling's series above. */
function logFactorial(n: number): number {
  if (n < 256) {
    for (let k = factorials.length; k <= n; k++) factorials.push(factorials[k - 1]! + Math.log(k));
    return factorials[n]!;
  }
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

/** erfc(x) for x >= 0: the series of erf below 2, Lentz's continued fraction above. */
export function complementaryError(x: number): number {
  if (x < 2) {
    let [term, sum] = [x, x];
    for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
      term *= (-x * x) / k;
      sum += term / (2 * k + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let below = 0;
  for (let k = 60; k > 0; k--) below = k / 2 / (x + below);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + below);
}

/**
 * Chances corrected for how many were looked at (Benjamini and Hochberg, 1995): the share of false
 * finds among all finds up to and including this one.
 */
export function corrected(chances: readonly number[]): number[] {
  const order = chances.map((_, k) => k).sort((a, b) => chances[a]! - chances[b]! || a - b);
  const found = new Array<number>(chances.length);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const k = order[rank - 1]!;
    least = Math.min(least, (chances[k]! * order.length) / rank);
    found[k] = least;
  }
  return found;
}

/**
 * The difference of shares when another factor is held: the Mantel-Haenszel mean over its strata,
 * with the 95 % interval of Greenland and Robins (1985). Null where no stratum holds both sides.
 */
export function heldDifference(strata: readonly Fourfold[]): (Interval & { value: number }) | null {
  let [sum, weight, variance] = [0, 0, 0];
  for (const { with: n, without: m, outcomeWith: a, outcomeWithout: c } of strata) {
    if (n === 0 || m === 0) continue;
    const all = n + m;
    sum += (a * m - c * n) / all;
    weight += (n * m) / all;
    variance += (a * (n - a) * m ** 3 + c * (m - c) * n ** 3) / (n * m * all * all);
  }
  if (weight === 0) return null;
  const [value, reach] = [sum / weight, (z * Math.sqrt(variance)) / weight];
  return { value, from: value - reach, to: value + reach };
}

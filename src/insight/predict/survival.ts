/**
 * How long things lasted, sorted by time; `over[k]` 1: it lasted so long; 0: it was not over then,
 * so it lasts at least as long. Times are ms.
 */
export type Lasted = { readonly ms: Float64Array; readonly over: Uint8Array };

/** Sorts times with their marks; what is over at a moment comes before what is not. */
export function lasted(ms: readonly number[], over: readonly number[]): Lasted {
  const order = Array.from(ms.keys()).sort(
    (a, b) => ms[a]! - ms[b]! || over[b]! - over[a]! || a - b,
  );
  return {
    ms: Float64Array.from(order, (k) => ms[k]!),
    over: Uint8Array.from(order, (k) => over[k]!),
  };
}

/**
 * The times below which the given shares (rising, 0 to 1) lie, by the product-limit estimate
 * (Kaplan and Meier, 1958). A share that was never reached gives the longest time seen.
 */
export function quantilesOf({ ms, over }: Lasted, shares: readonly number[]): readonly number[] {
  const found: number[] = [];
  let [survives, next] = [1, 0];
  for (let k = 0; k < ms.length && next < shares.length; k++) {
    if (over[k] === 1) survives *= 1 - 1 / (ms.length - k);
    while (next < shares.length && 1 - survives >= shares[next]! - 1e-12) {
      found.push(ms[k]!);
      next++;
    }
  }
  while (found.length < shares.length) found.push(ms[ms.length - 1] ?? 0);
  return found;
}

/** The share that lasts longer than `limitMs`. */
export function shareLonger({ ms, over }: Lasted, limitMs: number): number {
  let survives = 1;
  for (let k = 0; k < ms.length && ms[k]! <= limitMs; k++) {
    if (over[k] === 1) survives *= 1 - 1 / (ms.length - k);
  }
  return survives;
}

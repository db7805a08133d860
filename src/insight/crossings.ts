/** A point of a layered drawing: a node, or a place where an arc passes a row. */
export type Spot = {
  readonly row: number;
  readonly width: number;
  /** Neighbours one row up and one row down, with how strongly the arc wants to be straight. */
  readonly up: { spot: number; pull: number }[];
  readonly down: { spot: number; pull: number }[];
};

/**
 * Orders each row so that few arcs cross: sweeps down and up by the mean place of the neighbours,
 * then swaps of neighbours as long as one helps; the best order met is kept.
 */
export function orderRows(spots: readonly Spot[], rows: number): number[][] {
  let order = firstOrder(spots, rows);
  let best = order.map((row) => [...row]);
  let least = crossingsOf(spots, best);
  for (let turn = 0; turn < 16 && least > 0; turn++) {
    const down = turn % 2 === 0;
    const place = placesOf(spots, order);
    for (let step = 1; step < rows; step++) {
      const row = down ? step : rows - 1 - step;
      const mean = (spot: number) => meanPlace(down ? spots[spot]!.up : spots[spot]!.down, place);
      const sorted = order[row]!.map((spot, i) => ({ spot, mean: mean(spot) ?? i, i }));
      sorted.sort((a, b) => a.mean - b.mean || a.i - b.i);
      order[row] = sorted.map((each) => each.spot);
      for (const [i, each] of sorted.entries()) place[each.spot] = i;
    }
    swapNeighbours(spots, order);
    const crossings = crossingsOf(spots, order);
    if (crossings >= least) continue;
    least = crossings;
    best = order.map((row) => [...row]);
  }
  order = best;
  return order;
}

/** Depth first from the top, so that what belongs together begins together. */
function firstOrder(spots: readonly Spot[], rows: number): number[][] {
  const order: number[][] = Array.from({ length: rows }, () => []);
  const seen = new Set<number>();
  const stack = spots.map((_, spot) => spot).sort((a, b) => spots[b]!.row - spots[a]!.row || b - a);
  while (stack.length > 0) {
    const spot = stack.pop()!;
    if (seen.has(spot)) continue;
    seen.add(spot);
    order[spots[spot]!.row]!.push(spot);
    const below = [...spots[spot]!.down].sort((a, b) => a.pull - b.pull);
    for (const each of below) stack.push(each.spot);
  }
  return order;
}

function placesOf(spots: readonly Spot[], order: readonly (readonly number[])[]): Int32Array {
  const place = new Int32Array(spots.length);
  for (const row of order) for (const [i, spot] of row.entries()) place[spot] = i;
  return place;
}

function meanPlace(neighbours: Spot['up'], place: Int32Array): number | null {
  if (neighbours.length === 0) return null;
  let [sum, weight] = [0, 0];
  for (const each of neighbours) {
    sum += place[each.spot]! * each.pull;
    weight += each.pull;
  }
  return sum / weight;
}

function crossingsOf(spots: readonly Spot[], order: readonly (readonly number[])[]): number {
  const place = placesOf(spots, order);
  let crossings = 0;
  for (const row of order) {
    for (let i = 0; i < row.length; i++) {
      for (let j = i + 1; j < row.length; j++) {
        crossings += crossed(spots[row[i]!]!.down, spots[row[j]!]!.down, place);
      }
    }
  }
  return crossings;
}

/** Crossings between the arcs of two spots when the first stands left of the second. */
function crossed(left: Spot['up'], right: Spot['up'], place: Int32Array): number {
  let crossings = 0;
  for (const a of left) for (const b of right) if (place[a.spot]! > place[b.spot]!) crossings++;
  return crossings;
}

function swapNeighbours(spots: readonly Spot[], order: number[][]): void {
  const place = placesOf(spots, order);
  for (let turn = 0; turn < 4; turn++) {
    let better = false;
    for (const row of order) {
      for (let i = 0; i + 1 < row.length; i++) {
        const [a, b] = [spots[row[i]!]!, spots[row[i + 1]!]!];
        const now = crossed(a.up, b.up, place) + crossed(a.down, b.down, place);
        const then = crossed(b.up, a.up, place) + crossed(b.down, a.down, place);
        if (then >= now) continue;
        [row[i], row[i + 1]] = [row[i + 1]!, row[i]!];
        place[row[i]!] = i;
        place[row[i + 1]!] = i + 1;
        better = true;
      }
    }
    if (!better) return;
  }
}

/**
 * Where each spot stands from left to right, in px of its centre: each is pulled towards its
 * neighbours, rows keep their order and `gap` px between spots. Per row the pulls are met exactly
 * in the least-squares sense (pooling of adjacent violators).
 */
export function placeRows(
  spots: readonly Spot[],
  order: readonly (readonly number[])[],
  gap: number,
): Float64Array {
  const x = new Float64Array(spots.length);
  for (const row of order) {
    let at = 0;
    for (const spot of row) {
      x[spot] = at + spots[spot]!.width / 2;
      at += spots[spot]!.width + gap;
    }
    for (const spot of row) x[spot]! -= (at - gap) / 2;
  }
  for (let turn = 0; turn < 60; turn++) {
    const rows = turn % 2 === 0 ? order : order.toReversed();
    for (const row of rows) placeRow(spots, row, x, gap, turn < 40 ? turn % 4 < 2 : null);
  }
  const left = Math.min(...spots.map((spot, i) => x[i]! - spot.width / 2));
  return x.map((each) => each - left);
}

/** `fromAbove` true: pulled from the row above only; false: from below; null: from both. */
function placeRow(
  spots: readonly Spot[],
  row: readonly number[],
  x: Float64Array,
  gap: number,
  fromAbove: boolean | null,
): void {
  const blocks: { sum: number; weight: number; size: number }[] = [];
  const offset: number[] = [];
  let at = 0;
  for (const [i, index] of row.entries()) {
    const spot = spots[index]!;
    const before = i === 0 ? null : spots[row[i - 1]!]!;
    if (before) at += (before.width + spot.width) / 2 + gap;
    offset.push(at);
    const near = fromAbove === null ? [...spot.up, ...spot.down] : fromAbove ? spot.up : spot.down;
    let [sum, weight] = [x[index]! * 0.05, 0.05];
    for (const each of near) {
      sum += x[each.spot]! * each.pull;
      weight += each.pull;
    }
    blocks.push({ sum: sum - at * weight, weight, size: 1 });
    mergeBack(blocks);
  }
  let i = 0;
  for (const block of blocks) {
    for (let k = 0; k < block.size; k++, i++) x[row[i]!] = block.sum / block.weight + offset[i]!;
  }
}

function mergeBack(blocks: { sum: number; weight: number; size: number }[]): void {
  while (blocks.length > 1) {
    const [a, b] = [blocks[blocks.length - 2]!, blocks[blocks.length - 1]!];
    if (a.sum / a.weight <= b.sum / b.weight) return;
    a.sum += b.sum;
    a.weight += b.weight;
    a.size += b.size;
    blocks.pop();
  }
}

import type { Instances } from '../instances.ts';
import { type Factor, type FactorGroup, factorsOf } from './factors.ts';
import type { Judged, Outcome } from './outcome.ts';
import {
  chanceOf,
  corrected,
  differenceInterval,
  type Fourfold,
  heldDifference,
  type Interval,
  riskDifference,
} from './statistics.ts';

/** A find counts when at most one in twenty such finds is false. */
export const falseFindsMost = 0.05;
/** How many finds are told, and how many of the strongest are held while another is judged. */
const foundMost = 40;
const heldMost = 8;
/** Two factors of nearly the same cases are one and cannot be held apart. */
const sameCases = 0.9;

/**
 * A factor that goes with the outcome. `difference`: the share of cases with the outcome among
 * those with the factor less that among those without. `corrected`: the chance of a false find
 * among all finds this strong. `attributable`: how many cases fewer would have had the outcome at
 * the others' rate. `secondsMore`: mean cycle time with the factor less without.
 */
export type Cause = {
  readonly group: FactorGroup;
  readonly subject: string;
  readonly value: string;
  readonly cases: number;
  readonly hits: number;
  readonly otherCases: number;
  readonly otherHits: number;
  readonly difference: number;
  readonly interval: Interval;
  readonly association: number;
  readonly chance: number;
  readonly corrected: number;
  readonly attributable: number;
  readonly secondsMore: number;
  readonly held: Held | null;
};

/** The factor that explains most of it away when held, and what is left of the difference then. */
export type Held = {
  readonly group: FactorGroup;
  readonly subject: string;
  readonly value: string;
  readonly difference: number;
  readonly interval: Interval;
  /** Less than half is left, or no more than chance. */
  readonly explained: boolean;
};

export type Causes = {
  readonly looked: number;
  readonly found: readonly Cause[];
};

/** Which factors of a log go with an outcome, the strongest association first. */
export function causesOf(work: Instances, outcome: Outcome, cases: Judged): Causes {
  return causesAmong(factorsOf(work, outcome), cases, null);
}

/** The same among the cases of a mask only. */
export function causesAmong(
  factors: readonly Factor[],
  cases: Judged,
  among: Uint8Array | null,
): Causes {
  const tables = factors.map((factor) => fourfold(factor.holds, cases, among));
  const known = tables.flatMap((table, k) =>
    table.with > 0 && table.without > 0 ? [{ table, factor: factors[k]! }] : [],
  );
  const chances = known.map(({ table }) => chanceOf(table));
  const after = corrected(chances);
  const strong = known
    .map((each, k) => ({ ...each, chance: chances[k]!, corrected: after[k]! }))
    .filter((each) => each.corrected <= falseFindsMost)
    .map((each) => ({ ...each, association: phi(each.table) }))
    .sort((a, b) => Math.abs(b.association) - Math.abs(a.association));
  const found = strong.slice(0, foundMost);
  const holders = strong.slice(0, heldMost).map(({ factor }) => factor);
  return {
    looked: known.length,
    found: found.map(({ table, factor, ...figures }) => ({
      group: factor.group,
      subject: factor.subject,
      value: factor.value,
      cases: table.with,
      hits: table.outcomeWith,
      otherCases: table.without,
      otherHits: table.outcomeWithout,
      difference: riskDifference(table),
      interval: differenceInterval(table),
      association: figures.association,
      chance: figures.chance,
      corrected: figures.corrected,
      attributable: table.outcomeWith - (table.outcomeWithout / table.without) * table.with,
      secondsMore: secondsMore(factor.holds, cases, among),
      held: strongestHeld(factor, table, holders, cases, among),
    })),
  };
}

function fourfold(holds: Uint8Array, cases: Judged, among: Uint8Array | null): Fourfold {
  let [n, m, a, c] = [0, 0, 0, 0];
  for (let k = 0; k < holds.length; k++) {
    if (Number.isNaN(cases.durationMs[k]!) || among?.[k] === 0) continue;
    if (holds[k]) {
      n++;
      a += cases.holds[k]!;
    } else {
      m++;
      c += cases.holds[k]!;
    }
  }
  return { with: n, without: m, outcomeWith: a, outcomeWithout: c };
}

/** The correlation of two yes-or-no facts, -1 to 1. */
function phi({ with: n, without: m, outcomeWith: a, outcomeWithout: c }: Fourfold): number {
  const [hits, all] = [a + c, n + m];
  const scale = Math.sqrt(n * m * hits * (all - hits));
  return scale === 0 ? 0 : (a * (m - c) - (n - a) * c) / scale;
}

function secondsMore(holds: Uint8Array, cases: Judged, among: Uint8Array | null): number {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let k = 0; k < holds.length; k++) {
    if (Number.isNaN(cases.durationMs[k]!) || among?.[k] === 0) continue;
    sums[holds[k]!]! += cases.durationMs[k]!;
    counts[holds[k]!]!++;
  }
  return Math.round(sums[1]! / counts[1]! - sums[0]! / counts[0]!) / 1000;
}

/** Holds each of the other strong factors in turn; the one that leaves least is told. */
function strongestHeld(
  factor: Factor,
  table: Fourfold,
  holders: readonly Factor[],
  cases: Judged,
  among: Uint8Array | null,
): Held | null {
  const crude = riskDifference(table);
  let least: Held | null = null;
  for (const other of holders) {
    if (other === factor || (other.group === factor.group && other.subject === factor.subject)) {
      continue;
    }
    if (alike(factor.holds, other.holds)) continue;
    const strata = [1, 0].map((side) =>
      fourfold(factor.holds, cases, both(other.holds, side, among)),
    );
    const held = heldDifference(strata);
    if (!held || (least && Math.abs(held.value) >= Math.abs(least.difference))) continue;
    const { value, ...interval } = held;
    const chanceAlone = interval.from <= 0 && interval.to >= 0;
    least = {
      group: other.group,
      subject: other.subject,
      value: other.value,
      difference: value,
      interval,
      explained: chanceAlone || Math.abs(value) < Math.abs(crude) / 2,
    };
  }
  return least;
}

function both(holds: Uint8Array, side: number, among: Uint8Array | null): Uint8Array {
  return holds.map((each, k) => (each === side && among?.[k] !== 0 ? 1 : 0));
}

function alike(a: Uint8Array, b: Uint8Array): boolean {
  let [shared, either] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    shared += a[k]! & b[k]!;
    either += a[k]! | b[k]!;
  }
  return shared > sameCases * either;
}

import { quantile } from '../quantiles.ts';
import { variantsOf } from '../variants.ts';
import { valuesOfCases } from './case-columns.ts';
import { type IndicatorCode, indicatorCodes, indicatorOf } from './indicators.ts';
import { type Measured, unitCost } from './measure.ts';

/**
 * By what the mix of cases is held the same: an attribute, the path (variant), or not at all.
 */
export type Strata =
  | { readonly kind: 'none' }
  | { readonly kind: 'variant' }
  | { readonly kind: 'attribute'; readonly name: string };

/** `rounds`: how often both samples are drawn anew; fewer where the samples are large. */
export type CompareOptions = {
  readonly strata: Strata;
  readonly seed: number;
  readonly rounds?: number;
};

/** Millionths of the indicator's unit. The interval is of 95 %. */
export type Change = {
  readonly code: IndicatorCode;
  /** The value before, over the strata both samples have. */
  readonly before: bigint;
  /** The value after as it stands, and as it would be with the mix of cases from before. */
  readonly afterAsIs: bigint;
  readonly after: bigint;
  readonly difference: bigint;
  readonly interval: { readonly from: bigint; readonly to: bigint };
  /** Better or worse when the interval lies wholly on one side of none. */
  readonly verdict: 'better' | 'worse' | 'not_told';
};

export type Comparison = {
  readonly changes: readonly Change[];
  readonly strata: readonly Stratum[];
  /** Cases of strata only one of the samples has: held against nothing. */
  readonly beforeLeftOut: number;
  readonly afterLeftOut: number;
  readonly rounds: number;
  readonly seed: number;
};
export type Stratum = { readonly name: string; readonly before: number; readonly after: number };

const roundsUsual = 2_000;
const roundsMin = 200;
/** Draws times indicators that a comparison may cost. */
const workMax = 100_000_000;
const million = 1_000_000;
const hourMs = 3_600_000;

/** An indicator as a quotient of two sums over cases. */
type Quotient = {
  readonly code: IndicatorCode;
  readonly top: ArrayLike<number>;
  readonly bottom: ArrayLike<number>;
  readonly scale: number;
};

/**
 * Holds a sample against an earlier one with the same mix of cases: each stratum's value after
 * weighs what the stratum weighed before (direct standardisation). The interval is the middle 95 %
 * of the differences when both samples are drawn anew within their strata; the same seed gives the
 * same interval. Indicators that either sample cannot tell, or that rest on totals given for it,
 * are left out; costs are at the rates of the later sample. Null when no stratum is in both.
 */
export function compareSamples(
  before: Measured,
  after: Measured,
  options: CompareOptions,
): Comparison | null {
  const pair = {
    before: stratified(before, options.strata),
    after: stratified(after, options.strata),
  };
  const names = [...pair.before.keys()].filter((name) => pair.after.has(name)).sort();
  if (names.length === 0) return null;
  const groups = names.map((name) => ({
    before: pair.before.get(name) as readonly number[],
    after: pair.after.get(name) as readonly number[],
  }));
  const strata = groups.map((group, k) => ({
    name: names[k] as string,
    before: group.before.length,
    after: group.after.length,
  }));
  const codes = indicatorCodes.flatMap((code) => {
    const [was, is] = [quotientOf(before, code), quotientOf(after, code)];
    return was === null || is === null ? [] : [{ code, was, is }];
  });
  const n = strata.reduce((sum, each) => sum + each.before + each.after, 0);
  const affordable = Math.floor(workMax / (n * Math.max(1, codes.length)));
  const rounds = Math.min(options.rounds ?? roundsUsual, Math.max(roundsMin, affordable));
  const drawn = new Drawn(options.seed, groups, codes);
  const differences = codes.map(() => new Float64Array(rounds));
  for (let round = 0; round < rounds; round++) {
    for (const [k, { was, now }] of drawn.again().entries()) differences[k]![round] = now - was;
  }
  const told = drawn.asTheyAre();
  const changes = codes.flatMap(({ code, is }, k) => {
    const { was, now } = told[k]!;
    if (Number.isNaN(was) || Number.isNaN(now)) return [];
    const known = differences[k]!.filter((each) => !Number.isNaN(each)).sort();
    const range = { from: quantile(known, 0.025), to: quantile(known, 0.975) };
    return [
      changeOf(
        code,
        {
          was,
          now,
          asIs: quotientOver(
            is,
            groups.flatMap((g) => g.after),
          ),
          range,
        },
        after,
      ),
    ];
  });
  return {
    ...{ changes, strata, rounds, seed: options.seed },
    beforeLeftOut: before.columns.cases - strata.reduce((sum, each) => sum + each.before, 0),
    afterLeftOut: after.columns.cases - strata.reduce((sum, each) => sum + each.after, 0),
  };
}

type Told = {
  readonly was: number;
  readonly now: number;
  readonly asIs: number;
  readonly range: { readonly from: number; readonly to: number };
};

function changeOf(code: IndicatorCode, told: Told, sample: Measured): Change {
  const { from, to } = told.range;
  const isLess = to < 0;
  const better = indicatorOf(code).better === 'lower' ? isLess : from > 0;
  const value = (of: number) =>
    code === 'unit_cost' ? unitCost(of, 1, sample.inputs) : BigInt(Math.round(of * million));
  return {
    code,
    ...{ before: value(told.was), afterAsIs: value(told.asIs), after: value(told.now) },
    difference: value(told.now) - value(told.was),
    interval: { from: gapOf(code, from, sample), to: gapOf(code, to, sample) },
    verdict: isLess || from > 0 ? (better ? 'better' : 'worse') : 'not_told',
  };
}

/** A difference of costs is one of staff time: what the system costs per item falls out. */
function gapOf(code: IndicatorCode, gap: number, { inputs }: Measured): bigint {
  if (code !== 'unit_cost') return BigInt(Math.round(gap * million));
  const staffOnly = { ...inputs, systemCostMinorPerItem: 0n };
  return gap < 0 ? -unitCost(-gap, 1, staffOnly) : unitCost(gap, 1, staffOnly);
}

/** Cases by the name of their stratum. */
function stratified({ work, columns }: Measured, strata: Strata): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  const nameOf = stratumNames(work, strata);
  for (let c = 0; c < columns.counted.length; c++) {
    if (columns.counted[c] === 0) continue;
    const name = nameOf(c);
    const group = groups.get(name);
    if (group) group.push(c);
    else groups.set(name, [c]);
  }
  return groups;
}

function stratumNames(work: Measured['work'], strata: Strata): (caseCode: number) => string {
  if (strata.kind === 'none') return () => '';
  if (strata.kind === 'attribute') {
    const values = valuesOfCases(work.log, strata.name);
    return (c) => values?.(c) ?? '';
  }
  const { ofCase, example } = variantsOf(work);
  const names = example.map((c) => {
    const done = work.activity.subarray(work.firstOfCase[c]!, work.firstOfCase[c + 1]!);
    return Array.from(done, (code) => work.log.activities.text(code)).join(' → ');
  });
  return (c) => names[ofCase[c]!] ?? '';
}

function quotientOf(measured: Measured, code: IndicatorCode): Quotient | null {
  const { columns, figures, inputs } = measured;
  const figure = figures.find((each) => each.code === code);
  if (figure === undefined || figure.valueMillionths === null) return null;
  const { counted, staffMs, cycleMs } = columns;
  const share = (top: ArrayLike<number> | null, scale = 1): Quotient | null =>
    top === null ? null : { code, top, bottom: counted, scale };
  switch (code) {
    case 'handling_time':
      return { code, top: columns.handlingMs, bottom: columns.handled, scale: 0.001 };
    case 'items_per_person_hour':
      return inputs.personHours === null
        ? { code, top: counted, bottom: staffMs, scale: hourMs }
        : null;
    case 'cycle_time':
      return share(cycleMs, 0.001);
    case 'cycle_time_worked':
      return share(columns.workedMs, 0.001);
    case 'processing_efficiency':
      return { code, top: columns.busyMs, bottom: cycleMs, scale: 1 };
    case 'error_rate':
      return share(columns.errors);
    case 'complaint_rate':
      return share(columns.complaints, 10_000);
    case 'rework_rate':
      return share(columns.reworked);
    case 'first_pass_yield':
      return share(columns.returned.map((mark, c) => counted[c]! - mark));
    case 'unit_cost':
      return share(staffMs);
    case 'manual_intervention_rate':
      return share(columns.intervened);
    case 'bottleneck_share':
    case 'labour_input':
      return null;
    default: {
      const never: never = code;
      return never;
    }
  }
}

function quotientOver({ top, bottom, scale }: Quotient, cases: readonly number[]): number {
  let [over, under] = [0, 0];
  for (const c of cases) {
    over += top[c]!;
    under += bottom[c]!;
  }
  return (over / under) * scale;
}

type Group = { readonly before: readonly number[]; readonly after: readonly number[] };
type Pair = { readonly was: Quotient; readonly is: Quotient };
type Values = { readonly was: number; readonly now: number };

/** Both samples, as they are or drawn anew within their strata. */
class Drawn {
  readonly #groups: readonly Group[];
  readonly #pairs: readonly Pair[];
  #state: number;

  constructor(seed: number, groups: readonly Group[], pairs: readonly Pair[]) {
    this.#state = seed | 0;
    this.#groups = groups;
    this.#pairs = pairs;
  }

  asTheyAre(): Values[] {
    return this.#values((cases) => cases);
  }

  again(): Values[] {
    return this.#values((cases) => cases.map(() => cases[this.#below(cases.length)]!));
  }

  /** Mulberry32: a whole number from 0 up to, not including, n. */
  #below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * n);
  }

  #values(pick: (cases: readonly number[]) => readonly number[]): Values[] {
    const samples = this.#groups.map((group) => ({
      before: pick(group.before),
      after: pick(group.after),
    }));
    return this.#pairs.map(({ was, is }) => {
      let [all, standing, weight] = [0, 0, 0];
      for (const { before, after } of samples) {
        let [top, bottom] = [0, 0];
        for (const c of before) {
          top += was.top[c]!;
          bottom += was.bottom[c]!;
        }
        // A stratum in which nothing is measured before weighs nothing.
        if (bottom === 0) continue;
        all += top;
        weight += bottom;
        standing += bottom * (quotientOver(is, after) / is.scale);
      }
      return { was: (all / weight) * was.scale, now: (standing / weight) * is.scale };
    });
  }
}

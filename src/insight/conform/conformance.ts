import type { Instances } from '../instances.ts';
import { variantsOf } from '../variants.ts';
import { Aligner, type Alignment, type Budget } from './align.ts';
import { type Deviation, deviationsOf, type Mark } from './deviations.ts';
import { type Precision, precisionOf } from './precision.ts';
import type { StateSpace } from './space.ts';

/**
 * How well a log and a model agree. A trace's fitness is 1 - cost / (its length + the model's
 * shortest run): 0 when nothing agrees. `average`: mean over cases. `log`: 1 - all costs / all
 * worst costs. `exact` false: for `inexactCases` the search was stopped and their cost is a lower
 * bound, so the fitness is an upper one; `fitnessMin` is what it is at least.
 */
export type Conformance = {
  readonly cases: number;
  readonly fittingCases: number;
  readonly averageFitness: number;
  readonly logFitness: number;
  readonly totalCost: number;
  /** With 10,000 for a deviation and 1 for a silent step, as PM4Py and ProM add costs up. */
  readonly totalUsualCost: number;
  readonly exact: boolean;
  readonly inexactCases: number;
  readonly averageFitnessMin: number;
  readonly precision: Precision | null;
  /** The commonest first. */
  readonly deviations: readonly Deviation[];
  readonly marks: readonly Mark[];
  /** By the number of the variant in the log; `ofCase[case]` is the variant of a case. */
  readonly variants: readonly AlignedVariant[];
  readonly ofCase: Int32Array;
};

export type AlignedVariant = Alignment & { readonly cases: number; readonly fitness: number };

/** The variants of a log as sequences of names, in the order of their numbers. */
export function tracesOf(work: Instances): string[][] {
  return variantsOf(work).example.map((example) => {
    const path = work.activity.subarray(work.firstOfCase[example], work.firstOfCase[example + 1]);
    return Array.from(path, (code) => work.log.activities.text(code));
  });
}

/**
 * Aligns every variant of a log with a model once, and counts by cases. `aligned`: the alignments
 * of `tracesOf`, where the caller has them already.
 */
export function conformanceOf(
  work: Instances,
  space: StateSpace,
  budget: Partial<Budget> = {},
  aligned: readonly Alignment[] | null = null,
): Conformance {
  const aligner = new Aligner(space, budget);
  const variants = variantsOf(work);
  const traces = tracesOf(work);
  const sums = { cases: 0, fitting: 0, cost: 0, usual: 0, worst: 0, inexact: 0 };
  let [fitness, fitnessMin] = [0, 0];
  const rows = traces.map((trace, variant): AlignedVariant => {
    const count = variants.cases[variant]!;
    const found = aligned?.[variant] ?? aligner.align(trace);
    const worst = trace.length + aligner.shortest;
    const fitnessOf = (cost: number) => (worst === 0 ? 1 : 1 - cost / worst);
    sums.cases += count;
    if (found.cost === 0 && found.exact) sums.fitting += count;
    if (!found.exact) sums.inexact += count;
    sums.cost += found.cost * count;
    sums.usual += (found.cost * 10_000 + found.silent) * count;
    sums.worst += worst * count;
    fitness += fitnessOf(found.cost) * count;
    fitnessMin += fitnessOf(Math.min(found.costMax, worst)) * count;
    return { ...found, cases: count, fitness: fitnessOf(found.cost) };
  });
  const moves = rows.map((row) => row.moves);
  return {
    cases: sums.cases,
    fittingCases: sums.fitting,
    averageFitness: fitness / sums.cases,
    logFitness: sums.worst === 0 ? 1 : 1 - sums.cost / sums.worst,
    totalCost: sums.cost,
    totalUsualCost: sums.usual,
    exact: sums.inexact === 0 && !aligner.unbounded,
    inexactCases: sums.inexact,
    averageFitnessMin: fitnessMin / sums.cases,
    precision: precisionOf(work, space),
    ...deviationsOf(work, variants.ofCase, moves),
    variants: rows,
    ofCase: variants.ofCase,
  };
}

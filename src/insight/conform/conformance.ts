import type { Instances } from '../instances.ts';
import type { PetriNet } from '../petri-net.ts';
import { variantsOf } from '../variants.ts';
import { Aligner, type AlignmentMove } from './align.ts';

/** A kind of deviation with how often it happens and in how many cases. */
export type Deviation = {
  readonly kind: 'log' | 'model';
  readonly activity: string;
  readonly times: number;
  readonly cases: number;
};

/**
 * How well a log and a model agree. A trace's fitness is 1 - cost / (its length + the model's
 * shortest run): 0 when nothing agrees. `average`: mean over cases. `log`: 1 - all costs / all
 * worst costs. `exact` false: for `inexactCases` the search was stopped and their cost is a lower
 * bound, so the fitness is an upper one.
 */
export type Conformance = {
  readonly cases: number;
  readonly fittingCases: number;
  readonly averageFitness: number;
  readonly logFitness: number;
  readonly totalCost: number;
  readonly exact: boolean;
  readonly inexactCases: number;
  /** `log`: done though the model does not have it there; `model`: skipped. The commonest first. */
  readonly deviations: readonly Deviation[];
  readonly variants: readonly {
    readonly cases: number;
    readonly cost: number;
    readonly fitness: number;
    readonly moves: readonly AlignmentMove[];
  }[];
};

/** Aligns every variant of a log with a net once, and counts by cases. */
export function conformanceOf(work: Instances, net: PetriNet): Conformance {
  const aligner = new Aligner(net);
  const variants = variantsOf(work);
  const names = work.log.activities;
  const deviations = new Map<string, { times: number; cases: number }>();
  let [cases, fitting, total, worst, fitnessSum, inexact] = [0, 0, 0, 0, 0, 0];
  const rows = variants.example.map((example, variant) => {
    const path = work.activity.subarray(work.firstOfCase[example], work.firstOfCase[example + 1]);
    const count = variants.cases[variant]!;
    const { cost, exact, moves } = aligner.align(Array.from(path, (code) => names.text(code)));
    const worstCost = path.length + aligner.shortest;
    const fitness = worstCost === 0 ? 1 : 1 - cost / worstCost;
    cases += count;
    if (cost === 0 && exact) fitting += count;
    if (!exact) inexact += count;
    total += cost * count;
    worst += worstCost * count;
    fitnessSum += fitness * count;
    countDeviations(moves, count, deviations);
    return { cases: count, cost, fitness, moves };
  });
  return {
    cases,
    fittingCases: fitting,
    averageFitness: fitnessSum / cases,
    logFitness: worst === 0 ? 1 : 1 - total / worst,
    totalCost: total,
    exact: inexact === 0 && !aligner.unbounded,
    inexactCases: inexact,
    deviations: [...deviations]
      .map(([key, counts]) => {
        const [kind, activity] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
        return { kind: kind === 'log' ? 'log' : 'model', activity, ...counts } as const;
      })
      .sort((a, b) => b.times - a.times),
    variants: rows.sort((a, b) => b.cases - a.cases),
  };
}

function countDeviations(
  moves: readonly AlignmentMove[],
  cases: number,
  deviations: Map<string, { times: number; cases: number }>,
): void {
  const here = new Map<string, number>();
  for (const { kind, activity } of moves) {
    if (kind !== 'both')
      here.set(`${kind} ${activity}`, (here.get(`${kind} ${activity}`) ?? 0) + 1);
  }
  for (const [key, times] of here) {
    const known = deviations.get(key) ?? { times: 0, cases: 0 };
    deviations.set(key, { times: known.times + times * cases, cases: known.cases + cases });
  }
}

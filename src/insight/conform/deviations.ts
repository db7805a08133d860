import { caseValues, none } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import type { AlignmentMove } from './align.ts';

/**
 * A kind of deviation: `log`: done though the model does not have it there; `model`: skipped.
 * `extraSeconds`: how much longer its cases take on average than the others (null: no others).
 * `mainly`: the value of an attribute that most of its cases have, and far more of them than of all
 * cases. `caseCodes`: the cases, by their numbers in the log.
 */
export type Deviation = {
  readonly kind: 'log' | 'model';
  readonly activity: string;
  readonly times: number;
  readonly cases: number;
  readonly extraSeconds: number | null;
  readonly mainly: Mainly | null;
  readonly caseCodes: readonly number[];
};

export type Mainly = {
  readonly attribute: string;
  readonly value: string;
  /** Share of the deviating cases that have it, and of all cases, 0 to 1. */
  readonly share: number;
  readonly shareOfAll: number;
};

/** What the model's activities came to over all cases, for marks on its diagram. */
export type Mark = {
  readonly activity: string;
  /** Times log and model agreed, the model's step was skipped, and the log did it elsewhere. */
  readonly agreed: number;
  readonly skipped: number;
  readonly elsewhere: number;
};

/** Fewer cases than this show no pattern; a share must be this high, and so much above all's. */
const [casesMin, shareMin, liftMin] = [5, 0.5, 1.2];

/** The deviations of variants with their moves; `movesOf[variant]`, `ofCase[case]` the variant. */
export function deviationsOf(
  work: Instances,
  ofCase: Int32Array,
  movesOf: readonly (readonly AlignmentMove[])[],
): { readonly deviations: readonly Deviation[]; readonly marks: readonly Mark[] } {
  const found = new Map<string, { move: AlignmentMove; variants: Map<number, number> }>();
  const casesOf = movesOf.map((): number[] => []);
  for (let c = 0; c < ofCase.length; c++) if (ofCase[c]! >= 0) casesOf[ofCase[c]!]!.push(c);
  const marks = new Map<string, { agreed: number; skipped: number; elsewhere: number }>();
  for (const [variant, moves] of movesOf.entries()) {
    const count = casesOf[variant]!.length;
    for (const move of moves) {
      const mark = marks.get(move.activity) ?? { agreed: 0, skipped: 0, elsewhere: 0 };
      marks.set(move.activity, mark);
      const column = { both: 'agreed', model: 'skipped', log: 'elsewhere' } as const;
      mark[column[move.kind]] += count;
      if (move.kind === 'both') continue;
      const key = `${move.kind} ${move.activity}`;
      const known = found.get(key) ?? { move, variants: new Map<number, number>() };
      known.variants.set(variant, (known.variants.get(variant) ?? 0) + 1);
      found.set(key, known);
    }
  }
  const context = new Context(work, ofCase);
  const deviations = [...found.values()].map(({ move, variants }): Deviation => {
    const caseCodes = [...variants.keys()].flatMap((variant) => casesOf[variant]!);
    caseCodes.sort((a, b) => a - b);
    let times = 0;
    for (const [variant, each] of variants) times += each * casesOf[variant]!.length;
    return {
      kind: move.kind === 'log' ? 'log' : 'model',
      activity: move.activity,
      times,
      cases: caseCodes.length,
      extraSeconds: context.extraSeconds(caseCodes),
      mainly: context.mainly(caseCodes),
      caseCodes,
    };
  });
  const order = [...marks].map(([activity, counts]) => ({ activity, ...counts }));
  return { deviations: deviations.sort((a, b) => b.times - a.times), marks: order };
}

/** Durations and attributes of all cases, to hold those of some cases against. */
class Context {
  readonly #durationMs: Float64Array;
  readonly #total: number;
  readonly #all: number;
  readonly #attributes: readonly {
    readonly name: string;
    readonly text: (code: number) => string;
    readonly codes: Int32Array;
    readonly counts: ReadonlyMap<number, number>;
  }[];

  constructor(work: Instances, ofCase: Int32Array) {
    const { log, firstOfCase, startMs, endMs } = work;
    this.#durationMs = new Float64Array(ofCase.length);
    let [total, all] = [0, 0];
    for (let c = 0; c < ofCase.length; c++) {
      const [from, to] = [firstOfCase[c]!, firstOfCase[c + 1]!];
      if (ofCase[c]! < 0 || from === to) continue;
      let end = endMs[from]!;
      for (let i = from + 1; i < to; i++) end = Math.max(end, endMs[i]!);
      this.#durationMs[c] = end - startMs[from]!;
      total += this.#durationMs[c]!;
      all++;
    }
    this.#total = total;
    this.#all = all;
    const kinds = log.attributes.map((attribute) => ({
      name: attribute.name,
      text: attribute.values.text.bind(attribute.values),
      codes: caseValues(log, attribute),
    }));
    this.#attributes = kinds.map((kind) => {
      const counts = new Map<number, number>();
      for (let c = 0; c < ofCase.length; c++) {
        const code = kind.codes[c]!;
        if (ofCase[c]! >= 0 && code !== none) counts.set(code, (counts.get(code) ?? 0) + 1);
      }
      return { ...kind, counts };
    });
  }

  extraSeconds(cases: readonly number[]): number | null {
    const others = this.#all - cases.length;
    if (others === 0) return null;
    const theirs = cases.reduce((sum, c) => sum + this.#durationMs[c]!, 0);
    const gap = theirs / cases.length - (this.#total - theirs) / others;
    return Math.round(gap) / 1000;
  }

  mainly(cases: readonly number[]): Mainly | null {
    if (cases.length < casesMin) return null;
    let best: Mainly | null = null;
    for (const { name, text, codes, counts } of this.#attributes) {
      const here = new Map<number, number>();
      for (const c of cases) {
        if (codes[c] !== none) here.set(codes[c]!, (here.get(codes[c]!) ?? 0) + 1);
      }
      for (const [code, count] of here) {
        const share = count / cases.length;
        const shareOfAll = (counts.get(code) ?? 0) / this.#all;
        if (share < shareMin || share < liftMin * shareOfAll) continue;
        if (best !== null && share - shareOfAll <= best.share - best.shareOfAll) continue;
        best = { attribute: name, value: text(code), share, shareOfAll };
      }
    }
    return best;
  }
}

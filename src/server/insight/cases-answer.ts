import type { InsightCasesAnswer } from '../../contract/insight/analysis.ts';
import type { Instances } from '../../insight/instances.ts';
import { variantsOf } from '../../insight/variants.ts';
import { casesOf } from './found-log.ts';

/** The rank of a variant, or null for all; how many cases are listed at most. */
export type CasesAsked = { readonly variant: number | null; readonly limit: number };

/** The cases behind a figure, the longest first. */
export function casesAnswerOf(work: Instances, { variant, limit }: CasesAsked): InsightCasesAnswer {
  const { firstOfCase, startMs, endMs, log } = work;
  const wanted = variant === null ? null : new Set(casesOfVariant(work, variant));
  const cases = casesOf(work)
    .filter((c) => wanted === null || wanted.has(c))
    .map((c) => {
      const [first, end] = [firstOfCase[c]!, firstOfCase[c + 1]!];
      const from = startMs[first]!;
      const to = endMs.subarray(first, end).reduce((a, b) => Math.max(a, b));
      return {
        caseNumber: log.cases.text(c),
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        durationSeconds: (to - from) / 1000,
        steps: end - first,
      };
    })
    .sort((a, b) => b.durationSeconds - a.durationSeconds);
  return { total: cases.length, cases: cases.slice(0, limit) };
}

/** The cases of the variant with a rank among all, the commonest first. */
function casesOfVariant(work: Instances, rank: number): number[] {
  const { cases, ofCase } = variantsOf(work);
  const order = cases
    .map((count, variant) => ({ count, variant }))
    .sort((a, b) => b.count - a.count || a.variant - b.variant);
  const wanted = order[rank - 1]?.variant;
  return casesOf(work).filter((c) => ofCase[c] === wanted);
}

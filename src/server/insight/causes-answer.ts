import { ok, type Result, refuse } from '../../base/result.ts';
import type { InsightCausesAnswer } from '../../contract/insight/causes.ts';
import { type Cause, causesOf } from '../../insight/cause/causes.ts';
import { decisionPoints } from '../../insight/cause/decision-points.ts';
import { judged } from '../../insight/cause/outcome.ts';
import { outcomeOf } from '../../insight/cause/outcome-text.ts';
import { savings, timeLost, whyChain } from '../../insight/cause/why.ts';
import { decompose } from '../../insight/wait/decompose.ts';
import type { Found } from './found-log.ts';

/** The outcome to explain, as it is written. */
export type CausesAsked = { readonly outcome: string };

/**
 * What goes with an outcome of cases, and where its time is lost. Refusals:
 * insight_outcome_not_read, those of judging the cases.
 */
export function causesAnswerOf(
  { work }: Found,
  { outcome: text }: CausesAsked,
): Result<InsightCausesAnswer> {
  const outcome = outcomeOf(text);
  if (outcome === null) return refuse('insight_outcome_not_read', { outcome: text });
  const cases = judged(work, outcome);
  if (!cases.ok) return cases;
  const { looked, found } = causesOf(work, outcome, cases.value);
  const waits = work.measured.includes(1) ? decompose(work) : null;
  return ok({
    outcome: text,
    overSeconds: cases.value.overMs === null ? null : cases.value.overMs / 1000,
    ...{ cases: cases.value.cases, hits: cases.value.hits, looked },
    found: found.map(causeAnswer),
    whys: whyChain(work, outcome, cases.value).map(({ among, cause }) => ({
      ...{ among, cause: causeAnswer(cause) },
    })),
    timeLost: waits === null ? null : timeLost(work, waits, cases.value).map((one) => ({ ...one })),
    savings: waits === null ? null : savings(work, waits),
    decisionPoints: decisionPoints(work).map(({ after, ways, rules, accuracy, always }) => ({
      ...{ after, ways: ways.map((way) => ({ ...way })), accuracy, always },
      rules: rules.map(({ conditions, next, cases: count, share }) => ({
        ...{ conditions: conditions.map((each) => ({ ...each })), next, cases: count, share },
      })),
    })),
  });
}

function causeAnswer(cause: Cause): InsightCausesAnswer['found'][number] {
  const { group, subject, value, cases, hits, otherCases, otherHits } = cause;
  const { difference, interval, corrected, secondsMore, held } = cause;
  return {
    ...{ group, subject, value, cases, hits, otherCases, otherHits, difference },
    ...{ interval: { ...interval }, corrected, secondsMore },
    held: held && { ...held, interval: { ...held.interval } },
  };
}

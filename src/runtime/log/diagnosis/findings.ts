import type { Analysis, LogSource, WaitClass, WaitingCauses } from '../../../insight/analysis.ts';
import { type Cause, causesOf } from '../../../insight/cause/causes.ts';
import { factorsOf } from '../../../insight/cause/factors.ts';
import { judged, type Outcome } from '../../../insight/cause/outcome.ts';
import {
  savings,
  type TimeLost,
  timeLost,
  type Why,
  whyChain,
} from '../../../insight/cause/why.ts';
import type { Deviation } from '../../../insight/conform/deviations.ts';
import type { FilterStep } from '../../../insight/filter.ts';
import type { Instances } from '../../../insight/instances.ts';
import { analyse } from '../../../insight/perform/analyse.ts';
import { decompose } from '../../../insight/wait/decompose.ts';
import { waitingCauses } from '../../../insight/wait/summary.ts';
import type { ReportLanguage } from './document.ts';

/** What a report is made from. */
export type DiagnosisInput = {
  readonly language: ReportLanguage;
  /** What the log is called by people: a process, or a file. */
  readonly name: string;
  readonly work: Instances;
  readonly source: LogSource;
  readonly filters: readonly FilterStep[];
  /** How the cases agree with a model, where one was given. */
  readonly held: Held | null;
  /** What to add to UTC for the bank's own clock, in ms. */
  readonly offsetMs: number;
};

export type Held = {
  readonly model: string;
  readonly cases: number;
  readonly fittingCases: number;
  readonly averageFitness: number;
  readonly precision: number | null;
  readonly inexactCases: number;
  readonly deviations: readonly Deviation[];
};

/** An outcome that was explained; `null` in its place: there was nothing to compare. */
export type Explained = {
  readonly hits: number;
  readonly cases: number;
  readonly overSeconds: number | null;
  readonly looked: number;
  readonly found: readonly (Cause & { readonly caseCodes: readonly number[] })[];
  readonly whys: readonly Why[];
  readonly lost: readonly TimeLost[];
  readonly caseCodes: readonly number[];
};

/** Everything the report says, as figures. */
export type Findings = {
  readonly analysis: Analysis;
  readonly waiting: WaitingCauses | null;
  readonly slow: Explained | null;
  readonly rework: Explained | null;
  /** Seconds that would not have passed, over all cases, each by itself. */
  readonly saved: {
    readonly firstComeSeconds: number | null;
    readonly withoutStep: readonly { readonly activity: string; readonly seconds: number }[];
    readonly withoutRepeatsSeconds: number;
  };
  /** Activities that one person alone does, though they come often. */
  readonly alone: readonly { readonly activity: string; readonly instances: number }[];
  /** Why work waits before the worst bottleneck, mostly. */
  readonly worstCause: { readonly cause: WaitClass; readonly share: number } | null;
};

/** Fewer executions than this show no dependence on one person. */
const aloneMin = 20;

/** Works out every figure of a report. */
export function findingsOf({ work, offsetMs }: DiagnosisInput): Findings {
  const analysis = analyse(work);
  const measured = work.measured.includes(1);
  const waits = measured ? decompose(work, offsetMs) : null;
  const saved = waits === null ? null : savings(work, waits);
  const waiting = waitingCauses(work, offsetMs);
  return {
    ...{ analysis, waiting },
    slow: explained(work, { kind: 'slow', overMs: null }),
    rework: explained(work, { kind: 'rework' }),
    saved: {
      firstComeSeconds: saved?.firstComeSeconds ?? null,
      withoutStep: saved?.withoutStep ?? [],
      withoutRepeatsSeconds: repeatsSeconds(work),
    },
    alone: analysis.activityStats
      .filter(({ resources, instances }) => resources === 1 && instances >= aloneMin)
      .map(({ activity, instances }) => ({ activity, instances })),
    worstCause: worstCauseOf(analysis, waiting),
  };
}

function worstCauseOf(
  { bottlenecks }: Analysis,
  waiting: WaitingCauses | null,
): Findings['worstCause'] {
  const [worst] = bottlenecks;
  const its = waiting?.activities.find(({ activity }) => activity === worst?.activity);
  if (its === undefined || its.waitSeconds === 0) return null;
  const parts = Object.entries(its.seconds) as [WaitClass, number][];
  const [cause, seconds] = parts.reduce((most, each) => (each[1] > most[1] ? each : most));
  return { cause, share: seconds / its.waitSeconds };
}

function explained(work: Instances, outcome: Outcome): Explained | null {
  const cases = judged(work, outcome);
  if (!cases.ok) return null;
  const { looked, found } = causesOf(work, outcome, cases.value);
  const factors = factorsOf(work, outcome);
  const waits = work.measured.includes(1) ? decompose(work) : null;
  return {
    ...{ hits: cases.value.hits, cases: cases.value.cases, looked },
    overSeconds: cases.value.overMs === null ? null : cases.value.overMs / 1000,
    found: found.map((cause) => {
      const factor = factors.find(
        ({ group, subject, value }) =>
          group === cause.group && subject === cause.subject && value === cause.value,
      );
      return { ...cause, caseCodes: marked(factor?.holds ?? new Uint8Array(0)) };
    }),
    whys: whyChain(work, outcome, cases.value),
    lost: waits === null ? [] : timeLost(work, waits, cases.value),
    caseCodes: marked(cases.value.holds),
  };
}

function marked(holds: Uint8Array): number[] {
  return Array.from(holds.keys()).filter((c) => holds[c] === 1);
}

/** The waiting before, and the handling alone, of all executions but the first of an activity. */
function repeatsSeconds(work: Instances): number {
  let ms = 0;
  for (let c = 0; c < work.log.cases.size; c++) {
    const seen = new Set<number>();
    let busyUntil = Number.NEGATIVE_INFINITY;
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      const activity = work.activity[i]!;
      if (seen.has(activity)) {
        const own = work.endMs[i]! - Math.max(work.startMs[i]!, busyUntil);
        ms += Math.max(0, work.startMs[i]! - busyUntil) + Math.max(0, own);
      }
      seen.add(activity);
      busyUntil = Math.max(busyUntil, work.endMs[i]!);
    }
  }
  return Math.round(ms) / 1000;
}

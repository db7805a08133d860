import type { LifecycleView } from './instances.ts';

/**
 * What an analysis says, in the shape in which it is written as JSON. Times are seconds; a figure
 * that the log cannot tell is null, never 0. `definitions.ts` says what each figure means.
 */
export type Analysis = {
  readonly lifecycle: LifecycleView;
  readonly cases: number;
  /** Events read under the lifecycle view. */
  readonly events: number;
  readonly activities: number;
  readonly resources: number;
  readonly variants: number;
  readonly directlyFollowsPairs: number;
  readonly reworkCases: number;
  readonly reworkEvents: number;
  readonly activityInstances: number;
  /** Instants of the first start and the last end, ISO 8601 in UTC. */
  readonly period: { readonly from: string; readonly to: string };
  readonly caseDuration: Spread;
  readonly time: TimeSplit;
  readonly activityStats: readonly ActivityStat[];
  readonly bottlenecks: readonly Bottleneck[];
  readonly variantStats: readonly VariantStat[];
  readonly graph: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };
  /** How many cases end within each bound; the last bound is the longest case. */
  readonly durationBuckets: readonly { readonly untilSeconds: number; readonly cases: number }[];
  /** Money by activity and currency, for logs that carry it; empty otherwise. */
  readonly amounts: readonly AmountStat[];
  readonly leftOut: LeftOut;
};

export type Spread = {
  readonly meanSeconds: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
};

/** Over all cases: cycle = working + waiting. `measured` false: the log has no handling times. */
export type TimeSplit = {
  readonly cycleSeconds: number;
  readonly workingSeconds: number;
  readonly waitingSeconds: number;
  readonly measured: boolean;
};

export type ActivityStat = {
  readonly activity: string;
  readonly instances: number;
  readonly cases: number;
  readonly resources: number;
  /** Instances whose start and end are both recorded. */
  readonly measuredInstances: number;
  readonly meanProcessingSeconds: number | null;
  readonly medianProcessingSeconds: number | null;
  readonly p90ProcessingSeconds: number | null;
  readonly totalProcessingSeconds: number;
  readonly meanWaitingSeconds: number;
  readonly medianWaitingSeconds: number;
  readonly p90WaitingSeconds: number;
  readonly totalWaitingSeconds: number;
  /** Share of the waiting of the whole log, 0 to 1. */
  readonly waitingShare: number;
  readonly reworkCases: number;
  readonly reworkEvents: number;
};

export type Bottleneck = {
  readonly rank: number;
  readonly activity: string;
  /** Share of the waiting of the whole log, 0 to 1. */
  readonly share: number;
  readonly totalWaitingSeconds: number;
  readonly meanWaitingSeconds: number;
  readonly medianWaitingSeconds: number;
  readonly p90WaitingSeconds: number;
  readonly instances: number;
  /** Instances that waited at all, and the cases they belong to. */
  readonly waitingInstances: number;
  readonly waitingCases: number;
  readonly casesShare: number;
  /** After which activity most of this waiting begins, and what share of it. */
  readonly mainlyAfter: { readonly activity: string; readonly share: number } | null;
};

export type VariantStat = {
  readonly rank: number;
  readonly cases: number;
  readonly share: number;
  readonly activities: readonly string[];
  readonly medianSeconds: number;
};

export type GraphNode = {
  readonly activity: string;
  readonly instances: number;
  readonly cases: number;
  /** Cases that begin, and that end, with it. */
  readonly starts: number;
  readonly ends: number;
};

/** Times from the end of `from` to the start of `to`, 0 when they overlap. */
export type GraphEdge = {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly cases: number;
  readonly meanSeconds: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
};

/** Amounts are minor units of the currency as digits, so that no number ever holds money. */
export type AmountStat = {
  readonly activity: string;
  readonly currency: string;
  readonly instances: number;
  readonly cases: number;
  readonly totalMinor: string;
  readonly largestMinor: string;
};

export type LeftOut = {
  readonly otherEvents: number;
  readonly unfinishedStarts: number;
  readonly completionsWithoutStart: number;
  readonly endsBeforeStart: number;
};

/** How a file was read, so that every guess can be shown. */
export type LogSource = {
  readonly format: 'xes' | 'csv' | 'xlsx' | 'parquet' | 'ocel-json' | 'ocel-xml' | 'ocel-sqlite';
  /** Which column serves which role, for CSV. */
  readonly columns: readonly {
    readonly role: string;
    readonly name: string;
    readonly guessed: boolean;
  }[];
  readonly delimiter: string | null;
  readonly timeFormat: string;
  readonly timeFormatGuessed: boolean;
  /** Whether the times said their zone: all, none (read as UTC), or some. */
  readonly zone: 'given' | 'none' | 'mixed';
  /** Traces that carried the name of an earlier one and were joined with it. */
  readonly joinedTraces: number;
  /**
   * Rows that could not be read and were left out because the user said so, with the first of them.
   */
  readonly badRows?: {
    readonly count: number;
    readonly first: readonly { readonly line: string; readonly code: string }[];
  };
  /**
   * Of an object-centric log: which objects are the cases, and what that left out or told twice.
   */
  readonly flattened?: {
    readonly objectType: string;
    readonly eventsLeftOut: number;
    readonly eventsRepeated: number;
  };
};

/** Why work waited; the five add up to the wait. */
export type WaitClass = 'batching' | 'extraneous' | 'contention' | 'priority' | 'unavailability';

/** Waiting before some pieces of work, from the moment each could begin; in seconds. */
export type WaitingOf = {
  readonly instances: number;
  readonly waitingInstances: number;
  readonly waitSeconds: number;
  readonly seconds: Readonly<Record<WaitClass, number>>;
};

/** The waiting of a log by cause; `unnamedShare`: of the wait, where nobody is named. */
export type WaitingCauses = WaitingOf & {
  readonly unnamedShare: number;
  readonly activities: readonly ({ readonly activity: string } & WaitingOf)[];
  readonly passages: readonly ({ readonly from: string; readonly to: string } & WaitingOf)[];
};

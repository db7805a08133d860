import {
  type Amounts,
  type EventLog,
  groupByCase,
  lifecycleCode,
  type Names,
  none,
} from './event-log.ts';

/** One event for a test: case, activity, time in s, lifecycle (complete), resource, start in s. */
export type TestEvent = {
  readonly of: string;
  readonly does: string;
  readonly at: number;
  readonly life?: string;
  readonly by?: string;
  readonly from?: number;
  readonly work?: string;
  readonly amountMinor?: bigint;
  readonly currency?: string;
};

/** A log of a handful of events, in the order given. */
export function logOf(events: readonly TestEvent[]): EventLog {
  const cases = namesOf(events.map((event) => event.of));
  const activities = namesOf(events.map((event) => event.does));
  const resources = namesOf(events.flatMap((event) => event.by ?? []));
  const works = namesOf(events.flatMap((event) => event.work ?? []));
  const currencies = namesOf(events.flatMap((event) => event.currency ?? []));
  const code = (names: { codes: Map<string, number> }, text: string | undefined) =>
    text === undefined ? none : names.codes.get(text)!;
  return groupByCase({
    cases: cases.names,
    activities: activities.names,
    resources: resources.names,
    caseOf: Int32Array.from(events, (event) => code(cases, event.of)),
    activity: Uint16Array.from(events, (event) => code(activities, event.does)),
    lifecycle: Uint8Array.from(events, (event) => lifecycleCode(event.life ?? 'complete')),
    resource: Int32Array.from(events, (event) => code(resources, event.by)),
    work: works.names.size > 0 ? Int32Array.from(events, (event) => code(works, event.work)) : null,
    atMs: Float64Array.from(events, (event) => event.at * 1000),
    amounts: currencies.names.size > 0 ? amountsOf(events, currencies) : null,
    attributes: [],
    startMs: events.some((event) => event.from !== undefined)
      ? Float64Array.from(events, (event) => (event.from ?? Number.NaN) * 1000)
      : null,
  });
}

function amountsOf(events: readonly TestEvent[], currencies: ReturnType<typeof namesOf>): Amounts {
  return {
    currencies: currencies.names,
    minor: BigInt64Array.from(events, (event) => event.amountMinor ?? 0n),
    currency: Int8Array.from(events, (event) => currencies.codes.get(event.currency ?? '') ?? none),
  };
}

function namesOf(texts: readonly string[]): { names: Names; codes: Map<string, number> } {
  const distinct = [...new Set(texts)];
  return {
    names: { size: distinct.length, text: (code) => distinct[code]! },
    codes: new Map(distinct.map((text, code) => [text, code])),
  };
}

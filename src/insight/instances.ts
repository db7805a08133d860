import { type EventLog, lifecycleCode, none, pick, sortSpan } from './event-log.ts';

/**
 * How events become pieces of work.
 * `instances` (the default): a start and the next completion of the same activity in the case (and
 * of the same concept:instance, where named) are one piece of work, first started first completed.
 * A completion without a start is a piece of work whose handling time is not known. A start that
 * never completes is counted, and is no piece of work. A row with start and end is one already.
 * `complete`: every completion is a piece of work without duration; other events are left out.
 * `all`: every event, whatever its lifecycle, is one without duration, as it stands.
 */
export const lifecycleViews = ['instances', 'complete', 'all'] as const;
export type LifecycleView = (typeof lifecycleViews)[number];

/**
 * Pieces of work in columns, case by case, each case ordered by (start, end, position in file).
 * `measured[i]` is 1 when start and end are both recorded, so that the handling time is known.
 * `events`: events read under the view; `leftOut`: those of the log the view does not read.
 */
export type Instances = {
  readonly log: EventLog;
  readonly view: LifecycleView;
  readonly size: number;
  readonly firstOfCase: Int32Array;
  readonly activity: Uint16Array;
  readonly resource: Int32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly measured: Uint8Array;
  /** The event of the log that completes it, or that it stands for. */
  readonly source: Int32Array;
  readonly events: number;
  readonly leftOut: number;
  /** Starts without a completion, completions without a start, ends before their start. */
  readonly unfinished: number;
  readonly unstarted: number;
  readonly backwards: number;
};

const started = lifecycleCode('start');
const completed = lifecycleCode('complete');

/** Makes the pieces of work of a log under a view. */
export function activityInstances(log: EventLog, view: LifecycleView): Instances {
  const draft = new Draft(log);
  for (let c = 0; c < log.cases.size; c++) {
    const from = log.firstOfCase[c]!;
    const to = log.firstOfCase[c + 1]!;
    if (view === 'instances') draft.pair(from, to);
    else for (let i = from; i < to; i++) draft.single(i, view);
    draft.endCase(c);
  }
  return draft.finish(view);
}

class Draft {
  readonly #log: EventLog;
  readonly #firstOfCase: Int32Array;
  /** Event of the log that tells the activity and resource, one per piece of work. */
  readonly #source: Int32Array;
  readonly #start: Float64Array;
  readonly #end: Float64Array;
  readonly #measured: Uint8Array;
  readonly #open = new Map<number, number[]>();
  #openCount = 0;
  #size = 0;
  #events = 0;
  #unfinished = 0;
  #unstarted = 0;
  #backwards = 0;

  constructor(log: EventLog) {
    const most = log.atMs.length;
    this.#log = log;
    this.#firstOfCase = new Int32Array(log.cases.size + 1);
    this.#source = new Int32Array(most);
    this.#start = new Float64Array(most);
    this.#end = new Float64Array(most);
    this.#measured = new Uint8Array(most);
  }

  /** One event as it stands; under `complete` only if it is a completion. */
  single(i: number, view: 'complete' | 'all'): void {
    const { log, at, start } = this.#times(i);
    if (view === 'complete') {
      if (log.lifecycle[i] !== completed || Number.isNaN(at)) return;
      this.#events++;
      this.#add(i, at, at, 0);
      return;
    }
    this.#events++;
    const begin = Number.isNaN(start) ? at : start;
    this.#add(i, begin, Number.isNaN(at) ? begin : at, Number.isNaN(start - at) ? 0 : 1);
  }

  /** The events from..to of one case: starts wait for their completion. */
  pair(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const { log, at, start } = this.#times(i);
      const life = log.lifecycle[i]!;
      if (!Number.isNaN(start)) {
        this.#events++;
        if (Number.isNaN(at)) this.#unfinished++;
        else this.#add(i, start, at, 1);
      } else if (life === started) {
        this.#events++;
        this.#openCount++;
        const waiting = this.#open.get(this.#key(i));
        if (waiting) waiting.push(i);
        else this.#open.set(this.#key(i), [i]);
      } else if (life === completed) {
        this.#events++;
        this.#complete(i, at);
      }
    }
    this.#unfinished += this.#openCount;
    this.#openCount = 0;
    this.#open.clear();
  }

  #complete(i: number, at: number): void {
    const begun = this.#openCount > 0 ? this.#open.get(this.#key(i))?.shift() : undefined;
    if (begun === undefined) {
      this.#unstarted++;
      this.#add(i, at, at, 0);
      return;
    }
    this.#openCount--;
    this.#add(i, this.#log.atMs[begun]!, at, 1);
  }

  /** Starts and completions belong together by activity and named piece of work. */
  #key(i: number): number {
    const work = this.#log.work ? this.#log.work[i]! : none;
    return (work + 1) * 65_536 + this.#log.activity[i]!;
  }

  #times(i: number): { log: EventLog; at: number; start: number } {
    const log = this.#log;
    return { log, at: log.atMs[i]!, start: log.startMs ? log.startMs[i]! : Number.NaN };
  }

  #add(source: number, start: number, end: number, measured: number): void {
    const index = this.#size++;
    const backwards = end < start;
    if (backwards) this.#backwards++;
    this.#source[index] = source;
    this.#start[index] = start;
    this.#end[index] = backwards ? start : end;
    this.#measured[index] = measured;
  }

  endCase(caseCode: number): void {
    this.#firstOfCase[caseCode + 1] = this.#size;
  }

  /**
   * Orders every case by (start, end, position in file) and lays the columns out. The position of
   * a piece of work is that of the event that completes it.
   */
  finish(view: LifecycleView): Instances {
    const log = this.#log;
    const size = this.#size;
    const order = new Int32Array(size);
    const position = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      order[i] = i;
      position[i] = log.position[this.#source[i]!]!;
    }
    for (let c = 0; c < log.cases.size; c++) {
      const [from, to] = [this.#firstOfCase[c]!, this.#firstOfCase[c + 1]!];
      sortSpan(order, from, to, this.#start, this.#end, position);
    }
    const source = pick(this.#source, order);
    return {
      log,
      view,
      size,
      firstOfCase: this.#firstOfCase,
      activity: pick(log.activity, source),
      resource: pick(log.resource, source),
      startMs: pick(this.#start, order),
      endMs: pick(this.#end, order),
      measured: pick(this.#measured, order),
      source,
      events: this.#events,
      leftOut: log.atMs.length - this.#events,
      unfinished: this.#unfinished,
      unstarted: this.#unstarted,
      backwards: this.#backwards,
    };
  }
}

import { ByteDictionary } from '../dictionary.ts';
import { type EventLog, groupByCase, lifecycleCode, lifecycleWords, none } from '../event-log.ts';
import { AttributeColumns } from './attribute-columns.ts';

/** More events than this are refused: about 30 bytes each must fit into memory, twice. */
export const eventsMax = 50_000_000;
/** More distinct activities than this are refused; a real process has tens, at most hundreds. */
export const activitiesMax = 60_000;

/** Names of cases, activities, resources and pieces of work may be this long. */
export const nameBytesMax = 1_000;

export const completed = lifecycleCode('complete');

/** Events in the order of the file, in columns that grow, until `seal` makes the log of them. */
export class LogBuilder {
  readonly cases = new ByteDictionary();
  readonly activities = new ByteDictionary();
  readonly resources = new ByteDictionary();
  readonly works = new ByteDictionary();
  readonly currencies = new ByteDictionary();
  readonly caseAttributes = new AttributeColumns('case');
  readonly eventAttributes = new AttributeColumns('event');
  readonly lifecycles = new ByteDictionary(lifecycleWords);
  /** Events pushed so far. */
  size = 0;
  #caseOf = new Int32Array(1024);
  #activity = new Uint16Array(1024);
  #lifecycle = new Uint8Array(1024);
  #resource = new Int32Array(1024);
  #work: Int32Array | null = null;
  #atMs = new Float64Array(1024);
  #startMs: Float64Array | null = null;
  #minor: BigInt64Array | null = null;
  #currency = new Int8Array(0);

  /** Adds an event. `caseCode` may be `none` until nameCase says whose the event is. */
  push(caseCode: number, activity: number, lifecycle: number, resource: number, at: number): void {
    const index = this.size++;
    if (index === this.#caseOf.length) this.#grow();
    this.#caseOf[index] = caseCode;
    this.#activity[index] = activity;
    this.#lifecycle[index] = lifecycle;
    this.#resource[index] = resource;
    this.#atMs[index] = at;
    if (this.#work) this.#work[index] = none;
    if (this.#startMs) this.#startMs[index] = Number.NaN;
  }

  /** Says that money moved with the last event. `currency`: its code in `currencies`. */
  movedMoney(amountMinor: bigint, currency: number): void {
    if (!this.#minor) {
      this.#minor = new BigInt64Array(this.#caseOf.length);
      this.#currency = new Int8Array(this.#caseOf.length).fill(none);
    }
    this.#minor[this.size - 1] = amountMinor;
    this.#currency[this.size - 1] = currency;
  }

  /** Gives the last event the code of its piece of work (concept:instance). */
  nameWork(work: number): void {
    if (!this.#work) this.#work = new Int32Array(this.#caseOf.length).fill(none);
    this.#work[this.size - 1] = work;
  }

  /** Gives the last event a start of its own: it then is a whole piece of work. */
  startedAt(startMs: number): void {
    if (!this.#startMs) this.#startMs = new Float64Array(this.#caseOf.length).fill(Number.NaN);
    this.#startMs[this.size - 1] = startMs;
  }

  /** Says whose the events from `from` on are. */
  nameCase(from: number, caseCode: number): void {
    this.#caseOf.fill(caseCode, from, this.size);
  }

  /** Changes every time read so far; used when a column turns out to be month first. */
  rewriteTimes(change: (atMs: number) => number, which: 'at' | 'start'): void {
    const column = which === 'at' ? this.#atMs : this.#startMs;
    if (column) for (let i = 0; i < this.size; i++) column[i] = change(column[i]!);
  }

  /** The finished log; the builder must not be used any more. */
  seal(): EventLog {
    const size = this.size;
    return groupByCase({
      cases: this.cases,
      activities: this.activities,
      resources: this.resources,
      caseOf: this.#caseOf.subarray(0, size),
      activity: this.#activity.subarray(0, size),
      lifecycle: this.#lifecycle.subarray(0, size),
      resource: this.#resource.subarray(0, size),
      work: this.#work ? this.#work.subarray(0, size) : null,
      atMs: this.#atMs.subarray(0, size),
      startMs: this.#startMs ? this.#startMs.subarray(0, size) : null,
      amounts: this.#minor && {
        currencies: this.currencies,
        minor: this.#minor.subarray(0, size),
        currency: this.#currency.subarray(0, size),
      },
      attributes: [
        ...this.caseAttributes.seal(this.cases.size),
        ...this.eventAttributes.seal(size),
      ],
    });
  }

  #grow(): void {
    const length = this.#caseOf.length * 2;
    const into = <A extends { set(from: A): void }>(to: A, from: A): A => {
      to.set(from);
      return to;
    };
    this.#caseOf = into(new Int32Array(length), this.#caseOf);
    this.#activity = into(new Uint16Array(length), this.#activity);
    this.#lifecycle = into(new Uint8Array(length), this.#lifecycle);
    this.#resource = into(new Int32Array(length), this.#resource);
    this.#atMs = into(new Float64Array(length), this.#atMs);
    if (this.#work) this.#work = into(new Int32Array(length).fill(none), this.#work);
    if (this.#startMs) {
      this.#startMs = into(new Float64Array(length).fill(Number.NaN), this.#startMs);
    }
    if (this.#minor) {
      this.#minor = into(new BigInt64Array(length), this.#minor);
      this.#currency = into(new Int8Array(length).fill(none), this.#currency);
    }
  }
}

/**
 * An event log as columns. Every part of insight reads this one shape: the files of log/ make it
 * from XES or CSV, the runtime's own events can be poured into it, perform/ and report/ only read.
 *
 * Events of one case stand next to each other, ordered by (start, time, position in the file);
 * cases stand in the order in which the file first names them. So the same file gives the same
 * columns, bit for bit, on every run and every machine.
 */

/** Texts by code; code 0 is the first text met in the file. `none` (-1) means: not given. */
export type Names = { readonly size: number; readonly text: (code: number) => string };

export const none = -1;

/** The life of one piece of work, in the words of the XES lifecycle extension. */
export const lifecycleWords = [
  'schedule',
  'assign',
  'start',
  'suspend',
  'resume',
  'complete',
  'withdraw',
  'reassign',
  'autoskip',
  'manualskip',
  'ate_abort',
  'pi_abort',
  'unknown',
] as const;
export type LifecycleWord = (typeof lifecycleWords)[number];

/** The number a lifecycle word has in the column; any word not in the list is 'unknown'. */
export function lifecycleCode(word: string): number {
  const code = (lifecycleWords as readonly string[]).indexOf(word);
  return code < 0 ? lifecycleWords.length - 1 : code;
}

/**
 * `firstOfCase` has one entry more than there are cases: the events of case c are
 * firstOfCase[c] up to, not including, firstOfCase[c + 1].
 * `atMs`: ms since epoch, UTC, fractions down to a microsecond; NaN when a row has a start but no
 * end. `startMs`: only when the file gives a row's start and end, so a row is a piece of work.
 * `work`: code of concept:instance (`none` when absent); null when the file never names one.
 */
export type EventLog = {
  readonly cases: Names;
  readonly activities: Names;
  readonly resources: Names;
  readonly firstOfCase: Int32Array;
  readonly activity: Uint16Array;
  readonly lifecycle: Uint8Array;
  readonly resource: Int32Array;
  readonly work: Int32Array | null;
  readonly atMs: Float64Array;
  readonly startMs: Float64Array | null;
  readonly position: Int32Array;
  readonly amounts: Amounts | null;
  /** What else the file says, when the reader was asked for it; empty otherwise. */
  readonly attributes: readonly Attribute[];
};

/**
 * A further attribute of cases or of events: the code of each one's value among `values`, `none`
 * where it has none. Values are the file's own texts; `numbersOf` reads them as numbers.
 */
export type Attribute = {
  readonly name: string;
  readonly of: 'case' | 'event';
  readonly values: Names;
  readonly code: Int32Array;
};

/** The values of an attribute by code as numbers; null unless every one of them is a number. */
export function numbersOf({ values }: Attribute): Float64Array | null {
  const numbers = Float64Array.from({ length: values.size }, (_, code) => {
    const text = values.text(code).trim();
    return text === '' ? Number.NaN : Number(text);
  });
  return numbers.some(Number.isNaN) ? null : numbers;
}

/**
 * The value of an attribute for each case: its own, or of an event's attribute the one its events
 * name first; `none` where there is none.
 */
export function caseValues(log: EventLog, attribute: Attribute): Int32Array {
  if (attribute.of === 'case') return attribute.code;
  const values = new Int32Array(log.cases.size).fill(none);
  for (let c = 0; c < values.length; c++) {
    for (let i = log.firstOfCase[c]!; i < log.firstOfCase[c + 1]! && values[c] === none; i++) {
      values[c] = attribute.code[i]!;
    }
  }
  return values;
}

/** Money that moved with an event: minor units, and the code of its currency (`none`: no money). */
export type Amounts = {
  readonly currencies: Names;
  readonly minor: BigInt64Array;
  readonly currency: Int8Array;
};

/** The same columns in the order of the file, not grouped: `caseOf` says whose each event is. */
export type LooseEvents = Omit<EventLog, 'firstOfCase' | 'position'> & {
  readonly caseOf: Int32Array;
};

/** Groups events by case with a stable counting sort and orders each case. */
export function groupByCase(loose: LooseEvents): EventLog {
  const { caseOf } = loose;
  const firstOfCase = new Int32Array(loose.cases.size + 1);
  for (let i = 0; i < caseOf.length; i++) firstOfCase[caseOf[i]! + 1]!++;
  for (let c = 0; c < loose.cases.size; c++) firstOfCase[c + 1]! += firstOfCase[c]!;
  const order = new Int32Array(caseOf.length);
  let grouped = true;
  for (let i = 1; i < caseOf.length; i++) if (caseOf[i]! < caseOf[i - 1]!) grouped = false;
  if (grouped) for (let i = 0; i < order.length; i++) order[i] = i;
  else {
    const next = firstOfCase.slice(0, loose.cases.size);
    for (let i = 0; i < caseOf.length; i++) order[next[caseOf[i]!]!++] = i;
  }
  for (let c = 0; c < loose.cases.size; c++) {
    sortSpan(order, firstOfCase[c]!, firstOfCase[c + 1]!, loose.startMs, loose.atMs);
  }
  return {
    cases: loose.cases,
    activities: loose.activities,
    resources: loose.resources,
    firstOfCase,
    activity: pick(loose.activity, order),
    lifecycle: pick(loose.lifecycle, order),
    resource: pick(loose.resource, order),
    work: loose.work ? pick(loose.work, order) : null,
    atMs: pick(loose.atMs, order),
    startMs: loose.startMs ? pick(loose.startMs, order) : null,
    amounts: loose.amounts && {
      currencies: loose.amounts.currencies,
      minor: pick(loose.amounts.minor, order),
      currency: pick(loose.amounts.currency, order),
    },
    attributes: loose.attributes.map((each) => picked(each, order)),
    position: order,
  };
}

/**
 * Orders order[from..to) by (start, time, position). Insertion sort, because nearly every file is
 * already in order; a span that is far out of order goes to the engine's own sort, so that a
 * hostile file cannot make it quadratic. `startMs` null: by (time, position); `position` null: the
 * index itself.
 */
export function sortSpan(
  order: Int32Array,
  from: number,
  to: number,
  startMs: Float64Array | null,
  atMs: Float64Array,
  position: Int32Array | null = null,
): void {
  const first = startMs ?? atMs;
  const before = (a: number, b: number): number => {
    const byStart = compareTimes(first[a]!, first[b]!);
    if (byStart !== 0) return byStart;
    const byEnd = startMs ? compareTimes(atMs[a]!, atMs[b]!) : 0;
    if (byEnd !== 0) return byEnd;
    return position ? position[a]! - position[b]! : a - b;
  };
  let budget = 16 * (to - from) + 64;
  for (let i = from + 1; i < to; i++) {
    const item = order[i]!;
    let j = i;
    while (j > from && before(item, order[j - 1]!) < 0) {
      order[j] = order[j - 1]!;
      j--;
      budget--;
    }
    order[j] = item;
    if (budget < 0) {
      order.subarray(from, to).sort(before);
      return;
    }
  }
}

/** A time that is not known (NaN) comes after every known one. */
function compareTimes(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  return a < b ? -1 : 1;
}

/** The same log with the events of some cases only; `kept[c]` is 1 for those that stay. */
export function casesOnly(log: EventLog, kept: Uint8Array): EventLog {
  const firstOfCase = new Int32Array(log.cases.size + 1);
  for (let c = 0; c < log.cases.size; c++) {
    const size = kept[c] ? log.firstOfCase[c + 1]! - log.firstOfCase[c]! : 0;
    firstOfCase[c + 1] = firstOfCase[c]! + size;
  }
  const rows = new Int32Array(firstOfCase[log.cases.size]!);
  for (let c = 0; c < log.cases.size; c++) {
    const shift = log.firstOfCase[c]! - firstOfCase[c]!;
    for (let i = firstOfCase[c]!; i < firstOfCase[c + 1]!; i++) rows[i] = i + shift;
  }
  return {
    ...log,
    firstOfCase,
    activity: pick(log.activity, rows),
    lifecycle: pick(log.lifecycle, rows),
    resource: pick(log.resource, rows),
    work: log.work && pick(log.work, rows),
    atMs: pick(log.atMs, rows),
    startMs: log.startMs && pick(log.startMs, rows),
    position: pick(log.position, rows),
    amounts: log.amounts && {
      currencies: log.amounts.currencies,
      minor: pick(log.amounts.minor, rows),
      currency: pick(log.amounts.currency, rows),
    },
    attributes: log.attributes.map((each) => picked(each, rows)),
  };
}

function picked(attribute: Attribute, rows: Int32Array): Attribute {
  if (attribute.of === 'case') return attribute;
  return { ...attribute, code: pick(attribute.code, rows) };
}

type Column = Int32Array | Uint16Array | Uint8Array | Int8Array | Float64Array | BigInt64Array;

/** The values of a column at the given rows, in their order. */
export function pick<A extends Column>(from: A, rows: Int32Array): A {
  const to = from.slice(0, rows.length) as A;
  let same = 0;
  while (same < rows.length && rows[same] === same) same++;
  for (let i = same; i < rows.length; i++) to[i] = from[rows[i]!]!;
  return to;
}

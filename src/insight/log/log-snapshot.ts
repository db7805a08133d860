import { ok, type Result, refuse } from '../../base/result.ts';
import type { Amounts, Attribute, EventLog, Names } from '../event-log.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';

/** The shape of the file; another one is made anew. */
const format = 'huiliu event log 1';

type Column = Int32Array | Uint16Array | Uint8Array | Int8Array | Float64Array | BigInt64Array;
type Head = {
  readonly format: string;
  readonly events: number;
  readonly names: Readonly<Record<'cases' | 'activities' | 'resources', readonly string[]>>;
  readonly currencies: readonly string[] | null;
  readonly hasWork: boolean;
  readonly hasStart: boolean;
  readonly attributes: readonly {
    readonly name: string;
    readonly of: Attribute['of'];
    readonly values: readonly string[];
  }[];
  readonly extra: unknown;
};

/**
 * An event log as bytes: a head in JSON, then its columns as they lie in memory, so that reading it
 * back costs no more than reading the file. `extra`: what the caller wants to find again.
 */
export function encodeLog(log: EventLog, extra: unknown): Uint8Array {
  const head: Head = {
    format,
    events: log.atMs.length,
    names: {
      cases: textsOf(log.cases),
      activities: textsOf(log.activities),
      resources: textsOf(log.resources),
    },
    currencies: log.amounts && textsOf(log.amounts.currencies),
    hasWork: log.work !== null,
    hasStart: log.startMs !== null,
    attributes: log.attributes.map(({ name, of, values }) => ({
      name,
      of,
      values: textsOf(values),
    })),
    extra,
  };
  const text = encodeUtf8(JSON.stringify(head));
  const columns = columnsOf(log);
  const sizes = columns.map((column) => aligned(column.byteLength));
  const first = aligned(4 + text.length);
  const bytes = new Uint8Array(first + sizes.reduce((sum, size) => sum + size, 0));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = first;
  for (const [i, column] of columns.entries()) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += sizes[i]!;
  }
  return bytes;
}

/** The log and what was kept with it. Refusal: log_snapshot_damaged, also for another format. */
export function decodeLog(bytes: Uint8Array): Result<{ log: EventLog; extra: unknown }> {
  const damaged = refuse('log_snapshot_damaged');
  if (bytes.length < 8) return damaged;
  // A copy of its own, so that columns begin at whole eights of bytes.
  const whole = new Uint8Array(bytes);
  const length = new DataView(whole.buffer).getUint32(0, true);
  if (4 + length > whole.length) return damaged;
  const head = headOf(whole, 4 + length);
  if (head === null || head.format !== format) return damaged;
  let at = aligned(4 + length);
  const take = <A extends Column>(
    make: new (b: ArrayBuffer, o: number, n: number) => A,
    n: number,
  ) => {
    const column = new make(whole.buffer, at, n);
    at += aligned(column.byteLength);
    return column;
  };
  const { events, names, hasWork, hasStart } = head;
  const perEvent = 2 + 1 + 4 + 8 + 4 + (hasWork ? 4 : 0) + (hasStart ? 8 : 0);
  if (at + events * perEvent > whole.length) return damaged;
  try {
    const firstOfCase = take(Int32Array, names.cases.length + 1);
    const activity = take(Uint16Array, events);
    const lifecycle = take(Uint8Array, events);
    const resource = take(Int32Array, events);
    const atMs = take(Float64Array, events);
    const position = take(Int32Array, events);
    const work = hasWork ? take(Int32Array, events) : null;
    const startMs = hasStart ? take(Float64Array, events) : null;
    const amounts: Amounts | null = head.currencies && {
      currencies: namesOf(head.currencies),
      minor: take(BigInt64Array, events),
      currency: take(Int8Array, events),
    };
    const attributes = head.attributes.map(({ name, of, values }) => ({
      name,
      of,
      values: namesOf(values),
      code: take(Int32Array, of === 'case' ? names.cases.length : events),
    }));
    const log: EventLog = {
      cases: namesOf(names.cases),
      activities: namesOf(names.activities),
      resources: namesOf(names.resources),
      firstOfCase,
      activity,
      lifecycle,
      resource,
      work,
      atMs,
      startMs,
      position,
      amounts,
      attributes,
    };
    return ok({ log, extra: head.extra });
  } catch (error) {
    // A column that would reach beyond the file.
    if (!(error instanceof RangeError)) throw error;
    return damaged;
  }
}

function columnsOf(log: EventLog): Column[] {
  return [
    log.firstOfCase,
    log.activity,
    log.lifecycle,
    log.resource,
    log.atMs,
    log.position,
    ...(log.work ? [log.work] : []),
    ...(log.startMs ? [log.startMs] : []),
    ...(log.amounts ? [log.amounts.minor, log.amounts.currency] : []),
    ...log.attributes.map(({ code }) => code),
  ];
}

function headOf(bytes: Uint8Array, end: number): Head | null {
  try {
    const head: unknown = JSON.parse(decodeUtf8(bytes, 4, end));
    return isHead(head) ? head : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function isHead(value: unknown): value is Head {
  if (typeof value !== 'object' || value === null) return false;
  const head = value as Partial<Head>;
  const isCount = Number.isInteger(head.events) && (head.events ?? -1) >= 0;
  const { names, currencies, attributes } = head;
  const lists = [names?.cases, names?.activities, names?.resources, attributes];
  const whole = lists.every(Array.isArray) && (currencies === null || Array.isArray(currencies));
  return isCount && whole && (attributes ?? []).every((each) => Array.isArray(each?.values));
}

function textsOf(names: Names): string[] {
  return Array.from({ length: names.size }, (_, code) => names.text(code));
}

function namesOf(texts: readonly string[]): Names {
  return { size: texts.length, text: (code) => texts[code]! };
}

/** Columns begin at whole eights of bytes. */
function aligned(bytes: number): number {
  return (bytes + 7) & ~7;
}

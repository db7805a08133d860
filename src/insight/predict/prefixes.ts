import { caseValues, type EventLog, none, numbersOf } from '../event-log.ts';
import type { Instances } from '../instances.ts';

/**
 * Every case at each moment a piece of work of it ended, in columns: what was known then. Times are
 * ms; `gapMs` and `leftMs`, the time to the next end and to the end of the case, were not known.
 */
export type Prefixes = {
  readonly size: number;
  readonly firstOfCase: Int32Array;
  readonly caseOf: Int32Array;
  /** Pieces of work ended by then, from 1. */
  readonly done: Int32Array;
  readonly atMs: Float64Array;
  readonly elapsedMs: Float64Array;
  /** NaN: nothing comes after it; endless: what comes after it is not known. */
  readonly gapMs: Float64Array;
  readonly leftMs: Float64Array;
  /** Codes of each likeness; see `likenessNames`. */
  readonly likeness: ReadonlyMap<string, Int32Array>;
  /** By case: the first start and last end, NaN for a case without work; endless: not over. */
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
};

/** What of a case can be like another's. */
export const likenessNames = ['last', 'last_two', 'done', 'count', 'elapsed'] as const;

/** Bounds of `elapsed` in hours: people think in hours, days, weeks and months. */
const elapsedHours = [1, 4, 12, 24, 48, 72, 120, 168, 240, 336, 504, 720, 1_080, 1_440, 2_160];
const attributeValuesMax = 50;

/**
 * The prefixes of all cases, in the order of their ends. `attributes`: names of attributes of cases
 * that are known from the beginning; their values are likenesses too (numbers by powers of two).
 * Names the log does not have, or with more than 50 values that are no numbers, are left out.
 * `open`: 1 by case that is known not to be over: when it ends, and when it goes on, is not known
 * (endless), so that it counts as lasting at least until it was looked at.
 */
export function prefixesOf(
  work: Instances,
  attributes: readonly string[] = [],
  open: Uint8Array | null = null,
): Prefixes {
  const { size } = work;
  const cases = work.log.cases.size;
  const [caseOf, done] = [new Int32Array(size), new Int32Array(size)];
  const [atMs, elapsedMs, gapMs, leftMs] = [0, 0, 0, 0].map(() => new Float64Array(size)) as [
    ...[Float64Array, Float64Array, Float64Array, Float64Array],
  ];
  const codes = new Map(likenessNames.map((name) => [name as string, new Int32Array(size)]));
  const startMs = new Float64Array(cases).fill(Number.NaN);
  const endMs = new Float64Array(cases).fill(Number.NaN);
  const sets = new Map<string, number>();
  for (let c = 0; c < cases; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    if (from === to) continue;
    const byEnd = Array.from({ length: to - from }, (_, k) => from + k).sort(
      (a, b) => work.endMs[a]! - work.endMs[b]! || a - b,
    );
    startMs[c] = work.startMs[from]!;
    const isOpen = open?.[c] === 1;
    endMs[c] = isOpen ? Number.POSITIVE_INFINITY : work.endMs[byEnd.at(-1)!]!;
    const afterLast = isOpen ? Number.POSITIVE_INFINITY : Number.NaN;
    const seen = new Set<number>();
    for (const [k, i] of byEnd.entries()) {
      const at = from + k;
      const before = k === 0 ? none : work.activity[byEnd[k - 1]!]!;
      seen.add(work.activity[i]!);
      caseOf[at] = c;
      done[at] = k + 1;
      atMs[at] = work.endMs[i]!;
      elapsedMs[at] = work.endMs[i]! - startMs[c]!;
      leftMs[at] = endMs[c]! - work.endMs[i]!;
      const next = byEnd[k + 1];
      gapMs[at] = next === undefined ? afterLast : work.endMs[next]! - work.endMs[i]!;
      codes.get('last')![at] = work.activity[i]!;
      codes.get('last_two')![at] = (before + 1) * 65_536 + work.activity[i]!;
      codes.get('done')![at] = coded(sets, [...seen].sort((a, b) => a - b).join());
      codes.get('count')![at] = Math.floor(2 * Math.log2(k + 1));
      codes.get('elapsed')![at] = elapsedCode(elapsedMs[at]!);
    }
  }
  const { firstOfCase } = work;
  const columns = { size, firstOfCase, caseOf, done, atMs, elapsedMs, gapMs, leftMs };
  const likeness = new Map([...codes, ...attributeCodes(work.log, attributes, caseOf)]);
  return { ...columns, likeness, startMs, endMs };
}

/** Number of the stretch of `elapsedHours` in which a time lies. */
export function elapsedCode(elapsedMs: number): number {
  let code = 0;
  while (code < elapsedHours.length && elapsedMs >= elapsedHours[code]! * 3_600_000) code++;
  return code;
}

function coded(codes: Map<string, number>, text: string): number {
  const code = codes.get(text) ?? codes.size;
  codes.set(text, code);
  return code;
}

function attributeCodes(
  log: EventLog,
  names: readonly string[],
  caseOf: Int32Array,
): (readonly [string, Int32Array])[] {
  return names.flatMap((name) => {
    const attribute = log.attributes.find((each) => each.name === name);
    if (attribute === undefined) return [];
    const values = caseValues(log, attribute);
    const numbers = numbersOf(attribute);
    if (numbers === null && attribute.values.size > attributeValuesMax) return [];
    const code = (value: number) => {
      if (value < 0 || numbers === null) return value;
      return Math.sign(numbers[value]!) * Math.floor(Math.log2(1 + Math.abs(numbers[value]!)));
    };
    return [[`attribute:${name}`, caseOf.map((c) => code(values[c]!))] as const];
  });
}

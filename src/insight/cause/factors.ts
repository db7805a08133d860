import { dateOfDayNumber } from '../../base/dates.ts';
import { type Attribute, caseValues, none, numbersOf } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import type { Outcome } from './outcome.ts';

/** The bones of the fish: where a factor comes from. */
export type FactorGroup = 'attribute' | 'resource' | 'path' | 'rework' | 'period' | 'load';

/**
 * Something that is true of some cases. `subject` names it (attribute, person, activity, passage),
 * `value` says which value, where there are several. `holds[c]` is 1 for the cases it is true of.
 */
export type Factor = {
  readonly group: FactorGroup;
  readonly subject: string;
  readonly value: string;
  readonly holds: Uint8Array;
};

const valuesMost = 20;
const resourcesMost = 60;
const passagesMost = 100;
/** A factor of fewer cases than this (or of all but fewer) tells nothing. */
const leastCases = 10;
const dayMs = 86_400_000;

/**
 * Every factor of a log worth looking at for an outcome: values of attributes (numbers in four
 * groups of equal size), people who took part, activities done, passages taken, activities done
 * again, the month and weekday of the beginning, and how many cases were open then. What the
 * outcome itself says is left out.
 */
export function factorsOf(work: Instances, outcome: Outcome): readonly Factor[] {
  const named = 'activity' in outcome ? outcome.activity : null;
  const attribute = outcome.kind === 'attribute' ? outcome.name : null;
  return [
    ...work.log.attributes
      .filter(({ name }) => name !== attribute)
      .flatMap((each) => attributeFactors(work, each)),
    ...resourceFactors(work),
    ...pathFactors(work, named),
    ...(outcome.kind === 'rework' ? [] : reworkFactors(work, named)),
    ...periodFactors(work),
    ...loadFactors(work),
  ].filter(({ holds }) => {
    const cases = holds.reduce((sum, each) => sum + each, 0);
    return cases >= leastCases && worked(work) - cases >= leastCases;
  });
}

const workedCases = new WeakMap<Instances, number>();

function worked(work: Instances): number {
  const known = workedCases.get(work);
  if (known !== undefined) return known;
  let count = 0;
  for (let c = 0; c < work.log.cases.size; c++) {
    if (work.firstOfCase[c] !== work.firstOfCase[c + 1]) count++;
  }
  workedCases.set(work, count);
  return count;
}

function attributeFactors(work: Instances, attribute: Attribute): Factor[] {
  const codes = caseValues(work.log, attribute);
  const numbers = numbersOf(attribute);
  const distinct = new Set(codes.filter((code) => code !== none));
  const group = 'attribute' as const;
  if (numbers !== null && distinct.size > 8) {
    const values = Float64Array.from(codes, (code) =>
      code === none ? Number.NaN : numbers[code]!,
    );
    return quarters(values).map(({ label, holds }) => ({
      group,
      subject: attribute.name,
      value: label,
      holds,
    }));
  }
  const count = new Map<number, number>();
  for (const code of codes) if (code !== none) count.set(code, (count.get(code) ?? 0) + 1);
  return mostFrequent(count, valuesMost).map((code) => ({
    group,
    subject: attribute.name,
    value: attribute.values.text(code),
    holds: Uint8Array.from(codes, (each) => (each === code ? 1 : 0)),
  }));
}

/** Numbers in four groups of about equal size; equal numbers stay together. */
function quarters(values: Float64Array): { label: string; holds: Uint8Array }[] {
  const sorted = values.filter((each) => !Number.isNaN(each)).sort();
  const cuts = [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(sorted.length * share)] ?? 0);
  const bounds = [...new Set([Number.NEGATIVE_INFINITY, ...cuts, Number.POSITIVE_INFINITY])];
  return bounds.slice(1).map((to, k) => {
    const from = bounds[k]!;
    const [left, right] = [Number.isFinite(from), Number.isFinite(to)];
    const label = left && right ? `${from} – ${to}` : left ? `≥ ${from}` : `< ${to}`;
    const holds = Uint8Array.from(values, (each) => (each >= from && each < to ? 1 : 0));
    return { label, holds };
  });
}

/** Marks of the cases in which something occurs, by its key. */
class Marks {
  readonly #cases: number;
  readonly #of = new Map<number, Set<number>>();

  constructor(work: Instances) {
    this.#cases = work.log.cases.size;
  }

  add(key: number, c: number): void {
    const known = this.#of.get(key);
    if (known) known.add(c);
    else this.#of.set(key, new Set([c]));
  }

  /** The keys of most cases first. */
  most(count: number): { key: number; holds: Uint8Array }[] {
    return mostFrequent(new Map([...this.#of].map(([key, set]) => [key, set.size])), count).map(
      (key) => {
        const holds = new Uint8Array(this.#cases);
        for (const c of this.#of.get(key)!) holds[c] = 1;
        return { key, holds };
      },
    );
  }
}

function mostFrequent(count: ReadonlyMap<number, number>, most: number): number[] {
  return [...count]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, most)
    .map(([key]) => key);
}

function forEachWork(work: Instances, visit: (c: number, i: number, first: boolean) => void): void {
  for (let c = 0; c < work.log.cases.size; c++) {
    const from = work.firstOfCase[c]!;
    for (let i = from; i < work.firstOfCase[c + 1]!; i++) visit(c, i, i === from);
  }
}

function resourceFactors(work: Instances): Factor[] {
  const marks = new Marks(work);
  forEachWork(work, (c, i) => {
    if (work.resource[i] !== none) marks.add(work.resource[i]!, c);
  });
  return marks.most(resourcesMost).map(({ key, holds }) => ({
    group: 'resource',
    subject: work.log.resources.text(key),
    value: '',
    holds,
  }));
}

/** Activities done and passages taken; those of the activity the outcome names are left out. */
function pathFactors(work: Instances, named: string | null): Factor[] {
  const names = work.log.activities;
  const [activities, passages] = [new Marks(work), new Marks(work)];
  forEachWork(work, (c, i, first) => {
    activities.add(work.activity[i]!, c);
    if (!first) passages.add(work.activity[i - 1]! * names.size + work.activity[i]!, c);
  });
  const done = activities.most(passagesMost).map(({ key, holds }) => ({
    group: 'path' as const,
    subject: names.text(key),
    value: '',
    holds,
  }));
  const taken = passages.most(passagesMost).map(({ key, holds }) => ({
    group: 'path' as const,
    subject: names.text(Math.floor(key / names.size)),
    value: names.text(key % names.size),
    holds,
  }));
  return [...done, ...taken].filter((each) => each.subject !== named && each.value !== named);
}

function reworkFactors(work: Instances, named: string | null): Factor[] {
  const seen = new Map<number, number>();
  const marks = new Marks(work);
  forEachWork(work, (c, i) => {
    if (seen.get(work.activity[i]!) === c) marks.add(work.activity[i]!, c);
    seen.set(work.activity[i]!, c);
  });
  return marks
    .most(valuesMost)
    .map(({ key, holds }) => ({
      group: 'rework' as const,
      subject: work.log.activities.text(key),
      value: '',
      holds,
    }))
    .filter(({ subject }) => subject !== named);
}

function periodFactors(work: Instances): Factor[] {
  const [months, weekdays] = [new Marks(work), new Marks(work)];
  forEachWork(work, (c, i, first) => {
    if (!first) return;
    const day = Math.floor(work.startMs[i]! / dayMs);
    const [year, month] = dateOfDayNumber(day).split('-').map(Number);
    months.add(year! * 12 + month! - 1, c);
    weekdays.add((day + 3) % 7, c);
  });
  const factor = (subject: string, value: string, holds: Uint8Array): Factor => ({
    group: 'period',
    subject,
    value,
    holds,
  });
  return [
    ...months.most(24).map(({ key, holds }) => {
      const month = String((key % 12) + 1).padStart(2, '0');
      return factor('month', `${Math.floor(key / 12)}-${month}`, holds);
    }),
    ...weekdays.most(7).map(({ key, holds }) => factor('weekday', String(key + 1), holds)),
  ];
}

/** How many cases were open when each began, in four groups. */
function loadFactors(work: Instances): Factor[] {
  const cases = Array.from({ length: work.log.cases.size }, (_, c) => c).filter(
    (c) => work.firstOfCase[c] !== work.firstOfCase[c + 1],
  );
  const start = (c: number) => work.startMs[work.firstOfCase[c]!]!;
  const ends = Float64Array.from(cases, (c) => {
    let end = Number.NEGATIVE_INFINITY;
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      end = Math.max(end, work.endMs[i]!);
    }
    return end;
  }).sort();
  const open = new Float64Array(work.log.cases.size).fill(Number.NaN);
  let ended = 0;
  for (const [begun, c] of cases.sort((a, b) => start(a) - start(b) || a - b).entries()) {
    while (ended < ends.length && ends[ended]! <= start(c)) ended++;
    open[c] = Math.max(0, begun - ended);
  }
  return quarters(open).map(({ label, holds }) => ({
    group: 'load',
    subject: 'open_cases',
    value: label,
    holds,
  }));
}

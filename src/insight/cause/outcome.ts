import { ok, type Result, refuse } from '../../base/result.ts';
import { caseValues } from '../event-log.ts';
import type { Instances } from '../instances.ts';

/**
 * What is to be explained. `slow`: a cycle time above `overMs`, or, where that is null, above the
 * one that three in four cases keep. `rework`: an activity is done again. `with`, `without`: an
 * activity is done, or is not. `ends`: it is done last. `attribute`: a case has a value.
 * `marked`: cases somebody else has judged, such as those that deviate from a model.
 */
export type Outcome =
  | { readonly kind: 'slow'; readonly overMs: number | null }
  | { readonly kind: 'rework' }
  | { readonly kind: 'with' | 'without' | 'ends'; readonly activity: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string }
  | { readonly kind: 'marked'; readonly marks: Uint8Array };

/** Per case: cycle time in ms (NaN: no work done), and whether the outcome holds. */
export type Judged = {
  readonly durationMs: Float64Array;
  readonly holds: Uint8Array;
  /** Above which a case counts as slow; null for another outcome. */
  readonly overMs: number | null;
  /** Cases in which work was done. */
  readonly cases: number;
  readonly hits: number;
};

/**
 * Judges every case. Refusals: outcome_names_no_activity, outcome_names_no_attribute (the log has
 * none of that name) · outcome_has_no_contrast (every case has it, or none has).
 */
export function judged(
  work: Instances,
  outcome: Outcome,
): Result<
  Judged,
  'outcome_names_no_activity' | 'outcome_names_no_attribute' | 'outcome_has_no_contrast'
> {
  const durationMs = durations(work);
  const overMs = outcome.kind === 'slow' ? (outcome.overMs ?? usual(durationMs)) : null;
  const test = testOf(work, outcome, durationMs, overMs);
  if (!test.ok) return test;
  const holds = new Uint8Array(durationMs.length);
  let [cases, hits] = [0, 0];
  for (let c = 0; c < holds.length; c++) {
    if (Number.isNaN(durationMs[c]!)) continue;
    cases++;
    if (!test.value(c)) continue;
    holds[c] = 1;
    hits++;
  }
  if (hits === 0 || hits === cases) {
    return refuse('outcome_has_no_contrast', { cases: String(cases), with: String(hits) });
  }
  return ok({ durationMs, holds, overMs, cases, hits });
}

function testOf(
  work: Instances,
  outcome: Outcome,
  durationMs: Float64Array,
  overMs: number | null,
): Result<(c: number) => boolean, 'outcome_names_no_activity' | 'outcome_names_no_attribute'> {
  const from = (c: number) => work.firstOfCase[c]!;
  const to = (c: number) => work.firstOfCase[c + 1]!;
  if (outcome.kind === 'slow') return ok((c) => durationMs[c]! > overMs!);
  if (outcome.kind === 'marked') return ok((c) => outcome.marks[c] === 1);
  if (outcome.kind === 'rework') {
    return ok((c) => new Set(work.activity.subarray(from(c), to(c))).size < to(c) - from(c));
  }
  if (outcome.kind === 'attribute') {
    const attribute = work.log.attributes.find(({ name }) => name === outcome.name);
    if (!attribute) return refuse('outcome_names_no_attribute', { name: outcome.name });
    const values = caseValues(work.log, attribute);
    return ok((c) => values[c]! >= 0 && attribute.values.text(values[c]!) === outcome.value);
  }
  let code = 0;
  const { activities } = work.log;
  while (code < activities.size && activities.text(code) !== outcome.activity) code++;
  if (code === activities.size) {
    return refuse('outcome_names_no_activity', { activity: outcome.activity });
  }
  if (outcome.kind === 'ends') return ok((c) => work.activity[lastOf(work, c)] === code);
  const wanted = outcome.kind === 'with';
  return ok((c) => work.activity.subarray(from(c), to(c)).includes(code) === wanted);
}

/** The piece of work of a case that ends last. */
function lastOf(work: Instances, c: number): number {
  let last = work.firstOfCase[c]!;
  for (let i = last; i < work.firstOfCase[c + 1]!; i++) {
    if (work.endMs[i]! >= work.endMs[last]!) last = i;
  }
  return last;
}

/** First start to last end of each case. */
function durations(work: Instances): Float64Array {
  return Float64Array.from({ length: work.log.cases.size }, (_, c) => {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    if (from === to) return Number.NaN;
    return work.endMs[lastOf(work, c)]! - work.startMs[from]!;
  });
}

/** The cycle time that three in four cases keep. */
function usual(durationMs: Float64Array): number {
  const sorted = durationMs.filter((each) => !Number.isNaN(each)).sort();
  return sorted[Math.ceil(sorted.length * 0.75) - 1] ?? 0;
}

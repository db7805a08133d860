import { caseValues, type EventLog, type Names, none } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import type { CaseSign, KpiInputs } from './inputs.ts';

/**
 * What every indicator is made of, case by case; times are ms. `counted[c]`: work was done in it.
 * `stepMs`: time of each step in it, by the rule of the bottleneck share; `handled`: executions
 * whose start and end are recorded; `signs`: marks of errors and complaints, null where not told.
 */
export type CaseColumns = {
  readonly counted: Uint8Array;
  readonly cases: number;
  readonly cycleMs: Float64Array;
  readonly workedMs: Float64Array | null;
  readonly busyMs: Float64Array;
  readonly handlingMs: Float64Array;
  readonly handled: Float64Array;
  readonly staffMs: Float64Array;
  /** Executions by staff whose start or end is not recorded, and all of them. */
  readonly staffUnmeasured: number;
  readonly staffExecutions: number;
  /** Whether the log names anybody. */
  readonly named: boolean;
  readonly reworked: Uint8Array;
  readonly returned: Uint8Array;
  readonly intervened: Uint8Array;
  readonly errors: Uint8Array | null;
  readonly complaints: Uint8Array | null;
  /** Time of every step over all cases, by the code of its activity. */
  readonly stepTotalMs: Float64Array;
  /** First start and last end; NaN for a log without work. */
  readonly fromMs: number;
  readonly toMs: number;
};

/** Walks the pieces of work once; the indicators are sums over these columns. */
export function caseColumns(work: Instances, inputs: KpiInputs): CaseColumns {
  const { log, firstOfCase, activity, startMs, endMs, measured } = work;
  const size = log.cases.size;
  const make = () => new Float64Array(size);
  const columns = {
    counted: new Uint8Array(size),
    ...{ cycleMs: make(), busyMs: make(), handlingMs: make(), handled: make(), staffMs: make() },
    workedMs: inputs.workingTime === null ? null : make(),
    ...{ reworked: new Uint8Array(size), returned: new Uint8Array(size) },
    intervened: new Uint8Array(size),
    stepTotalMs: new Float64Array(log.activities.size),
  };
  const staff = staffOf(work, inputs);
  const straight = codesOf(log.activities, inputs.straightThrough);
  const returns = inputs.returnActivities && codesOf(log.activities, inputs.returnActivities);
  const paths = new Paths(log.activities.size);
  let [cases, staffUnmeasured, staffExecutions] = [0, 0, 0];
  let [first, last] = [Number.NaN, Number.NaN];
  for (let c = 0; c < size; c++) {
    const [from, to] = [firstOfCase[c]!, firstOfCase[c + 1]!];
    if (from === to) continue;
    columns.counted[c] = 1;
    cases++;
    const begin = startMs[from]!;
    let busyUntil = begin;
    paths.begin(c);
    for (let i = from; i < to; i++) {
      const done = activity[i]!;
      columns.stepTotalMs[done]! += Math.max(0, endMs[i]! - busyUntil);
      columns.busyMs[c]! += Math.max(0, endMs[i]! - Math.max(busyUntil, startMs[i]!));
      busyUntil = Math.max(busyUntil, endMs[i]!);
      const handling = endMs[i]! - startMs[i]!;
      if (measured[i]) {
        columns.handlingMs[c]! += handling;
        columns.handled[c]!++;
      }
      if (staff[i]) {
        staffExecutions++;
        if (measured[i]) columns.staffMs[c]! += handling;
        else staffUnmeasured++;
        if (!straight.has(done)) columns.intervened[c] = 1;
      }
      paths.step(done);
      if (returns?.has(done)) columns.returned[c] = 1;
    }
    columns.reworked[c] = paths.repeated ? 1 : 0;
    if (returns === null) columns.returned[c] = paths.cameBack ? 1 : 0;
    columns.cycleMs[c] = busyUntil - begin;
    if (columns.workedMs) columns.workedMs[c] = inputs.workingTime!.between(begin, busyUntil);
    if (!(first <= begin)) first = begin;
    if (!(last >= busyUntil)) last = busyUntil;
  }
  return {
    ...columns,
    ...{ cases, staffUnmeasured, staffExecutions },
    ...{ named: namesAnybody(work), fromMs: first, toMs: last },
    errors: signed(work, inputs.errors),
    complaints: signed(work, inputs.complaints),
  };
}

/** Whether a case repeats an activity, and whether it came back to one after another. */
class Paths {
  readonly #caseOf: Int32Array;
  #case = none;
  #before = none;
  repeated = false;
  cameBack = false;

  constructor(activities: number) {
    this.#caseOf = new Int32Array(activities).fill(none);
  }

  begin(caseCode: number): void {
    this.#case = caseCode;
    this.#before = none;
    this.repeated = false;
    this.cameBack = false;
  }

  step(activity: number): void {
    if (this.#caseOf[activity] === this.#case) {
      this.repeated = true;
      if (this.#before !== activity) this.cameBack = true;
    }
    this.#caseOf[activity] = this.#case;
    this.#before = activity;
  }
}

function codesOf(names: Names, wanted: readonly string[]): ReadonlySet<number> {
  const asked = new Set(wanted);
  const codes = new Set<number>();
  if (asked.size === 0) return codes;
  for (let code = 0; code < names.size; code++) if (asked.has(names.text(code))) codes.add(code);
  return codes;
}

/** Per piece of work: 1 when a person of the bank did it. */
function staffOf({ size, resource, log, source }: Instances, inputs: KpiInputs): Uint8Array {
  const machines = codesOf(log.resources, inputs.systemResources);
  const role = log.attributes.find(({ name, of }) => name === 'org:role' && of === 'event');
  const outside = role && codesOf(role.values, inputs.outsideRoles);
  const staff = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const isPerson = resource[i] !== none && !machines.has(resource[i]!);
    staff[i] = isPerson && !outside?.has(role!.code[source[i]!]!) ? 1 : 0;
  }
  return staff;
}

function namesAnybody({ size, resource }: Instances): boolean {
  for (let i = 0; i < size; i++) if (resource[i] !== none) return true;
  return false;
}

/** Cases that bear a sign; null where it is not given, is a count, or the log cannot tell it. */
function signed(work: Instances, sign: CaseSign | null): Uint8Array | null {
  if (sign === null || sign.kind === 'count') return null;
  const { log, firstOfCase, activity } = work;
  const marks = new Uint8Array(log.cases.size);
  if (sign.kind === 'activity') {
    const codes = codesOf(log.activities, sign.activities);
    for (let c = 0; c < marks.length; c++) {
      for (let i = firstOfCase[c]!; i < firstOfCase[c + 1]!; i++) {
        if (codes.has(activity[i]!)) marks[c] = 1;
      }
    }
    return marks;
  }
  const values = valuesOfCases(log, sign.name);
  if (values === null) return null;
  const wanted = sign.values && new Set(sign.values);
  for (let c = 0; c < marks.length; c++) {
    const value = values(c);
    if (value !== null && (wanted === null || wanted.has(value))) marks[c] = 1;
  }
  return marks;
}

/** The value of an attribute by case; null when the log has no attribute of that name. */
export function valuesOfCases(
  log: EventLog,
  name: string,
): ((caseCode: number) => string | null) | null {
  const attribute = log.attributes.find((each) => each.name === name);
  if (attribute === undefined) return null;
  const codes = caseValues(log, attribute);
  return (c) => (codes[c]! < 0 ? null : attribute.values.text(codes[c]!));
}

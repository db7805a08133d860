import type { Instances } from '../instances.ts';
import type { Step } from './steps.ts';

/**
 * What a log says of a step; seconds. `waitMean`: how long its case stood still before it, from the
 * latest end of earlier work; handling is null where no start is recorded.
 */
export type StepFacts = {
  readonly executions: number;
  readonly cases: number;
  readonly handlingMean: number | null;
  readonly waitMean: number;
};

/** The step of the model that an activity of the log is: by id, by name in either language. */
export function stepByActivity(
  work: Instances,
  steps: readonly Step[],
): readonly (Step | undefined)[] {
  const byName = new Map<string, Step>();
  for (const step of steps) {
    for (const name of [step.name.en, step.name['zh-CN'], step.id]) byName.set(name, step);
  }
  const { activities } = work.log;
  return Array.from({ length: activities.size }, (_, code) => {
    const text = activities.text(code);
    // A name two processes share carries its process in brackets in the bank's own log.
    return byName.get(text) ?? byName.get(text.replace(/ \([^()]+\)$/, ''));
  });
}

/** Counts and times of every step that is in the log, by id. */
export function factsOf(work: Instances, steps: readonly Step[]): ReadonlyMap<string, StepFacts> {
  const stepOf = stepByActivity(work, steps);
  const sums = new Map<
    string,
    { n: number; cases: number; done: number; ms: number; wait: number }
  >();
  const lastCase = new Map<string, number>();
  for (let c = 0; c < work.log.cases.size; c++) {
    let busyUntil = Number.NaN;
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      const [start, end] = [work.startMs[i]!, work.endMs[i]!];
      const wait = start > busyUntil ? start - busyUntil : 0;
      if (!(end <= busyUntil)) busyUntil = end;
      const step = stepOf[work.activity[i]!];
      if (step === undefined) continue;
      const sum = sums.get(step.id) ?? { n: 0, cases: 0, done: 0, ms: 0, wait: 0 };
      sums.set(step.id, sum);
      sum.n++;
      sum.wait += wait;
      if (work.measured[i]) {
        sum.done++;
        sum.ms += end - start;
      }
      if (lastCase.get(step.id) !== c) sum.cases++;
      lastCase.set(step.id, c);
    }
  }
  return new Map(
    [...sums].map(([id, { n, cases, done, ms, wait }]) => [
      id,
      {
        ...{ executions: n, cases, waitMean: wait / n / 1000 },
        handlingMean: done === 0 ? null : ms / done / 1000,
      },
    ]),
  );
}

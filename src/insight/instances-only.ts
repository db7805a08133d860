import type { Instances } from './instances.ts';

/** The same pieces of work without those of other activities; `kept[activity]` is 1 for those. */
export function onlyActivities(work: Instances, kept: Uint8Array): Instances {
  return only(work, (_c, i) => kept[work.activity[i]!] === 1);
}

/** The same pieces of work without those of other cases; `kept[case]` is 1 for those that stay. */
export function onlyCases(work: Instances, kept: Uint8Array): Instances {
  return only(work, (c) => kept[c] === 1);
}

function only(work: Instances, stays: (c: number, i: number) => boolean): Instances {
  const rows: number[] = [];
  const firstOfCase = new Int32Array(work.firstOfCase.length);
  for (let c = 0; c + 1 < firstOfCase.length; c++) {
    for (let i = work.firstOfCase[c]!; i < work.firstOfCase[c + 1]!; i++) {
      if (stays(c, i)) rows.push(i);
    }
    firstOfCase[c + 1] = rows.length;
  }
  return {
    ...work,
    size: rows.length,
    firstOfCase,
    activity: Uint16Array.from(rows, (i) => work.activity[i]!),
    resource: Int32Array.from(rows, (i) => work.resource[i]!),
    startMs: Float64Array.from(rows, (i) => work.startMs[i]!),
    endMs: Float64Array.from(rows, (i) => work.endMs[i]!),
    measured: Uint8Array.from(rows, (i) => work.measured[i]!),
    source: Int32Array.from(rows, (i) => work.source[i]!),
  };
}

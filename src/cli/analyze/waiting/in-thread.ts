import { Worker } from 'node:worker_threads';
import type { WaitingCauses } from '../../../insight/analysis.ts';
import type { EventLog, Names } from '../../../insight/event-log.ts';
import type { Instances } from '../../../insight/instances.ts';
import { waitingCauses } from '../../../insight/wait/summary.ts';

/** The work of a log as plain data: all that waiting is told from. */
export type WorkColumns = Pick<
  Instances,
  'view' | 'size' | 'firstOfCase' | 'activity' | 'resource' | 'startMs' | 'endMs' | 'measured'
> & {
  readonly cases: number;
  readonly resources: number;
  readonly activities: readonly string[];
};

/**
 * What the waiting of a log was for: with two threads or more beside the one that asks, so that it
 * can go on with other figures; else at once.
 */
export async function waitingInThread(
  work: Instances,
  threads: number,
): Promise<WaitingCauses | null> {
  if (threads < 2 || !work.measured.includes(1)) return waitingCauses(work);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: columns(work) });
  return await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function columns({ log, ...work }: Instances): WorkColumns {
  const { view, size, firstOfCase, activity, resource, startMs, endMs, measured } = work;
  return {
    ...{ view, size, firstOfCase, activity, resource, startMs, endMs, measured },
    cases: log.cases.size,
    resources: log.resources.size,
    activities: Array.from({ length: log.activities.size }, (_, code) => log.activities.text(code)),
  };
}

/** The work again, from its columns; its log has sizes and the names of activities, no events. */
export function workOf({ cases, resources, activities, ...columns }: WorkColumns): Instances {
  const unnamed = (size: number): Names => ({ size, text: String });
  const none = new Int32Array(0);
  const log: EventLog = {
    ...{ cases: unnamed(cases), resources: unnamed(resources) },
    activities: { size: activities.length, text: (code) => activities[code] ?? '' },
    ...{ firstOfCase: columns.firstOfCase, activity: new Uint16Array(0) },
    ...{ lifecycle: new Uint8Array(0), resource: none, work: null, atMs: new Float64Array(0) },
    ...{ startMs: null, position: none, amounts: null, attributes: [] },
  };
  const counts = { events: 0, leftOut: 0, unfinished: 0, unstarted: 0, backwards: 0 };
  return { ...columns, log, source: none, ...counts };
}

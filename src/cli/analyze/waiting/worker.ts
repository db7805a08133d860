/** A thread that says what the waiting of a log was for: `WorkColumns` in, `WaitingCauses` out. */
import { parentPort, workerData } from 'node:worker_threads';
import { waitingCauses } from '../../../insight/wait/summary.ts';
import { type WorkColumns, workOf } from './in-thread.ts';

if (parentPort !== null) parentPort.postMessage(waitingCauses(workOf(workerData as WorkColumns)));

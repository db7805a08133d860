/** A thread that aligns some of the sequences of a log: `AlignWork` in, their alignments out. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../../base/assert.ts';
import { Aligner } from '../../../insight/conform/align.ts';
import { readModel } from '../read-model.ts';
import type { AlignWork } from './in-threads.ts';

if (parentPort !== null) {
  const { modelFile, traces, untilMs } = workerData as AlignWork;
  const model = await readModel(modelFile);
  assert(model.ok, 'a model that could be read can be read again');
  const aligner = new Aligner(model.value.space, { isOver: () => Date.now() > untilMs });
  parentPort.postMessage(traces.map((trace) => aligner.align(trace)));
}

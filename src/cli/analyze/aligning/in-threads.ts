import { Worker } from 'node:worker_threads';
import type { Alignment } from '../../../insight/conform/align.ts';

/** What a thread is given: the file of the model, the sequences to align, and when to stop. */
export type AlignWork = {
  readonly modelFile: string;
  readonly traces: readonly (readonly string[])[];
  /** An instant, ms since epoch. */
  readonly untilMs: number;
};

/**
 * Aligns sequences with a net in several threads; the answers stand in the order of the sequences,
 * and are the same for any number of threads, because each sequence is aligned by itself.
 */
export async function alignInThreads(threads: number, work: AlignWork): Promise<Alignment[]> {
  const { traces } = work;
  const shares = Array.from({ length: threads }, (_, thread) =>
    traces.flatMap((trace, i) => (i % threads === thread ? [{ trace, i }] : [])),
  ).filter((share) => share.length > 0);
  const aligned: Alignment[] = [];
  await Promise.all(
    shares.map(async (share) => {
      const mine = { ...work, traces: share.map(({ trace }) => trace) };
      const answers = await inThread(mine);
      for (const [k, { i }] of share.entries()) aligned[i] = answers[k]!;
    }),
  );
  return aligned;
}

async function inThread(work: AlignWork): Promise<readonly Alignment[]> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: work });
  return await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

import { Worker } from 'node:worker_threads';
import { type Result, refuse } from '../../base/result.ts';
import type { Queries } from '../../store/database.ts';
import type {
  AnswerOf,
  DetailsOf,
  FileWork,
  FileWorkAsked,
  FileWorkDone,
  QuestionKind,
} from './answers.ts';
import type { AnalystLimits } from './limits.ts';
import { type AskedQuery, answerQuery } from './queries-by-port.ts';
import type { About } from './question.ts';
import type { AskedQuestion, ThreadAnswer, ThreadStart } from './thread.ts';

/** Answers questions about logs in a thread of its own. */
export type Analyst = {
  /**
   * Refusals: insight_busy, insight_took_too_long, insight_out_of_memory, insight_stopped, and
   * those of the question. Throws what only a wrong program causes.
   */
  ask<Kind extends QuestionKind>(
    kind: Kind,
    about: About,
    details: DetailsOf<Kind>,
  ): Promise<Result<AnswerOf<Kind>>>;
  /** Works on a file under the same bounds, with the same refusals. */
  workOn<Kind extends FileWork>(
    kind: Kind,
    details: FileWorkAsked<Kind>,
  ): Promise<Result<FileWorkDone<Kind>>>;
  /** Ends the thread; what it was asked is refused. */
  close(): Promise<void>;
};

type Ended = { readonly result: Result<unknown> } | { readonly error: Error };

/** The thread begins with the first question, and anew after one that was cut off. */
export function startAnalyst(queries: Queries, start: ThreadStart, limits: AnalystLimits): Analyst {
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let [waiting, closed] = [0, false];
  const running = (): Worker => {
    if (thread !== null) return thread;
    const resourceLimits = { maxOldGenerationSizeMb: limits.memoryMib };
    const next = new Worker(new URL('./thread.ts', import.meta.url), {
      ...{ workerData: start, resourceLimits },
    });
    next.on('message', (message: AskedQuery | ThreadAnswer) => {
      if ('query' in message) {
        void answerQuery(queries, message).then((rows) => next.postMessage(rows));
      }
    });
    next.once('exit', () => {
      if (thread === next) thread = null;
    });
    next.unref();
    thread = next;
    return next;
  };
  const one = async (question: AskedQuestion): Promise<Result<unknown>> => {
    if (closed) return refuse('insight_stopped');
    const worker = running();
    const ended = await answerOf(worker, question, limits);
    if ('error' in ended) throw ended.error;
    return ended.result;
  };
  const inTurn = async (question: AskedQuestion): Promise<Result<unknown>> => {
    if (waiting >= limits.waitingMax) return refuse('insight_busy');
    waiting += 1;
    const answer = last.then(() => one(question));
    last = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      waiting -= 1;
    }
  };
  return {
    ask: async (kind, about, details) =>
      (await inTurn({ kind, about, details })) as Result<AnswerOf<typeof kind>>,
    workOn: async (kind, details) =>
      (await inTurn({ kind, about: null, details })) as Result<FileWorkDone<typeof kind>>,
    close: async () => {
      closed = true;
      await thread?.terminate();
    },
  };
}

/** One question to the thread; the thread is ended when it takes too long. */
async function answerOf(
  worker: Worker,
  question: AskedQuestion,
  { timeMs, memoryMib }: AnalystLimits,
): Promise<Ended> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void worker.terminate();
  }, timeMs);
  const cleanUp = new AbortController();
  const { signal } = cleanUp;
  try {
    return await new Promise<Ended>((resolve) => {
      const on = <T>(event: string, heard: (value: T) => Ended | null) => {
        const listener = (value: T) => {
          const ended = heard(value);
          if (ended !== null) resolve(ended);
        };
        worker.on(event, listener);
        signal.addEventListener('abort', () => worker.off(event, listener));
      };
      on<AskedQuery | ThreadAnswer>('message', (message) => {
        if ('query' in message) return null;
        return 'result' in message ? message : { error: new Error(message.problem) };
      });
      on<Error & { readonly code?: string }>('error', (error) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { result: refuse('insight_out_of_memory', { mib: String(memoryMib) }) }
          : { error },
      );
      on<number>('exit', () => {
        const seconds = String(Math.round(timeMs / 1000));
        const why = late ? refuse('insight_took_too_long', { seconds }) : refuse('insight_stopped');
        return { result: why };
      });
      worker.postMessage(question);
    });
  } finally {
    clearTimeout(timer);
    cleanUp.abort();
  }
}

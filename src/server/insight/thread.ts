/** The thread of analyses: questions in, answers out, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Result } from '../../base/result.ts';
import { answers, type FileWork, fileWorks, type QuestionKind } from './answers.ts';
import { foundLog } from './found-log.ts';
import { type QueryAnswer, queriesBy } from './queries-by-port.ts';
import type { About } from './question.ts';

/** What the thread is told when it begins. */
export type ThreadStart = { readonly dataFolder: string | null };

/** One question, or a work on a file; `details` are those of its kind. */
export type AskedQuestion =
  | { readonly about: About; readonly kind: QuestionKind; readonly details: unknown }
  | { readonly about: null; readonly kind: FileWork; readonly details: unknown };

/** The answer, or the words of an error that only a wrong program causes. */
export type ThreadAnswer = { readonly result: Result<unknown> } | { readonly problem: string };

if (parentPort !== null) {
  const port = parentPort;
  const { dataFolder } = workerData as ThreadStart;
  const queries = queriesBy(port);
  const answer = async (asked: AskedQuestion): Promise<ThreadAnswer> => {
    try {
      const { about, kind, details } = asked;
      if (about === null) return { result: await fileWorks[kind](details as never) };
      const found = await foundLog(queries, dataFolder, about);
      return { result: found.ok ? await answers[kind](found.value, details as never) : found };
    } catch (error) {
      return { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  port.on('message', (message: QueryAnswer | AskedQuestion) => {
    if ('query' in message) queries.take(message);
    else void answer(message).then((told) => port.postMessage(told));
  });
}

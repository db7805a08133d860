import { present } from '../../base/assert.ts';
import type { refuse } from '../../base/result.ts';
import type { PostingEvent } from '../../ledger/posting.ts';
import type { Database, DatabaseRefusalCode } from '../database.ts';
import { type PostAnswer, postAtOnce } from './post.ts';

/** As `PostAnswer`, or why the database could not say. */
export type WriterAnswer = PostAnswer | ReturnType<typeof refuse<DatabaseRefusalCode>>;

/** Posts what callers bring, many callers' events in one commit. */
export type LedgerWriter = {
  /** Resolves when the event is durable, or refused. */
  post(event: PostingEvent): Promise<WriterAnswer>;
};

type Waiting = {
  readonly event: PostingEvent;
  readonly answer: (answer: WriterAnswer) => void;
  readonly fail: (error: unknown) => void;
};

/**
 * One writer of a cell (group commit): what has queued while the last commit ran goes into the next
 * one together. For speed only: two writers are slower, never wrong. A batch that the database will
 * not take as a whole is taken apart and each member is posted alone, so that none fails for
 * another. now: ms UTC. batchMax: most events in one commit.
 */
export function openLedgerWriter(
  database: Database,
  how: { readonly cellId: number; readonly now: () => number; readonly batchMax?: number },
): LedgerWriter {
  const { cellId, now, batchMax = 1_000 } = how;
  let queue: Waiting[] = [];
  let running = false;
  const alone = async ({ event, answer, fail }: Waiting): Promise<void> => {
    try {
      const posted = await postAtOnce(database, { cellId, now: now(), events: [event] });
      answer(posted.ok ? present(posted.value[0], 'the answer of the event') : posted);
    } catch (error) {
      fail(error);
    }
  };
  const together = async (batch: readonly Waiting[]): Promise<void> => {
    const events = batch.map(({ event }) => event);
    // Whatever it was that went wrong with the batch, each member alone tells it of itself.
    const posted = await postAtOnce(database, { cellId, now: now(), events }).catch(() => null);
    if (posted?.ok) {
      for (const [n, one] of batch.entries()) {
        one.answer(present(posted.value[n], 'the answer of the event'));
      }
      return;
    }
    for (const one of batch) await alone(one);
  };
  const run = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, batchMax);
      queue = queue.slice(batchMax);
      const [only] = batch;
      if (batch.length === 1 && only !== undefined) await alone(only);
      else await together(batch);
    }
    running = false;
  };
  return {
    post: (event) =>
      new Promise((answer, fail) => {
        queue.push({ event, answer, fail });
        if (!running) void run();
      }),
  };
}

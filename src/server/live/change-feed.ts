import { UUID_RANDOM_BYTES, uuidV7 } from '../../base/uuid.ts';
import { type CaseChange, changesAfter } from '../../store/process/changes.ts';
import type { ServerContext } from '../context.ts';

/** Looks for what was written by any process on this database and tells the open streams. */
export type ChangeFeed = {
  /** Looks at once: something was written by this process. */
  poke(): void;
  stop(): void;
};

/** How often it looks while a stream is open. */
const lookEveryMs = 1_000;
/** An event bears the time its transaction began with; a slow commit shows up so much later. */
const lateMs = 5_000;
const rowsMax = 2_000;

/** Starts looking; keeps no process alive and asks nothing while nobody listens. */
export function startChangeFeed(
  context: Pick<ServerContext, 'database' | 'settings' | 'clock' | 'streams' | 'failed'>,
): ChangeFeed {
  const { streams, clock } = context;
  /** Events told already -> when; as old as `lateMs` they cannot come again. */
  const told = new Map<string, number>();
  const beganAt = clock();
  let looking = false;
  let again = false;
  const look = async (): Promise<void> => {
    const now = clock();
    const from = Math.max(beganAt, now - lateMs);
    const after = uuidV7(from, new Uint8Array(UUID_RANDOM_BYTES));
    const { database, settings } = context;
    const changes = await changesAfter(database, settings.cellId, after, rowsMax);
    const fresh = changes.filter((change) => !told.has(change.eventId));
    for (const { eventId } of fresh) told.set(eventId, now);
    for (const [eventId, at] of told) if (at < now - 2 * lateMs) told.delete(eventId);
    tell(context, fresh, now);
  };
  const lookOnce = (): void => {
    if (streams.count() === 0) return;
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    look()
      .catch((error: unknown) => context.failed(error, 'change feed'))
      .finally(() => {
        looking = false;
        if (!again) return;
        again = false;
        lookOnce();
      });
  };
  const timer = setInterval(lookOnce, lookEveryMs);
  timer.unref();
  return { poke: lookOnce, stop: () => clearInterval(timer) };
}

/** One hint for each case, however many events it had. */
function tell(
  { streams }: Pick<ServerContext, 'streams'>,
  changes: readonly CaseChange[],
  at: number,
): void {
  const cases = new Map(changes.map((change) => [change.caseNumber, change]));
  for (const { caseNumber, unitCode, customerNumber } of cases.values()) {
    streams.send({ type: 'case_changed', at, caseNumber }, { unitCode, customerNumber });
  }
  // Whose task list changed is not told apart: the reader asks, and its rights answer.
  if (cases.size > 0) streams.send({ type: 'tasks_changed', at }, null);
}

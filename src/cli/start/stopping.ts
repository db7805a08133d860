/** Why a server stops. */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'parent_gone';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A second signal within this time is an echo of the first: Ctrl-C arrives up to three times. */
const echoMs = 2_000;
const parentLookMs = 1_000;

/**
 * Resolves with the first reason to stop. After it, a signal later than 2 s means "at once": the
 * process ends and leaves its database to be adopted by the next start.
 */
export function untilStopped(): Promise<StopReason> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    let beganAt: number | null = null;
    const stop = (reason: StopReason) => {
      if (beganAt === null) {
        beganAt = Date.now();
        clearInterval(look);
        resolve(reason);
      } else if (Date.now() - beganAt > echoMs) process.exit(130);
    };
    for (const signal of signals) process.on(signal, () => stop(signal));
    // kill -9 of the parent reaches nobody else; a server nobody can see must not live on.
    const look = setInterval(() => {
      if (process.ppid !== parent) stop('parent_gone');
    }, parentLookMs);
    look.unref(); // A start that is refused ends at once.
  });
}

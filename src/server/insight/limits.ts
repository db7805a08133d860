/** How much analysing may cost the server. */
export type AnalystLimits = {
  /** How long one question may take, in ms. */
  readonly timeMs: number;
  /** Memory of the thread's heap in MiB; columns of a log are bounded by their events. */
  readonly memoryMib: number;
  /** Questions that may wait for the thread. */
  readonly waitingMax: number;
};

/** The most events a question of the console may be about. */
export const eventsMax = 5_000_000;

export const analystLimits: AnalystLimits = { timeMs: 60_000, memoryMib: 1_024, waitingMax: 32 };

import type { Runtime } from '../../runtime/runtime.ts';

/** The machine's own work of a running bank: what is due is done once a second. */
export type Heart = {
  /** Resolves when the beat that runs has ended; no other follows. */
  stop(): Promise<void>;
};

const beatMs = 1_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * Fires timers and jobs that are due; every minute looks whether an accounting date is over and
 * closes it beside the other work; at start and once a day makes the tables of coming months. A
 * beat that fails is told and the next one tries again: what is due stays due.
 */
export function startHeart(
  runtime: Pick<Runtime, 'tick' | 'closeDueDays' | 'prepareMonths'>,
  clock: () => number,
  tell: (line: string) => void,
): Heart {
  let stopped = false;
  let preparedAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let closing: Promise<void> | null = null;
  let wake: () => void = () => undefined;
  let lastProblem = '';
  const closeDays = async (): Promise<void> => {
    try {
      const closed = await runtime.closeDueDays({ halted: () => stopped });
      if (!closed.ok) tell(`The end of day waits: ${closed.code}`);
      else for (const date of closed.value) tell(`The accounting date ${date} is closed.`);
    } catch (error) {
      tell(`The end of day waits: ${messageOf(error)}`);
    } finally {
      closing = null;
    }
  };
  const beat = async (): Promise<void> => {
    const now = clock();
    if (now - preparedAt >= dayMs) {
      await runtime.prepareMonths(now);
      preparedAt = now;
    }
    if (now - lookedAt >= minuteMs && closing === null) {
      lookedAt = now;
      closing = closeDays();
    }
    const { faults } = await runtime.tick(now);
    for (const fault of faults) tell(`A fault stopped work that is due: ${messageOf(fault)}`);
  };
  const live = async (): Promise<void> => {
    while (!stopped) {
      try {
        await beat();
        lastProblem = '';
      } catch (error) {
        const problem = messageOf(error);
        // The same problem, such as a database that is away, is told once.
        if (problem !== lastProblem) tell(`The work that is due waits: ${problem}`);
        lastProblem = problem;
      }
      if (!stopped) await pause();
    }
  };
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, beatMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const life = live();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await life;
      await closing;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

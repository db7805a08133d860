import type { Runtime } from '../../runtime/runtime.ts';

/** The machine's own work of a running bank: what is due is done once a second. */
export type Heart = {
  /** Resolves when the beat that runs has ended; no other follows. */
  stop(): Promise<void>;
};

const beatMs = 1_000;
const dayMs = 86_400_000;

/**
 * Fires timers and jobs that are due; at start and once a day makes the tables of coming months and
 * does what falls due by a plan. A beat that
 * fails is told and the next one tries again: what is due stays due.
 */
export function startHeart(
  runtime: Pick<Runtime, 'tick' | 'runDaily' | 'prepareMonths'>,
  clock: () => number,
  tell: (line: string) => void,
): Heart {
  let stopped = false;
  let preparedAt = Number.NEGATIVE_INFINITY;
  let wake: () => void = () => undefined;
  let lastProblem = '';
  const beat = async (): Promise<void> => {
    const now = clock();
    if (now - preparedAt >= dayMs) {
      await runtime.prepareMonths(now);
      const daily = await runtime.runDaily();
      if (!daily.ok) tell(`The daily work waits: ${daily.code}`);
      preparedAt = now;
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
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

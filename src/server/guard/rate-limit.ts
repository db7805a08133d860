import type { LockoutRule } from '../../store/people/logins.ts';

/** Counts events of one key in a moving minute; used for wrong sign-ins of a terminal. */
export type FailureCounter = {
  /** Seconds to wait when the key has reached the limit, else 0. */
  secondsToWait(key: string, at: number): number;
  count(key: string, at: number): void;
};

const windowMs = 60_000;
/** So that a flood of made-up keys cannot fill the memory; the oldest are forgotten first. */
const keysMax = 20_000;

/** At most `perMinuteMax` events of one key in any minute. Kept in this process only. */
export function createFailureCounter(perMinuteMax: number): FailureCounter {
  const times = new Map<string, number[]>();
  const recent = (key: string, at: number): number[] =>
    (times.get(key) ?? []).filter((time) => time > at - windowMs);
  return {
    secondsToWait: (key, at) => {
      const inWindow = recent(key, at);
      const first = inWindow[inWindow.length - perMinuteMax];
      if (first === undefined) return 0;
      return Math.max(1, Math.ceil((first + windowMs - at) / 1000));
    },
    count: (key, at) => {
      const inWindow = [...recent(key, at), at].slice(-perMinuteMax);
      times.delete(key);
      times.set(key, inWindow);
      if (times.size > keysMax) {
        const oldest = times.keys().next();
        if (!oldest.done) times.delete(oldest.value);
      }
    },
  };
}

/** Failures of logins that do not exist, counted and locked by the rule of those that do. */
export type UnknownLogins = {
  lockedForMs(login: string, at: number): number;
  count(login: string, at: number): void;
};

/** Kept in this process only; the oldest are forgotten first. */
export function createUnknownLogins(rule: LockoutRule): UnknownLogins {
  const failures = new Map<string, { failures: number; lockedUntilAt: number }>();
  return {
    lockedForMs: (login, at) => Math.max(0, (failures.get(login)?.lockedUntilAt ?? 0) - at),
    count: (login, at) => {
      const known = failures.get(login) ?? { failures: 0, lockedUntilAt: 0 };
      const reached = known.failures + 1 >= rule.failuresMax;
      failures.delete(login);
      failures.set(login, {
        failures: reached ? 0 : known.failures + 1,
        lockedUntilAt: reached ? at + rule.lockMs : known.lockedUntilAt,
      });
      const oldest = failures.size > keysMax ? failures.keys().next() : null;
      if (oldest !== null && !oldest.done) failures.delete(oldest.value);
    },
  };
}

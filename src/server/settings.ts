import type { LockoutRule } from '../store/people/logins.ts';
import type { PasswordCost } from '../store/people/passwords.ts';
import type { SessionRule } from '../store/people/sessions.ts';
import { type AnalystLimits, analystLimits } from './insight/limits.ts';

/** What the server must be told; everything else it finds in the database. */
export type ServerSettings = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where snapshots of the event log are kept; null: it is read anew each time. */
  readonly dataFolder: string | null;
  /** The cell whose people sign in here. */
  readonly cellId: number;
  readonly version: string;
  /** Whether people reach the server by https: cookies are then marked Secure. */
  readonly https: boolean;
  /** Further origins whose pages may write, such as https://bank.intranet before a proxy. */
  readonly origins: readonly string[];
  readonly session: SessionRule;
  readonly lockout: LockoutRule;
  readonly passwordCost: PasswordCost;
  /** Wrong sign-ins one terminal may send in a minute before it must wait. */
  readonly signInFailuresPerMinuteMax: number;
  readonly bodyBytesMax: number;
  /** Live streams one login may hold open. */
  readonly streamsPerLoginMax: number;
  /** What one analysis of a log may cost. */
  readonly analyst: AnalystLimits;
  /** Whether the people of the demo bank may be listed before signing in. Never in production. */
  readonly demo: boolean;
};

const minuteMs = 60_000;

/**
 * The settings of a fresh bank. Idle 30 minutes and 12 hours in all, five failures lock for 15
 * minutes: the usual values of the bank profile of 等保 level 3; all of them may be set otherwise.
 */
export const serverSettingsDefault: ServerSettings = {
  host: '127.0.0.1',
  port: 8787,
  dataFolder: null,
  cellId: 1,
  version: '0',
  https: false,
  origins: [],
  session: { idleMs: 30 * minuteMs, lifeMs: 12 * 60 * minuteMs },
  lockout: { failuresMax: 5, lockMs: 15 * minuteMs },
  passwordCost: { memoryKib: 19_456, passes: 2, lanes: 1 },
  signInFailuresPerMinuteMax: 30,
  bodyBytesMax: 1_048_576,
  streamsPerLoginMax: 8,
  analyst: analystLimits,
  demo: false,
};

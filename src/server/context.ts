import { randomBytes } from 'node:crypto';
import { dateInChina } from '../base/dates.ts';
import { UUID_RANDOM_BYTES, uuidV7 } from '../base/uuid.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Database } from '../store/database.ts';
import type { FailureCounter, UnknownLogins } from './guard/rate-limit.ts';
import type { Analyst } from './insight/analyst.ts';
import type { StreamHub } from './live/stream-hub.ts';
import type { ServerSettings } from './settings.ts';

/** The present instant, ms since the epoch; injected, so that tests and end of day can set it. */
export type Clock = () => number;

/** What every route is given. */
export type ServerContext = {
  readonly database: Database;
  readonly runtime: Runtime;
  readonly settings: ServerSettings;
  readonly clock: Clock;
  /** The accounting date of the legal entity, or null before its books are opened. */
  readonly accountingDate: () => Promise<string | null>;
  readonly streams: StreamHub;
  /** Answers questions about logs in a thread of its own. */
  readonly analyst: Analyst;
  /** Something was written: the streams look for it at once, not at their next turn. */
  readonly changed: () => void;
  readonly signInFailures: FailureCounter;
  /**
   * Locks logins that do not exist as the database locks those that do, so that nobody can tell.
   */
  readonly unknownLogins: UnknownLogins;
  /** Told about every error only a wrong program can cause, with the reference the client got. */
  readonly failed: (error: unknown, reference: string) => void;
};

/** A new UUIDv7 of the present instant. */
export function newId(context: Pick<ServerContext, 'clock'>): string {
  return uuidV7(context.clock(), randomBytes(UUID_RANDOM_BYTES));
}

/** The calendar day in China, for what holds from one day to another. */
export function calendarDate(context: ServerContext): string {
  return dateInChina(context.clock());
}

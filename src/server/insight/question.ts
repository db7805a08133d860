import type { Filter } from '../../insight/filter.ts';
import type { WantedLog } from '../../runtime/event-log.ts';

/** Whose cases: the bank's own, of a process or of all; or those of a log somebody imported. */
export type LogWanted =
  | { readonly kind: 'live'; readonly wanted: WantedLog }
  | { readonly kind: 'imported'; readonly cellId: number; readonly id: string };

/**
 * What every question says first: the log, the units whose cases may be seen (null: the log has
 * none), and the filters, each of which sees what those before it left.
 */
export type About = {
  readonly log: LogWanted;
  readonly units: readonly string[] | null;
  readonly filters: readonly Filter[];
};

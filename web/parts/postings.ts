import type { Entry } from '../../src/contract/cases.ts';

/** The entries of each posting, in the order in which the postings were made. */
export function byPosting(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  return [...Map.groupBy(entries, (entry) => entry.postingNumber).values()];
}

import { queryOptions } from '@tanstack/react-query';
import type { InsightAnswer, InsightCasesAnswer } from '../../src/contract/insight/analysis.ts';
import type { Language } from '../../src/contract/shapes.ts';
import { request } from './request.ts';

/** Which cases the figures are of: a process and a stack of filters, each on one line. */
export type InsightAsked = {
  readonly process: string;
  readonly names: Language;
  readonly from: string;
  readonly to: string;
  readonly filters: readonly string[];
};

/** The same as the query part of an address, for every route of the workspace. */
export function insightSearch({
  process,
  names,
  from,
  to,
  filters,
}: InsightAsked): URLSearchParams {
  const found = new URLSearchParams({ process, names });
  if (from !== '') found.set('from', from);
  if (to !== '') found.set('to', to);
  for (const filter of filters) found.append('filter', filter);
  return found;
}

export const insightQuery = (asked: InsightAsked) =>
  queryOptions({
    queryKey: ['insight', asked],
    queryFn: ({ signal }) =>
      request<InsightAnswer>(`/api/insight/analysis?${insightSearch(asked)}`, { signal }),
  });

/** The cases behind a figure; `variant` is a variant's rank after all filters. */
export const insightCasesQuery = (asked: InsightAsked, variant: number | null) =>
  queryOptions({
    queryKey: ['insight', 'cases', asked, variant],
    queryFn: ({ signal }) => {
      const wanted = insightSearch(asked);
      if (variant !== null) wanted.set('variant', String(variant));
      return request<InsightCasesAnswer>(`/api/insight/cases?${wanted}`, { signal });
    },
  });

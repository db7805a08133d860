import { queryOptions } from '@tanstack/react-query';
import type { InsightAnswer, InsightCasesAnswer } from '../../src/contract/insight/analysis.ts';
import type { InsightCausesAnswer } from '../../src/contract/insight/causes.ts';
import type { InsightDotsAnswer } from '../../src/contract/insight/dots.ts';
import type { ImportedLog, LookAtLogAnswer } from '../../src/contract/insight/logs.ts';
import type {
  InsightConformanceAnswer,
  InsightModelAnswer,
  Miner,
} from '../../src/contract/insight/models.ts';
import type { Language } from '../../src/contract/shapes.ts';
import { request, requestFile } from './request.ts';

/** Which cases the figures are of: a process and a stack of filters, each on one line. */
export type InsightAsked = {
  /** The id of an imported log; empty: the bank's own cases. */
  readonly log: string;
  readonly process: string;
  readonly names: Language;
  readonly from: string;
  readonly to: string;
  readonly filters: readonly string[];
};

/** The same as the query part of an address, for every route of the workspace. */
export function insightSearch({
  log,
  process,
  names,
  from,
  to,
  filters,
}: InsightAsked): URLSearchParams {
  const found = new URLSearchParams({ process, names });
  if (log !== '') found.set('log', log);
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

/** One route of the workspace under the same filters, with what it asks besides. */
function workspaceQuery<T>(
  route: string,
  asked: InsightAsked,
  more: Readonly<Record<string, string>>,
) {
  return queryOptions({
    queryKey: ['insight', route, asked, more],
    queryFn: ({ signal }) => {
      const wanted = insightSearch(asked);
      for (const [name, value] of Object.entries(more)) wanted.set(name, value);
      return request<T>(`/api/insight/${route}?${wanted}`, { signal });
    },
  });
}

export const insightModelQuery = (asked: InsightAsked, algorithm: Miner, noise: string) =>
  workspaceQuery<InsightModelAnswer>('model', asked, {
    algorithm,
    ...(noise === '' ? {} : { noise }),
  });

/** `model`: the id of a deployed process, or a miner. */
export const insightConformanceQuery = (asked: InsightAsked, model: string) =>
  workspaceQuery<InsightConformanceAnswer>('conformance', asked, { model });

export const insightCausesQuery = (asked: InsightAsked, outcome: string) =>
  workspaceQuery<InsightCausesAnswer>('causes', asked, { outcome });

export const insightDotsQuery = (asked: InsightAsked, order: 'start' | 'duration') =>
  workspaceQuery<InsightDotsAnswer>('dots', asked, { order });

/** The logs somebody brought from other systems, within the reader's scope. */
export const importedLogsQuery = queryOptions({
  queryKey: ['insight', 'logs'],
  queryFn: ({ signal }) =>
    request<{ readonly logs: readonly ImportedLog[] }>('/api/insight/logs', { signal }),
});

/** What the beginning of a file shows; nothing of it is kept. */
export async function lookAtLog(
  file: Blob,
  told: Readonly<Record<string, string>>,
): Promise<LookAtLogAnswer> {
  const path = `/api/insight/logs/look?${new URLSearchParams(told)}`;
  return await request<LookAtLogAnswer>(path, { method: 'POST', file });
}

/** Brings a log, read as people said; `key` is kept over retries. */
export async function importLog(
  file: Blob,
  told: Readonly<Record<string, string>>,
  key: string,
): Promise<ImportedLog> {
  const path = `/api/insight/logs?${new URLSearchParams(told)}`;
  return await request<ImportedLog>(path, { method: 'POST', file, key });
}

export async function deleteLog(id: string): Promise<void> {
  await request(`/api/insight/logs/${id}`, { method: 'DELETE' });
}

/** The diagnosis report as a file. */
export async function insightReport(asked: InsightAsked, format: 'html' | 'xlsx'): Promise<Blob> {
  const wanted = insightSearch(asked);
  wanted.set('format', format);
  if (asked.log === '') wanted.set('model', asked.process);
  return await requestFile(`/api/insight/report?${wanted}`);
}

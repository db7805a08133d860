import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  closeVersionAnswer,
  DecisionCatalogue,
  DecisionDifferences,
  DecisionFileAnswer,
  DraftDecisionAnswer,
  decisionTextAnswer,
  TryDecisionAnswer,
  WhatIfAnswer,
} from '../../src/contract/decisions.ts';
import { request } from './request.ts';

const segment = encodeURIComponent;

/** Names a decision file of a process. */
export type FileName = { readonly processId: string; readonly fileName: string };

export const decisionCatalogueQuery = (day: string | null) =>
  queryOptions({
    queryKey: ['decisions', 'catalogue', day],
    queryFn: ({ signal }) =>
      request<DecisionCatalogue>(`/api/decisions${day === null ? '' : `?day=${day}`}`, { signal }),
  });

export const decisionFileQuery = ({ processId, fileName }: FileName) =>
  queryOptions({
    queryKey: ['decisions', 'file', processId, fileName],
    queryFn: ({ signal }) =>
      request<DecisionFileAnswer>(`/api/decisions/${segment(processId)}/${segment(fileName)}`, {
        signal,
      }),
  });

export const decisionTextQuery = (ref: string) =>
  queryOptions({
    queryKey: ['decisions', 'text', ref],
    queryFn: ({ signal }) =>
      request<z.infer<typeof decisionTextAnswer>>(`/api/decisions/text?ref=${segment(ref)}`, {
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const decisionDifferencesQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['decisions', 'differences', from, to],
    queryFn: ({ signal }) =>
      request<DecisionDifferences>(
        `/api/decisions/differences?from=${segment(from)}&to=${segment(to)}`,
        { signal },
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Which text is tried on which decisions; `xml` is one that is stored nowhere. */
export type WhatIfAsked = FileName & {
  readonly decision: string;
  readonly ref: string | null;
  readonly xml: string | null;
  readonly from: string;
  readonly to: string;
};

export const whatIfQuery = (asked: WhatIfAsked) =>
  queryOptions({
    queryKey: ['decisions', 'what-if', asked],
    queryFn: ({ signal }) =>
      request<WhatIfAnswer>('/api/decisions/what-if', { method: 'POST', body: asked, signal }),
    staleTime: 60_000,
  });

/** `values` is JSON text, so that every digit typed is the digit asked. */
export const tryDecision = (
  asked: FileName & {
    readonly ref: string | null;
    readonly decision: string;
    readonly day: string;
  },
  values: string,
) =>
  request<TryDecisionAnswer>('/api/decisions/try', {
    method: 'POST',
    bodyText: `${JSON.stringify(asked).slice(0, -1)},"values":${values}}`,
  });

export const checkDecision = (text: FileName & { readonly xml: string; readonly cases: string }) =>
  request<z.infer<typeof decisionTextAnswer>>('/api/decisions/check', {
    method: 'POST',
    body: text,
  });

export const draftDecision = (
  draft: FileName & {
    readonly xml: string;
    readonly cases: string;
    readonly effectiveFrom: string;
    readonly note: string;
  },
  key: string,
) => request<DraftDecisionAnswer>('/api/decisions/drafts', { method: 'POST', body: draft, key });

export const closeVersion = (
  ref: string,
  order: { readonly kind: 'approved' | 'refused' | 'withdrawn'; readonly reason: string },
) =>
  request<z.infer<typeof closeVersionAnswer>>(`/api/decisions/versions/${segment(ref)}/close`, {
    method: 'POST',
    body: order,
  });

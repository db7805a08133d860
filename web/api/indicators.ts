import { queryOptions } from '@tanstack/react-query';
import type { KpiAnswer, KpiCasesAnswer } from '../../src/contract/insight/kpi.ts';
import type { ViewsAnswer } from '../../src/contract/insight/views.ts';
import { type InsightAsked, insightSearch } from './insight.ts';
import { request } from './request.ts';

/** An earlier period to hold the figures against, and what holds the mix of cases. */
export type Before = { readonly from: string; readonly to: string; readonly mix: string };

/** Which cases count: those that have ended, or those under way too. */
export type Counted = 'ended' | 'all';

export const kpiQuery = (asked: InsightAsked, counted: Counted, before: Before | null) =>
  queryOptions({
    queryKey: ['insight', 'kpi', asked, counted, before],
    queryFn: ({ signal }) => {
      const wanted = insightSearch(asked);
      wanted.set('counted', counted);
      if (before !== null) {
        wanted.set('beforeFrom', before.from);
        wanted.set('beforeTo', before.to);
        wanted.set('mix', before.mix);
      }
      return request<KpiAnswer>(`/api/insight/kpi?${wanted}`, { signal });
    },
  });

export const kpiCasesQuery = (asked: InsightAsked, counted: Counted, code: string) =>
  queryOptions({
    queryKey: ['insight', 'kpi', 'cases', asked, counted, code],
    queryFn: ({ signal }) => {
      const wanted = insightSearch(asked);
      wanted.set('code', code);
      wanted.set('counted', counted);
      return request<KpiCasesAnswer>(`/api/insight/kpi/cases?${wanted}`, { signal });
    },
  });

export const viewsQuery = (asked: InsightAsked) =>
  queryOptions({
    queryKey: ['insight', 'views', asked],
    queryFn: ({ signal }) =>
      request<ViewsAnswer>(`/api/insight/views?${insightSearch(asked)}`, { signal }),
  });

type Kept = { readonly id: string };
const post = (path: string, body: object) =>
  request<Kept>(`/api/insight/kpi/${path}`, { method: 'POST', body });

/** Freezes the value of an indicator over the cases asked for, for ever. */
export const freezeBaseline = (
  asked: InsightAsked,
  frozen: { readonly code: string; readonly counted: Counted; readonly note: string },
) => {
  const { process, names, from, to, filters } = asked;
  const days = { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) };
  return post('baselines', { process, names, ...days, filter: filters, ...frozen });
};

/** What an indicator is to reach, as a change in millionths of its baseline. */
export type NewTarget = {
  readonly process: string;
  readonly code: string;
  readonly baselineId: string;
  readonly target: { readonly changePpm: number };
  readonly dueDate: string;
  readonly weight: number;
};

export const setTarget = (target: NewTarget) => post('targets', target);

export const raiseObjection = (objection: {
  readonly process: string;
  readonly code: string;
  readonly counted: Counted;
  readonly caseNumber: string;
  readonly reason: string;
}) => post('objections', objection);

export const answerObjection = (answer: {
  readonly process: string;
  readonly objectionId: string;
  readonly accepted: boolean;
  readonly words: string;
}) => post('answers', answer);

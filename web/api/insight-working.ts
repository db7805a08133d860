import { queryOptions } from '@tanstack/react-query';
import type { InsightPeopleAnswer } from '../../src/contract/insight/people.ts';
import type { InsightPredictAnswer } from '../../src/contract/insight/predict.ts';
import type { InsightRulesAnswer } from '../../src/contract/insight/rules.ts';
import type { InsightTimeAnswer } from '../../src/contract/insight/time.ts';
import { type InsightAsked, insightSearch } from './insight.ts';
import { request } from './request.ts';

type More = readonly (readonly [name: string, value: string])[];

function workingQuery<T>(route: string, asked: InsightAsked, more: More) {
  return queryOptions({
    queryKey: ['insight', route, asked, more],
    queryFn: ({ signal }) => {
      const wanted = insightSearch(asked);
      for (const [name, value] of more) wanted.append(name, value);
      return request<T>(`/api/insight/${route}?${wanted}`, { signal });
    },
  });
}

/** `customer`: activities that are the customer's. */
export const insightTimeQuery = (asked: InsightAsked, customer: readonly string[]) =>
  workingQuery<InsightTimeAnswer>(
    'time',
    asked,
    customer.map((activity) => ['customer', activity] as const),
  );

export const insightPeopleQuery = (asked: InsightAsked) =>
  workingQuery<InsightPeopleAnswer>('people', asked, []);

/** `rules`: each as JSON; `working`: hours are working hours. */
export const insightRulesQuery = (
  asked: InsightAsked,
  rules: readonly string[],
  working: boolean,
) =>
  workingQuery<InsightRulesAnswer>('rules', asked, [
    ...rules.map((rule) => ['rule', rule] as const),
    ['working', working ? 'yes' : 'no'],
  ]);

/** `limitHours`: how long a case may take; empty: no limit. */
export const insightPredictQuery = (asked: InsightAsked, limitHours: string) =>
  workingQuery<InsightPredictAnswer>(
    'predict',
    asked,
    limitHours === '' ? [] : [['limitHours', limitHours]],
  );

import { queryOptions } from '@tanstack/react-query';
import type { JsonValues } from '../../src/contract/shapes.ts';
import type {
  CaseOrdersAnswer,
  Copy,
  PeopleAnswer,
  TaskPartsAnswer,
} from '../../src/contract/task-commands.ts';
import type { Task, TaskAnswer } from '../../src/contract/tasks.ts';
import { request } from './request.ts';

/** Orders about a task besides claiming and submitting it: the last part of their address. */
export type TaskOrderName =
  | 'recall'
  | 'transfer'
  | 'delegate'
  | 'resolve'
  | 'add-signer'
  | 'remove-signer'
  | 'copy'
  | 'urge';

/** Sends one order about a task; `key` is one per intention. */
export const orderTask = (id: string, name: TaskOrderName, body: JsonValues, key: string) =>
  request<TaskAnswer>(`/api/tasks/${encodeURIComponent(id)}/${name}`, {
    ...{ method: 'POST', body, key },
  });

export const terminateCase = (caseNumber: string, reason: string, key: string) =>
  request<unknown>(`/api/cases/${encodeURIComponent(caseNumber)}/terminate`, {
    ...{ method: 'POST', body: { reason }, key },
  });

export const readCopy = (id: string) =>
  request<unknown>(`/api/copies/${encodeURIComponent(id)}/read`, { method: 'POST', body: {} });

export type Purpose = 'forward' | 'delegate' | 'add_signer' | 'copy';

/** Colleagues whom the holder may choose. */
export const peopleQuery = (id: string, purpose: Purpose) =>
  queryOptions({
    queryKey: ['tasks', 'people', id, purpose],
    queryFn: ({ signal }) =>
      request<PeopleAnswer>(`/api/tasks/${encodeURIComponent(id)}/people?purpose=${purpose}`, {
        signal,
      }),
  });

/** Where a task can be returned to, who else signs it, who was told. */
export const taskPartsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'parts', id],
    queryFn: ({ signal }) =>
      request<TaskPartsAnswer>(`/api/tasks/${encodeURIComponent(id)}/parts`, { signal }),
  });

export const doneTasksQuery = queryOptions({
  queryKey: ['tasks', 'done'],
  queryFn: ({ signal }) => request<{ tasks: Task[] }>('/api/tasks/done', { signal }),
});

export const copiesQuery = queryOptions({
  queryKey: ['tasks', 'copies'],
  queryFn: ({ signal }) =>
    request<{ copies: Copy[]; total: number; unread: number }>('/api/copies?limit=200', {
      signal,
    }),
});

export const caseOrdersQuery = (caseNumber: string) =>
  queryOptions({
    queryKey: ['case', caseNumber, 'orders'],
    queryFn: ({ signal }) =>
      request<CaseOrdersAnswer>(`/api/cases/${encodeURIComponent(caseNumber)}/orders`, { signal }),
  });

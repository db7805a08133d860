import { queryOptions } from '@tanstack/react-query';
import type {
  SalaryLinesAnswer,
  SalaryOrderDetail,
  SalaryOrdersAnswer,
} from '../../src/contract/salary/orders.ts';
import { withFilters } from './ledger.ts';
import { request } from './request.ts';

type Filters = Readonly<Record<string, string | number | undefined>>;

/** Salary orders within the reader's scope, the newest first. */
export const salaryOrdersQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['salaries', 'orders', filters],
    queryFn: ({ signal }) =>
      request<SalaryOrdersAnswer>(withFilters('/api/salaries', filters), { signal }),
  });

/** An order and how far it is paid. */
export const salaryOrderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['salaries', 'order', orderId],
    queryFn: ({ signal }) =>
      request<SalaryOrderDetail>(`/api/salaries/${encodeURIComponent(orderId)}`, { signal }),
  });

/** Results of an order's lines after the line `after`; asked anew as more of them are `done`. */
export const salaryLinesQuery = (orderId: string, filters: Filters, done: number) =>
  queryOptions({
    queryKey: ['salaries', 'lines', orderId, filters, done],
    queryFn: ({ signal }) =>
      request<SalaryLinesAnswer>(
        withFilters(`/api/salaries/${encodeURIComponent(orderId)}/lines`, filters),
        { signal },
      ),
  });

/** Takes an order; the key is the order's id. */
export const takeSalaries = (
  order: { readonly payerAccountNumber: string; readonly text: string },
  key: string,
) => request<SalaryOrderDetail>('/api/salaries', { method: 'POST', body: order, key });

/** Authorises or declines an order, as a second person. */
export const decideSalaries = (orderId: string, decision: 'authorised' | 'declined') =>
  request<SalaryOrderDetail>(`/api/salaries/${encodeURIComponent(orderId)}/decide`, {
    method: 'POST',
    body: { decision },
  });

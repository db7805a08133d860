import { queryOptions } from '@tanstack/react-query';
import type { BillAnswer, BillsAnswer } from '../../src/contract/bill/bills.ts';
import type { FxBoardAnswer, FxPositionAnswer } from '../../src/contract/fx/market.ts';
import { withFilters } from './ledger.ts';
import { request } from './request.ts';

/** Bills of the reader's books. */
export const billsQuery = (filters: Readonly<Record<string, string | number | undefined>>) =>
  queryOptions({
    queryKey: ['cases', 'bills', filters],
    queryFn: ({ signal }) => request<BillsAnswer>(withFilters('/api/bills', filters), { signal }),
  });

/** One bill with its chain, its history and its postings. */
export const billQuery = (billNumber: string) =>
  queryOptions({
    queryKey: ['cases', 'bill', billNumber],
    queryFn: ({ signal }) =>
      request<BillAnswer>(`/api/bills/${encodeURIComponent(billNumber)}`, { signal }),
  });

/** The board of prices; asked again each half minute, for lines end without anybody's doing. */
export const fxBoardQuery = queryOptions({
  queryKey: ['cases', 'fx', 'board'],
  queryFn: ({ signal }) => request<FxBoardAnswer>('/api/fx/board', { signal }),
  refetchInterval: 30_000,
});

/** The position, as far as the reader's books go. */
export const fxPositionQuery = queryOptions({
  queryKey: ['cases', 'fx', 'position'],
  queryFn: ({ signal }) => request<FxPositionAnswer>('/api/fx/position', { signal }),
});

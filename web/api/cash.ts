import { queryOptions } from '@tanstack/react-query';
import type {
  CashBoxAnswer,
  CashBoxesAnswer,
  LargeCashAnswer,
} from '../../src/contract/cash/boxes.ts';
import type { WaiversAnswer } from '../../src/contract/cash/waivers.ts';
import { withFilters } from './ledger.ts';
import { request } from './request.ts';

/** Tills and vaults of the reader's units, with the proof against the ledger. */
export const cashBoxesQuery = queryOptions({
  queryKey: ['cash', 'boxes'],
  queryFn: ({ signal }) => request<CashBoxesAnswer>('/api/cash/boxes', { signal }),
});

/** One box and what happened in it today. */
export const cashBoxQuery = (boxNumber: string) =>
  queryOptions({
    queryKey: ['cash', 'boxes', boxNumber],
    queryFn: ({ signal }) =>
      request<CashBoxAnswer>(`/api/cash/boxes/${encodeURIComponent(boxNumber)}`, { signal }),
  });

/** Whom the large-cash report of today names. */
export const largeCashQuery = queryOptions({
  queryKey: ['cash', 'large'],
  queryFn: ({ signal }) => request<LargeCashAnswer>('/api/cash/large', { signal }),
});

/** Fees that were waived from one date to another. */
export const waiversQuery = (filters: { readonly from?: string; readonly to?: string }) =>
  queryOptions({
    queryKey: ['fees', 'waivers', filters],
    queryFn: ({ signal }) =>
      request<WaiversAnswer>(withFilters('/api/fees/waivers', filters), { signal }),
  });

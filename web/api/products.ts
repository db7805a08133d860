import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  closeProductChangeRequest,
  draftProductChangeRequest,
  ProductAnswer,
  ProductListAnswer,
} from '../../src/contract/product/products.ts';
import { request } from './request.ts';

export const productsQuery = queryOptions({
  queryKey: ['products', 'list'],
  queryFn: ({ signal }) => request<ProductListAnswer>('/api/products', { signal }),
});

/** One product by its family and code, as they stand in the address. */
export const productQuery = (family: string, code: string) =>
  queryOptions({
    queryKey: ['products', family, code],
    queryFn: ({ signal }) => request<ProductAnswer>(pathOf(family, code), { signal }),
  });

const pathOf = (family: string, code: string): string =>
  `/api/products/${encodeURIComponent(family)}/${encodeURIComponent(code)}`;

export const draftProductChange = (
  of: Pick<ProductAnswer, 'family' | 'code'>,
  body: z.infer<typeof draftProductChangeRequest>,
  key: string,
) =>
  request<{ id: string }>(`${pathOf(of.family, of.code)}/changes`, { method: 'POST', body, key });

export const closeProductChange = (id: string, body: z.infer<typeof closeProductChangeRequest>) =>
  request<{ id: string }>(`/api/products/changes/${id}/close`, { method: 'POST', body });

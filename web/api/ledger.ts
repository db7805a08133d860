import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ControlsAnswer, StandingControlsAnswer } from '../../src/contract/controls.ts';
import type { exportsAnswer } from '../../src/contract/exports.ts';
import type { glAccountsAnswer, glEntriesAnswer, proofAnswer } from '../../src/contract/ledger.ts';
import { request } from './request.ts';

/** One figure of the trial balance: a GL account in a book and a currency. */
export type Figure = {
  readonly bookId: string;
  readonly glCode: string;
  readonly currency: string;
};

type Filters = Readonly<Record<string, string | number | undefined>>;

export type GlAccountsAnswer = z.infer<typeof glAccountsAnswer>;
export type BalanceProof = z.infer<typeof proofAnswer>;
export type GlEntriesAnswer = z.infer<typeof glEntriesAnswer>;

/** An address with those filters that say something. */
export function withFilters(path: string, filters: Filters): string {
  const given = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** The accounts whose balances make a figure. */
export const glAccountsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['ledger', 'accounts', filters],
    queryFn: ({ signal }) =>
      request<GlAccountsAnswer>(withFilters('/api/ledger/accounts', filters), { signal }),
  });

/** The entries under a figure, page by page. */
export const glEntriesQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['ledger', 'entries', filters],
    queryFn: ({ signal }) =>
      request<GlEntriesAnswer>(withFilters('/api/ledger/entries', filters), { signal }),
  });

/** Holds, restrictions and waiting freezes of an account or of a customer. */
export const controlsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['ledger', 'controls', filters],
    queryFn: ({ signal }) =>
      request<ControlsAnswer>(withFilters('/api/controls', filters), { signal }),
  });

/** What stands or waits on the accounts of the reader's units, the soonest end first. */
export const standingControlsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['ledger', 'standing', filters],
    queryFn: ({ signal }) =>
      request<StandingControlsAnswer>(withFilters('/api/controls/standing', filters), { signal }),
  });

export type ExportsAnswer = z.infer<typeof exportsAnswer>;

/** What left the bank as a file, the newest first. */
export const exportsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['exports', filters],
    queryFn: ({ signal }) =>
      request<ExportsAnswer>(withFilters('/api/exports', filters), { signal }),
  });

/** How a balance comes about. */
export const proofQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['ledger', 'proof', filters],
    queryFn: ({ signal }) =>
      request<BalanceProof>(withFilters('/api/ledger/proof', filters), { signal }),
  });

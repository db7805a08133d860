import { isCalendarDate } from '../../../src/base/dates.ts';
import { type Figure, withFilters } from '../../api/ledger.ts';

/** Rows of one page of accounts or entries. */
export const pageRows = 100;

/** What is looked at under a figure of the general ledger; all of it stands in the address. */
export type LedgerPlace = Figure & {
  readonly show: 'accounts' | 'entries';
  /** The last day looked at; empty: the open one. */
  readonly to: string;
  /** The first day of the entries; empty: the same as the last. */
  readonly from: string;
  readonly side: 'debit' | 'credit' | '';
  readonly accountNumber: string;
  /** Rows that stand before this page. */
  readonly offset: number;
};

/** Reads the place from an address; null where it names no figure. */
export function placeOf(search: URLSearchParams): LedgerPlace | null {
  const [bookId, glCode, currency] = ['book', 'gl', 'currency'].map((name) => search.get(name));
  if (!bookId || !glCode || !currency) return null;
  const day = (name: string) => {
    const value = search.get(name) ?? '';
    return isCalendarDate(value) ? value : '';
  };
  const side = search.get('side');
  const offset = Number(search.get('offset') ?? 0);
  return {
    ...{ bookId, glCode, currency },
    show: search.get('show') === 'entries' ? 'entries' : 'accounts',
    ...{ to: day('to'), from: day('from') },
    side: side === 'debit' || side === 'credit' ? side : '',
    accountNumber: search.get('account') ?? '',
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
  };
}

/** The address of a place; what is not said is left away. */
export function addressOf(place: Figure & Partial<LedgerPlace>): string {
  const { bookId, glCode, currency, show, to, from, side, accountNumber, offset } = place;
  return withFilters('/operations/ledger', {
    ...{ book: bookId, gl: glCode, currency, show, from, to, side, account: accountNumber },
    offset: offset === 0 ? undefined : offset,
  });
}

/** The first day of the month of a day. */
export function monthOf(date: string): string {
  return `${date.slice(0, 8)}01`;
}

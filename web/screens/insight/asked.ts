import { useSearchParams } from 'react-router';
import type { InsightAsked } from '../../api/insight.ts';
import { useSettings } from '../../settings.ts';

/** What the address asks for, and how a part of the page changes it. */
export type Stack = {
  readonly asked: InsightAsked;
  /** The figure whose cases are listed: `all`, `variant:3` or a filter; null: none. */
  readonly behind: string | null;
  readonly setProcess: (process: string) => void;
  readonly setDay: (name: 'from' | 'to', day: string) => void;
  readonly add: (filter: string) => void;
  readonly remove: (index: number) => void;
  readonly clear: () => void;
  readonly show: (behind: string | null) => void;
};

/** The process and the filters are the address, so that a link or a page tab brings them back. */
export function useStack(firstProcess: string): Stack {
  const [search, setSearch] = useSearchParams();
  const { language } = useSettings();
  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(search);
    edit(next);
    setSearch(next, { replace: true });
  };
  const filters = search.getAll('filter');
  const setFilters = (all: readonly string[]) =>
    change((next) => {
      next.delete('filter');
      next.delete('behind');
      for (const each of all) next.append('filter', each);
    });
  return {
    asked: {
      process: search.get('process') ?? firstProcess,
      names: language,
      from: search.get('from') ?? '',
      to: search.get('to') ?? '',
      filters,
    },
    behind: search.get('behind'),
    setProcess: (process) => setSearch({ process }, { replace: true }),
    setDay: (name, day) =>
      change((next) => {
        next.delete('behind');
        if (day === '') next.delete(name);
        else next.set(name, day);
      }),
    add: (filter) => setFilters([...filters.filter((each) => each !== filter), filter]),
    remove: (index) => setFilters(filters.filter((_, i) => i !== index)),
    clear: () => setSearch({ process: search.get('process') ?? firstProcess }, { replace: true }),
    show: (behind) =>
      change((next) => {
        if (behind === null) next.delete('behind');
        else next.set('behind', behind);
      }),
  };
}

import { useSearchParams } from 'react-router';
import type { InsightAnswer } from '../../../src/contract/insight/analysis.ts';
import type { InsightAsked } from '../../api/insight.ts';
import { useSettings } from '../../settings.ts';

/** What the address asks for, and how a part of the page changes it. */
export type Stack = {
  readonly asked: InsightAsked;
  /** The figure whose cases are listed: `all`, `variant:3` or a filter; null: none. */
  readonly behind: string | null;
  /** The tab the address names; empty: the first. */
  readonly tab: string;
  /** The address of this page with another tab open, under the same filters. */
  readonly tabAddress: (id: string) => string;
  /** What a tab keeps in the address besides, such as the model of conformance; empty: none. */
  readonly choice: (name: string) => string;
  readonly choose: (name: string, value: string) => void;
  readonly setProcess: (process: string) => void;
  /** Another log: the id of an imported one. */
  readonly setLog: (id: string) => void;
  readonly setDay: (name: 'from' | 'to', day: string) => void;
  readonly add: (filter: string) => void;
  readonly remove: (index: number) => void;
  readonly clear: () => void;
  readonly show: (behind: string | null) => void;
};

/** What every tab of the workspace is given: the stack, and the analysis of what it left. */
export type TabProps = { readonly stack: Stack; readonly answer: InsightAnswer };

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
  const tab = search.get('tab') ?? '';
  const kept = (): Record<string, string> => (tab === '' ? {} : { tab });
  const setFilters = (all: readonly string[]) =>
    change((next) => {
      next.delete('filter');
      next.delete('behind');
      for (const each of all) next.append('filter', each);
    });
  return {
    asked: {
      log: search.get('log') ?? '',
      process: search.get('process') ?? firstProcess,
      names: language,
      from: search.get('from') ?? '',
      to: search.get('to') ?? '',
      filters,
    },
    behind: search.get('behind'),
    tab,
    tabAddress: (id) => {
      const next = new URLSearchParams(search);
      next.set('tab', id);
      next.delete('behind');
      return `?${next}`;
    },
    choice: (name) => search.get(name) ?? '',
    choose: (name, value) =>
      change((next) => {
        if (value === '') next.delete(name);
        else next.set(name, value);
      }),
    setLog: (log) => setSearch({ log, ...kept() }, { replace: true }),
    setProcess: (process) => setSearch({ process, ...kept() }, { replace: true }),
    setDay: (name, day) =>
      change((next) => {
        next.delete('behind');
        if (day === '') next.delete(name);
        else next.set(name, day);
      }),
    add: (filter) => setFilters([...filters.filter((each) => each !== filter), filter]),
    remove: (index) => setFilters(filters.filter((_, i) => i !== index)),
    clear: () =>
      change((next) => {
        for (const name of ['filter', 'from', 'to', 'behind']) next.delete(name);
      }),
    show: (behind) =>
      change((next) => {
        if (behind === null) next.delete('behind');
        else next.set('behind', behind);
      }),
  };
}

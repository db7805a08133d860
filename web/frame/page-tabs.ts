import { useEffect, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import { text } from '../i18n/index.ts';

/** One page a person works in; it survives a reload. */
export type PageTab = { readonly path: string; readonly search: string; readonly title: string };

const storageKey = 'huiliu.tabs';
/** More open pages than this push out the oldest. */
const tabsMax = 8;
const listeners = new Set<() => void>();
let tabs: readonly PageTab[] = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');

function change(next: readonly PageTab[]): void {
  tabs = next;
  sessionStorage.setItem(storageKey, JSON.stringify(next));
  for (const listener of listeners) listener();
}

export function useTabs(): readonly PageTab[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => tabs,
  );
}

/** Closes a page and gives the one to show instead. */
export function closeTab(path: string): PageTab | undefined {
  const at = tabs.findIndex((tab) => tab.path === path);
  const rest = tabs.filter((tab) => tab.path !== path);
  change(rest);
  return rest[Math.min(Math.max(at, 0), rest.length - 1)];
}

export function closeAllTabs(): void {
  change([]);
}

/** Names the present page in its tab and in the browser's title. */
export function usePageTitle(title: string): void {
  const { pathname, search } = useLocation();
  useEffect(() => {
    document.title = `${title} · ${text('brand')}`;
    const tab = { path: pathname, search, title };
    const known = tabs.find((one) => one.path === pathname);
    if (known?.title === title && known.search === search) return;
    if (known !== undefined) change(tabs.map((one) => (one.path === pathname ? tab : one)));
    else change([...tabs.slice(-(tabsMax - 1)), tab]);
  }, [pathname, search, title]);
}

import { useSyncExternalStore } from 'react';
import type { ThemeName } from './theme/tokens.ts';

export type Language = 'zh-CN' | 'en';
/** What a person has chosen for themselves in this browser. */
export type Settings = {
  readonly language: Language;
  readonly theme: ThemeName | 'system';
  /** Single letters as keys; WCAG 2.1.4 asks that they can be switched off. */
  readonly letterKeys: boolean;
  readonly narrowNavigation: boolean;
};

const storageKey = 'huiliu.settings';
const listeners = new Set<() => void>();
let current: Settings = load();

function load(): Settings {
  const language: Language = navigator.language.startsWith('en') ? 'en' : 'zh-CN';
  const first: Settings = { language, theme: 'system', letterKeys: true, narrowNavigation: false };
  const kept = localStorage.getItem(storageKey);
  return kept === null ? first : { ...first, ...(JSON.parse(kept) as Partial<Settings>) };
}

export function settings(): Settings {
  return current;
}

export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  localStorage.setItem(storageKey, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export function onSettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSettings(): Settings {
  return useSyncExternalStore(onSettings, settings);
}

const darkSystem = matchMedia('(prefers-color-scheme: dark)');

/** The theme to draw: the chosen one, or the system's. */
export function useThemeName(): ThemeName {
  const { theme } = useSettings();
  const dark = useSyncExternalStore(
    (listener) => {
      darkSystem.addEventListener('change', listener);
      return () => darkSystem.removeEventListener('change', listener);
    },
    () => darkSystem.matches,
  );
  if (theme === 'system') return dark ? 'dark' : 'light';
  return theme;
}

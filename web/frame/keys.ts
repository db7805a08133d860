import { useEffect, useRef } from 'react';
import { settings } from '../settings.ts';

/** A key of the present page. `key` is 'n', '?', 'F8', 'Alt+Enter', 'Escape' or a pair 'g d'. */
export type KeyBinding = {
  readonly key: string;
  /** i18n key of what it does, for the overlay. */
  readonly label: string;
  readonly act: () => void;
};

/** Where keys come from; over an inert frame only those of a dialog work. */
type Layer = { readonly bindings: () => readonly KeyBinding[]; readonly dialog: boolean };

const layers: Layer[] = [];
let pendingG = 0;

/** Longest pause between G and the letter that names a workspace. */
const pairMs = 2000;

/** Gives keys to a page or part as long as it is on screen; later layers win. */
export function useKeys(bindings: readonly KeyBinding[], dialog = false): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const layer: Layer = { bindings: () => latest.current, dialog };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [dialog]);
}

/** All keys that work now, for the overlay; the nearest layer first. */
export function keysNow(): readonly KeyBinding[] {
  const seen = new Set<string>();
  return [...layers].reverse().flatMap((layer) =>
    layer.bindings().filter((binding) => {
      const known = seen.has(binding.key);
      seen.add(binding.key);
      return !known;
    }),
  );
}

/** True where a key belongs to the field or to an input method that is composing. */
function typing(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  }
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable
  );
}

function nameOf(event: KeyboardEvent): string {
  if (event.altKey && event.key === 'Enter') return 'Alt+Enter';
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function find(name: string): KeyBinding | undefined {
  const behind = document.querySelector('.frame[inert]') !== null;
  for (const layer of [...layers].reverse()) {
    if (behind && !layer.dialog) continue;
    const binding = layer.bindings().find((one) => one.key.toLowerCase() === name.toLowerCase());
    if (binding !== undefined) return binding;
  }
  return undefined;
}

/** Listens for the whole page; nothing that belongs to the browser is taken. */
export function listenForKeys(): () => void {
  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    const name = nameOf(event);
    const special = name === 'Alt+Enter' || name === 'Escape' || /^F\d+$/.test(name);
    if (event.altKey && name !== 'Alt+Enter') return;
    if (!special && (typing(event) || !settings().letterKeys)) return;
    if (special && event.isComposing) return;
    const pair = Date.now() - pendingG < pairMs ? find(`g ${name}`) : undefined;
    pendingG = name === 'g' ? Date.now() : 0;
    const binding = pair ?? find(name);
    if (binding === undefined) return;
    event.preventDefault();
    binding.act();
  };
  window.addEventListener('keydown', listener);
  return () => window.removeEventListener('keydown', listener);
}

/** Somebody is typing there already: the focus must not be taken away. */
function hasHand(element: Element | null): boolean {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

/** Puts the keyboard where the hand will type first on a page. */
export function useFirstFocus(selector: string, ready = true): void {
  useEffect(() => {
    if (!ready || hasHand(document.activeElement)) return;
    document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }, [selector, ready]);
}

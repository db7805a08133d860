import type { Outcome } from './outcome.ts';

const dayMs = 86_400_000;

/**
 * An outcome as it is written: slow, slow:DAYS, rework, with:A, without:A, ends:A or NAME=VALUE;
 * null when it cannot be read.
 */
export function outcomeOf(text: string): Outcome | null {
  if (text === 'rework') return { kind: 'rework' };
  if (text === 'slow') return { kind: 'slow', overMs: null };
  if (text.startsWith('slow:')) {
    const days = Number(text.slice(5));
    return days >= 0 && text.length > 5 ? { kind: 'slow', overMs: days * dayMs } : null;
  }
  const named = /^(with|without|ends):(.+)$/s.exec(text);
  if (named) {
    return { kind: named[1] as 'with' | 'without' | 'ends', activity: named[2] ?? '' };
  }
  const at = text.indexOf('=');
  if (at < 1) return null;
  return { kind: 'attribute', name: text.slice(0, at), value: text.slice(at + 1) };
}

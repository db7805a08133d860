import type { Bilingual } from '../shapes.ts';

/**
 * The refusals of one room: code -> sentence in both languages. A place such as {task} is filled
 * from the refusal's facts. A sentence says what happened and, where there is something, what to
 * do.
 */
export type RefusalTable = { readonly [code: string]: Bilingual };

/** Fills the places of a text. A place without a fact stays visible, so that the gap is seen. */
export function fillPlaces(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (place, name: string) =>
    Object.hasOwn(facts, name) ? (facts[name] ?? place) : place,
  );
}

import type { Language } from '../shapes.ts';
import { baseRefusals } from './base.ts';
import { billRefusals } from './bill.ts';
import { cliRefusals } from './cli.ts';
import { cashRefusals } from './counter/cash.ts';
import { feeRefusals } from './counter/fee.ts';
import { wealthRefusals } from './counter/wealth.ts';
import { dayRefusals } from './day.ts';
import { decisionRefusals } from './decision.ts';
import { depositRefusals } from './deposit.ts';
import { documentRefusals } from './document.ts';
import { feelRefusals } from './feel.ts';
import { fxRefusals } from './fx.ts';
import { insightRefusals } from './insight.ts';
import { kernelRefusals } from './kernel.ts';
import { ledgerRefusals } from './ledger.ts';
import { loanRefusals } from './loan.ts';
import { loanNoteRefusals } from './loan-note.ts';
import { productRefusals } from './product/changes.ts';
import { runtimeRefusals } from './runtime.ts';
import { serverRefusals } from './server.ts';
import { storeRefusals } from './store.ts';
import { fillPlaces, type RefusalTable } from './table.ts';
import { taskCommandRefusals } from './task-commands.ts';

export type { RefusalTable } from './table.ts';

/** The tables of all rooms; a code stands in exactly one of them (a test holds this). */
export const refusalTables: readonly RefusalTable[] = [
  baseRefusals,
  kernelRefusals,
  cliRefusals,
  dayRefusals,
  documentRefusals,
  decisionRefusals,
  feelRefusals,
  billRefusals,
  cashRefusals,
  feeRefusals,
  wealthRefusals,
  fxRefusals,
  insightRefusals,
  depositRefusals,
  ledgerRefusals,
  loanRefusals,
  loanNoteRefusals,
  productRefusals,
  runtimeRefusals,
  serverRefusals,
  storeRefusals,
  taskCommandRefusals,
];

const texts: ReadonlyMap<string, { readonly 'zh-CN': string; readonly en: string }> = new Map(
  refusalTables.flatMap((table) => Object.entries(table)),
);

/** All codes a refusal can carry, in the order of the tables. */
export function refusalCodes(): readonly string[] {
  return [...texts.keys()];
}

/** Whether a code stands in a table. */
export function isRefusalCode(code: string): boolean {
  return texts.has(code);
}

/**
 * The sentence for a refusal in the language of the reader. A code that stands in no table is shown
 * as itself, because a person must never be left with nothing. A fact `why` that is itself a code
 * is said in that code's sentence, with the same facts.
 */
export function refusalText(
  code: string,
  language: Language,
  facts: Readonly<Record<string, string>> = {},
): string {
  const text = texts.get(code);
  if (text === undefined) return code;
  const cause = texts.get(facts.why ?? '');
  if (cause === undefined) return fillPlaces(text[language], facts);
  return fillPlaces(text[language], { ...facts, why: fillPlaces(cause[language], facts) });
}

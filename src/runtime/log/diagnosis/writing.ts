import { type Both, count, duration, percent } from '../../../insight/report/words.ts';
import type { ReportBlock, ReportCell, Say } from './document.ts';
import type { DiagnosisInput, Findings } from './findings.ts';
import type { CaseLists } from './lists.ts';

/** What the chapters are written from. */
export type Writing = {
  readonly input: DiagnosisInput;
  readonly found: Findings;
  readonly lists: CaseLists;
  readonly say: Say;
  readonly own: (both: Both) => string;
};

/** A cell of words. */
export const words = (text: string): ReportCell => ({ text });
/** A share as a cell, shown as a percentage. */
export const shareCell = (share: number): ReportCell => ({ text: percent(share), value: share });

/** A table, or nothing when it has no rows. */
export function table(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly ReportCell[])[],
): ReportBlock[] {
  return rows.length === 0 ? [] : [{ kind: 'table', title, columns, rows }];
}

/** A whole number as a cell. */
export function number(value: number): ReportCell {
  return { text: count(value), value };
}

/** A length of time as a cell; its value is seconds. */
export function timeCell(seconds: number | null, own: (both: Both) => string): ReportCell {
  return seconds === null ? { text: '—' } : { text: own(duration(seconds)), value: seconds };
}

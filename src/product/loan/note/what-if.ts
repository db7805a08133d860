import { ok, type Result } from '../../../base/result.ts';
import {
  decidePrepayment,
  type PrepaymentMode,
  type PrepaymentRefusal,
  type PrepaymentRules,
} from './decide.ts';
import { evolve, type NoteState, type Row } from './state.ts';

/** What a prepayment would come to, before anybody orders it. */
export type PrepaymentQuote = {
  readonly mode: PrepaymentMode;
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  readonly feeMinor: bigint;
  readonly totalMinor: bigint;
  readonly outstandingMinor: bigint;
  readonly maturity: string;
  readonly rows: readonly Row[];
  /** Interest of the plan as it stands less that of the new one, after what is paid now. */
  readonly savedInterestMinor: bigint;
};

/** Quotes a prepayment in both ways, or why it cannot be. Changes nothing. */
export function quotePrepayment(
  state: NoteState,
  order: { readonly date: string; readonly principalMinor: bigint | null },
  rules: PrepaymentRules,
  feeUntil: string,
): Result<readonly PrepaymentQuote[], PrepaymentRefusal> {
  const quotes: PrepaymentQuote[] = [];
  for (const mode of ['shorter_term', 'smaller_instalment'] as const) {
    const decided = decidePrepayment(state, { ...order, mode }, rules, feeUntil);
    if (!decided.ok) return decided;
    const { principalMinor, interestMinor, feeMinor } = decided.value;
    const after = evolve(state, decided.value);
    const rows = after.status === 'settled' ? [] : comingRows(after, order.date);
    const before = interestOf(comingRows(state, order.date));
    quotes.push({
      ...{ mode, principalMinor, interestMinor, feeMinor },
      totalMinor: principalMinor + interestMinor + feeMinor,
      outstandingMinor: after.outstandingMinor,
      maturity: after.maturity,
      rows,
      savedInterestMinor: before - interestMinor - interestOf(rows),
    });
    if (after.status === 'settled') break;
  }
  return ok(quotes);
}

function comingRows({ rows }: NoteState, date: string): Row[] {
  return rows.filter(({ dueDate }) => dueDate > date);
}

function interestOf(rows: readonly Row[]): bigint {
  return rows.reduce((total, { interestMinor }) => total + interestMinor, 0n);
}

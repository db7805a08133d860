import { ok, type Result, refuse } from '../../../base/result.ts';
import { checkOpen, type NoteRefusal } from './decide.ts';
import type { NoteEvent, NoteState } from './state.ts';

type Of<Type extends NoteEvent['type']> = Extract<NoteEvent, { type: Type }>;

/** The provision that brings the allowance to the expected loss; null when it is there already. */
export function decideProvision(
  state: NoteState,
  date: string,
  expectedLossMinor: bigint,
): Of<'provisioned'> | null {
  const amountMinor = expectedLossMinor - state.allowanceMinor;
  return amountMinor === 0n ? null : { type: 'provisioned', date, amountMinor };
}

export type WriteOffRefusal = NoteRefusal | 'class_is_not_loss' | 'allowance_too_small';

/**
 * Takes a lost loan off the books against its allowance (核销); the claim stays and is kept off the
 * balance sheet. Refused in order: the note is not open, the date lies before its last event, its
 * class is not loss, the allowance does not cover principal and interest receivable.
 */
export function decideWriteOff(
  state: NoteState,
  date: string,
): Result<Of<'written_off'>, WriteOffRefusal> {
  const open = checkOpen(state, date);
  if (!open.ok) return open;
  if (state.level !== 'loss') return refuse('class_is_not_loss', { level: state.level });
  const { outstandingMinor: principalMinor, receivableMinor } = state;
  if (state.allowanceMinor < principalMinor + receivableMinor) {
    const missing = principalMinor + receivableMinor - state.allowanceMinor;
    return refuse('allowance_too_small', { missingMinor: String(missing) });
  }
  return ok({ type: 'written_off', date, principalMinor, receivableMinor });
}

export type RecoveryRefusal =
  | 'loan_not_written_off'
  | 'loan_date_in_past'
  | 'amount_not_positive'
  | 'exceeds_written_off';

/** Money that comes back on a loan written off (收回已核销贷款). */
export function decideRecovery(
  state: NoteState,
  { date, amountMinor }: { readonly date: string; readonly amountMinor: bigint },
): Result<Of<'recovered'>, RecoveryRefusal> {
  if (state.status !== 'written_off') return refuse('loan_not_written_off', {});
  if (date < state.lastDate) {
    return refuse('loan_date_in_past', { date, lastDate: state.lastDate });
  }
  if (amountMinor <= 0n) return refuse('amount_not_positive', { name: 'amountMinor' });
  if (amountMinor > state.writtenOffMinor - state.recoveredMinor) {
    return refuse('exceeds_written_off', {});
  }
  return ok({ type: 'recovered', date, amountMinor });
}

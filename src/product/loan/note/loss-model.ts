import { isValueList, isValues, type Value, type Values } from '../../../base/data.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import type { LoanProduct } from '../catalogue/products.ts';
import { coverageOf } from '../classify/collateral.ts';
import type { FiveLevel } from '../classify/five-levels.ts';
import { agreedRate } from '../pricing/lpr.ts';
import type { NoteHistory } from './history.ts';
import type { DebtorFacts, LossModel } from './nightly.ts';
import type { NoteState } from './state.ts';

/** The bank's loss model for one kind of debtor, as its parameter keeps it. */
export type LossParameters = {
  readonly defaultPpm: readonly bigint[];
  readonly lossPpm: bigint;
  /** Collateral of an impaired loan is sold after so many years. */
  readonly recoverAfterYears: number;
};

/**
 * Reads the parameter `loan.loss_model`: { corporate, retail }, each { defaultPpm: [each year's],
 * lossPpm, recoverAfterYears }.
 */
export function readLossModel(
  value: Value,
  retail: boolean,
): Result<LossParameters, 'loss_model_not_valid'> {
  const part: Value = isValues(value) ? (value[retail ? 'retail' : 'corporate'] ?? null) : null;
  if (!isValues(part)) return refuse('loss_model_not_valid', {});
  const { defaultPpm = null, lossPpm, recoverAfterYears } = part;
  const years = isValueList(defaultPpm) ? defaultPpm.filter((one) => typeof one === 'bigint') : [];
  const good = years.length > 0 && typeof lossPpm === 'bigint';
  if (!good || typeof recoverAfterYears !== 'bigint') return refuse('loss_model_not_valid', {});
  return ok({ defaultPpm: years, lossPpm, recoverAfterYears: Number(recoverAfterYears) });
}

/**
 * The model of one note: losses are discounted by its own rate, and of an impaired one what its
 * collateral is lent on comes back.
 */
export function lossModelOf(
  state: NoteState,
  product: LoanProduct,
  parameters: LossParameters,
  collateralMinor: bigint,
): LossModel {
  const exposureMinor = state.outstandingMinor + state.receivableMinor;
  const item = { valueMinor: collateralMinor, lendPpm: product.lendMaxPpm, priorMinor: 0n };
  const { lendableMinor } = coverageOf(exposureMinor, [item]);
  const back = lendableMinor < exposureMinor ? lendableMinor : exposureMinor;
  const { defaultPpm, lossPpm, recoverAfterYears } = parameters;
  return {
    ...{ defaultPpm, lossPpm, ratePpm: agreedRate(state.agreement) },
    recoveries: back > 0n ? [{ amountMinor: back, afterYears: recoverAfterYears }] : [],
  };
}

/** What is known of a debtor on a night. */
export function debtorFacts(given: {
  readonly retail: boolean;
  readonly debtorBadPpm: bigint;
  readonly confirmed: string | null;
}): DebtorFacts {
  return {
    ...{ technical: false, creditImpaired: false, riskIncreased: false, rebutted: false },
    retail: given.retail,
    debtorBadPpm: given.debtorBadPpm,
    elsewhereOverduePpm: 0n,
    confirmed: given.confirmed as FiveLevel | null,
  };
}

/** What the store keeps of a note, in the shape the events are read from. */
export function historyOf(values: Values): NoteHistory {
  // The store gives exactly this shape; a test of both holds it.
  return values as unknown as NoteHistory;
}

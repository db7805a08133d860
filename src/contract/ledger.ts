import { z } from 'zod';
import { currencyShape, dateShape, glCodeShape, moneyShape } from './shapes.ts';

/** GET /api/ledger/trial-balance; without a date the accounting date of today. */
export const trialBalanceQuery = z.strictObject({ date: dateShape.optional() });

/** One GL account in one book and currency. */
export const trialBalanceRowShape = z
  .strictObject({
    bookId: z.string(),
    bookName: z.string(),
    currency: currencyShape,
    glCode: glCodeShape,
    glName: z.string(),
    debitMinor: moneyShape,
    creditMinor: moneyShape,
    /** Debits less credits. */
    balanceMinor: moneyShape,
  })
  .meta({ id: 'TrialBalanceRow' });

/** The proof per book and currency: debits less credits, which is 0. */
export const trialBalanceTotalShape = z
  .strictObject({
    bookId: z.string(),
    currency: currencyShape,
    debitMinor: moneyShape,
    creditMinor: moneyShape,
    differenceMinor: moneyShape,
  })
  .meta({ id: 'TrialBalanceTotal' });

/** The inter-branch accounts of all books of the legal entity, per currency; their sum is 0. */
export const interBranchTotalShape = z
  .strictObject({ currency: currencyShape, sumMinor: moneyShape })
  .meta({ id: 'InterBranchTotal' });

export const trialBalanceAnswer = z
  .strictObject({
    accountingDate: dateShape,
    rows: z.array(trialBalanceRowShape),
    totals: z.array(trialBalanceTotalShape),
    interBranch: z.array(interBranchTotalShape),
  })
  .meta({ id: 'TrialBalance' });
export type TrialBalanceAnswer = z.infer<typeof trialBalanceAnswer>;

import { z } from 'zod';
import {
  currencyShape,
  dateShape,
  glCodeShape,
  instantShape,
  moneyShape,
  pageShape,
  uuidShape,
} from './shapes.ts';

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

/** GET /api/ledger/accounts: the accounts under a figure; without a date the open one. */
export const glAccountsQuery = z.strictObject({
  bookId: z.string(),
  glCode: glCodeShape,
  currency: currencyShape,
  date: dateShape.optional(),
  ...pageShape,
});

/** An account under a figure; amounts are debits less credits. */
export const glAccountShape = z
  .strictObject({
    accountNumber: z.string(),
    kind: z.string(),
    /** Of the bank's own accounts; a customer's name stands on the account's own page. */
    name: z.string().nullable(),
    openingMinor: moneyShape,
    debitMinor: moneyShape,
    creditMinor: moneyShape,
    closingMinor: moneyShape,
  })
  .meta({ id: 'GlAccount' });

export const glAccountsAnswer = z
  .strictObject({ accountingDate: dateShape, accounts: z.array(glAccountShape), total: z.int() })
  .meta({ id: 'GlAccounts' });

/** GET /api/ledger/entries: the entries under a figure; without dates those of the open one. */
export const glEntriesQuery = z.strictObject({
  bookId: z.string(),
  glCode: glCodeShape,
  currency: currencyShape,
  from: dateShape.optional(),
  to: dateShape.optional(),
  /** Of one side only, or on one account only. */
  side: z.enum(['debit', 'credit']).optional(),
  accountNumber: z.string().max(40).optional(),
  ...pageShape,
});

/** An entry under a figure, as posted and as printed: a reversal of the same day in red. */
export const glEntryShape = z
  .strictObject({
    accountingDate: dateShape,
    valueDate: dateShape,
    occurredAt: instantShape,
    postingId: uuidShape,
    postingNumber: z.string(),
    accountNumber: z.string(),
    side: z.enum(['debit', 'credit']),
    amountMinor: moneyShape,
    balanceMinor: moneyShape,
    counterAccountNumber: z.string(),
    counterGlCode: glCodeShape,
    businessReference: z.string(),
    /** The case that posted it, where one did. */
    caseNumber: z.string().nullable(),
    transactionCode: z.string(),
    narrative: z.string(),
    maker: z.string(),
    authoriser: z.string().nullable(),
    isReversal: z.boolean(),
    printed: z.strictObject({
      side: z.enum(['debit', 'credit']),
      amountMinor: moneyShape,
      red: z.boolean(),
    }),
  })
  .meta({ id: 'GlEntry' });

export const glEntriesAnswer = z
  .strictObject({
    from: dateShape,
    to: dateShape,
    entries: z.array(glEntryShape),
    total: z.int(),
  })
  .meta({ id: 'GlEntries' });

/** GET /api/ledger/ageing: what is open on suspense and in-transit accounts. */
export const ageingQuery = z.strictObject({ date: dateShape.optional() });

export const agedAccountShape = z
  .strictObject({
    bookId: z.string(),
    glCode: glCodeShape,
    accountNumber: z.string(),
    name: z.string(),
    currency: currencyShape,
    openItems: z.enum(['suspense', 'in_transit']),
    items: z.array(
      z.strictObject({
        since: dateShape,
        days: z.int(),
        openMinor: moneyShape,
        postingNumber: z.string(),
      }),
    ),
  })
  .meta({ id: 'AgedAccount' });

export const ageingAnswer = z
  .strictObject({ accountingDate: dateShape, accounts: z.array(agedAccountShape) })
  .meta({ id: 'Ageing' });

/** GET /api/ledger/proof: how a balance comes about, from a closed day and the entries since. */
export const proofQuery = z.strictObject({
  accountNumber: z.string(),
  date: dateShape.optional(),
  since: dateShape.optional(),
});

export const proofAnswer = z
  .strictObject({
    accountNumber: z.string(),
    date: dateShape,
    snapshotDate: dateShape.nullable(),
    snapshotMinor: moneyShape,
    entries: z.int(),
    risenMinor: moneyShape,
    fallenMinor: moneyShape,
    statedMinor: moneyShape,
    chainBreaks: z.int(),
    proved: z.boolean(),
  })
  .meta({ id: 'BalanceProof' });

import { z } from 'zod';
import { caseNumberShape, currencyShape, dateShape, moneyShape } from './shapes.ts';

/** A loan note (借据): one drawdown, with what is owed on it and what is due next. */
export const loanNoteShape = z
  .strictObject({
    noteNumber: z.string(),
    contractNumber: z.string(),
    /** The case in which it was drawn. */
    caseNumber: caseNumberShape,
    currency: currencyShape,
    principalMinor: moneyShape,
    outstandingMinor: moneyShape,
    /** Yearly, in millionths. */
    ratePpm: z.string(),
    repaymentMethod: z.string(),
    startDate: dateShape,
    maturityDate: dateShape,
    /** The first instalment that is not paid; null when nothing is owed. */
    nextDueDate: dateShape.nullable(),
    nextAmountMinor: moneyShape.nullable(),
  })
  .meta({ id: 'LoanNote' });
export type LoanNote = z.infer<typeof loanNoteShape>;

/** A loan contract (借款合同) as its notes leave it. */
export const loanContractShape = z
  .strictObject({
    contractNumber: z.string(),
    /** The case in which it was signed. */
    loanCaseNumber: caseNumberShape,
    currency: currencyShape,
    amountMinor: moneyShape,
    drawnMinor: moneyShape,
    outstandingMinor: moneyShape,
    undrawnMinor: moneyShape,
    /** What is paid back may be drawn again (循环). */
    revolving: z.boolean(),
    termMonths: z.number().int(),
    ratePpm: z.string(),
    repaymentMethod: z.string(),
    creditProtection: z.string(),
    paymentMethod: z.string(),
    payeeName: z.string().nullable(),
    contractDate: dateShape,
    /** The last day on which it may be drawn on (提款有效期). */
    availableTo: dateShape,
    closedOn: dateShape.nullable(),
    /** Whether a drawdown may be asked for today. */
    mayDraw: z.boolean(),
    notes: z.array(loanNoteShape),
  })
  .meta({ id: 'LoanContract' });
export type LoanContract = z.infer<typeof loanContractShape>;

/** GET /api/loans: the contracts of a customer; a customer asks for the own ones. */
export const loansQuery = z.strictObject({
  customerNumber: z
    .string()
    .regex(/^[0-9A-Za-z-]{3,40}$/)
    .optional(),
});
export const loansAnswer = z
  .strictObject({ contracts: z.array(loanContractShape) })
  .meta({ id: 'Loans' });
export type LoansAnswer = z.infer<typeof loansAnswer>;

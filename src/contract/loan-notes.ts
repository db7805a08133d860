import { z } from 'zod';
import { accountNumberShape } from './accounts.ts';
import { bilingualShape, currencyShape, dateShape, moneyShape } from './shapes.ts';

/** A share or a yearly rate in millionths, as digits. */
const ppmShape = z.string().regex(/^(0|-?[1-9]\d{0,17})$/);

export const fiveLevelShape = z.enum([
  'normal',
  'special_mention',
  'substandard',
  'doubtful',
  'loss',
]);

/** A row of a note's plan (期供). */
export const planRowShape = z
  .strictObject({
    number: z.number().int().min(1),
    from: dateShape,
    dueDate: dateShape,
    principalMinor: moneyShape,
    interestMinor: moneyShape,
    paidPrincipalMinor: moneyShape,
    paidInterestMinor: moneyShape,
    /** Penalty (罚息) and compound interest (复利) up to today, not yet paid. */
    penaltyMinor: moneyShape,
    compoundMinor: moneyShape,
    balanceMinor: moneyShape,
    status: z.enum(['paid', 'due', 'overdue', 'to_come']),
  })
  .meta({ id: 'PlanRow' });

/** What happened to a note, newest first. */
export const noteEventShape = z
  .strictObject({
    date: dateShape,
    kind: z.enum([
      'payment',
      'prepaid',
      'repriced',
      'extended',
      'restructured',
      'written_off',
      'recovered',
    ]),
    caseNumber: z.string(),
    performer: z.string().nullable(),
    principalMinor: moneyShape.nullable(),
    interestMinor: moneyShape.nullable(),
    /** Penalty and compound interest that were paid. */
    lateMinor: moneyShape.nullable(),
    /** The row of the plan that a payment was for. */
    number: z.number().int().min(1).nullable(),
    ratePpm: ppmShape.nullable(),
    maturity: dateShape.nullable(),
  })
  .meta({ id: 'NoteEvent' });

/** What a night found of a note. */
export const noteNightShape = z
  .strictObject({
    accountingDate: dateShape,
    outstandingMinor: moneyShape,
    daysOverdue: z.number().int().min(0),
    level: fiveLevelShape,
    stage: z.number().int().min(1).max(3),
    accrualMinor: moneyShape,
    receivableMinor: moneyShape,
    expectedLossMinor: moneyShape,
    provisionMinor: moneyShape,
  })
  .meta({ id: 'NoteNight' });

export const noteShape = z
  .strictObject({
    noteNumber: accountNumberShape,
    contractNumber: z.string(),
    customerNumber: z.string(),
    depositAccountNumber: z.string(),
    productCode: z.string(),
    productName: bilingualShape,
    currency: currencyShape,
    status: z.enum(['open', 'settled', 'written_off']),
    method: z.string(),
    startDate: dateShape,
    maturity: dateShape,
    principalMinor: moneyShape,
    outstandingMinor: moneyShape,
    ratePpm: ppmShape,
    /** LPR with its points and rule of repricing; null when the rate is fixed. */
    lpr: z
      .strictObject({
        term: z.enum(['one_year', 'over_five_years']),
        quotedOn: dateShape,
        quotedPpm: ppmShape,
        basisPoints: z.string(),
        repricing: z.string(),
        nextRepricing: dateShape.nullable(),
      })
      .nullable(),
    dueMinor: moneyShape,
    daysOverdue: z.number().int().min(0),
  })
  .meta({ id: 'NoteOfLoan' });

/** GET /api/loans/:noteNumber */
export const noteParams = z.strictObject({ noteNumber: accountNumberShape });
export const notePageAnswer = z
  .strictObject({
    asOf: dateShape,
    note: noteShape,
    plan: z.array(planRowShape),
    history: z.array(noteEventShape),
    nights: z.array(noteNightShape),
  })
  .meta({ id: 'NotePage' });
export type NotePageAnswer = z.infer<typeof notePageAnswer>;

/** GET /api/loans/:noteNumber/prepayment: what a prepayment today would come to. */
export const prepaymentQuery = z.strictObject({ principalMinor: moneyShape });
export const prepaymentQuoteShape = z
  .strictObject({
    mode: z.enum(['shorter_term', 'smaller_instalment']),
    principalMinor: moneyShape,
    interestMinor: moneyShape,
    feeMinor: moneyShape,
    totalMinor: moneyShape,
    outstandingMinor: moneyShape,
    maturity: dateShape,
    savedInterestMinor: moneyShape,
    rows: z.array(
      z.strictObject({
        number: z.number().int().min(1),
        dueDate: dateShape,
        principalMinor: moneyShape,
        interestMinor: moneyShape,
      }),
    ),
  })
  .meta({ id: 'PrepaymentQuote' });
export const prepaymentAnswer = z
  .strictObject({ asOf: dateShape, quotes: z.array(prepaymentQuoteShape) })
  .meta({ id: 'PrepaymentQuotes' });
export type PrepaymentAnswer = z.infer<typeof prepaymentAnswer>;

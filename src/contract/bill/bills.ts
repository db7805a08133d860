import { z } from 'zod';
import { accountNumberShape } from '../accounts.ts';
import {
  currencyShape,
  dateShape,
  instantShape,
  moneyShape,
  pageShape,
  unitIdShape,
} from '../shapes.ts';

export const billStatusShape = z.enum([
  'registered',
  'accepted',
  'cancelled',
  'pledged',
  'discounted',
  'rediscounted',
  'in_collection',
  'paid',
  'dishonoured',
  'in_recourse',
  'settled',
]);
export type BillStatus = z.infer<typeof billStatusShape>;

/** A bill of the register (票据). */
export const billShape = z
  .strictObject({
    billNumber: z.string(),
    kind: z.enum(['bank_acceptance', 'commercial_acceptance']),
    medium: z.enum(['electronic', 'paper']),
    status: billStatusShape,
    drawerName: z.string(),
    acceptorName: z.string(),
    acceptedHere: z.boolean(),
    payeeName: z.string(),
    holderName: z.string(),
    currency: currencyShape,
    faceMinor: moneyShape,
    issuedOn: dateShape,
    maturesOn: dateShape,
    elsewhere: z.boolean(),
    unitId: unitIdShape,
    caseNumber: z.string(),
    /** What the bank has advanced on it and was not paid back. */
    debtMinor: moneyShape,
  })
  .meta({ id: 'Bill' });
export type Bill = z.infer<typeof billShape>;

/** GET /api/bills: by status, and by number or the beginning of a party's name. */
export const billsQuery = z.strictObject({
  status: billStatusShape.optional(),
  search: z.string().max(60).optional(),
  ...pageShape,
});
export const billsAnswer = z
  .strictObject({ bills: z.array(billShape), total: z.number().int().min(0) })
  .meta({ id: 'Bills' });
export type BillsAnswer = z.infer<typeof billsAnswer>;

/** Something that happened to a bill; from and to when it changed hands. */
export const billEventShape = z
  .strictObject({
    number: z.number().int().min(1),
    kind: z.string(),
    status: billStatusShape,
    fromName: z.string().nullable(),
    toName: z.string().nullable(),
    amountMinor: moneyShape.nullable(),
    note: z.string(),
    caseNumber: z.string(),
    accountingDate: dateShape,
    happenedAt: instantShape,
    login: z.string(),
  })
  .meta({ id: 'BillEvent' });

/** GET /api/bills/:billNumber */
export const billParams = z.strictObject({ billNumber: z.string().regex(/^[0-9A-Za-z]{1,30}$/) });
export const billAnswer = z
  .strictObject({
    bill: billShape,
    events: z.array(billEventShape),
    acceptance: z
      .strictObject({
        accountNumber: accountNumberShape,
        marginMinor: moneyShape,
        feeMinor: moneyShape,
        guarantee: z.string(),
        acceptedOn: dateShape,
      })
      .nullable(),
    /** Interest taken in advance, on a bill bought and on one sold on. */
    interest: z.array(
      z.strictObject({
        side: z.enum(['earned', 'paid']),
        counterparty: z.string().nullable(),
        ratePpm: moneyShape,
        begunOn: dateShape,
        countedTo: dateShape,
        interestMinor: moneyShape,
        bookedMinor: moneyShape,
      }),
    ),
    postings: z.array(
      z.strictObject({
        postingNumber: z.string(),
        accountingDate: dateShape,
        narrative: z.string(),
        caseNumber: z.string(),
        debitGlCode: z.string(),
        creditGlCode: z.string(),
        currency: currencyShape,
        amountMinor: moneyShape,
      }),
    ),
  })
  .meta({ id: 'BillPage' });
export type BillAnswer = z.infer<typeof billAnswer>;

import { z } from 'zod';
import { accountNumberShape } from '../accounts.ts';
import { currencyShape, instantShape, moneyShape, pageShape, uuidShape } from '../shapes.ts';

/** Characters the lines of one order may have: 100,000 lines of some hundred each. */
export const salaryTextMax = 12_000_000;

/** POST /api/salaries; the Idempotency-Key becomes the order's id. */
export const takeSalariesRequest = z
  .strictObject({
    payerAccountNumber: accountNumberShape,
    /** account,name,amount in yuan, a line each, no heading. */
    text: z.string().max(salaryTextMax),
  })
  .meta({ id: 'TakeSalaries' });

export const salaryOrderShape = z
  .strictObject({
    orderId: uuidShape,
    payerAccountNumber: accountNumberShape,
    currency: currencyShape,
    status: z.enum(['waiting', 'authorised', 'declined']),
    lines: z.number().int().min(1),
    totalMinor: moneyShape,
    maker: z.string(),
    makerName: z.string(),
    authoriser: z.string().nullable(),
    authoriserName: z.string().nullable(),
    takenAt: instantShape,
    decidedAt: instantShape.nullable(),
  })
  .meta({ id: 'SalaryOrder' });
export type SalaryOrderAnswer = z.infer<typeof salaryOrderShape>;

/** GET /api/salaries: orders whose payer is kept by one of my units, the newest first. */
export const salaryOrdersQuery = z.strictObject({ ...pageShape });
export const salaryOrdersAnswer = z
  .strictObject({ orders: z.array(salaryOrderShape), total: z.number().int().min(0) })
  .meta({ id: 'SalaryOrders' });
export type SalaryOrdersAnswer = z.infer<typeof salaryOrdersAnswer>;

export const salaryOrderParams = z.strictObject({ orderId: uuidShape });

/** GET /api/salaries/:orderId, and the answer to every order about it. */
export const salaryOrderAnswer = z
  .strictObject({
    order: salaryOrderShape,
    payerName: z.string(),
    paid: z.number().int().min(0),
    refused: z.number().int().min(0),
    waiting: z.number().int().min(0),
    paidMinor: moneyShape,
  })
  .meta({ id: 'SalaryOrderDetail' });
export type SalaryOrderDetail = z.infer<typeof salaryOrderAnswer>;

const lineStatusShape = z.enum(['waiting', 'paid', 'refused']);

/** GET /api/salaries/:orderId/lines: results line by line, those after a line's number. */
export const salaryLinesQuery = z.strictObject({
  status: lineStatusShape.optional(),
  after: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: pageShape.limit,
});
export const salaryLineShape = z
  .strictObject({
    lineNumber: z.number().int().min(1),
    accountNumber: z.string(),
    name: z.string(),
    amountMinor: moneyShape,
    status: lineStatusShape,
    /** Why it was refused, a code of the closed list. */
    code: z.string().nullable(),
    message: z.strictObject({ 'zh-CN': z.string(), en: z.string() }).nullable(),
    postingNumber: z.string().nullable(),
  })
  .meta({ id: 'SalaryLine' });
export type SalaryLineAnswer = z.infer<typeof salaryLineShape>;
export const salaryLinesAnswer = z
  .strictObject({ lines: z.array(salaryLineShape) })
  .meta({ id: 'SalaryLines' });
export type SalaryLinesAnswer = z.infer<typeof salaryLinesAnswer>;

/** POST /api/salaries/:orderId/decide, by a second person. */
export const decideSalariesRequest = z
  .strictObject({ decision: z.enum(['authorised', 'declined']) })
  .meta({ id: 'DecideSalaries' });

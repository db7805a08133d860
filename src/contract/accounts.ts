import { z } from 'zod';
import {
  currencyShape,
  dateShape,
  glCodeShape,
  instantShape,
  moneyShape,
  pageShape,
  unitIdShape,
} from './shapes.ts';

/** The number printed for an account, 账号. */
export const accountNumberShape = z
  .string()
  .regex(/^[0-9A-Za-z-]{3,40}$/)
  .meta({ id: 'AccountNumber' });

export const accountShape = z
  .strictObject({
    accountNumber: accountNumberShape,
    name: z.string(),
    customerNumber: z.string().nullable(),
    bookId: z.string(),
    /** 开户机构, where the account was opened. */
    unitId: unitIdShape.nullable(),
    glCode: glCodeShape,
    currency: currencyShape,
    status: z.enum(['pending', 'open', 'dormant', 'closed']),
    ledgerBalanceMinor: moneyShape,
    availableBalanceMinor: moneyShape,
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof accountShape>;

/** GET /api/accounts */
export const accountsQuery = z.strictObject({
  customerNumber: z.string().max(40).optional(),
  ...pageShape,
});
export const accountsAnswer = z
  .strictObject({ accounts: z.array(accountShape), total: z.number().int().min(0) })
  .meta({ id: 'Accounts' });

export const accountParams = z.strictObject({ accountNumber: accountNumberShape });

/** One line of an account's statement; in and out are the customer's, 收入 and 支出. */
export const statementLineShape = z
  .strictObject({
    accountingDate: dateShape,
    postedAt: instantShape,
    postingNumber: z.string(),
    narrative: z.string(),
    side: z.enum(['debit', 'credit']),
    amountMinor: moneyShape,
    balanceMinor: moneyShape,
    counterpartyNumber: z.string().nullable(),
    counterpartyName: z.string().nullable(),
  })
  .meta({ id: 'StatementLine' });

/** GET /api/accounts/:accountNumber/statement */
export const statementQuery = z.strictObject({
  from: dateShape.optional(),
  to: dateShape.optional(),
  ...pageShape,
});
export const statementAnswer = z
  .strictObject({
    account: accountShape,
    openingBalanceMinor: moneyShape,
    closingBalanceMinor: moneyShape,
    lines: z.array(statementLineShape),
    total: z.number().int().min(0),
  })
  .meta({ id: 'Statement' });
export type StatementAnswer = z.infer<typeof statementAnswer>;

import { z } from 'zod';
import { accountNumberShape } from './accounts.ts';
import { currencyShape, dateShape, glCodeShape, languageShape } from './shapes.ts';

/** The most rows one export may have; what is longer is refused whole, never cut. */
export const exportRowsMax = 50_000;

const language = languageShape.default('zh-CN');

/** GET /api/exports/trial-balance.csv; without a book, all of them. */
export const trialBalanceExportQuery = z.strictObject({
  date: dateShape.optional(),
  bookId: z.string().max(40).optional(),
  language,
});

/** GET /api/exports/entries.csv: the entries under a figure of the general ledger. */
export const entriesExportQuery = z.strictObject({
  bookId: z.string().max(40),
  glCode: glCodeShape,
  currency: currencyShape,
  from: dateShape.optional(),
  to: dateShape.optional(),
  side: z.enum(['debit', 'credit']).optional(),
  accountNumber: z.string().max(40).optional(),
  language,
});

/** GET /api/exports/statement.csv; without dates the days that the statement's page shows. */
export const statementExportQuery = z.strictObject({
  accountNumber: accountNumberShape,
  from: dateShape.optional(),
  to: dateShape.optional(),
  language,
});

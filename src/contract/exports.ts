import { z } from 'zod';
import { accountNumberShape } from './accounts.ts';
import { instanceStatusShape } from './cases.ts';
import { customerKindShape } from './customers.ts';
import {
  currencyShape,
  dateShape,
  elementIdShape,
  glCodeShape,
  instantShape,
  languageShape,
  pageShape,
  unitIdShape,
  uuidShape,
} from './shapes.ts';

/** The most rows one export may have; what is longer is refused whole, never cut. */
export const exportRowsMax = 50_000;

/** Tables that may leave the bank as files: GET /api/exports/<table>.<format>. */
export const exportTables = [
  'trial-balance',
  'gl-accounts',
  'entries',
  'statement',
  'cases',
  'accounts',
  'customers',
] as const;
export type ExportTableName = (typeof exportTables)[number];

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const language = languageShape.default('zh-CN');

/** trial-balance; without a book, all of them. */
export const trialBalanceExportQuery = z.strictObject({
  date: dateShape.optional(),
  bookId: z.string().max(40).optional(),
  language,
});

const figure = { bookId: z.string().max(40), glCode: glCodeShape, currency: currencyShape };

/** gl-accounts: the accounts whose balances make a figure of the trial balance. */
export const glAccountsExportQuery = z.strictObject({
  ...figure,
  date: dateShape.optional(),
  language,
});

/** entries: the entries under a figure of the general ledger. */
export const entriesExportQuery = z.strictObject({
  ...figure,
  from: dateShape.optional(),
  to: dateShape.optional(),
  side: z.enum(['debit', 'credit']).optional(),
  accountNumber: z.string().max(40).optional(),
  language,
});

/** statement; without dates the days that the statement's page shows. */
export const statementExportQuery = z.strictObject({
  accountNumber: accountNumberShape,
  from: dateShape.optional(),
  to: dateShape.optional(),
  language,
});

/** cases in the reader's data scope, as the list of cases filters them. */
export const casesExportQuery = z.strictObject({
  status: instanceStatusShape.optional(),
  processId: elementIdShape.optional(),
  customerNumber: z.string().max(40).optional(),
  language,
});

/** accounts of a customer; without one those of the reader's own book. */
export const accountsExportQuery = z.strictObject({
  customerNumber: z.string().max(40).optional(),
  language,
});

/** customers in the reader's data scope, as the list of customers filters them. */
export const customersExportQuery = z.strictObject({
  search: z.string().max(60).optional(),
  kind: customerKindShape.optional(),
  language,
});

/** GET /api/exports: what left the bank as a file, the newest first. */
export const exportsQuery = z.strictObject({
  table: z.enum(exportTables).optional(),
  login: z.string().max(60).optional(),
  ...pageShape,
});
export const exportRecordShape = z
  .strictObject({
    exportId: uuidShape,
    exportedAt: instantShape,
    login: z.string(),
    name: z.string(),
    unitId: unitIdShape.nullable(),
    table: z.enum(exportTables),
    format: z.enum(exportFormats),
    filter: z.record(z.string(), z.string()),
    rows: z.number().int().min(0),
    /** SHA-256 of the file: whether a file found somewhere is this one. */
    contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .meta({ id: 'ExportRecord' });
export type ExportRecordAnswer = z.infer<typeof exportRecordShape>;
export const exportsAnswer = z
  .strictObject({ exports: z.array(exportRecordShape), total: z.number().int().min(0) })
  .meta({ id: 'ExportRecords' });

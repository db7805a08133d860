import { z } from 'zod';

const whole = z.number().int().min(0);

/** Encodings, time formats and roles of columns a file may be told to have. */
const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be', 'latin1'] as const;
export const logTimeFormats = [
  'iso',
  'dmy',
  'mdy',
  'compact',
  'epoch_seconds',
  'epoch_ms',
] as const;
export const logColumnRoles = [
  'case',
  'activity',
  'start',
  'time',
  'resource',
  'lifecycle',
  'amount',
  'currency',
] as const;

const columnName = z.string().min(1).max(200).optional();
const told = {
  encoding: z.enum(encodings).optional(),
  sheet: z.string().min(1).max(200).optional(),
};

/** POST /api/insight/logs/look: the body is the file, or its beginning. */
export const lookAtLogQuery = z.strictObject(told);

/** What the beginning of a file shows; nothing of it is kept. */
export const lookAtLogAnswer = z
  .strictObject({
    form: z.string(),
    /** Whether people must say which column is what; else the log names its own. */
    mapped: z.boolean(),
    encoding: z.enum(encodings),
    delimiter: z.string().nullable(),
    columns: z.array(z.strictObject({ name: z.string(), samples: z.array(z.string()) })),
    guessed: z.record(z.string(), z.string()),
    timeFormat: z.enum(logTimeFormats).nullable(),
  })
  .meta({ id: 'LookAtLog' });
export type LookAtLogAnswer = z.infer<typeof lookAtLogAnswer>;

/** POST /api/insight/logs: the body is the file; which column is what stands here. */
export const importLogQuery = z.strictObject({
  ...told,
  name: z.string().trim().min(1).max(120),
  case: columnName,
  activity: columnName,
  start: columnName,
  time: columnName,
  resource: columnName,
  lifecycle: columnName,
  amount: columnName,
  currency: columnName,
  timeFormat: z.enum(logTimeFormats).optional(),
  delimiter: z.enum([',', ';', '|', '\t']).optional(),
  objectType: z.string().min(1).max(200).optional(),
  /** yes: rows that cannot be read are left out and counted; no: the first refuses the file. */
  skipBadRows: z.enum(['yes', 'no']).default('no'),
  /** What times without a zone mean: the bank's own clock (UTC+8), or UTC. */
  clock: z.enum(['bank', 'utc']).default('bank'),
});

export const importedLogShape = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    ...{ cases: whole, events: whole, activities: whole, fileBytes: whole },
    /** Instants are ms since the epoch. */
    ...{ fromAt: z.number(), toAt: z.number(), importedAt: z.number() },
    login: z.string(),
    mine: z.boolean(),
    format: z.string(),
    timeFormat: z.string(),
    zone: z.enum(['given', 'none', 'mixed']),
    columns: z.array(z.strictObject({ role: z.string(), name: z.string(), guessed: z.boolean() })),
    /** Rows that were left out, with the first of them: their line and why. */
    badRows: whole,
    badRowsFirst: z.array(z.strictObject({ line: z.string(), code: z.string() })),
  })
  .meta({ id: 'ImportedLog' });
export type ImportedLog = z.infer<typeof importedLogShape>;

export const importedLogsAnswer = z.strictObject({ logs: z.array(importedLogShape) });
export const importedLogParams = z.strictObject({ id: z.uuid() });

import { z } from 'zod';

/** The two languages of the bank's people; a message to a person always exists in both. */
export const languageShape = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof languageShape>;

/** One sentence or label in both languages. */
export const bilingualShape = z
  .strictObject({ 'zh-CN': z.string(), en: z.string() })
  .meta({ id: 'Bilingual' });
export type Bilingual = z.infer<typeof bilingualShape>;

/** A UUID in lower-case hexadecimal. */
export const uuidShape = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .meta({ id: 'Uuid' });

/** Key of one write, a UUIDv7 made by the client: same key and content, same answer, for ever. */
export const idempotencyKeyShape = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  .meta({ id: 'IdempotencyKey' });

/** A calendar day without a clock, such as 2026-11-21. */
export const dateShape = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .meta({ id: 'CalendarDate' });

/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export const instantShape = z.number().int().min(0).meta({ id: 'Instant' });

/**
 * Money in minor units (分 for CNY), as digits in a string, because a JSON number loses digits in
 * most readers. At most 18 digits, so that it fits the ledger's 64 bits.
 */
export const moneyShape = z
  .string()
  .regex(/^(0|-?[1-9]\d{0,17})$/)
  .meta({ id: 'MoneyMinor' });

/** ISO 4217 alphabetic code. */
export const currencyShape = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ id: 'Currency' });

/** Unit number, 机构号. */
export const unitIdShape = z
  .string()
  .regex(/^[0-9A-Za-z_-]{1,24}$/)
  .meta({ id: 'UnitId' });

/** The number people use for a case, 业务编号, such as LN20261121000001. */
export const caseNumberShape = z
  .string()
  .regex(/^[0-9A-Za-z-]{3,40}$/)
  .meta({ id: 'CaseNumber' });

/** Id of an element in a model: an XML name. */
export const elementIdShape = z
  .string()
  .regex(/^[\p{L}_][\p{L}\p{N}_.-]{0,199}$/u)
  .meta({ id: 'ElementId' });

/** A bookkeeping code, 科目号, such as 2011 or 201101. */
export const glCodeShape = z
  .string()
  .regex(/^\d{4,12}$/)
  .meta({ id: 'GlCode' });

/**
 * Values of a case in JSON. An integer whose name ends in Minor or Ppm is a string of digits, as
 * all money is; other integers and fractions are JSON numbers; dates are strings.
 */
export const valuesShape = z.record(z.string().max(200), z.unknown()).meta({ id: 'Values' });
export type JsonValues = z.infer<typeof valuesShape>;

/** The most rows one page of any list may hold. */
export const pageRowsMax = 200;

/** Which part of a list is wanted; `offset` rows are left out before it. */
export const pageShape = {
  limit: z.coerce.number().int().min(1).max(pageRowsMax).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};

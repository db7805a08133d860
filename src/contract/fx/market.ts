import { z } from 'zod';
import { currencyShape, instantShape, moneyShape } from '../shapes.ts';

/** A line of the board (外汇牌价); prices in the ten thousandth part of a yuan for `per` units. */
export const fxQuoteShape = z
  .strictObject({
    quoteId: z.string(),
    currency: currencyShape,
    version: z.number().int().min(1),
    per: z.number().int().min(1),
    cashBid: moneyShape,
    bid: moneyShape,
    middle: moneyShape,
    ask: moneyShape,
    validFrom: instantShape,
    /** Not good any more from here on: its time is over, or a newer line began. */
    validUntil: instantShape,
    good: z.boolean(),
    madeLogin: z.string(),
    checkedLogin: z.string(),
    caseNumber: z.string(),
  })
  .meta({ id: 'FxQuote' });
export type FxQuote = z.infer<typeof fxQuoteShape>;

/** GET /api/fx/board: the newest line of each currency first, then those before. */
export const fxBoardAnswer = z
  .strictObject({ at: instantShape, quotes: z.array(fxQuoteShape) })
  .meta({ id: 'FxBoard' });
export type FxBoardAnswer = z.infer<typeof fxBoardAnswer>;

export const lightShape = z.enum(['within', 'near', 'beyond']);

/** GET /api/fx/position: of the reader's books; limits only for who sees all of them. */
export const fxPositionAnswer = z
  .strictObject({
    /** Whether the rows are the whole bank's. */
    whole: z.boolean(),
    rows: z.array(
      z.strictObject({
        currency: currencyShape,
        positionMinor: moneyShape,
        bookedMinor: moneyShape,
        worthMinor: moneyShape,
        gainMinor: moneyShape,
        limitMinor: moneyShape.nullable(),
        light: lightShape.nullable(),
      }),
    ),
    longMinor: moneyShape,
    shortMinor: moneyShape,
    netOpenMinor: moneyShape,
    total: z
      .strictObject({ limitMinor: moneyShape, light: lightShape, shareOfCapitalPpm: moneyShape })
      .nullable(),
  })
  .meta({ id: 'FxPosition' });
export type FxPositionAnswer = z.infer<typeof fxPositionAnswer>;

import { z } from 'zod';
import { caseNumberShape, currencyShape, dateShape, moneyShape, unitIdShape } from '../shapes.ts';

/** GET /api/fees/waivers: from one accounting date to another; without dates those of the month. */
export const waiversQuery = z.strictObject({
  from: dateShape.optional(),
  to: dateShape.optional(),
});

export const waiversAnswer = z
  .strictObject({
    from: dateShape,
    to: dateShape,
    waivers: z.array(
      z.strictObject({
        caseNumber: caseNumberShape,
        accountingDate: dateShape,
        unitId: unitIdShape,
        service: z.string(),
        customerClass: z.string(),
        accountNumber: z.string(),
        currency: currencyShape,
        standardMinor: moneyShape,
        waivedMinor: moneyShape,
        reason: z.string(),
        login: z.string(),
        approver: z.string(),
      }),
    ),
  })
  .meta({ id: 'FeeWaivers' });
export type WaiversAnswer = z.infer<typeof waiversAnswer>;

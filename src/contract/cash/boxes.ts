import { z } from 'zod';
import {
  caseNumberShape,
  currencyShape,
  dateShape,
  instantShape,
  moneyShape,
  unitIdShape,
} from '../shapes.ts';

/** The number of a till (尾箱), a vault (金库) or what is on its way (在途). */
export const boxNumberShape = z.string().regex(/^[0-9A-Za-z-]{3,40}$/);

const noteShape = z.strictObject({
  currency: currencyShape,
  faceMinor: moneyShape,
  count: z.string(),
});

export const cashBoxShape = z
  .strictObject({
    boxNumber: boxNumberShape,
    kind: z.enum(['till', 'vault', 'transit']),
    unitId: unitIdShape,
    /** Of a till: the login of its teller. */
    holder: z.string().nullable(),
    /** Whether it is the reader's own. */
    own: z.boolean(),
    /** Signed off on the open accounting date. */
    signedOff: z.boolean(),
    notes: z.array(noteShape),
    totals: z.array(z.strictObject({ currency: currencyShape, amountMinor: moneyShape })),
  })
  .meta({ id: 'CashBox' });
export type CashBox = z.infer<typeof cashBoxShape>;

/** GET /api/cash/boxes: what lies where in the reader's units, and whether the ledger agrees. */
export const cashBoxesAnswer = z
  .strictObject({
    accountingDate: dateShape,
    boxes: z.array(cashBoxShape),
    proof: z.array(
      z.strictObject({
        unitId: unitIdShape,
        currency: currencyShape,
        boxesMinor: moneyShape,
        ledgerMinor: moneyShape,
      }),
    ),
    differences: z.array(
      z.strictObject({
        differenceNumber: z.string(),
        kind: z.enum(['over', 'short']),
        boxNumber: boxNumberShape,
        unitId: unitIdShape,
        currency: currencyShape,
        amountMinor: moneyShape,
        foundOn: dateShape,
      }),
    ),
  })
  .meta({ id: 'CashBoxes' });
export type CashBoxesAnswer = z.infer<typeof cashBoxesAnswer>;

export const cashBoxParams = z.strictObject({ boxNumber: boxNumberShape });

/** GET /api/cash/boxes/:boxNumber; without a date the open one. */
export const cashBoxQuery = z.strictObject({ date: dateShape.optional() });

export const cashBoxAnswer = z
  .strictObject({
    accountingDate: dateShape,
    box: cashBoxShape,
    /** Movements and counts, the newest first. */
    lines: z.array(
      z.strictObject({
        serial: z.string(),
        kind: z.string(),
        currency: currencyShape,
        amountMinor: moneyShape,
        counterBox: boxNumberShape.nullable(),
        accountNumber: z.string().nullable(),
        caseNumber: caseNumberShape.nullable(),
        at: instantShape,
        login: z.string(),
        checker: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'CashBoxPage' });
export type CashBoxAnswer = z.infer<typeof cashBoxAnswer>;

/** GET /api/cash/large: customers whose cash of a day is to be reported (大额现金). */
export const largeCashQuery = z.strictObject({ date: dateShape.optional() });

export const largeCashAnswer = z
  .strictObject({
    accountingDate: dateShape,
    candidates: z.array(
      z.strictObject({
        customerNumber: z.string(),
        direction: z.enum(['in', 'out']),
        times: z.string(),
        currencies: z.array(currencyShape),
        /** All of it in CNY, and all of it in USD. */
        yuanMinor: moneyShape,
        dollarMinor: moneyShape,
        reached: z.array(z.enum(['CNY', 'USD'])),
      }),
    ),
  })
  .meta({ id: 'LargeCash' });
export type LargeCashAnswer = z.infer<typeof largeCashAnswer>;

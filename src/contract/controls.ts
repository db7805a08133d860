import { z } from 'zod';
import { accountNumberShape } from './accounts.ts';
import { currencyShape, dateShape, instantShape, moneyShape, pageShape } from './shapes.ts';

/** GET /api/controls: of one account, or of every account of a customer. */
export const controlsQuery = z.strictObject({
  accountNumber: accountNumberShape.optional(),
  customerNumber: z.string().max(40).optional(),
});

/**
 * A hold (圈存), a transfer that waits to be posted (待入账), a restriction (账户控制), or a judicial
 * freeze that waits in line (轮候冻结).
 */
export const controlShape = z
  .strictObject({
    accountNumber: accountNumberShape,
    kind: z.string(),
    effect: z.enum(['debits_blocked', 'credits_blocked', 'all_blocked']).nullable(),
    /** What is set aside or asked for; null: it concerns the whole account. */
    amountMinor: moneyShape.nullable(),
    currency: currencyShape,
    reason: z.string(),
    orderedBy: z.string().nullable(),
    documentNumber: z.string().nullable(),
    /** The other account of a transfer that waits. */
    otherAccountNumber: accountNumberShape.nullable(),
    /** Of a freeze that waits: how many come before it. */
    ahead: z.number().int().min(0).nullable(),
    placedAt: instantShape,
    placedLogin: z.string(),
    /** The first day without it. */
    endsOn: dateShape.nullable(),
    expiresAt: instantShape.nullable(),
  })
  .meta({ id: 'Control' });
export type Control = z.infer<typeof controlShape>;

export const controlsAnswer = z
  .strictObject({ controls: z.array(controlShape) })
  .meta({ id: 'Controls' });
export type ControlsAnswer = z.infer<typeof controlsAnswer>;

/** GET /api/controls/standing: what stands on the accounts of my units, the soonest end first. */
export const standingControlsQuery = z.strictObject({
  kind: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional(),
  ...pageShape,
});
export const standingControlsAnswer = z
  .strictObject({ controls: z.array(controlShape), total: z.number().int().min(0) })
  .meta({ id: 'StandingControls' });
export type StandingControlsAnswer = z.infer<typeof standingControlsAnswer>;

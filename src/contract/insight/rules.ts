import { z } from 'zod';
import { askedShape } from './asked.ts';

const whole = z.number().int().min(0);
const list = z.union([z.string().max(1_000), z.array(z.string().max(1_000)).max(20)]);

/**
 * GET /api/insight/rules: `rule` is one rule as JSON, or several: { id, kind, first, second,
 * activity, times, withinHours, where }; kinds: response, precedence, four_eyes,
 * not_coexistence, existence, absence, exactly, duration. `working`: hours are working hours of
 * the bank's calendar.
 */
export const insightRulesQuery = z.strictObject({
  ...askedShape,
  rule: list.default([]).transform((one) => (typeof one === 'string' ? [one] : one)),
  working: z.enum(['yes', 'no']).default('no'),
});

const pieceShape = z.strictObject({
  activity: z.string(),
  resource: z.string().nullable(),
  start: z.string(),
});

/** How the cases keep the rules; of each rule the first broken cases. */
export const insightRulesAnswer = z
  .strictObject({
    /** The calendar hours are counted by; null: the clock on the wall. */
    calendar: z.string().nullable(),
    rules: z.array(
      z.strictObject({
        id: z.string(),
        counts: z.strictObject({
          ...{ not_concerned: whole, kept: whole, broken: whole, open: whole, not_told: whole },
        }),
        /** Activities it names that no case has. */
        unknownActivities: z.array(z.string()),
        broken: z.array(
          z.strictObject({
            caseNumber: z.string(),
            /** Hours it took, or times it was done; null for a rule without a number. */
            found: z.number().nullable(),
            resource: z.string().nullable(),
            work: z.array(pieceShape),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'InsightRules' });
export type InsightRulesAnswer = z.infer<typeof insightRulesAnswer>;

import { z } from 'zod';
import { dateShape, languageShape } from '../shapes.ts';

/**
 * Which cases the figures are of. `filter` is one filter on one line or several of them, each of
 * which sees what those before it left: with:A, without:A, directly:A>B, rework, rework:A,
 * duration:12h..3d, time:2026-01-01..2026-01-31 … `names`: the language activities are named in,
 * here and in the filters.
 */
export const askedShape = {
  /** An imported log instead of the bank's own cases. */
  log: z.uuid().optional(),
  process: z.string().min(1).max(120).optional(),
  names: languageShape.default('zh-CN'),
  from: dateShape.optional(),
  to: dateShape.optional(),
  filter: z
    .union([z.string().max(300), z.array(z.string().max(300)).max(12)])
    .default([])
    .transform((one) => (typeof one === 'string' ? [one] : one)),
};

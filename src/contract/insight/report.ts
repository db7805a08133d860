import { z } from 'zod';
import { askedShape } from './asked.ts';

/**
 * GET /api/insight/report: the diagnosis report as a file, in the language that `names` says.
 * `model`: the id of a deployed process, or a miner, to hold the cases against.
 */
export const insightReportQuery = z.strictObject({
  ...askedShape,
  format: z.enum(['html', 'xlsx']).default('html'),
  model: z.string().min(1).max(120).optional(),
});

import { z } from 'zod';
import { instantShape } from './shapes.ts';

/** The papers of a case: 审批表, 借据, 记账凭证. */
export const paperShape = z.enum(['approval', 'note', 'vouchers']).meta({ id: 'Paper' });
export type Paper = z.infer<typeof paperShape>;

/** POST /api/cases/:caseNumber/prints: registers a printing before it is printed. */
export const printRequest = z.strictObject({ paper: paperShape }).meta({ id: 'PrintPaper' });

/** The printing as it was registered; whatever is not number 1 is a copy (副本). */
export const printAnswer = z
  .strictObject({
    paper: paperShape,
    /** Counts the printings of this paper of this case, from 1. */
    copyNumber: z.number().int().min(1),
    printedAt: instantShape,
    /** Login of who printed it. */
    printedBy: z.string(),
  })
  .meta({ id: 'PaperPrinted' });
export type PrintAnswer = z.infer<typeof printAnswer>;

import { z } from 'zod';
import { bilingualShape } from '../shapes.ts';
import { askedShape } from './asked.ts';

const whole = z.number().int().min(0);
const seconds = z.number().min(0).nullable();
const idShape = z.string().max(200);

/** GET /api/insight/views: the requirement views of a process, over the cases asked for. */
export const viewsQuery = z.strictObject({
  ...askedShape,
  process: z.string().min(1).max(120),
});

const stepShape = z
  .strictObject({
    id: idShape,
    name: bilingualShape,
    kind: z.enum(['person', 'machine', 'call', 'waits']),
    type: z.string(),
    role: z.string().nullable(),
    lane: z.string().nullable(),
    tool: z.string().nullable(),
    form: bilingualShape.nullable(),
    dueIn: z.string().nullable(),
    documentation: z.string().nullable(),
    riskPoint: z.string().nullable(),
    control: z.string().nullable(),
    executions: whole.nullable(),
    handlingMean: seconds,
    waitMean: seconds,
  })
  .meta({ id: 'ViewStep' });

const classShape = z.enum(['operate', 'check', 'move', 'wait', 'store']);
const totalShape = z.strictObject({ lines: whole, seconds: z.number().min(0) });

export const viewsAnswer = z
  .strictObject({
    processId: z.string(),
    steps: z.array(stepShape),
    flowChart: z.strictObject({
      lines: z.array(
        z.strictObject({
          stepId: idShape,
          flowClass: classShape,
          by: z.enum(['model', 'type', 'name', 'otherwise', 'log']),
          seconds,
          executions: whole.nullable(),
          dueIn: z.string().nullable(),
        }),
      ),
      totals: z.record(classShape, totalShape),
    }),
    blueprint: z.strictObject({
      steps: z.array(
        z.strictObject({
          stepId: idShape,
          lane: z.enum(['customer', 'front', 'back', 'support']),
          column: whole,
          row: whole,
        }),
      ),
      links: z.array(
        z.strictObject({
          from: idShape,
          to: idShape,
          back: z.boolean(),
          crossesVisibility: z.boolean(),
        }),
      ),
      columns: whole,
    }),
    crud: z.strictObject({
      columns: z.array(
        z.strictObject({ id: idShape, name: bilingualShape, kind: z.enum(['step', 'gateway']) }),
      ),
      rows: z.array(
        z.strictObject({
          name: z.string(),
          label: bilingualShape,
          origins: z.array(idShape),
          destinations: z.array(idShape),
          cells: z.record(z.string(), z.array(z.enum(['C', 'R', 'U']))),
        }),
      ),
    }),
    raci: z.strictObject({
      roles: z.array(z.string()),
      rows: z.array(
        z.strictObject({
          stepId: idShape,
          duties: z.record(z.string(), z.array(z.enum(['R', 'A', 'C', 'I']))),
          gap: z.enum(['no_role']).nullable(),
        }),
      ),
    }),
    approvals: z.array(
      z.strictObject({
        stepId: idShape,
        role: z.string().nullable(),
        answers: z.array(z.string()),
        tables: z.array(z.string()),
        executions: whole.nullable(),
        decided: whole.nullable(),
        refused: whole.nullable(),
        withdrawn: whole.nullable(),
        /** 95 % upper bound of the share of refusals where none was seen. */
        refusedAtMost: z.number().min(0).max(1).nullable(),
        neverRefuses: z.boolean(),
        fromMs: z.number().nullable(),
        toMs: z.number().nullable(),
      }),
    ),
    repeatedEntries: z.array(
      z.strictObject({
        label: bilingualShape,
        by: z.enum(['key', 'label']),
        entries: z.array(z.strictObject({ stepId: idShape, key: z.string() })),
      }),
    ),
    warnings: z.array(
      z.strictObject({
        elementId: idShape,
        name: bilingualShape,
        code: z.enum([
          'content_missing',
          'performer_missing',
          'tool_missing',
          'time_limit_missing',
          'condition_missing',
        ]),
      }),
    ),
    /** Names of the roles that the bank has, by their code. */
    roleNames: z.record(z.string(), bilingualShape),
  })
  .meta({ id: 'RequirementViews' });
export type ViewsAnswer = z.infer<typeof viewsAnswer>;

import { z } from 'zod';
import {
  bilingualShape,
  caseNumberShape,
  dateShape,
  elementIdShape,
  instantShape,
  moneyShape,
  pageShape,
  unitIdShape,
  uuidShape,
  valuesShape,
} from './shapes.ts';

export const taskStatusShape = z
  .enum(['ready', 'reserved', 'in_progress', 'delegated', 'suspended', 'completed', 'cancelled'])
  .meta({ id: 'TaskStatus' });

/** What others have made of a task: marks in lists and on its page. */
export const taskMarksShape = z
  .strictObject({
    /** 催办: how often, and the last time with its words. */
    urged: z
      .strictObject({
        count: z.number().int().min(1),
        at: instantShape,
        byName: z.string().nullable(),
        reason: z.string(),
      })
      .nullable(),
    /** 退回: why this step is done again. */
    returned: z
      .strictObject({
        at: instantShape,
        byName: z.string().nullable(),
        reason: z.string(),
        straightBack: z.boolean(),
      })
      .nullable(),
    /** 委派: whose task it is. */
    delegatedBy: z.strictObject({ login: z.string(), name: z.string() }).nullable(),
    /** 加签: that the reader only signs, and when. */
    signs: z.enum(['before', 'after']).nullable(),
  })
  .meta({ id: 'TaskMarks' });

/** One piece of human work in a list. */
export const taskShape = z
  .strictObject({
    id: uuidShape,
    caseNumber: caseNumberShape,
    processId: elementIdShape,
    /** Id of the user task in the model. */
    activity: elementIdShape,
    name: z.string(),
    nameEn: z.string(),
    status: taskStatusShape,
    /** Login of who has claimed it. */
    assignee: z.string().nullable(),
    assigneeName: z.string().nullable(),
    role: z.string(),
    unitId: unitIdShape.nullable(),
    /**
     * A customer's task that the reader may fill in at the counter, the customer being present.
     */
    atCounter: z.boolean().optional(),
    /** For staff: whose case it is, and the amount it is about. */
    customerName: z.string().nullable().optional(),
    amountMinor: moneyShape.nullable().optional(),
    createdAt: instantShape,
    claimedAt: instantShape.nullable(),
    dueAt: instantShape.nullable(),
    completedAt: instantShape.nullable(),
    marks: taskMarksShape.optional(),
  })
  .meta({ id: 'Task' });
export type Task = z.infer<typeof taskShape>;

export const taskFilterShape = z.enum(['mine', 'group', 'all', 'counter']);

/**
 * GET /api/tasks: mine = claimed by me, group = may be claimed by me, all = both; counter = tasks
 * of customers that I may fill in with the customer present.
 */
export const tasksQuery = z.strictObject({
  filter: taskFilterShape.default('all'),
  caseNumber: caseNumberShape.optional(),
  activity: elementIdShape.optional(),
  ...pageShape,
});

export const tasksAnswer = z
  .strictObject({ tasks: z.array(taskShape), total: z.number().int().min(0) })
  .meta({ id: 'Tasks' });
export type TasksAnswer = z.infer<typeof tasksAnswer>;

export const taskParams = z.strictObject({ id: uuidShape });

/** Why a task stands in my list: my role at which unit, or my claim. */
export const taskReasonShape = z
  .strictObject({ role: z.string(), roleName: bilingualShape, unitId: unitIdShape.nullable() })
  .meta({ id: 'TaskReason' });

/** GET /api/tasks/:id: the task with what its holder needs to do it. */
export const taskDetailAnswer = z
  .strictObject({
    task: taskShape,
    /** Data of the case as the task sees it. */
    values: valuesShape,
    /** What the holder kept with 暂存, or null. */
    draft: valuesShape.nullable(),
    /**
     * The form as written in the process's folder (*.form.json), or null when the task has none.
     */
    form: z.unknown().nullable(),
    documentation: z.string().nullable(),
    reason: taskReasonShape,
  })
  .meta({ id: 'TaskDetail' });
export type TaskDetailAnswer = z.infer<typeof taskDetailAnswer>;

/** GET /api/tasks/next: the task that should be done next, or null when nothing waits. */
export const nextTaskAnswer = z
  .strictObject({ task: taskShape.nullable() })
  .meta({ id: 'NextTask' });

export const taskAnswer = z.strictObject({ task: taskShape }).meta({ id: 'TaskAnswer' });
export type TaskAnswer = z.infer<typeof taskAnswer>;

/** PUT /api/tasks/:id/draft */
export const draftRequest = z.strictObject({ values: valuesShape }).meta({ id: 'Draft' });

/** Staff who fill in a customer's task say that the customer is there. */
const customerPresent = z.boolean().optional();

/** POST /api/tasks/:id/claim; the body may be left out. */
export const claimRequest = z.strictObject({ customerPresent }).nullish();

/** POST /api/tasks/:id/complete */
export const completeRequest = z
  .strictObject({ values: valuesShape.default({}), customerPresent })
  .meta({ id: 'CompleteTask' });
export type CompleteRequest = z.infer<typeof completeRequest>;

/** Longest reason of a return, in characters. */
export const returnReasonCharactersMax = 2_000;

/** POST /api/tasks/:id/return: sends the case back for correction (退回). */
export const returnRequest = z
  .strictObject({
    to: z
      .union([z.enum(['previous', 'initiator']), z.strictObject({ activity: elementIdShape })])
      .default('previous'),
    reason: z.string().min(1).max(returnReasonCharactersMax),
    /** Afterwards straight back to me (直送退回人), not through all steps again (逐级重走). */
    straightBack: z.boolean().default(false),
  })
  .meta({ id: 'ReturnTask' });

/** What the completion caused: the task as it is now, and how its case stands. */
export const completeAnswer = z
  .strictObject({
    task: taskShape,
    caseNumber: caseNumberShape,
    caseStatus: z.enum(['active', 'suspended', 'completed', 'terminated']),
    outcome: z.string().nullable(),
    /** Numbers of the postings made in the same commit. */
    postings: z.array(z.string()),
    accountingDate: dateShape.nullable(),
  })
  .meta({ id: 'TaskCompleted' });
export type CompleteAnswer = z.infer<typeof completeAnswer>;

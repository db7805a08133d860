import { z } from 'zod';
import {
  bilingualShape,
  caseNumberShape,
  dateShape,
  elementIdShape,
  instantShape,
  uuidShape,
  valuesShape,
} from './shapes.ts';

/**
 * Names one text of a decision file: the id of a version, or the id of a deployed process version
 * and the name of the file in it.
 */
export const tableRefShape = z
  .string()
  .max(120)
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\/[\p{L}\p{N}_.-]{1,70}\.dmn)?$/u)
  .meta({ id: 'DecisionTextRef' });

export const decisionFileNameShape = z
  .string()
  .regex(/^[\p{L}\p{N}_-][\p{L}\p{N}_.-]{0,65}\.dmn$/u)
  .meta({ id: 'DecisionFileName' });

export const hitPolicyShape = z.enum([
  'UNIQUE',
  'FIRST',
  'PRIORITY',
  'ANY',
  'COLLECT',
  'RULE ORDER',
  'OUTPUT ORDER',
]);

const aggregationShape = z.enum(['SUM', 'COUNT', 'MIN', 'MAX']);

const texts = z.array(z.string());

/** A decision table as its owner wrote it; every cell is FEEL. */
export const decisionTableShape = z
  .strictObject({
    id: z.string(),
    hitPolicy: hitPolicyShape,
    aggregation: aggregationShape.nullable(),
    inputs: z.array(
      z.strictObject({
        label: z.string(),
        text: z.string(),
        type: z.string().nullable(),
        values: z.string().nullable(),
      }),
    ),
    outputs: z.array(
      z.strictObject({
        label: z.string(),
        name: z.string().nullable(),
        type: z.string().nullable(),
        values: z.string().nullable(),
        default: z.string().nullable(),
      }),
    ),
    annotations: texts,
    rules: z.array(z.strictObject({ tests: texts, results: texts, annotations: texts })),
  })
  .meta({ id: 'DecisionTable' });
export type DecisionTable = z.infer<typeof decisionTableShape>;

export const boxKindShape = z.enum([
  'literal',
  'table',
  'invocation',
  'context',
  'list',
  'relation',
  'function',
  'conditional',
  'filter',
  'for',
  'some',
  'every',
]);

/** A boxed expression of any kind: its own text or table, and the boxes within it by their role. */
export type DecisionBox = {
  readonly kind: z.infer<typeof boxKindShape>;
  readonly id: string;
  readonly type: string | null;
  /** The text of a literal expression; the name a loop gives its element. */
  readonly text: string | null;
  /** Parameters of a function, columns of a relation. */
  readonly columns: readonly { readonly name: string; readonly type: string | null }[];
  readonly table: DecisionTable | null;
  readonly parts: readonly DecisionBoxPart[];
};
export type DecisionBoxPart = {
  readonly role: z.infer<typeof boxRoleShape>;
  readonly name: string | null;
  readonly type: string | null;
  readonly box: DecisionBox | null;
};

export const boxRoleShape = z.enum([
  'called',
  'binding',
  'entry',
  'result',
  'item',
  'row',
  'cell',
  'body',
  'if',
  'then',
  'else',
  'source',
  'match',
]);

const columnShape = z.strictObject({ name: z.string(), type: z.string().nullable() });

export const boxShape: z.ZodType<DecisionBox> = z
  .strictObject({
    kind: boxKindShape,
    id: z.string(),
    type: z.string().nullable(),
    text: z.string().nullable(),
    columns: z.array(columnShape).readonly(),
    table: decisionTableShape.nullable(),
    parts: z
      .array(
        z.strictObject({
          role: boxRoleShape,
          name: z.string().nullable(),
          type: z.string().nullable(),
          box: z.lazy(() => boxShape).nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'DecisionBox' });

/** Something about a table its owner should see; an error keeps it from going live. */
export const decisionFindingShape = z
  .strictObject({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    decision: z.string(),
    table: z.string(),
    rows: z.array(z.number().int()),
    /** Inputs that show it, in words. */
    example: z.string().nullable(),
    message: bilingualShape,
  })
  .meta({ id: 'DecisionFinding' });
export type DecisionFinding = z.infer<typeof decisionFindingShape>;

/** A row of the test table beside a file, and what came of it; values are JSON with every digit. */
export const decisionCaseShape = z
  .strictObject({
    decision: z.string(),
    line: z.number().int(),
    inputs: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    expected: z.string(),
    output: z.string(),
    rows: z.array(z.number().int()),
    holds: z.boolean(),
  })
  .meta({ id: 'DecisionCase' });

const elementShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  type: z.string().nullable(),
  /** Ids of what it needs, in this file. */
  requires: texts,
  box: boxShape.nullable(),
});

/** An input of a file: its name, its type, and the texts its tables know for it. */
export const decisionInputShape = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    label: z.string(),
    type: z.enum(['number', 'string', 'boolean', 'date', 'time', 'date and time', 'other']),
    choices: texts,
  })
  .meta({ id: 'DecisionInput' });
export type DecisionInput = z.infer<typeof decisionInputShape>;

export const versionStateShape = z.enum([
  'deployed',
  'drafted',
  'approved',
  'refused',
  'withdrawn',
]);

/** A text of a decision file with all that is known of it. */
export const decisionFileShape = z
  .strictObject({
    /** null: a text that is being tried and is stored nowhere. */
    ref: tableRefShape.nullable(),
    processId: elementIdShape,
    processName: z.string(),
    processNameEn: z.string(),
    fileName: decisionFileNameShape,
    title: z.string(),
    effectiveFrom: dateShape.nullable(),
    hash: z.string(),
    xml: z.string(),
    casesText: z.string(),
    inputs: z.array(decisionInputShape),
    decisions: z.array(elementShape),
    knowledge: z.array(elementShape),
    services: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        outputs: texts,
        encapsulated: texts,
        inputs: texts,
      }),
    ),
    findings: z.array(decisionFindingShape),
    cases: z.array(decisionCaseShape),
    /** How often the cases reached each row of a decision's table, row 1 first. */
    coverage: z.array(z.strictObject({ decision: z.string(), rows: z.array(z.number().int()) })),
  })
  .meta({ id: 'DecisionFile' });
export type DecisionFile = z.infer<typeof decisionFileShape>;

/** What became of one decision as numbers, kept with an approval. */
export const whatIfFiguresShape = z.strictObject({
  decision: z.string(),
  decided: z.number().int(),
  same: z.number().int(),
  lower: z.number().int(),
  higher: z.number().int(),
  risky: z.number().int(),
});

export const decisionVersionShape = z
  .strictObject({
    ref: tableRefShape,
    /** Of a deployed text the process's own version; of the others their number, from 1. */
    version: z.number().int(),
    state: versionStateShape,
    isInForce: z.boolean(),
    effectiveFrom: dateShape.nullable(),
    note: z.string(),
    events: z.array(
      z.strictObject({
        kind: z.enum(['drafted', 'approved', 'refused', 'withdrawn']),
        at: instantShape,
        login: z.string(),
        name: z.string(),
        reason: z.string(),
        /** Inputs no row covers that the approver took upon himself. */
        waivedGap: z.string().nullable(),
        whatIf: z.array(whatIfFiguresShape),
      }),
    ),
  })
  .meta({ id: 'DecisionVersion' });
export type DecisionVersion = z.infer<typeof decisionVersionShape>;

const dayAsked = z.strictObject({ day: dateShape.optional() });

/** GET /api/decisions: one line for every decision file of every process, as in force on a day. */
export const decisionsQuery = dayAsked;
export const decisionCatalogueAnswer = z
  .strictObject({
    day: dateShape,
    files: z.array(
      z.strictObject({
        processId: elementIdShape,
        processName: z.string(),
        processNameEn: z.string(),
        catalogue: z.string().nullable(),
        fileName: decisionFileNameShape,
        title: z.string(),
        state: versionStateShape,
        version: z.number().int(),
        effectiveFrom: dateShape.nullable(),
        decisions: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            nameEn: z.string(),
            kind: boxKindShape.nullable(),
            hitPolicy: hitPolicyShape.nullable(),
            aggregation: aggregationShape.nullable(),
            rows: z.number().int(),
          }),
        ),
        errors: z.number().int(),
        warnings: z.number().int(),
        cases: z.number().int(),
        casesFailed: z.number().int(),
        rows: z.number().int(),
        rowsReached: z.number().int(),
        /** Drafts that wait for a second person. */
        waiting: z.number().int(),
        /** Approved versions whose day has not come. */
        upcoming: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'DecisionCatalogue' });
export type DecisionCatalogue = z.infer<typeof decisionCatalogueAnswer>;

export const decisionFileParams = z.strictObject({
  processId: elementIdShape,
  fileName: decisionFileNameShape,
});
export const decisionFileQuery = dayAsked;

/** GET /api/decisions/:processId/:fileName: the text in force on the day, and every version. */
export const decisionFileAnswer = z
  .strictObject({
    day: dateShape,
    file: decisionFileShape,
    versions: z.array(decisionVersionShape),
  })
  .meta({ id: 'DecisionFileVersions' });
export type DecisionFileAnswer = z.infer<typeof decisionFileAnswer>;

/** GET /api/decisions/text: one text by its reference. */
export const decisionTextQuery = z.strictObject({ ref: tableRefShape });
export const decisionTextAnswer = z
  .strictObject({ file: decisionFileShape })
  .meta({ id: 'DecisionText' });

/** GET /api/decisions/differences: from one text to another, row by row. */
export const decisionDifferencesQuery = z.strictObject({ from: tableRefShape, to: tableRefShape });
export const decisionDifferencesAnswer = z
  .strictObject({
    changes: z.array(
      z.strictObject({
        decision: z.string(),
        kind: z.enum(['same', 'changed', 'added', 'removed']),
        headChanged: z.boolean(),
        rows: z.array(
          z.strictObject({
            kind: z.enum(['same', 'moved', 'changed', 'added', 'removed']),
            before: z.number().int().nullable(),
            after: z.number().int().nullable(),
            columns: z.array(z.number().int()),
          }),
        ),
      }),
    ),
    before: decisionFileShape,
    after: decisionFileShape,
  })
  .meta({ id: 'DecisionDifferences' });
export type DecisionDifferences = z.infer<typeof decisionDifferencesAnswer>;

/** Characters of a changed file, and of its cases, that a request may carry. */
export const decisionTextMax = 900_000;

/** Text without the one character that no column of text can hold. */
const storable = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax)
    .refine((text) => !text.includes('\u0000'));

const changedText = {
  processId: elementIdShape,
  fileName: decisionFileNameShape,
  xml: storable(decisionTextMax),
  cases: storable(decisionTextMax),
};

/** POST /api/decisions/check: a changed text, checked and its cases run; nothing is stored. */
export const checkDecisionRequest = z.strictObject(changedText).meta({ id: 'CheckDecision' });

/** POST /api/decisions/drafts: a changed text, to decide from a day on once it is approved. */
export const draftDecisionRequest = z
  .strictObject({ ...changedText, effectiveFrom: dateShape, note: storable(500) })
  .meta({ id: 'DraftDecision' });
export const draftDecisionAnswer = z
  .strictObject({
    ref: tableRefShape,
    version: z.number().int(),
    findings: z.array(decisionFindingShape),
  })
  .meta({ id: 'DecisionDrafted' });
export type DraftDecisionAnswer = z.infer<typeof draftDecisionAnswer>;

/** POST /api/decisions/versions/:versionId/close: what becomes of a draft. */
export const closeVersionParams = z.strictObject({ versionId: uuidShape });
export const closeVersionRequest = z
  .strictObject({
    kind: z.enum(['approved', 'refused', 'withdrawn']),
    /** Why; for an approval: why the gaps of the table may stay, if it has any. */
    reason: storable(500),
  })
  .meta({ id: 'CloseDecisionVersion' });
export const closeVersionAnswer = z
  .strictObject({ ref: tableRefShape, state: versionStateShape })
  .meta({ id: 'DecisionVersionClosed' });

/** POST /api/decisions/try: what a table says to some inputs on a day; nothing is stored. */
export const tryDecisionRequest = z
  .strictObject({
    processId: elementIdShape,
    fileName: decisionFileNameShape,
    /** null: the text in force on the day. */
    ref: tableRefShape.nullable(),
    decision: storable(200),
    day: dateShape,
    values: valuesShape,
  })
  .meta({ id: 'TryDecision' });
export const tryDecisionAnswer = z
  .strictObject({
    /** The text that answered. */
    ref: tableRefShape,
    /** JSON with every digit. */
    output: z.string(),
    matched: z.array(z.strictObject({ decision: z.string(), rows: z.array(z.number().int()) })),
    reasons: z.array(z.strictObject({ code: z.string(), message: bilingualShape })),
  })
  .meta({ id: 'DecisionTried' });
export type TryDecisionAnswer = z.infer<typeof tryDecisionAnswer>;

/** POST /api/decisions/what-if: the decisions of a period, taken again by a changed text. */
export const whatIfRequest = z
  .strictObject({
    processId: elementIdShape,
    fileName: decisionFileNameShape,
    decision: storable(200),
    /** The text to try: a stored one, or one that came with the request. */
    ref: tableRefShape.nullable(),
    xml: storable(decisionTextMax).nullable(),
    from: dateShape,
    /** Included. */
    to: dateShape,
  })
  .meta({ id: 'WhatIf' });

export const riskSignShape = z
  .enum(['refused', 'returned', 'overdue', 'classified_down'])
  .meta({ id: 'RiskSign' });

export const whatIfAnswer = z
  .strictObject({
    from: dateShape,
    to: dateShape,
    decided: z.number().int(),
    same: z.number().int(),
    /** Decisions that go to a lower level, saved at the higher one; `risky` of them bear a sign. */
    lower: z.number().int(),
    higher: z.number().int(),
    risky: z.number().int(),
    /** Inputs the text asks that some of the decisions were taken without: there they were null. */
    missingInputs: texts,
    changes: z.array(
      z.strictObject({
        before: z.string(),
        after: z.string(),
        direction: z.enum(['lower', 'higher', 'other']),
        cases: z.array(
          z.strictObject({
            caseNumber: caseNumberShape,
            at: instantShape,
            rowsBefore: z.array(z.number().int()),
            rowsAfter: z.array(z.number().int()),
            signs: z.array(riskSignShape),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'WhatIfReport' });
export type WhatIfAnswer = z.infer<typeof whatIfAnswer>;

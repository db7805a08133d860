import { present } from '../../base/assert.ts';
import { decodeValues, type Value } from '../../base/data.ts';
import { dateInChina } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  type Change,
  type DecisionProgram,
  levelsOf,
  type Matched,
  redecide,
  type Taken,
  type WhatIf,
  WhatIfCount,
} from '../../decision/index.ts';
import type { Database } from '../../store/database.ts';
import {
  type DecisionsWanted,
  type DecisionTaken,
  decisionsTaken,
} from '../../store/process/decisions-taken.ts';
import { type RiskSigns, riskSignsOf } from '../../store/process/risk-signs.ts';
import { momentAtBank } from '../clock.ts';
import { type ModelCache, modelCache } from './models.ts';

/** A decision that comes out otherwise when it is taken again. */
export type NotTheSame = {
  readonly caseNumber: string;
  readonly decision: string;
  readonly before: Value;
  readonly after: Value;
};

/** How many decisions were taken again, and those that came out otherwise. */
export type ReplayAnswer = { readonly decided: number; readonly different: readonly NotTheSame[] };

const pageRows = 500;
const firstId = '00000000-0000-0000-0000-000000000000';

/** Every decision of a period, page by page. */
async function* taken(
  database: Database,
  cellId: number,
  wanted: DecisionsWanted,
): AsyncGenerator<DecisionTaken> {
  for (let after = firstId; ; ) {
    const rows = await decisionsTaken(database, cellId, wanted, { after, rows: pageRows });
    yield* rows;
    if (rows.length < pageRows) return;
    after = present(rows.at(-1), 'a full page has a last row').id;
  }
}

/** A value kept as jsonb, read with the values it holds. */
function kept(text: string): Value {
  return decodeValues(`{"kept":${text}}`).kept ?? null;
}

function takenOf(row: DecisionTaken): Taken {
  const matched = kept(row.matched) as readonly { decision: string; rows: readonly bigint[] }[];
  return {
    id: row.id,
    decision: row.decision_id,
    inputs: decodeValues(row.inputs),
    now: momentAtBank(row.at),
    output: kept(row.output),
    matched: matched.map(
      (one): Matched => ({ decision: one.decision, rows: one.rows.map(Number) }),
    ),
  };
}

/** The program that took a decision: an approved version's, or one deployed with the process. */
async function programThatTook(
  models: ModelCache,
  database: Database,
  row: DecisionTaken,
): Promise<DecisionProgram> {
  if (row.version_id !== null) {
    return (await models.decisionVersion(database, row.version_id)).program;
  }
  const model = await models.byId(database, row.model_id);
  const file = model.decisions.find((one) => one.name === row.file_name);
  return present(file, `the decision file ${row.file_name} of a stored version`).program;
}

/**
 * Takes every decision of a period again, by the version that took it: the same must come out, by
 * the same rows. Changes nothing.
 */
export async function replayDecisions(
  database: Database,
  wanted: DecisionsWanted,
  { cellId = 1 }: { readonly cellId?: number } = {},
): Promise<ReplayAnswer> {
  const models = modelCache(cellId);
  const different: NotTheSame[] = [];
  let decided = 0;
  for await (const row of taken(database, cellId, wanted)) {
    const program = await programThatTook(models, database, row);
    const result = redecide(program, takenOf(row));
    decided += 1;
    if (result.ok && result.value.sameOutput && result.value.sameRows) continue;
    const { case_number: caseNumber, decision_id: decision } = row;
    const after = result.ok ? result.value.again.output : result.code;
    different.push({ caseNumber, decision, before: kept(row.output), after });
  }
  return { decided, different };
}

/** Why a decision that would go to a lower level deserves a second look. */
export type RiskSign = 'refused' | 'returned' | 'overdue' | 'classified_down';

/** One case whose decision would come out otherwise. */
export type WhatIfCase = {
  readonly caseNumber: string;
  readonly at: number;
  readonly rowsBefore: readonly number[];
  readonly rowsAfter: readonly number[];
  readonly signs: readonly RiskSign[];
};

export type WhatIfChange = Omit<Change, 'decisions'> & { readonly cases: readonly WhatIfCase[] };

/** What a changed table would have decided over a period, and what came of those cases since. */
export type WhatIfReport = Omit<WhatIf, 'changes'> & {
  /** Of the decisions that would go to a lower level, those whose cases bear a sign of risk. */
  readonly risky: number;
  /** Inputs the changed table asks that some decisions were taken without: there they were null. */
  readonly missingInputs: readonly string[];
  readonly changes: readonly WhatIfChange[];
};

/** Outcomes by which people refused a case, or the bank lost it. */
const refusedOutcomes = ['declined', 'not_qualified', 'handed_to_preservation'];

/** Decisions one report takes again; a longer period is refused, not cut. */
export const whatIfDecisionsMax = 100_000;

/**
 * What a changed table would have decided over the decisions of a period, by their kept inputs:
 * which would go to a lower level and so be saved at the higher one, and which of those were
 * refused, sent back, overdue or classified down since. Changes nothing. Refusals:
 * decision_unknown, what_if_too_long, and the limits of FEEL.
 */
export async function whatIf(
  database: Database,
  program: DecisionProgram,
  wanted: DecisionsWanted & { readonly decisionId: string },
  { cellId = 1, at }: { readonly cellId?: number; readonly at: number },
): Promise<Result<WhatIfReport>> {
  const { decisionId } = wanted;
  if (!program.decisions.has(decisionId)) {
    return refuse('decision_unknown', { decision: decisionId });
  }
  const count = new WhatIfCount(levelsOf(program, decisionId));
  const changed = new Map<string, { readonly caseNumber: string; readonly at: number }>();
  const missing = new Set<string>();
  let decided = 0;
  for await (const row of taken(database, cellId, wanted)) {
    decided += 1;
    if (decided > whatIfDecisionsMax) {
      return refuse('what_if_too_long', { decisionsMax: String(whatIfDecisionsMax) });
    }
    const own = takenOf(row);
    for (const name of notGiven(program, own)) missing.add(name);
    const result = redecide(program, own);
    if (!result.ok) return result;
    count.add(result.value);
    if (!result.value.sameOutput) {
      changed.set(row.id, { caseNumber: row.case_number, at: row.at });
    }
  }
  const caseNumbers = [...new Set([...changed.values()].map((one) => one.caseNumber))];
  const asked = { caseNumbers, refusedOutcomes, day: dateInChina(at) };
  const signs = new Map(
    (await riskSignsOf(database, cellId, asked)).map((row) => [row.case_number, signsIn(row)]),
  );
  return ok({ ...withCases(count.report(), changed, signs), missingInputs: [...missing].sort() });
}

/** Names of the inputs of a file that a decision was taken without. */
function notGiven(program: DecisionProgram, { inputs }: Taken): readonly string[] {
  const names = program.model.inputs.map((one) => one.variable.name);
  return names.filter((name) => !Object.hasOwn(inputs, name));
}

function signsIn(row: RiskSigns): readonly RiskSign[] {
  const all = ['refused', 'returned', 'overdue', 'classified_down'] as const;
  return all.filter((sign) => row[sign]);
}

function withCases(
  report: WhatIf,
  changed: ReadonlyMap<string, { readonly caseNumber: string; readonly at: number }>,
  signs: ReadonlyMap<string, readonly RiskSign[]>,
): Omit<WhatIfReport, 'missingInputs'> {
  const changes = report.changes.map(({ decisions, ...change }) => ({
    ...change,
    cases: decisions.map(({ id, rowsBefore, rowsAfter }): WhatIfCase => {
      const found = present(changed.get(id), 'a changed decision was read');
      return { ...found, rowsBefore, rowsAfter, signs: signs.get(found.caseNumber) ?? [] };
    }),
  }));
  const risky = changes
    .filter((change) => change.direction === 'lower')
    .flatMap((change) => change.cases.filter((one) => one.signs.length > 0)).length;
  return { ...report, risky, changes };
}

import { present } from '../../base/assert.ts';
import { decodeValues, type Value } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  type DecisionProgram,
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
import { momentAtBank } from '../clock.ts';
import { modelCache } from './models.ts';

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

/** A list kept as jsonb, read with the values it holds. */
function listed(text: string): Value {
  return decodeValues(`{"listed":${text}}`).listed ?? null;
}

function takenOf(row: DecisionTaken): Taken {
  const matched = listed(row.matched) as readonly { decision: string; rows: readonly bigint[] }[];
  return {
    id: row.case_number,
    decision: row.decision_id,
    inputs: decodeValues(row.inputs),
    now: momentAtBank(row.at),
    output: listed(row.output),
    matched: matched.map(
      (one): Matched => ({ decision: one.decision, rows: one.rows.map(Number) }),
    ),
  };
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
    const model = await models.byId(database, row.model_id);
    const file = model.decisions.find((one) => one.name === row.file_name);
    const { program } = present(file, `the decision file ${row.file_name} of a stored version`);
    const result = redecide(program, takenOf(row));
    decided += 1;
    if (result.ok && result.value.sameOutput && result.value.sameRows) continue;
    const { case_number: caseNumber, decision_id: decision } = row;
    const after = result.ok ? result.value.again.output : result.code;
    different.push({ caseNumber, decision, before: listed(row.output), after });
  }
  return { decided, different };
}

/**
 * What a changed table would have decided over the decisions of a period, by their kept inputs.
 * Changes nothing. Refusals: decision_unknown, and the limits of FEEL.
 */
export async function whatIf(
  database: Database,
  program: DecisionProgram,
  wanted: DecisionsWanted & { readonly decisionId: string },
  { cellId = 1 }: { readonly cellId?: number } = {},
): Promise<Result<WhatIf>> {
  if (!program.decisions.has(wanted.decisionId)) {
    return refuse('decision_unknown', { decision: wanted.decisionId });
  }
  const count = new WhatIfCount();
  for await (const row of taken(database, cellId, wanted)) {
    const result = redecide(program, takenOf(row));
    if (!result.ok) return result;
    count.add(result.value);
  }
  return ok(count.report());
}

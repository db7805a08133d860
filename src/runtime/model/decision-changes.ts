import { decodeValues, type Values } from '../../base/data.ts';
import { dateInChina, isCalendarDate } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import {
  type DecisionModel,
  type DecisionProgram,
  type Finding,
  type Judgement,
  mayGoLive,
  obstacle,
} from '../../decision/index.ts';
import type { Transaction } from '../../store/database.ts';
import {
  type DecisionVersionRow,
  decisionVersionById,
  insertDecisionVersion,
  insertVersionEvent,
  lockDrafting,
  nextVersion,
  type VersionEventKind,
  versionEventsOf,
} from '../../store/process/decision-versions.ts';
import { newestModel } from '../../store/process/models.ts';
import { canonicalText, contentHash, textHash } from '../action/canonical.ts';
import type { Actor } from '../actor.ts';
import { risingIds } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { compileDecisionFile } from './models.ts';
import { whatIf } from './redecide.ts';

/** A changed file, its cases, and the first day it is to decide. */
export type DraftOrder = {
  readonly actor: Actor;
  /** The client's key, which becomes the id of the version. */
  readonly key?: string | undefined;
  readonly processId: string;
  readonly fileName: string;
  readonly xml: string;
  readonly cases: string;
  readonly effectiveFrom: string;
  /** Why it is changed, for whoever approves it. */
  readonly note: string;
};

export type DraftAnswer = {
  readonly versionId: string;
  readonly version: number;
  readonly findings: readonly Finding[];
};

/** Characters of a changed file and of the cases beside it. */
export const fileLengthMax = 2_000_000;
export const noteLengthMax = 500;

function outputsOf(model: DecisionModel, id: string): readonly string[] {
  const logic = model.decisions.find((one) => one.id === id)?.logic;
  return logic?.kind === 'table' ? logic.outputs.map((output) => output.name ?? '') : [];
}

/** What the process asks of a file must still be there: its decisions and their outputs. */
function whatIsLost(before: DecisionModel, after: DecisionModel): Result<null> {
  for (const { id } of before.decisions) {
    if (!after.decisions.some((one) => one.id === id)) {
      return refuse('decision_lost', { decision: id });
    }
    const outputs = outputsOf(after, id);
    const isTable = after.decisions.find((one) => one.id === id)?.logic?.kind === 'table';
    const lost = outputsOf(before, id).find((name) => isTable && !outputs.includes(name));
    if (lost !== undefined) return refuse('decision_output_lost', { decision: id, output: lost });
  }
  return ok(null);
}

/** A changed file read, compared with what the process runs, checked, and its cases run. */
export type CheckedFile = { readonly program: DecisionProgram; readonly before: DecisionModel };

/**
 * Reads a changed file and holds it against the one the process was deployed with. Refusals:
 * process_not_deployed, decision_file_unknown, decision_file_too_large, what compiling refuses,
 * decision_lost, decision_output_lost.
 */
export async function readChangedFile(
  parts: Parts,
  order: Pick<DraftOrder, 'processId' | 'fileName' | 'xml' | 'cases'>,
): Promise<Result<CheckedFile>> {
  const { database, cellId, models } = parts;
  const { processId, fileName, xml, cases } = order;
  const newest = await newestModel(database, cellId, processId);
  if (newest === null) return refuse('process_not_deployed', { process: processId });
  const deployed = await models.byId(database, newest.id);
  const file = deployed.decisions.find((one) => one.name === fileName);
  if (file === undefined) return refuse('decision_file_unknown', { file: fileName });
  if (xml.length > fileLengthMax || cases.length > fileLengthMax) {
    return refuse('decision_file_too_large', { lengthMax: String(fileLengthMax) });
  }
  const program = await compileDecisionFile(xml);
  if (!program.ok) return program;
  const before = file.program.model;
  const lost = whatIsLost(before, program.value.model);
  return lost.ok ? ok({ program: program.value, before }) : lost;
}

/**
 * Drafts a new version of a decision file. It decides nothing until another person approves it.
 * Refusals: decision_note_missing, decision_effective_date_invalid, decision_effective_date_past,
 * those of readChangedFile, and whatever keeps a table from going live but a gap, which the
 * approver may take upon himself. A draft repeated under its key is answered as before.
 */
export async function draftDecision(parts: Parts, order: DraftOrder): Promise<Result<DraftAnswer>> {
  const { database, cellId, clock, random } = parts;
  const { processId, fileName, xml, cases, effectiveFrom } = order;
  const note = order.note.trim();
  const at = clock();
  if (note === '' || note.length > noteLengthMax) {
    return refuse('decision_note_missing', { lengthMax: String(noteLengthMax) });
  }
  const dated = mayBegin(effectiveFrom, at);
  if (!dated.ok) return dated;
  const checked = await readChangedFile(parts, order);
  if (!checked.ok) return checked;
  const judged = mayGoLive(checked.value.program, cases, { gaps: true });
  if (!judged.ok) return judged;
  const { findings } = judged.value;
  return await database.transaction<DraftAnswer, string>(async (transaction) => {
    const file = { processId, fileName };
    await lockDrafting(transaction, file);
    const known = order.key === undefined ? null : await drafted(transaction, cellId, order);
    if (known !== null) return known.ok ? ok({ ...known.value, findings }) : known;
    const row: DecisionVersionRow = {
      id: order.key ?? risingIds(at, random)(),
      ...{ process_id: processId, file_name: fileName },
      version: await nextVersion(transaction, cellId, file),
      ...{ content: xml, content_hash: textHash(xml), cases },
      ...{ effective_from: effectiveFrom, note },
    };
    await insertDecisionVersion(transaction, cellId, row);
    const facts = { contentHash: row.content_hash, request: requestHash(order) };
    await write(transaction, cellId, { row, n: 0, kind: 'drafted', at, actor: order.actor, facts });
    return ok({ versionId: row.id, version: row.version, findings });
  });
}

function requestHash(order: DraftOrder): string {
  const { actor, processId, fileName, xml, cases, effectiveFrom, note } = order;
  return contentHash([actor.login, processId, fileName, xml, cases, effectiveFrom, note.trim()]);
}

/** The answer to a draft that came before under the same key; null: none did. */
async function drafted(
  transaction: Transaction,
  cellId: number,
  order: DraftOrder,
): Promise<Result<Omit<DraftAnswer, 'findings'>> | null> {
  const row = await decisionVersionById(transaction, cellId, order.key ?? '');
  if (row === null) return null;
  const [draft] = await versionEventsOf(transaction, cellId, [row.id]);
  const { request } = decodeValues(draft?.facts ?? '{}');
  if (request !== requestHash(order)) return refuse('idempotency_key_used_otherwise');
  return ok({ versionId: row.id, version: row.version });
}

function mayBegin(day: string, at: number): Result<null> {
  if (!isCalendarDate(day)) return refuse('decision_effective_date_invalid', { day });
  if (day < dateInChina(at)) return refuse('decision_effective_date_past', { day });
  return ok(null);
}

async function write(
  transaction: Transaction,
  cellId: number,
  said: {
    readonly row: DecisionVersionRow;
    readonly n: number;
    readonly kind: VersionEventKind;
    readonly at: number;
    readonly actor: Actor;
    readonly facts: Values;
  },
): Promise<boolean> {
  const { row, n, kind, at, actor } = said;
  const { login, person } = actor;
  const facts = canonicalText(said.facts);
  const event = { version_id: row.id, n, kind, at, login, person, facts };
  return await insertVersionEvent(transaction, cellId, event);
}

/** What becomes of a draft, and in whose words. */
export type VersionOrder = {
  readonly actor: Actor;
  readonly versionId: string;
  readonly kind: 'approved' | 'refused' | 'withdrawn';
  /** Why it is refused or withdrawn; for an approval, why its gaps may stay. */
  readonly reason: string;
};

/** Days before today whose decisions the approver is shown as they would have come out. */
export const whatIfDays = 31;

/**
 * Approves, refuses or withdraws a drafted version. Who drafted it never approves it (四眼); an
 * approval keeps what the change would have done to the decisions of the last month. Refusals:
 * decision_version_unknown, decision_version_closed, decision_drafter_may_not_approve,
 * decision_only_drafter_withdraws, decision_reason_missing, decision_effective_date_past,
 * decision_gap_not_waived, and whatever keeps a table from going live.
 */
export async function closeVersion(
  parts: Parts,
  order: VersionOrder,
): Promise<Result<{ readonly versionId: string; readonly kind: VersionOrder['kind'] }>> {
  const { database, cellId, clock } = parts;
  const { actor, versionId, kind } = order;
  const row = await decisionVersionById(database, cellId, versionId);
  if (row === null) return refuse('decision_version_unknown');
  const [draft, closed] = await versionEventsOf(database, cellId, [versionId]);
  const answer = ok({ versionId, kind });
  if (closed !== undefined) {
    const isSame = closed.kind === kind && closed.login === actor.login;
    return isSame ? answer : refuse('decision_version_closed', { kind: closed.kind });
  }
  const isDrafter = draft?.person === actor.person;
  if (kind !== 'withdrawn' && isDrafter) return refuse('decision_drafter_may_not_approve');
  if (kind === 'withdrawn' && !isDrafter) return refuse('decision_only_drafter_withdraws');
  const reason = order.reason.trim();
  if (reason.length > noteLengthMax || (kind !== 'approved' && reason === '')) {
    return refuse('decision_reason_missing', { lengthMax: String(noteLengthMax) });
  }
  const at = clock();
  const facts = kind === 'approved' ? await approval(parts, row, { reason, at }) : ok({ reason });
  if (!facts.ok) return facts;
  const isWritten = await database.transaction<boolean, never>(async (transaction) =>
    ok(await write(transaction, cellId, { row, n: 1, kind, at, actor, facts: facts.value })),
  );
  return isWritten.ok && isWritten.value ? answer : refuse('decision_version_closed', { kind });
}

/** What an approval rests on: the checks run again, the gaps waived, the last month replayed. */
async function approval(
  parts: Parts,
  row: DecisionVersionRow,
  { reason, at }: { readonly reason: string; readonly at: number },
): Promise<Result<Values>> {
  const dated = mayBegin(row.effective_from, at);
  if (!dated.ok) return dated;
  const { database, cellId, models } = parts;
  const { program } = await models.decisionVersion(database, row.id);
  const judged = mayGoLive(program, row.cases, { gaps: true });
  if (!judged.ok) return judged;
  const gap = gapOf(judged.value);
  if (gap !== null && reason === '') {
    return refuse('decision_gap_not_waived', { example: gap.facts.example ?? '' });
  }
  const tried: Record<string, Values> = {};
  for (const { id } of program.model.decisions) {
    const period = {
      decisionId: id,
      processId: row.process_id,
      from: at - whatIfDays * 86_400_000,
      to: at + 1,
    };
    const report = await whatIf(database, program, period, { cellId, at });
    if (!report.ok) return report;
    const { decided, same, lower, higher, risky } = report.value;
    const figures = Object.entries({ decided, same, lower, higher, risky });
    tried[id] = Object.fromEntries(figures.map(([name, count]) => [name, BigInt(count)]));
  }
  const waived = gap === null ? {} : { waivedGap: gap.facts.example ?? '' };
  return ok({ reason, whatIf: tried, ...waived });
}

function gapOf(judgement: Judgement): Finding | null {
  return obstacle(judgement, { untested: true });
}

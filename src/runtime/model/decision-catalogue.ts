import { decodeValues, type Values } from '../../base/data.ts';
import { dateInChina } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type DecisionProgram, type Judgement, judgeDecisions } from '../../decision/index.ts';
import {
  type DecisionVersionRow,
  decisionVersionById,
  decisionVersionsOf,
  type VersionEventKind,
  versionEventsOf,
} from '../../store/process/decision-versions.ts';
import { type ModelRow, modelById, modelFiles, newestModels } from '../../store/process/models.ts';
import type { Parts } from '../parts.ts';
import type { DecisionFile } from './models.ts';

/** Names one text of a decision file: a version's, or one deployed with a process version. */
export type FileRef =
  | { readonly kind: 'version'; readonly versionId: string }
  | { readonly kind: 'deployed'; readonly modelId: string; readonly fileName: string };

/** A decision file as it stands somewhere, with all that is known of it. */
export type FileView = {
  readonly ref: FileRef;
  readonly process: ModelRow;
  readonly file: DecisionFile;
  readonly xml: string;
  readonly judgement: Judgement;
  /** The first day it decides; null: from its deployment on. */
  readonly effectiveFrom: string | null;
};

/** A line in the life of a version, for people. */
export type VersionEventView = {
  readonly kind: VersionEventKind;
  readonly at: number;
  readonly login: string;
  readonly person: string;
  readonly facts: Values;
};

/** A text of a file beside the others of its name; `events` is empty for a deployed one. */
export type VersionView = {
  readonly ref: FileRef;
  readonly version: number;
  readonly state: 'deployed' | VersionEventKind;
  readonly effectiveFrom: string | null;
  readonly note: string;
  readonly events: readonly VersionEventView[];
};

/** A decision file of a process in the catalogue: the text in force, and its versions. */
export type FileLine = {
  readonly view: FileView;
  readonly inForce: FileRef;
  readonly versions: readonly VersionView[];
};

/** A stored text never changes, and checking a long table takes its time: each is judged once. */
const judgements = new WeakMap<DecisionProgram, Result<Judgement>>();

function judgedOnce(file: DecisionFile): Result<Judgement> {
  const known = judgements.get(file.program);
  if (known !== undefined) return known;
  const judged = judgeDecisions(file.program, file.cases);
  judgements.set(file.program, judged);
  return judged;
}

/** The text of a reference, checked and with its cases run. */
export async function viewFile(parts: Parts, ref: FileRef): Promise<Result<FileView>> {
  return ref.kind === 'version'
    ? await viewVersion(parts, ref.versionId)
    : await viewDeployed(parts, ref.modelId, ref.fileName);
}

async function viewVersion(parts: Parts, versionId: string): Promise<Result<FileView>> {
  const { database, cellId, models } = parts;
  const row = await decisionVersionById(database, cellId, versionId);
  if (row === null) return refuse('decision_version_unknown');
  const file = await models.decisionVersion(database, versionId);
  const all = await newestModels(database, cellId);
  const process = all.find((one) => one.process_id === row.process_id);
  const judged = judgedOnce(file);
  if (process === undefined || !judged.ok) return refuse('decision_version_unknown');
  return ok({
    ref: { kind: 'version', versionId },
    ...{ process, file, xml: row.content, judgement: judged.value },
    effectiveFrom: row.effective_from,
  });
}

async function viewDeployed(
  parts: Parts,
  modelId: string,
  fileName: string,
): Promise<Result<FileView>> {
  const { database, cellId, models } = parts;
  if ((await modelById(database, cellId, modelId)) === null) {
    return refuse('decision_version_unknown');
  }
  const deployed = await models.byId(database, modelId);
  const file = deployed.decisions.find((one) => one.name === fileName);
  if (file === undefined) return refuse('decision_file_unknown', { file: fileName });
  const texts = await modelFiles(database, cellId, modelId);
  const judged = judgedOnce(file);
  if (!judged.ok) return judged;
  return ok({
    ref: { kind: 'deployed', modelId, fileName },
    ...{ process: deployed.row, file, judgement: judged.value },
    xml: texts.find((one) => one.name === fileName)?.content ?? '',
    effectiveFrom: file.program.model.effectiveFrom,
  });
}

/** Every decision file of every process in its newest version, as in force on a day. */
export async function decisionCatalogue(parts: Parts, day: string): Promise<FileLine[]> {
  const lines: FileLine[] = [];
  for (const model of await newestModels(parts.database, parts.cellId)) {
    const deployed = await parts.models.byId(parts.database, model.id);
    for (const { name } of deployed.decisions) {
      const line = await fileLine(parts, { processId: model.process_id, fileName: name }, day);
      if (line.ok) lines.push(line.value);
    }
  }
  return lines;
}

/** One file of a process: its text in force on a day, and all its versions, newest first. */
export async function fileLine(
  parts: Parts,
  asked: { readonly processId: string; readonly fileName: string },
  day: string,
): Promise<Result<FileLine>> {
  const { database, cellId } = parts;
  const all = await newestModels(database, cellId);
  const process = all.find((one) => one.process_id === asked.processId);
  if (process === undefined) return refuse('process_not_deployed', { process: asked.processId });
  const base = await viewDeployed(parts, process.id, asked.fileName);
  if (!base.ok) return base;
  const versions = await versionsOf(parts, asked, base.value);
  const inForce = refInForce(versions, base.value, day);
  const view = await viewFile(parts, inForce);
  return view.ok ? ok({ view: view.value, inForce, versions }) : view;
}

async function versionsOf(
  parts: Parts,
  asked: { readonly processId: string; readonly fileName: string },
  base: FileView,
): Promise<VersionView[]> {
  const { database, cellId } = parts;
  const rows = await decisionVersionsOf(database, cellId, asked);
  const ids = rows.map((row) => row.id);
  const events = await versionEventsOf(database, cellId, ids);
  const drafted = rows.map((row) => {
    const own = events.filter((event) => event.version_id === row.id);
    return versionView(row, own);
  });
  const deployed: VersionView = {
    ...{ ref: base.ref, version: base.process.version, state: 'deployed' },
    ...{ effectiveFrom: base.effectiveFrom, note: '', events: [] },
  };
  return [...drafted, deployed];
}

function versionView(
  row: DecisionVersionRow,
  events: Awaited<ReturnType<typeof versionEventsOf>>,
): VersionView {
  return {
    ref: { kind: 'version', versionId: row.id },
    version: row.version,
    state: events.at(-1)?.kind ?? 'drafted',
    effectiveFrom: row.effective_from,
    note: row.note,
    events: events.map(({ kind, at, login, person, facts }) => ({
      ...{ kind, at, login, person },
      facts: decodeValues(facts),
    })),
  };
}

/** Of the texts whose day has come the latest: approved, or deployed with a day of its own. */
function refInForce(versions: readonly VersionView[], base: FileView, day: string): FileRef {
  const own = base.effectiveFrom ?? '';
  let found: { readonly ref: FileRef; readonly from: string } = {
    ref: base.ref,
    from: own > day ? '' : own,
  };
  // Oldest first: of two versions from one day the newer takes over.
  for (const { state, ref, effectiveFrom } of versions.toReversed()) {
    const from = effectiveFrom ?? '';
    if (state === 'approved' && from <= day && from >= found.from) found = { ref, from };
  }
  return found.ref;
}

/** The day a catalogue is asked for when nobody names one: today at the bank. */
export function todayAtBank(parts: Pick<Parts, 'clock'>): string {
  return dateInChina(parts.clock());
}

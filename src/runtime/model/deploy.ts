import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ok, type Result, refuse } from '../../base/result.ts';
import { mayGoLive, oneInForce, type Finding as TableFinding } from '../../decision/index.ts';
import type { Finding, Program } from '../../kernel/index.ts';
import { insertJob } from '../../store/process/due.ts';
import {
  insertModel,
  insertWaiver,
  lockDeployment,
  newestModel,
} from '../../store/process/models.ts';
import { contentHash, textHash } from '../action/canonical.ts';
import { type Actor, systemActor } from '../actor.ts';
import { risingIds } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { isDuration } from '../task/due.ts';
import { decodeXml } from './encoding.ts';
import {
  type CompiledFolder,
  casesFileOf,
  compileFolder,
  type FolderFile,
  isForm,
} from './models.ts';
import { judgeSoundness, type Waiver } from './soundness.ts';
import { timedStarts } from './timed-starts.ts';

export type DeployOrder = {
  readonly actor: Actor;
  readonly folder: string;
  /** For a model that can go wrong: who takes it upon themselves, and why. */
  readonly waiver?: Waiver | undefined;
};

export type DeployAnswer = {
  readonly modelId: string;
  readonly processId: string;
  readonly version: number;
  /** False when the newest version was the same, to the letter, already. */
  readonly isNew: boolean;
  readonly findings: readonly Finding[];
  /** What the owners of its tables should see: rows nobody tests, cases left as they were. */
  readonly tableFindings: readonly TableFinding[];
};

/** The largest file of a process folder, in bytes. */
const fileBytesMax = 4_000_000;

const modelFile = 'process.bpmn';

/** Characters of the reason of a waiver. */
const waiverReasonMax = 500;

/**
 * Deploys a process folder (process.bpmn, *.dmn with cases, *.form.json) as the next version.
 * Refuses what does not compile and what it could not carry out: a decision, a form, an operation,
 * a role or a duration that is not there; what can go wrong (verifier) without a named person's
 * waiver, which is kept with the version. Running cases stay on their versions.
 */
export async function deployProcess(
  parts: Parts,
  order: DeployOrder,
): Promise<Result<DeployAnswer>> {
  const read = await readFolder(order.folder);
  if (!read.ok) return read;
  const { xml, files } = read.value;
  const compiled = await compileFolder({ xml, files });
  if (!compiled.ok) return compiled;
  const missing = startWithoutUnit(compiled.value.program) ?? whatIsMissing(parts, compiled.value);
  if (missing !== null) return missing;
  const sound = checkTables(compiled.value, order.waiver);
  if (!sound.ok) return sound;
  const unchanged = await casesLeftAsTheyWere(parts, compiled.value);
  const tableFindings = [...sound.value, ...unchanged];
  return await store(parts, order, { xml, files, compiled: compiled.value, tableFindings });
}

async function readFolder(folder: string): Promise<Result<{ xml: string; files: FolderFile[] }>> {
  const names = await readdir(folder).catch(() => null);
  if (names === null || !names.includes(modelFile)) {
    return refuse('process_folder_unknown', { folder: basename(folder) });
  }
  const files: FolderFile[] = [];
  for (const name of names.sort()) {
    const isDeployed = name === modelFile || name.endsWith('.dmn') || isForm(name);
    if (!isDeployed && !isCasesOf(name, names)) continue;
    const bytes = await readFile(join(folder, name));
    if (bytes.length > fileBytesMax) {
      return refuse('process_file_too_large', { file: name, bytesMax: String(fileBytesMax) });
    }
    const isXml = name === modelFile || name.endsWith('.dmn');
    const decoded = isXml ? decodeXml(bytes) : ok(bytes.toString('utf8'));
    if (!decoded.ok) return decoded;
    const content = decoded.value;
    files.push({ name, hash: textHash(content), content });
  }
  const model = files.find((file) => file.name === modelFile);
  return ok({ xml: model?.content ?? '', files: files.filter((file) => file !== model) });
}

/** Whether a file is the cases of a decision file of the folder. */
function isCasesOf(name: string, names: readonly string[]): boolean {
  return names.some((other) => other.endsWith('.dmn') && casesFileOf(other) === name);
}

/**
 * What is to be said of the decision tables. Refuses the first error in one, or case beside it
 * (NAME.cases.md) that does not hold; inputs no row covers may be waived by a named person.
 */
function checkTables(
  { decisions }: CompiledFolder,
  waiver: Waiver | undefined,
): Result<readonly TableFinding[]> {
  const single = oneInForce(decisions.map((one) => one.program));
  if (!single.ok) return single;
  const findings: TableFinding[] = [];
  for (const { name, program, cases } of decisions) {
    const sound = mayGoLive(program, cases, { untested: true, gaps: isGiven(waiver) });
    if (!sound.ok) return refuse(sound.code, { ...sound.facts, file: name });
    findings.push(...sound.value.findings);
  }
  return ok(findings);
}

/** Whether a person takes something upon themselves, and says why. */
function isGiven(waiver: Waiver | undefined): boolean {
  if (waiver === undefined || waiver.actor.person === systemActor.person) return false;
  const { length } = waiver.reason.trim();
  return length > 0 && length <= waiverReasonMax;
}

/** Tables that differ from the newest version's while the cases beside them do not. */
async function casesLeftAsTheyWere(
  { database, cellId, models }: Parts,
  { program, decisions }: CompiledFolder,
): Promise<readonly TableFinding[]> {
  const newest = await newestModel(database, cellId, program.processId);
  if (newest === null) return [];
  const before = await models.byId(database, newest.id);
  return decisions.flatMap(({ name, hash, cases, program: { model } }) => {
    const old = before.decisions.find((one) => one.name === name);
    if (old === undefined || old.hash === hash || old.cases !== cases) return [];
    const decision = model.decisions[0]?.id ?? '';
    const code = 'decision_cases_unchanged' as const;
    const facts = { file: name };
    return [{ code, severity: 'warning', decision, table: '', rows: [], example: null, facts }];
  });
}

/** Where a process begins by itself, somebody must say for which unit: `startUnit`. */
function startWithoutUnit(program: Program) {
  const { startUnit } = program.elements[0]?.attributes ?? {};
  const alone = program.startTriggers.find(({ trigger }) => trigger.kind === 'timer');
  if (startUnit !== undefined || alone === undefined) return null;
  return refuse('start_unit_missing', { element: program.elements[alone.element]?.id ?? '' });
}

/** The first thing a version names and does not have. */
function whatIsMissing(parts: Parts, { program, decisions, forms }: CompiledFolder) {
  for (const { id: element, type, attributes, role, work } of program.elements) {
    const { form, operation, dueIn } = attributes;
    if (dueIn !== undefined && !isDuration(dueIn)) {
      return refuse('duration_not_valid', { element, duration: dueIn });
    }
    if (form !== undefined && !forms.has(form)) return refuse('form_missing', { element, form });
    if (operation !== undefined && !parts.operations.has(operation)) {
      return refuse('operation_unknown', { element, operation });
    }
    if (type === 'serviceTask' && operation === undefined) {
      return refuse('operation_missing', { element });
    }
    if (type === 'userTask' && (attributes.role ?? role) === null) {
      return refuse('task_without_role', { element });
    }
    if (work.kind !== 'task') continue;
    const { decision } = work;
    if (decision !== null && !decisions.some((file) => file.program.decisions.has(decision))) {
      return refuse('decision_missing', { element, decision });
    }
    if (work.script !== null && work.script.expression === null) {
      return refuse('script_not_supported', { element });
    }
  }
  return null;
}

async function store(
  parts: Parts,
  order: DeployOrder,
  given: {
    readonly xml: string;
    readonly files: readonly FolderFile[];
    readonly compiled: CompiledFolder;
    readonly tableFindings: readonly TableFinding[];
  },
): Promise<Result<DeployAnswer>> {
  const { tableFindings } = given;
  const { program, findings } = given.compiled;
  const names = given.files.map((file) => [file.name, file.hash]);
  const filesHash = contentHash([textHash(given.xml), ...names]);
  const info = processNames(program);
  return await parts.database.transaction<DeployAnswer, string>(async (transaction) => {
    await lockDeployment(transaction, program.processId);
    const newest = await newestModel(transaction, parts.cellId, program.processId);
    const answer = { processId: program.processId, findings, tableFindings };
    if (newest?.files_hash === filesHash && newest.program_hash === program.hash) {
      return ok({ ...answer, modelId: newest.id, version: newest.version, isNew: false });
    }
    const judged = await judgeSoundness(given.xml, order.waiver);
    if (!judged.ok) return judged;
    const at = parts.clock();
    const newId = risingIds(at, parts.random);
    const row = {
      id: newId(),
      process_id: program.processId,
      version: (newest?.version ?? 0) + 1,
      program_hash: program.hash,
      program: programTable(program),
      xml: given.xml,
      files_hash: filesHash,
      ...info,
      folder: basename(order.folder),
      deployed_at: at,
      deployed_login: order.actor.login,
    };
    await insertModel(transaction, parts.cellId, row, given.files);
    for (const job of timedStarts(program, row.id, at, newId)) {
      await insertJob(transaction, parts.cellId, job);
    }
    const gaps = tableFindings.filter((one) => one.code === 'decision_gap');
    const waived = judged.value?.waiver ?? (gaps.length === 0 ? undefined : order.waiver);
    if (waived !== undefined) {
      const said = [...(judged.value?.findings ?? []), ...gaps];
      await insertWaiver(transaction, parts.cellId, waiverRow(row.id, waived, said, at));
    }
    return ok({ ...answer, modelId: row.id, version: row.version, isNew: true });
  });
}

function waiverRow(modelId: string, waiver: Waiver, findings: readonly unknown[], at: number) {
  const { login, person } = waiver.actor;
  // Amounts in an example are exact integers, which JSON has no words for.
  const text = JSON.stringify(findings, (_, one) => (typeof one === 'bigint' ? String(one) : one));
  return { model_id: modelId, login, person, reason: waiver.reason, findings: text, at };
}

/** What the numbers of stored states and events mean: the ids of the elements and the flows. */
function programTable(program: Program): string {
  const { format, processId, elements, flows } = program;
  return JSON.stringify({
    format,
    processId,
    elements: elements.map((element) => element.id),
    flows: flows.map((flow) => flow.id),
  });
}

function processNames(program: Program) {
  const process = program.elements[0];
  const attributes = process?.attributes ?? {};
  const name = process?.name ?? program.processId;
  return {
    name,
    name_en: process?.nameEn ?? name,
    case_prefix: attributes.casePrefix ?? '',
    catalogue: attributes.catalogue ?? null,
    line: attributes.line ?? null,
  };
}

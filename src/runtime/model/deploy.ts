import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ok, type Result, refuse } from '../../base/result.ts';
import { mayGoLive, oneInForce } from '../../decision/index.ts';
import type { Finding, Program } from '../../kernel/index.ts';
import { insertModel, lockDeployment, newestModel } from '../../store/process/models.ts';
import { contentHash, textHash } from '../action/canonical.ts';
import type { Actor } from '../actor.ts';
import { risingIds } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { isDuration } from '../task/due.ts';
import { type CompiledFolder, compileFolder, type FolderFile, isForm } from './models.ts';

export type DeployAnswer = {
  readonly modelId: string;
  readonly processId: string;
  readonly version: number;
  /** False when the newest version was the same, to the letter, already. */
  readonly isNew: boolean;
  readonly findings: readonly Finding[];
};

/** The largest file of a process folder, in bytes. */
const fileBytesMax = 4_000_000;

const modelFile = 'process.bpmn';

/**
 * Deploys a process folder (process.bpmn, *.dmn, *.form.json) as the process's next version.
 * Refuses what does not compile and what it could not carry out: a decision, a form, an operation,
 * a role or a duration that is not there. Running cases stay on their versions.
 */
export async function deployProcess(
  parts: Parts,
  order: { readonly actor: Actor; readonly folder: string },
): Promise<Result<DeployAnswer>> {
  const read = await readFolder(order.folder);
  if (!read.ok) return read;
  const { xml, files } = read.value;
  const compiled = await compileFolder({ xml, files });
  if (!compiled.ok) return compiled;
  const missing = whatIsMissing(parts, compiled.value);
  if (missing !== null) return missing;
  const sound = await checkTables(order.folder, compiled.value);
  if (!sound.ok) return sound;
  return await store(parts, order, { xml, files, compiled: compiled.value });
}

async function readFolder(folder: string): Promise<Result<{ xml: string; files: FolderFile[] }>> {
  const names = await readdir(folder).catch(() => null);
  if (names === null || !names.includes(modelFile)) {
    return refuse('process_folder_unknown', { folder: basename(folder) });
  }
  const files: FolderFile[] = [];
  for (const name of names.sort()) {
    if (name !== modelFile && !name.endsWith('.dmn') && !isForm(name)) continue;
    const bytes = await readFile(join(folder, name));
    if (bytes.length > fileBytesMax) {
      return refuse('process_file_too_large', { file: name, bytesMax: String(fileBytesMax) });
    }
    const content = bytes.toString('utf8');
    files.push({ name, hash: textHash(content), content });
  }
  const model = files.find((file) => file.name === modelFile);
  return ok({ xml: model?.content ?? '', files: files.filter((file) => file !== model) });
}

/** The first error in a decision table, or case beside it (NAME.cases.md) that does not hold. */
async function checkTables(folder: string, { decisions }: CompiledFolder): Promise<Result<null>> {
  const single = oneInForce(decisions.map((one) => one.program));
  if (!single.ok) return single;
  for (const { name, program } of decisions) {
    const file = join(folder, name.replace(/\.dmn$/, '.cases.md'));
    const cases = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    const sound = mayGoLive(program, cases);
    if (!sound.ok) return refuse(sound.code, { ...sound.facts, file: name });
  }
  return ok(null);
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
  order: { readonly actor: Actor; readonly folder: string },
  given: {
    readonly xml: string;
    readonly files: readonly FolderFile[];
    readonly compiled: CompiledFolder;
  },
): Promise<Result<DeployAnswer>> {
  const { program, findings } = given.compiled;
  const names = given.files.map((file) => [file.name, file.hash]);
  const filesHash = contentHash([textHash(given.xml), ...names]);
  const info = processNames(program);
  return await parts.database.transaction<DeployAnswer, string>(async (transaction) => {
    await lockDeployment(transaction, program.processId);
    const newest = await newestModel(transaction, parts.cellId, program.processId);
    const answer = { processId: program.processId, findings };
    if (newest?.files_hash === filesHash && newest.program_hash === program.hash) {
      return ok({ ...answer, modelId: newest.id, version: newest.version, isNew: false });
    }
    const at = parts.clock();
    const row = {
      id: risingIds(at, parts.random)(),
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
    return ok({ ...answer, modelId: row.id, version: row.version, isNew: true });
  });
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

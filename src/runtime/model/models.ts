import { assert, present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { compileDecisions, type DecisionProgram, readDecisions } from '../../decision/index.ts';
import { compile, type Finding, type Program, read } from '../../kernel/index.ts';
import type { Queries } from '../../store/database.ts';
import {
  type DecisionVersionRow,
  decisionVersionById,
} from '../../store/process/decision-versions.ts';
import { type ModelRow, modelById, modelFiles } from '../../store/process/models.ts';
import { type Form, readForm } from './forms.ts';

/** A version of a process, ready to run: its program, its decision tables, its forms. */
export type Deployed = {
  readonly row: ModelRow;
  readonly program: Program;
  readonly decisions: readonly DecisionFile[];
  readonly forms: ReadonlyMap<string, Form>;
  /** The forms as they were written, for whoever shows them. */
  readonly formTexts: ReadonlyMap<string, string>;
};

export type DecisionFile = {
  readonly name: string;
  readonly hash: string;
  readonly program: DecisionProgram;
  /** The text beside it (NAME.cases.md); null: there is none. */
  readonly cases: string | null;
};

/** A decision file that its owners changed and that was drafted, perhaps approved, for a day. */
export type VersionFile = DecisionFile & {
  readonly row: DecisionVersionRow;
  readonly effectiveFrom: string;
};

/** Gives deployed versions; a version never changes, so each is read and compiled once. */
export type ModelCache = {
  byId(queries: Queries, modelId: string): Promise<Deployed>;
  decisionVersion(queries: Queries, versionId: string): Promise<VersionFile>;
};

/** Versions kept in memory; the oldest used goes first. */
const cachedMax = 200;

/** A cache of one cell's versions. */
export function modelCache(cellId: number): ModelCache {
  return {
    byId: keptById((queries, id) => loadDeployed(queries, cellId, id)),
    decisionVersion: keptById((queries, id) => loadVersion(queries, cellId, id)),
  };
}

/** Loads what never changes once for each id. */
function keptById<T>(load: (queries: Queries, id: string) => Promise<T>) {
  const cached = new Map<string, Promise<T>>();
  return async (queries: Queries, id: string): Promise<T> => {
    const known = cached.get(id);
    if (known !== undefined) {
      cached.delete(id);
      cached.set(id, known);
      return await known;
    }
    const loading = load(queries, id);
    cached.set(id, loading);
    loading.catch(() => cached.delete(id));
    const [oldest] = cached.keys();
    if (cached.size > cachedMax && oldest !== undefined) cached.delete(oldest);
    return await loading;
  };
}

async function loadVersion(queries: Queries, cellId: number, id: string): Promise<VersionFile> {
  const row = present(await decisionVersionById(queries, cellId, id), `decision version ${id}`);
  const program = await compileDecisionFile(row.content);
  assert(program.ok, `a drafted version still compiles: ${row.file_name} ${row.version}`);
  const { file_name: name, content_hash: hash, cases, effective_from: effectiveFrom } = row;
  return { name, hash, program: program.value, cases, row, effectiveFrom };
}

/** Reads and compiles the text of a DMN file. */
export async function compileDecisionFile(xml: string): Promise<Result<DecisionProgram>> {
  const model = await readDecisions(xml);
  return model.ok ? compileDecisions(model.value) : model;
}

async function loadDeployed(queries: Queries, cellId: number, modelId: string): Promise<Deployed> {
  const row = present(await modelById(queries, cellId, modelId), `process model ${modelId}`);
  const files = await modelFiles(queries, cellId, modelId);
  const compiled = await compileFolder({ xml: row.xml, processId: row.process_id, files });
  assert(compiled.ok, `a deployed version still compiles: ${row.process_id} ${row.version}`);
  const { program, decisions, forms } = compiled.value;
  assert(
    program.hash === row.program_hash,
    `a deployed version still means the same: ${row.process_id} ${row.version}`,
  );
  const formTexts = new Map(
    files.filter((file) => isForm(file.name)).map((file) => [file.name, file.content]),
  );
  return { row, program, decisions, forms, formTexts };
}

export type FolderFile = {
  readonly name: string;
  readonly hash: string;
  readonly content: string;
};

/** A folder's model, decision tables and forms, compiled together. */
export type CompiledFolder = {
  readonly program: Program;
  readonly findings: readonly Finding[];
  readonly decisions: readonly DecisionFile[];
  readonly forms: ReadonlyMap<string, Form>;
};

/** True for a form's file name. */
export function isForm(name: string): boolean {
  return name.endsWith('.form.json');
}

/** The name of the file of cases beside a DMN file. */
export function casesFileOf(name: string): string {
  return name.replace(/\.dmn$/, '.cases.md');
}

/** Compiles what a folder holds; the first refusal ends it. */
export async function compileFolder(folder: {
  readonly xml: string;
  readonly processId?: string;
  readonly files: readonly FolderFile[];
}): Promise<Result<CompiledFolder>> {
  const model = await read(folder.xml);
  if (!model.ok) return model;
  const compiled = compile(model.value, folder.processId);
  if (!compiled.ok) return refuse(compiled.code, compiled.facts);
  const decisions: DecisionFile[] = [];
  const forms = new Map<string, Form>();
  for (const file of folder.files) {
    if (isForm(file.name)) {
      const form = readForm(file.name, file.content);
      if (!form.ok) return form;
      forms.set(file.name, form.value);
    } else if (file.name.endsWith('.dmn')) {
      const { name, hash } = file;
      const program = await compileDecisionFile(file.content);
      if (!program.ok) return refuse(program.code, { ...program.facts, file: name });
      const beside = folder.files.find((one) => one.name === casesFileOf(name));
      decisions.push({ name, hash, program: program.value, cases: beside?.content ?? null });
    }
  }
  const { value: program, findings } = compiled;
  return ok({ program, findings, decisions, forms });
}

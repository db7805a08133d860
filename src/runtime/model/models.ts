import { assert, present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { compileDecisions, type DecisionProgram, readDecisions } from '../../decision/index.ts';
import { compile, type Finding, type Program, read } from '../../kernel/index.ts';
import type { Queries } from '../../store/database.ts';
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
};

/** Gives deployed versions; a version never changes, so each is read and compiled once. */
export type ModelCache = {
  byId(queries: Queries, modelId: string): Promise<Deployed>;
};

/** Versions kept in memory; the oldest used goes first. */
const cachedMax = 200;

/** A cache of one cell's versions. */
export function modelCache(cellId: number): ModelCache {
  const cached = new Map<string, Promise<Deployed>>();
  return {
    byId: async (queries, modelId) => {
      const known = cached.get(modelId);
      if (known !== undefined) {
        cached.delete(modelId);
        cached.set(modelId, known);
        return await known;
      }
      const loading = loadDeployed(queries, cellId, modelId);
      cached.set(modelId, loading);
      loading.catch(() => cached.delete(modelId));
      const [oldest] = cached.keys();
      if (cached.size > cachedMax && oldest !== undefined) cached.delete(oldest);
      return await loading;
    },
  };
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
      const definitions = await readDecisions(file.content);
      if (!definitions.ok)
        return refuse(definitions.code, { ...definitions.facts, file: file.name });
      const program = compileDecisions(definitions.value);
      if (!program.ok) return refuse(program.code, { ...program.facts, file: file.name });
      decisions.push({ name: file.name, hash: file.hash, program: program.value });
    }
  }
  const { value: program, findings } = compiled;
  return ok({ program, findings, decisions, forms });
}

import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Result } from '../base/result.ts';
import { refuse } from '../base/result.ts';
import { compile, type Model, type Program, read } from '../kernel/index.ts';
import { decodeXml } from '../runtime/model/encoding.ts';
import { type Call, type ExitCode, sayRefusal } from './command.ts';

/** Larger files are not even opened: no encoding makes a model of this size readable. */
const bytesMax = 40_000_000;

/** A BPMN file named by a word of a call, or the exit code after its refusal was said. */
export async function readModelFile(
  call: Call,
  word: string | undefined,
): Promise<Model | ExitCode> {
  const file = resolve(call.folder, word ?? '');
  const size = await stat(file).catch(() => null);
  if (size === null || !size.isFile()) {
    call.tell(`There is no file ${file}.`);
    return 2;
  }
  const model = await modelOf(file, size.size);
  return model.ok ? model.value : sayRefusal(call, model);
}

async function modelOf(file: string, bytes: number): Promise<Result<Model>> {
  if (bytes > bytesMax) return refuse('xml_too_long', { max: String(bytesMax / 2) });
  const text = decodeXml(await readFile(file));
  return text.ok ? await read(text.value) : text;
}

/** The program of a BPMN file, which need not be free of faults to be looked at. */
export async function readProgramFile(
  call: Call,
  word: string | undefined,
): Promise<Program | ExitCode> {
  const model = await readModelFile(call, word);
  if (typeof model === 'number') return model;
  const compiled = compile(model);
  if (compiled.program !== null) return compiled.program;
  const first = compiled.findings.find((one) => one.severity === 'error');
  const { rule = '', element, message = '' } = first ?? {};
  return sayRefusal(call, refuse('model_rejected', { rule, element: element ?? '', message }));
}

import { readFile } from 'node:fs/promises';
import { ok, type Result, refuse } from '../../base/result.ts';
import { programToNet } from '../../insight/conform/bpmn-net.ts';
import { Markings } from '../../insight/conform/markings.ts';
import { readPnml } from '../../insight/conform/pnml.ts';
import { ProcessSpace } from '../../insight/conform/process-space.ts';
import { reduced } from '../../insight/conform/reduce.ts';
import type { StateSpace } from '../../insight/conform/space.ts';
import { compile, type Program, read } from '../../kernel/index.ts';

/** A model larger than this is no model of a process. */
const modelBytesMax = 16_000_000;

/**
 * A model to hold a log against, and the ids of a BPMN's elements by the names of its activities.
 */
export type ReadModel = {
  readonly space: StateSpace;
  readonly kind: 'pnml' | 'bpmn';
  /** How its states are found: the markings of a net, or the kernel's own steps. */
  readonly by: 'net' | 'kernel';
  readonly elements: ReadonlyMap<string, readonly string[]>;
};

/**
 * Reads BPMN or PNML. A flat BPMN process is held as a net, which is quick and means the same; any
 * other by the kernel's own steps. Refusals: file_not_readable, net_not_read, those of the kernel.
 */
export async function readModel(file: string): Promise<Result<ReadModel>> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
    return null;
  });
  if (bytes === null) return refuse('file_not_readable', { file });
  if (bytes.length > modelBytesMax) return refuse('net_not_read', { what: file });
  if (/<pnml[\s>]/.test(bytes.subarray(0, 4_096).toString('latin1'))) {
    const net = readPnml(bytes);
    if (!net.ok) return net;
    return ok({ space: new Markings(net.value), kind: 'pnml', by: 'net', elements: new Map() });
  }
  const xml = bytes.toString('utf8');
  const model = await read(xml);
  if (!model.ok) return model;
  // The first process, also where it is drawn only and not meant to be run.
  const compiled = compile(model.value, /<(?:\w+:)?process\s[^>]*?id="([^"]+)"/.exec(xml)?.[1]);
  if (!compiled.ok) return compiled;
  const net = programToNet(compiled.value);
  const space = net.ok ? new Markings(reduced(net.value)) : new ProcessSpace(compiled.value);
  const elements = elementsByName(compiled.value);
  return ok({ space, kind: 'bpmn', by: net.ok ? 'net' : 'kernel', elements });
}

function elementsByName(program: Program): ReadonlyMap<string, readonly string[]> {
  const elements = new Map<string, string[]>();
  for (const { id, name, work } of program.elements) {
    if (work.kind !== 'task' && work.kind !== 'call') continue;
    const label = name || id;
    elements.set(label, [...(elements.get(label) ?? []), id]);
  }
  return elements;
}

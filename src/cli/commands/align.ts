import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Result, refuse } from '../../base/result.ts';
import { programToNet } from '../../insight/conform/bpmn-net.ts';
import { type Conformance, conformanceOf } from '../../insight/conform/conformance.ts';
import { readPnml } from '../../insight/conform/pnml.ts';
import { activityInstances, type LifecycleView, lifecycleViews } from '../../insight/instances.ts';
import type { PetriNet } from '../../insight/petri-net.ts';
import { compile, read } from '../../kernel/index.ts';
import { readLog } from '../analyze/read-log.ts';
import { type Command, sayRefusal } from '../command.ts';

/** A model larger than this is no model of a process. */
const modelBytesMax = 16_000_000;

export const align: Command = {
  usage: `huiliu align LOG MODEL [--lifecycle complete|instances|all] [--json]

Explains every case of a log by a model (BPMN, or a Petri net in PNML) as cheaply as it can be done:
what was done though the model does not have it there, and what the model has and the case skipped.
Prints fitness by its published definitions and the deviations; activities go by their names.

  --lifecycle  complete (default), instances or all, as for analyze
  --json       fitness, deviations, and the explanation of every variant`,
  options: { lifecycle: { type: 'string', default: 'complete' } },
  words: { min: 2, max: 2 },
  run: async (call) => {
    if (!lifecycleViews.some((view) => view === call.options.lifecycle)) {
      call.tell(`--lifecycle is one of ${lifecycleViews.join(', ')}.`);
      return 2;
    }
    const [logFile = '', modelFile = ''] = call.words.map((word) => resolve(call.folder, word));
    const net = await readModel(modelFile);
    if (!net.ok) return sayRefusal(call, net);
    const log = await readLog(logFile, 'utf-8', {});
    if (!log.ok) return sayRefusal(call, log);
    const work = activityInstances(log.value.log, call.options.lifecycle as LifecycleView);
    if (work.size === 0) return sayRefusal(call, refuse('log_without_completions'));
    const conformance = conformanceOf(work, net.value);
    if (call.json) call.print(JSON.stringify({ ok: true, ...conformance }));
    else for (const line of lines(conformance)) call.print(line);
    return 0;
  },
};

async function readModel(file: string): Promise<Result<PetriNet>> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
    return null;
  });
  if (bytes === null) return refuse('file_not_readable', { file });
  if (bytes.length > modelBytesMax) return refuse('net_not_read', { what: file });
  if (/<pnml[\s>]/.test(bytes.subarray(0, 4_096).toString('latin1'))) return readPnml(bytes);
  const xml = bytes.toString('utf8');
  const model = await read(xml);
  if (!model.ok) return model;
  // The first process, also where it is drawn only and not meant to be run.
  const compiled = compile(model.value, /<(?:\w+:)?process\s[^>]*?id="([^"]+)"/.exec(xml)?.[1]);
  return compiled.ok ? programToNet(compiled.value) : compiled;
}

function lines(conformance: Conformance): string[] {
  const { cases, fittingCases, averageFitness, logFitness, exact, deviations } = conformance;
  const bound = exact ? '' : ' at most';
  return [
    `${cases} cases, ${fittingCases} fit the model (${((fittingCases / cases) * 100).toFixed(2)}%)`,
    `fitness:${bound} ${averageFitness.toFixed(5)} on average, ${logFitness.toFixed(5)} of the log`,
    ...deviations.slice(0, 20).map(({ kind, activity, times, cases: inCases }) => {
      const what = kind === 'log' ? 'not in the model there' : 'skipped';
      return `${activity}: ${what} ${times} times in ${inCases} cases`;
    }),
  ];
}

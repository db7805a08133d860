import { basename, resolve } from 'node:path';
import {
  type Algorithm,
  algorithms,
  type Discovered,
  discovered,
  usualNoise,
} from '../../insight/discover/discovered.ts';
import { activityInstances, type LifecycleView, lifecycleViews } from '../../insight/instances.ts';
import { objectOptions, readLog } from '../analyze/read-log.ts';
import { writeWhole } from '../analyze/write-report.ts';
import { type Call, type Command, sayRefusal } from '../command.ts';

export const discover: Command = {
  usage: `huiliu discover LOG --out MODEL.bpmn [--algorithm ${algorithms.join('|')}] [--noise SHARE]

Makes a BPMN model with its diagram out of an event log and verifies it with the same kernel that runs
models, before it is written. The same log gives the same model; where the log says in which role
things are done, it stands in lanes.

  --algorithm  imf (default): inductive mining that leaves out what is rare; im: every case of the log
               fits the model; split: split miner, small and readable; dfg: the process map as a model
  --noise      0 to 1. imf: how rare beside the commonest step is left out, default 0.2; split and dfg:
               the percentile below which arcs are rare, default 0.4
  --epsilon    split: how unlike two orders may be for work to be concurrent, default 0.1
  --lifecycle  complete (default), instances or all; --sheet, --object-type: as for analyze`,
  options: {
    out: { type: 'string' },
    algorithm: { type: 'string', default: 'imf' },
    noise: { type: 'string' },
    epsilon: { type: 'string', default: '0.1' },
    lifecycle: { type: 'string', default: 'complete' },
    sheet: { type: 'string' },
    'object-type': { type: 'string' },
  },
  words: { min: 1, max: 1 },
  run: async (call) => {
    const wrong = wrongUse(call);
    if (wrong !== null) {
      call.tell(wrong);
      return 2;
    }
    const file = resolve(call.folder, String(call.words[0]));
    const read = await readLog(file, 'utf-8', {
      attributes: true,
      ...objectOptions(call.options),
    });
    if (!read.ok) return sayRefusal(call, read);
    const { log } = read.value;
    const work = activityInstances(log, call.options.lifecycle as LifecycleView);
    const algorithm = call.options.algorithm as Algorithm;
    const noise = algorithm === 'im' ? 0 : Number(call.options.noise ?? usualNoise[algorithm]);
    const epsilon = Number(call.options.epsilon);
    const found = await discovered(work, { algorithm, noise, epsilon }, basename(file));
    if (!found.ok) return sayRefusal(call, found);
    const out = resolve(call.folder, String(call.options.out));
    const written = await writeWhole(out, found.value.bpmn);
    if (!written.ok) return sayRefusal(call, written);
    const { activities, sound, states, parts } = found.value;
    const { size, controlFlow, notConcurrent, tree } = found.value;
    const said = { ok: true, file: out, algorithm, activities, noise, sound, states, parts };
    const more = { size, controlFlow, notConcurrent, ...(tree === null ? {} : { tree }) };
    if (call.json) call.print(JSON.stringify({ ...said, ...more }));
    else for (const line of lines(said, more)) call.print(line);
    return 0;
  },
};

function lines(
  said: {
    file: string;
    activities: number;
    sound: true | 'unknown';
    states: number;
    parts: boolean;
  },
  more: { size: number; controlFlow: number; notConcurrent: Discovered['notConcurrent'] },
): string[] {
  const { file, activities, sound, states, parts } = said;
  const verdict =
    sound === true
      ? `sound, ${states} states${parts ? ', block by block' : ''}`
      : `sound by construction, too large to verify (${states} states seen)`;
  const pairs = more.notConcurrent.map(([a, b]) => `${a} | ${b}`).join('; ');
  return [
    `${file}: ${activities} activities, ${more.size} elements, ${verdict}`,
    ...(pairs === ''
      ? []
      : [`drawn one after the other, because beside each other they could not end well: ${pairs}`]),
  ];
}

function wrongUse({ options }: Call): string | null {
  if (typeof options.out !== 'string') return '--out names the file of the model.';
  if (!algorithms.some((each) => each === options.algorithm)) {
    return `--algorithm is one of ${algorithms.join(', ')}.`;
  }
  if (!lifecycleViews.some((each) => each === options.lifecycle)) {
    return `--lifecycle is one of ${lifecycleViews.join(', ')}.`;
  }
  for (const name of ['noise', 'epsilon'] as const) {
    const share = Number(options[name] ?? 0);
    if (!(share >= 0 && share <= 1)) return `--${name} is a share from 0 to 1.`;
  }
  return null;
}

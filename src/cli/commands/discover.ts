import { basename, resolve } from 'node:path';
import { assert } from '../../base/assert.ts';
import { refuse } from '../../base/result.ts';
import { graphToBpmn } from '../../insight/discover/bpmn.ts';
import { discoverFollows, discoverSplit } from '../../insight/discover/discover-split.ts';
import { complexityOf, type ModelGraph } from '../../insight/discover/graph.ts';
import { inductiveTree } from '../../insight/discover/inductive.ts';
import { soundByParts } from '../../insight/discover/parts.ts';
import { rolesOfActivities, withRoles } from '../../insight/discover/roles.ts';
import { activitiesOf, bagOf, type TraceBag } from '../../insight/discover/trace-bag.ts';
import { treeGraph } from '../../insight/discover/tree-graph.ts';
import type { EventLog } from '../../insight/event-log.ts';
import { activityInstances, type LifecycleView, lifecycleViews } from '../../insight/instances.ts';
import { type ProcessTree, treeText } from '../../insight/process-tree.ts';
import { read, verifyModel } from '../../kernel/index.ts';
import { objectOptions, readLog } from '../analyze/read-log.ts';
import { writeWhole } from '../analyze/write-report.ts';
import { type Call, type Command, sayRefusal } from '../command.ts';

const algorithms = ['imf', 'im', 'split', 'dfg'] as const;
type Algorithm = (typeof algorithms)[number];
/** What --noise is when it is not given. */
const usualNoise: Readonly<Record<Algorithm, number>> = { imf: 0.2, im: 0, split: 0.4, dfg: 0.4 };
/** Activities a model may have; more are no picture any more, and a column chosen wrongly. */
const activitiesMax = 300;

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
    if (work.size === 0) return sayRefusal(call, refuse('log_without_completions'));
    const bag = bagOf(work);
    const activities = activitiesOf(bag).length;
    if (activities > activitiesMax) {
      const limit = String(activitiesMax);
      return sayRefusal(call, refuse('discovery_too_many_activities', { limit }));
    }
    const algorithm = call.options.algorithm as Algorithm;
    const noise = algorithm === 'im' ? 0 : Number(call.options.noise ?? usualNoise[algorithm]);
    const epsilon = Number(call.options.epsilon);
    const name = (activity: number) => log.activities.text(activity);
    const found = await modelOf(bag, name, { algorithm, noise, epsilon });
    const words = { imf: 'Inductive mining', im: 'Inductive mining', split: 'Split miner' };
    const origin = `${algorithm === 'dfg' ? 'Process map' : words[algorithm]} (noise ${noise}) of ${basename(file)}`;
    const title = { id: 'discovered', name: basename(file), origin };
    const bpmn = graphToBpmn(inRoles(found.graph, log), title);
    const { sound, states, parts } = await verified(bpmn, found.tree);
    const out = resolve(call.folder, String(call.options.out));
    const written = await writeWhole(out, bpmn);
    if (!written.ok) return sayRefusal(call, written);
    const { size, controlFlow } = complexityOf(found.graph);
    const { notConcurrent } = found;
    const tree = found.tree && treeText(found.tree, name);
    const said = { ok: true, file: out, algorithm, activities, noise, sound, states, parts };
    const more = { size, controlFlow, notConcurrent, ...(tree === null ? {} : { tree }) };
    if (call.json) call.print(JSON.stringify({ ...said, ...more }));
    else for (const line of lines(said, more)) call.print(line);
    return 0;
  },
};

type Found = {
  readonly graph: ModelGraph;
  readonly tree: ProcessTree | null;
  /** Pairs seen in both orders that could not be drawn as concurrent without losing soundness. */
  readonly notConcurrent: readonly (readonly [string, string])[];
};

async function modelOf(
  bag: TraceBag,
  name: (activity: number) => string,
  options: { readonly algorithm: Algorithm; readonly noise: number; readonly epsilon: number },
): Promise<Found> {
  const { algorithm, noise, epsilon } = options;
  if (algorithm === 'split') {
    const { graph, leftOut } = await discoverSplit(bag, name, { epsilon, eta: noise });
    return { graph, tree: null, notConcurrent: leftOut.map(([a, b]) => [name(a), name(b)]) };
  }
  if (algorithm === 'dfg') {
    return { graph: discoverFollows(bag, name, noise), tree: null, notConcurrent: [] };
  }
  const tree = inductiveTree(bag, noise);
  return { graph: treeGraph(tree, name), tree, notConcurrent: [] };
}

function inRoles(graph: ModelGraph, log: EventLog): ModelGraph {
  const roles = rolesOfActivities(log);
  if (roles === null) return graph;
  const named = roles.flatMap((role, code) =>
    role === null ? [] : [[log.activities.text(code), role] as const],
  );
  return withRoles(graph, new Map(named));
}

function lines(
  said: {
    file: string;
    activities: number;
    sound: true | 'unknown';
    states: number;
    parts: boolean;
  },
  more: { size: number; controlFlow: number; notConcurrent: Found['notConcurrent'] },
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

/**
 * The kernel must find the model sound before anybody sees it, or one of us is wrong. A
 * block-structured model with too many states is verified block by block (`parts`).
 */
async function verified(
  bpmn: string,
  tree: ProcessTree | null,
): Promise<{ sound: true | 'unknown'; states: number; parts: boolean }> {
  const model = await read(bpmn);
  assert(model.ok, 'a discovered model can be read');
  const { status, sound, states } = verifyModel(model.value);
  assert(status === 'accepted', 'a discovered model is accepted');
  if (sound !== 'unknown' || tree === null) {
    assert(sound === true || sound === 'unknown', 'a discovered model is sound');
    return { sound, states, parts: false };
  }
  const byParts = await soundByParts(tree);
  assert(byParts.sound === true || byParts.sound === 'unknown', 'every block of it is sound');
  return { sound: byParts.sound, states: byParts.states, parts: true };
}

import { assert } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { read, verifyModel } from '../../kernel/index.ts';
import type { EventLog } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import { type ProcessTree, treeText } from '../process-tree.ts';
import { graphToBpmn } from './bpmn.ts';
import { discoverFollows, discoverSplit } from './discover-split.ts';
import { type Complexity, complexityOf, type ModelGraph } from './graph.ts';
import { inductiveTree } from './inductive.ts';
import { soundByParts } from './parts.ts';
import { rolesOfActivities, withRoles } from './roles.ts';
import { activitiesOf, bagOf, type TraceBag } from './trace-bag.ts';
import { treeGraph } from './tree-graph.ts';

/** imf: inductive mining without what is rare; im: with it; split: split miner; dfg: the map. */
export const algorithms = ['imf', 'im', 'split', 'dfg'] as const;
export type Algorithm = (typeof algorithms)[number];

/** How much counts as noise when nobody says: see `inductiveTree` and `SplitOptions.eta`. */
export const usualNoise: Readonly<Record<Algorithm, number>> = {
  ...{ imf: 0.2, im: 0, split: 0.4, dfg: 0.4 },
};

/** Activities a model may have; more are no picture any more, and a column chosen wrongly. */
export const activitiesMax = 300;

export type DiscoverOptions = {
  readonly algorithm: Algorithm;
  /** 0 to 1; for im always 0. */
  readonly noise: number;
  /** For split: how unlike two orders may be for work to be concurrent. */
  readonly epsilon: number;
};

/**
 * A model with its diagram, and the kernel's word on it. `states`: those the verifier looked at;
 * `parts`: it was verified block by block. `notConcurrent`: pairs seen in both orders that could
 * not be drawn beside each other without losing soundness. `tree`: where the algorithm has one.
 */
export type Discovered = Complexity & {
  readonly bpmn: string;
  readonly activities: number;
  readonly sound: true | 'unknown';
  readonly states: number;
  readonly parts: boolean;
  readonly notConcurrent: readonly (readonly [string, string])[];
  readonly tree: string | null;
  /** The ids of the elements of each activity in the model, by its name. */
  readonly elements: ReadonlyMap<string, readonly string[]>;
};

/**
 * Makes a model out of pieces of work and has the kernel verify it before anybody sees it. `of`
 * names what it was made of. Refusals: log_without_completions, discovery_too_many_activities.
 */
export async function discovered(
  work: Instances,
  options: DiscoverOptions,
  of: string,
): Promise<Result<Discovered>> {
  if (work.size === 0) return refuse('log_without_completions');
  const bag = bagOf(work);
  const activities = activitiesOf(bag).length;
  if (activities > activitiesMax) {
    return refuse('discovery_too_many_activities', { limit: String(activitiesMax) });
  }
  const { log } = work;
  const name = (activity: number) => log.activities.text(activity);
  const found = await modelOf(bag, name, options);
  const words = { imf: 'Inductive mining', im: 'Inductive mining', split: 'Split miner' };
  const how = options.algorithm === 'dfg' ? 'Process map' : words[options.algorithm];
  const origin = `${how} (noise ${options.noise}) of ${of}`;
  const bpmn = graphToBpmn(inRoles(found.graph, log), { id: 'discovered', name: of, origin });
  const elements = new Map<string, string[]>();
  for (const [i, node] of found.graph.nodes.entries()) {
    if (node.kind !== 'task') continue;
    elements.set(node.name, [...(elements.get(node.name) ?? []), `task_${i}`]);
  }
  return ok({
    ...{ bpmn, activities, elements, ...complexityOf(found.graph) },
    ...(await verified(bpmn, found.tree)),
    notConcurrent: found.notConcurrent,
    tree: found.tree && treeText(found.tree, name),
  });
}

type Found = {
  readonly graph: ModelGraph;
  readonly tree: ProcessTree | null;
  readonly notConcurrent: readonly (readonly [string, string])[];
};

async function modelOf(
  bag: TraceBag,
  name: (activity: number) => string,
  { algorithm, noise, epsilon }: DiscoverOptions,
): Promise<Found> {
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

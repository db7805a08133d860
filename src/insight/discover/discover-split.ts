import { read, type Verdict, verifyModel } from '../../kernel/index.ts';
import { bareBpmn } from './bpmn.ts';
import {
  concurrencyOf,
  type FollowsGraph,
  followsGraph,
  withoutRareArcs,
} from './filtered-follows.ts';
import type { ModelGraph } from './graph.ts';
import { simplified, withSimpleJoins } from './joins.ts';
import { splitModel } from './split-miner.ts';
import type { TraceBag } from './trace-bag.ts';

/**
 * `epsilon`: how unlike the counts of two orders may be for two activities to be concurrent (0 to
 * 1; 0: nothing is). `eta`: the percentile below which arcs are rare (0: none is left out).
 */
export type SplitOptions = { readonly epsilon: number; readonly eta: number };

/** The defaults of the paper. */
export const usualSplit: SplitOptions = { epsilon: 0.1, eta: 0.4 };

/** A model, the verifier's word on it, and the pairs not drawn as concurrent to keep it sound. */
export type SplitModel = {
  readonly graph: ModelGraph;
  readonly sound: Verdict;
  readonly states: number;
  readonly leftOut: readonly (readonly [number, number])[];
};

const boundsOfTry = { statesMax: 20_000, reduce: true };

/**
 * Split miner, verified. A model with all concurrency that was found is taken when the kernel finds
 * it sound. Else groups of concurrent activities are taken in one after the other, the strongest
 * first, as long as the model stays sound; without any it is a choice at every step, which can
 * always come to an end. The pairs that could not be drawn as concurrent are named.
 */
export async function discoverSplit(
  bag: TraceBag,
  name: (activity: number) => string,
  options: SplitOptions,
): Promise<SplitModel> {
  const follows = followsGraph(bag);
  const all = await attempt(follows, name, options, () => true);
  if (all.sound === true) return { ...all, leftOut: [] };
  const groups = groupsOf(follows, options.epsilon);
  const taken = new Set<string>();
  let best: Attempt | null = null;
  for (const group of groups) {
    const keys = group.map(([a, b]) => `${a} ${b}`);
    for (const key of keys) taken.add(key);
    const tried = await attempt(follows, name, options, (a, b) => taken.has(`${a} ${b}`));
    if (tried.sound === true) best = tried;
    else for (const key of keys) taken.delete(key);
  }
  best ??= await attempt(follows, name, options, () => false);
  const leftOut = groups.flat().filter(([a, b]) => !taken.has(`${a} ${b}`));
  const activity = (place: number) => follows.activities[place - 2]!;
  return { ...best, leftOut: leftOut.map(([a, b]) => [activity(a), activity(b)] as const) };
}

/**
 * The process map as a model: after each activity a choice of what directly followed it, but for
 * arcs rarer than the `eta` percentile (see `withoutRareArcs`). One token goes around, so it can
 * always come to an end.
 */
export function discoverFollows(
  bag: TraceBag,
  name: (activity: number) => string,
  eta: number,
): ModelGraph {
  const follows = followsGraph(bag);
  const arcs = withoutRareArcs(follows.size, follows.weight, eta);
  const none = new Uint8Array(follows.size * follows.size);
  return exclusiveOnly(splitModel(follows, arcs, none, name));
}

type Attempt = Omit<SplitModel, 'leftOut'>;

async function attempt(
  follows: FollowsGraph,
  name: (activity: number) => string,
  { epsilon, eta }: SplitOptions,
  allowed: (a: number, b: number) => boolean,
): Promise<Attempt> {
  const { beside, weight } = concurrencyOf(follows, epsilon, allowed);
  const arcs = withoutRareArcs(follows.size, weight, eta);
  const rough = splitModel(follows, arcs, beside, name);
  const parallel = beside.includes(1);
  const graph = parallel ? await withSimpleJoins(rough) : exclusiveOnly(rough);
  const model = await read(bareBpmn(graph));
  if (!model.ok) return { graph, sound: 'unknown', states: 0 };
  const { sound, states, status } = verifyModel(model.value, boundsOfTry);
  return { graph, sound: status === 'accepted' ? (sound ?? 'unknown') : 'unknown', states };
}

/** Without parallel work only one token goes around, and every join is exclusive. */
function exclusiveOnly({ nodes, flows }: ModelGraph): ModelGraph {
  return simplified({
    nodes: nodes.map((node) =>
      node.kind === 'inclusiveGateway' ? { ...node, kind: 'exclusiveGateway' } : node,
    ),
    flows,
  });
}

/** Concurrent pairs in groups that hang together, the group with most evidence first. */
function groupsOf(follows: FollowsGraph, epsilon: number): [number, number][][] {
  const { size, weight } = follows;
  const { beside } = concurrencyOf(follows, epsilon, () => true);
  const left = new Set(Array.from({ length: size }, (_, place) => place));
  const groups: { pairs: [number, number][]; strength: number }[] = [];
  for (const place of left) {
    const members = new Set([place]);
    for (const member of members) {
      left.delete(member);
      for (let other = 0; other < size; other++) {
        if (beside[member * size + other] === 1) members.add(other);
      }
    }
    const pairs: [number, number][] = [];
    let strength = 0;
    for (const a of members) {
      for (const b of members) {
        if (a >= b || beside[a * size + b] !== 1) continue;
        pairs.push([a, b]);
        strength += weight[a * size + b]! + weight[b * size + a]!;
      }
    }
    if (pairs.length > 0) groups.push({ pairs, strength });
  }
  return groups.sort((a, b) => b.strength - a.strength).map(({ pairs }) => pairs);
}

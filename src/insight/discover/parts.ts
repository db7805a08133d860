import { read, type Verdict, verifyModel } from '../../kernel/index.ts';
import type { ProcessTree } from '../process-tree.ts';
import { bareBpmn } from './bpmn.ts';
import { treeGraph } from './tree-graph.ts';

/**
 * Whether a tree's model is sound, by the kernel's verifier on one block at a time, each inner
 * block standing as one task. A task of a safe and sound process may be replaced by one that is
 * itself safe and sound without losing either (van der Aalst 1998, "The application of Petri nets
 * to workflow management"), so the whole is sound when every block is; that needs far fewer states
 * than all at once.
 */
export async function soundByParts(
  tree: ProcessTree,
): Promise<{ readonly sound: Verdict; readonly states: number }> {
  let states = 0;
  const verdicts = new Map<string, Verdict>();
  const todo = [tree];
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    const inner = childrenOf(part);
    todo.push(...inner);
    const block = withTasks(part);
    const shape = JSON.stringify(block);
    if (verdicts.has(shape)) continue;
    const model = await read(bareBpmn(treeGraph(block, (activity) => `part ${activity}`)));
    if (!model.ok) return { sound: 'unknown', states };
    const { status, sound, properties, states: seen } = verifyModel(model.value);
    states += seen;
    const good = status === 'accepted' && sound === true && properties?.safe === true;
    verdicts.set(shape, good ? true : sound === false ? false : 'unknown');
  }
  const all = [...verdicts.values()];
  return { sound: all.includes(false) ? false : !all.includes('unknown') || 'unknown', states };
}

function childrenOf(tree: ProcessTree): readonly ProcessTree[] {
  if (tree.kind === 'activity' || tree.kind === 'silent') return [];
  return tree.kind === 'loop' ? [tree.body, tree.redo] : tree.children;
}

/** The same block with each inner block as a task of its own. */
function withTasks(tree: ProcessTree): ProcessTree {
  let tasks = 0;
  const task = (part: ProcessTree): ProcessTree =>
    part.kind === 'silent' ? part : { kind: 'activity', activity: tasks++ };
  if (tree.kind === 'activity' || tree.kind === 'silent') return task(tree);
  if (tree.kind === 'loop') return { ...tree, body: task(tree.body), redo: task(tree.redo) };
  return { ...tree, children: tree.children.map(task) };
}

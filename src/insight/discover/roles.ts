import { type EventLog, none } from '../event-log.ts';
import type { ModelGraph } from './graph.ts';

/** Names under which logs say in which role something was done. */
const roleNames = ['org:role', 'role', '角色', '岗位'];

/** For each activity the role that did it most often; null when the log names no roles. */
export function rolesOfActivities(log: EventLog): readonly (string | null)[] | null {
  const attribute = log.attributes.find(
    ({ name, of }) => of === 'event' && roleNames.includes(name.toLowerCase()),
  );
  if (attribute === undefined) return null;
  const counts = Array.from({ length: log.activities.size }, () => new Map<number, number>());
  for (let i = 0; i < log.activity.length; i++) {
    const role = attribute.code[i]!;
    const count = counts[log.activity[i]!]!;
    if (role !== none) count.set(role, (count.get(role) ?? 0) + 1);
  }
  return counts.map((count) => {
    let [best, most] = [none, 0];
    for (const [role, times] of count) if (times > most) [best, most] = [role, times];
    return best === none ? null : attribute.values.text(best);
  });
}

/** The same model with the role of each task; `roleOf` by the task's name. */
export function withRoles(graph: ModelGraph, roleOf: ReadonlyMap<string, string>): ModelGraph {
  const nodes = graph.nodes.map((node) =>
    node.kind === 'task' ? { ...node, role: roleOf.get(node.name) ?? null } : node,
  );
  return { ...graph, nodes };
}

/** Elements that may be done again and again, so that states may come in a circle. */
import type { Node, Program } from '../program.ts';
import { nextOf, reachableFrom } from '../reach.ts';

const known = new WeakMap<Program, ReadonlySet<number>>();

/**
 * Elements on a circle of flows, behind an event that can occur again, inside something that loops,
 * and all that is inside any of these. Every circle of states does only such elements.
 */
export function circlingOf(program: Program): ReadonlySet<number> {
  const found = known.get(program);
  if (found !== undefined) return found;
  const circling = new Set<number>(onCircles(program));
  for (const node of program.elements) {
    if (loopsItself(node)) circling.add(node.index);
    if (!occursAgain(node)) continue;
    for (const one of reachableFrom(program, node.index).elements) circling.add(one);
  }
  for (const node of program.elements) {
    for (let at: Node | undefined = node; at !== undefined; at = program.elements[at.parent]) {
      if (circling.has(at.index)) circling.add(node.index);
    }
  }
  known.set(program, circling);
  return circling;
}

/** Elements from which a way leads back to themselves: parts of the graph that hang together. */
function onCircles(program: Program): number[] {
  const ahead = program.elements.map((node) => nextOf(program, node));
  const behind: number[][] = program.elements.map(() => []);
  ahead.forEach((targets, from) => {
    for (const target of targets) behind[target]?.push(from);
  });
  const groups = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const root of lastFirst(ahead)) {
    const todo = [root];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (groups.has(at)) continue;
      groups.set(at, root);
      sizes.set(root, (sizes.get(root) ?? 0) + 1);
      for (const before of behind[at] ?? []) todo.push(before);
    }
  }
  return program.elements.flatMap(({ index }) => {
    const isGroup = (sizes.get(groups.get(index) ?? -1) ?? 0) > 1;
    return isGroup || ahead[index]?.includes(index) === true ? [index] : [];
  });
}

/** All elements, those whose ways on are done last first. */
function lastFirst(ahead: readonly (readonly number[])[]): number[] {
  const done: number[] = [];
  const seen = new Set<number>();
  for (const start of ahead.keys()) {
    const path: [element: number, next: number][] = seen.has(start) ? [] : [[start, 0]];
    seen.add(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = ahead[top[0]]?.[top[1]];
      top[1] += 1;
      if (target === undefined) {
        done.push(top[0]);
        path.pop();
      } else if (!seen.has(target)) {
        seen.add(target);
        path.push([target, 0]);
      }
    }
  }
  return done.reverse();
}

function loopsItself({ work }: Node): boolean {
  if (work.kind === 'scope') {
    return (work.activity?.loop ?? null) !== null || work.variant === 'event_sub';
  }
  return 'activity' in work && work.activity?.loop !== null;
}

/** An event at a border that does not interrupt, unless time lets it occur once only. */
function occursAgain({ work }: Node): boolean {
  if (work.kind !== 'boundary' || work.interrupting) return false;
  return work.triggers.some((one) => one.kind !== 'timer' || one.timer === 'cycle');
}

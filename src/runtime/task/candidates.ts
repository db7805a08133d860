import type { Actor } from '../actor.ts';

/** What on a task says who may take it. */
export type Candidacy = {
  readonly role: string;
  readonly unitCode: string | null;
  readonly customerNumber: string | null;
  /** Set when the model names the person. */
  readonly person: string | null;
};

/**
 * Whether the actor may take the task: the named person and nobody else; a task of the customer by
 * whoever acts for that customer; any other by who holds its role at its unit.
 */
export function isCandidate(actor: Actor, task: Candidacy): boolean {
  if (task.person !== null && task.person !== actor.person) return false;
  if (task.customerNumber !== null) return task.customerNumber === actor.customerNumber;
  return actor.posts.some((post) => post.role === task.role && post.unit === task.unitCode);
}

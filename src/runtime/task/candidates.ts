import type { TaskRow } from '../../store/process/rows.ts';
import type { Actor } from '../actor.ts';

/** What on a task says who may take it. */
export type Candidacy = {
  readonly role: string;
  readonly unitCode: string | null;
  readonly customerNumber: string | null;
  /** Set when the model names the person. */
  readonly person: string | null;
  /** Roles and units of staff who may fill in a customer's task at the counter. */
  readonly counterRoles: readonly string[];
  readonly counterUnits: readonly string[];
};

/** What a row of the table says of it. */
export function candidacyOf(task: TaskRow): Candidacy {
  return {
    role: task.role,
    unitCode: task.unit_code,
    customerNumber: task.customer_id,
    person: task.assignee_person,
    counterRoles: task.counter_roles,
    counterUnits: task.counter_units,
  };
}

/**
 * Whether the actor may take the task: the named person and nobody else; a task of the customer by
 * whoever acts for that customer; any other by who holds its role at its unit.
 */
export function isCandidate(actor: Actor, task: Candidacy): boolean {
  if (task.person !== null && task.person !== actor.person) return false;
  if (task.customerNumber !== null) return task.customerNumber === actor.customerNumber;
  return actor.posts.some((post) => post.role === task.role && post.unit === task.unitCode);
}

/**
 * Whether the actor may fill in the customer's task at the counter (柜面代办): staff in a role
 * that the model names, at the unit of the case or of the customer. Only with the customer
 * present.
 */
export function mayFillInFor(actor: Actor, task: Candidacy): boolean {
  if (task.customerNumber === null || actor.customerNumber !== null) return false;
  // Whoever has claimed it is named on it; nobody else is.
  if (task.person !== null && task.person !== actor.person) return false;
  return actor.posts.some(
    (post) => task.counterRoles.includes(post.role) && task.counterUnits.includes(post.unit),
  );
}

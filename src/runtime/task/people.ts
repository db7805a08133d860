import { dateInChina } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { elementIndex, elementInfo, type Program } from '../../kernel/index.ts';
import type { Queries } from '../../store/database.ts';
import { type Colleague, colleaguesIn, employeeOfLogin } from '../../store/people/colleagues.ts';
import { type OrgUnit, type UnitRule, unitByRule, unitsUpwards } from '../../store/people/units.ts';
import type { PerformedRow, TaskRow } from '../../store/process/rows.ts';
import type { Burst, Live } from '../action/burst.ts';
import type { Actor } from '../actor.ts';
import type { Parts } from '../parts.ts';
import { keptFromBy, performedIn } from './segregation.ts';

/**
 * What a colleague is chosen for. forward, delegate: who could claim the task. add_signer: who has
 * a part in the process. copy: these, and whoever may look at the case by a seat above it.
 */
export type Purpose = 'forward' | 'delegate' | 'add_signer' | 'copy';

/** Most colleagues that are looked at or shown. */
export const peopleMax = 500;

type Post = { readonly role: string | null; readonly unit: string };

/** Where a case stands, as far as choosing people goes. */
type Place = { readonly task: TaskRow; readonly program: Program; readonly caseUnit: string };

function postsFor(purpose: Purpose, place: Place, units: readonly OrgUnit[]): Post[] {
  const { task, program, caseUnit } = place;
  const own: Post[] = task.unit_code === null ? [] : [{ role: task.role, unit: task.unit_code }];
  if (purpose === 'forward' || purpose === 'delegate') return own;
  const lanes = program.elements.flatMap((node): Post[] => {
    if (node.type !== 'userTask') return [];
    const info = elementInfo(program, node.index);
    const role = info.attributes.role ?? info.role;
    const rule = info.attributes.unit ?? info.unit ?? 'own';
    if (role === null || rule === 'customer') return [];
    const unit = unitByRule(units, caseUnit, rule as UnitRule)?.unitCode;
    return unit === undefined ? [] : [{ role, unit }];
  });
  const above = unitsUpwards(units, caseUnit).map((unit) => ({ role: null, unit: unit.unitCode }));
  return [...own, ...lanes, ...(purpose === 'copy' ? above : [])];
}

/** Colleagues for a purpose, kept apart or not; the actor is never among them. */
async function colleaguesFor(
  queries: Queries,
  parts: Parts,
  order: { readonly actor: Actor; readonly purpose: Purpose; readonly at: number },
  place: Place,
): Promise<Colleague[]> {
  const date = dateInChina(order.at);
  const units = await parts.units.on(queries, date, order.at);
  const posts = postsFor(order.purpose, place, units);
  const found = await colleaguesIn(queries, parts.cellId, {
    ...{ posts, permission: 'view_cases', date, limit: peopleMax },
  });
  return found.filter((one) => one.person !== order.actor.person);
}

/** The task by which a colleague is kept from the one at hand; a notice asks nothing. */
function keptApart(
  purpose: Purpose,
  person: string,
  task: TaskRow,
  performed: readonly PerformedRow[],
): string | null {
  if (purpose === 'copy') return null;
  return keptFromBy(
    { person },
    { taskId: task.id, elementId: task.element_id, separateFrom: task.separate_from },
    performedIn(performed),
  );
}

/** Who may be chosen for a purpose: with nobody who is kept apart by what was done before. */
export async function peopleFor(
  queries: Queries,
  parts: Parts,
  order: { readonly actor: Actor; readonly purpose: Purpose; readonly at: number },
  place: Place & { readonly performed: readonly PerformedRow[] },
): Promise<Colleague[]> {
  const found = await colleaguesFor(queries, parts, order, place);
  return found.filter(
    (one) => keptApart(order.purpose, one.person, place.task, place.performed) === null,
  );
}

/**
 * The colleague of a login, if chosen by right. Refuses `person_not_candidate` (no such colleague,
 * oneself, or without a seat that this asks for) and `person_kept_apart` (不相容岗位, by person).
 */
export async function chosenPerson(
  burst: Burst,
  live: Live,
  task: TaskRow,
  chosen: { readonly login: string; readonly purpose: Purpose },
): Promise<Result<{ login: string; person: string }>> {
  const { transaction, parts, actor, at } = burst;
  const { login, purpose } = chosen;
  const facts = { login, task: task.element_id };
  const colleague = await employeeOfLogin(transaction, parts.cellId, login);
  if (colleague === null) return refuse('person_not_candidate', facts);
  const place = { task, program: live.model.program, caseUnit: live.row.unit_code };
  const found = await colleaguesFor(transaction, parts, { actor, purpose, at }, place);
  if (!found.some((one) => one.person === colleague.person)) {
    return refuse('person_not_candidate', facts);
  }
  const done = keptApart(purpose, colleague.person, task, burst.performed);
  return done === null ? ok(colleague) : refuse('person_kept_apart', { ...facts, done });
}

/** Whether a person still has the seat a task asks for, and is not kept from it. */
export async function isStillFit(burst: Burst, task: TaskRow, person: string): Promise<boolean> {
  const { transaction, parts, at } = burst;
  if (task.unit_code === null) return false;
  const found = await colleaguesIn(transaction, parts.cellId, {
    posts: [{ role: task.role, unit: task.unit_code }],
    ...{ permission: '', date: dateInChina(at), limit: peopleMax },
  });
  const isOne = found.some((one) => one.person === person);
  return isOne && keptApart('forward', person, task, burst.performed) === null;
}

/** Whether an element of a model is a user task or a call: a step that people return to. */
export function isStep(program: Program, elementId: string): boolean {
  const index = elementIndex(program, elementId);
  const type = index === null ? '' : elementInfo(program, index).type;
  return type === 'userTask' || type === 'callActivity';
}

import { type Result, refuse } from '../../base/result.ts';
import type { CaseView } from '../../runtime/views.ts';
import type { Person } from '../../store/people/sessions.ts';
import { isCopied } from '../../store/process/task/copies.ts';
import type { ServerContext } from '../context.ts';
import { actorOf } from './actors.ts';
import { sendableMessages } from './messages.ts';
import { unitsInScope } from './sessions.ts';

/** Which facts of a case say who may see it. */
type CaseFacts = { readonly unitCode: string; readonly customerId: string | null };

/**
 * Whether a person may see a case: the customer it is for; staff in whose data scope its unit lies;
 * whoever has, had, or may take a task of it.
 */
async function maySeeCase(
  context: ServerContext,
  person: Person,
  caseNumber: string,
  facts: CaseFacts,
): Promise<boolean> {
  if (person.kind === 'customer') return facts.customerId === person.customerNumber;
  const units = await unitsInScope(context, person, 'view_cases');
  if (units.includes(facts.unitCode)) return true;
  const tasks = await context.runtime.caseTasks(caseNumber);
  if (tasks.some((task) => task.assignee === person.login)) return true;
  const order = { actor: actorOf(person), filter: 'all', caseNumber, limit: 1 } as const;
  if ((await context.runtime.listTasks(order)).total > 0) return true;
  if (await isServed(context, person, caseNumber, facts)) return true;
  return await isCopied(context.database, context.settings.cellId, caseNumber, person.person);
}

/**
 * Whether the case waits for the customer, and the person may fill in or pass on what it waits for
 * at the counter: a teller sees such a case of the sub-branch above, and no other.
 */
async function isServed(
  context: ServerContext,
  person: Person,
  caseNumber: string,
  facts: CaseFacts,
): Promise<boolean> {
  const order = { actor: actorOf(person), filter: 'counter', caseNumber, limit: 1 } as const;
  if ((await context.runtime.listTasks(order)).total > 0) return true;
  return (await sendableMessages(context, person, { caseNumber, ...facts })).length > 0;
}

/** The case, or `not_found` for one that does not exist as for one the person may not see. */
export async function seenCase(
  context: ServerContext,
  person: Person,
  caseNumber: string,
): Promise<Result<CaseView>> {
  const viewed = await context.runtime.viewCase(caseNumber);
  if (!viewed.ok) return refuse('not_found');
  const seen = await maySeeCase(context, person, caseNumber, viewed.value);
  return seen ? viewed : refuse('not_found');
}

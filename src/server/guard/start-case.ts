import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { StartOrder } from '../../runtime/cases.ts';
import { readCustomer } from '../../store/people/customers.ts';
import type { Person } from '../../store/people/sessions.ts';
import { newestModel } from '../../store/process/models.ts';
import type { ServerContext } from '../context.ts';
import { actorOf } from './actors.ts';
import { may, unitsInScope } from './sessions.ts';

export type StartRequest = {
  readonly processId: string;
  readonly unitId: string | undefined;
  readonly values: Values;
};

/**
 * Whether a person may start a process: who holds the role of the lane in which it starts; and for
 * one that a customer starts, staff who may do so at the customer's wish (柜面受理).
 */
export async function mayStart(
  context: ServerContext,
  person: Person,
  modelId: string,
): Promise<boolean> {
  const { program } = await context.runtime.parts.models.byId(context.database, modelId);
  const start = program.elements.find((element) => element.type === 'startEvent');
  const role = start?.role ?? null;
  if (role === null) return false;
  if (person.roles.some((held) => held.role === role)) return true;
  return role === 'customer' && may(person, 'start_for_customer');
}

/**
 * The order to start a case as this person may give it. A customer starts for nobody else, at the
 * unit that keeps the customer; staff start where they may see cases.
 */
export async function startOrder(
  context: ServerContext,
  person: Person,
  request: StartRequest,
): Promise<Result<StartOrder>> {
  const { database, settings } = context;
  const model = await newestModel(database, settings.cellId, request.processId);
  if (model === null) return refuse('not_found');
  if (!(await mayStart(context, person, model.id))) return refuse('not_permitted');
  const actor = actorOf(person);
  const { processId, values } = request;
  if (person.kind === 'customer') {
    return ok({ actor, processId, values: { ...values, customerNumber: person.person } });
  }
  const scope = await unitsInScope(context, person, 'view_cases');
  const named = values.customerNumber ?? null;
  const customer =
    typeof named === 'string' ? await readCustomer(database, settings.cellId, named) : null;
  const isForeign = customer !== null && !scope.includes(customer.unitCode);
  if (typeof named === 'string' && (customer === null || isForeign)) {
    return refuse('customer_unknown', { customer: named });
  }
  const unitCode = request.unitId ?? customer?.unitCode ?? actor.unitCode;
  if (!scope.includes(unitCode)) return refuse('unit_unknown', { unit: unitCode });
  return ok({ actor, processId, values, unitCode });
}

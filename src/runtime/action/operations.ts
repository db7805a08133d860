import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type Effect, elementInfo } from '../../kernel/index.ts';
import type { OperationInput } from '../../ledger/service-operation.ts';
import type { Burst, Live, Order } from './burst.ts';
import { loadFacts } from './facts.ts';
import { type OperationCall, post, record, takeAccountingDate } from './posting.ts';
import { valuesAt } from './values-at.ts';

/**
 * Runs a service operation in the action's transaction: loads what it needs, lets it decide, posts
 * and records what it answers. Gives the values it adds to the case. A refusal of the operation or
 * of the ledger is the action's refusal.
 */
export async function runOperation(
  burst: Burst,
  live: Live,
  call: OperationCall,
): Promise<Result<Values>> {
  const info = elementInfo(live.model.program, call.element);
  const operation = burst.parts.operations.get(call.operation);
  if (operation === undefined) {
    return refuse('operation_unknown', { element: info.id, operation: call.operation });
  }
  const entity = await takeAccountingDate(burst);
  if (!entity.ok) return entity;
  const accountingDate = entity.value;
  const input: OperationInput = {
    values: { ...valuesAt(live.state, live.data, call.activityInstance), ...call.filledIn },
    context: {
      at: burst.at,
      accountingDate,
      caseNumber: live.row.case_number,
      processInstance: live.row.id,
      activity: info.id,
      caseUnitId: live.row.unit_code,
      performer: burst.actor.unitCode === '' ? null : burst.actor.login,
      performerUnitId: burst.actor.unitCode === '' ? live.row.unit_code : burst.actor.unitCode,
      attributes: info.attributes,
    },
  };
  const facts = await loadFacts(burst, accountingDate, operation.needs(input));
  const decided = operation.decide(input, facts);
  if (!decided.ok) return decided;
  // A note's account is opened with its record, before money is posted on it.
  for (const wanted of decided.value.records) {
    const recorded = await record(burst, live, wanted);
    if (!recorded.ok) return recorded;
  }
  for (const posting of decided.value.postings) {
    const posted = await post(burst, live, call, posting);
    if (!posted.ok) return posted;
  }
  return ok(decided.value.values);
}

/** A service task: its operation runs at once, and the task is completed with what it answered. */
export async function runService(
  burst: Burst,
  live: Live,
  effect: Extract<Effect, { type: 'call_service' }>,
): Promise<Result<Order[]>> {
  const info = elementInfo(live.model.program, effect.element);
  const { activityInstance, element } = effect;
  const operation = info.attributes.operation;
  if (operation === undefined) return refuse('operation_missing', { element: info.id });
  const answered = await runOperation(burst, live, {
    operation,
    element,
    activityInstance,
    taskId: null,
    filledIn: {},
  });
  if (!answered.ok) return answered;
  const command = {
    type: 'complete_activity',
    at: burst.at,
    activityInstance,
    values: answered.value,
  } as const;
  return ok([{ instanceId: live.row.id, command }]);
}

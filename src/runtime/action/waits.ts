import type { Value } from '../../base/data.ts';
import { dateInChina } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type Effect, elementInfo } from '../../kernel/index.ts';
import { type UnitRule, unitByRule } from '../../store/people/units.ts';
import { customerFact, personOfLogin } from '../../store/process/operation-facts.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import { dueAfter } from '../task/due.ts';
import { namesIn } from '../task/task-rules.ts';
import { type Burst, correlationText, type Live, type Order } from './burst.ts';
import { canonicalText } from './canonical.ts';

type EffectOf<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

const nothing: Result<Order[]> = ok([]);

function place(live: Live, number: number): string {
  return `${live.row.id} ${number}`;
}

/** Puts a task into the list of those who may do it: the lane's role at the unit its rule names. */
export async function createTask(
  burst: Burst,
  live: Live,
  effect: EffectOf<'create_task'>,
): Promise<Result<Order[]>> {
  const info = elementInfo(live.model.program, effect.element);
  const role = info.attributes.role ?? info.role;
  if (role === null) return refuse('task_without_role', { element: info.id });
  const unit = await unitOfTask(burst, live, info.attributes.unit ?? info.unit ?? 'own');
  if (unit === null) return refuse('task_without_unit', { element: info.id });
  const isForCustomer = unit === 'customer';
  if (isForCustomer && live.row.customer_id === null) {
    return refuse('case_without_customer', { element: info.id });
  }
  const task: TaskRow = {
    id: burst.newId(),
    instance_id: live.row.id,
    root_id: live.row.root_id,
    path: live.row.path,
    model_id: live.row.model_id,
    process_id: live.row.process_id,
    case_number: live.row.case_number,
    activity_instance: effect.activityInstance,
    element_id: info.id,
    name: info.name ?? info.id,
    name_en: info.nameEn ?? info.name ?? info.id,
    role,
    unit_code: isForCustomer ? null : unit,
    customer_id: isForCustomer ? live.row.customer_id : null,
    counter_roles: isForCustomer ? namesIn(info.attributes.counter) : [],
    counter_units: isForCustomer ? await counterUnits(burst, live) : [],
    line: live.row.line,
    // An added signer (加签) gives an opinion and runs nothing.
    form: effect.signsFor === null ? (info.attributes.form ?? null) : null,
    operation: effect.signsFor === null ? (info.attributes.operation ?? null) : null,
    separate_from: namesIn(info.attributes.separateFrom),
    status: 'ready',
    assignee_login: null,
    assignee_person: await namedPerson(burst, effect.assignee),
    draft: null,
    outcome: null,
    created_at: burst.at,
    due_at: deadlineOf(burst, live, effect.activityInstance, info.attributes.dueIn),
    claimed_at: null,
    ended_at: null,
  };
  burst.written.tasks.set(place(live, effect.activityInstance), task);
  return nothing;
}

/** Where a customer is served: at the unit of the case, and where the customer is kept. */
async function counterUnits({ transaction, parts }: Burst, live: Live): Promise<string[]> {
  const number = live.row.customer_id ?? '';
  const customer = await customerFact(transaction, parts.cellId, number);
  const units = [live.row.unit_code, String(customer?.unitId ?? live.row.unit_code)];
  return [...new Set(units)];
}

/** The person the model names for a task, by a login or by the person's number; else null. */
async function namedPerson(burst: Burst, assignee: Value): Promise<string | null> {
  if (typeof assignee !== 'string' || assignee === '') return null;
  const { transaction, parts } = burst;
  return (await personOfLogin(transaction, parts.cellId, assignee)) ?? assignee;
}

/** The unit a lane means, 'customer' for the customer, null when the bank's tree has none. */
async function unitOfTask(burst: Burst, live: Live, rule: string): Promise<string | null> {
  if (rule === 'customer') return 'customer';
  if (!['own', 'outlet', 'branch', 'head_office', 'centre'].includes(rule)) return null;
  const units = await burst.parts.units.on(burst.transaction, dateInChina(burst.at), burst.at);
  return unitByRule(units, live.row.unit_code, rule as UnitRule)?.unitCode ?? null;
}

/** A task is due as its model says, or when the first timer at its or its body's edge fires. */
function deadlineOf(
  burst: Burst,
  live: Live,
  activityInstance: number,
  dueIn: string | undefined,
): number | null {
  const item = live.state?.items.get(activityInstance);
  const body = item !== undefined && item.loopCounter > 0 && live.state?.items.get(item.parent);
  const waits = [...(item?.waits ?? []), ...(body ? body.waits : [])];
  const due = waits.filter((wait) => wait.kind === 'timer').map((wait) => wait.dueAt);
  if (dueIn !== undefined) due.push(dueAfter(burst.at, dueIn));
  return due.length === 0 ? null : Math.min(...due);
}

/** Takes a task out of the list because its activity was cancelled. */
export function cancelTask(burst: Burst, live: Live, activityInstance: number): void {
  if (burst.written.tasks.delete(place(live, activityInstance))) return;
  burst.written.cancelledTasks.push({
    instance_id: live.row.id,
    activity_instance: activityInstance,
    ended_at: burst.at,
  });
}

/** Keeps a deadline; a cycle timer that has just fired is moved on. */
export function scheduleTimer(burst: Burst, live: Live, effect: EffectOf<'schedule_timer'>): void {
  const key = place(live, effect.timer);
  if (burst.written.endedTimers.delete(key)) {
    const moved = { instance_id: live.row.id, timer: effect.timer, due_at: effect.dueAt };
    burst.written.movedTimers.push(moved);
    return;
  }
  burst.written.timers.set(key, {
    id: burst.newId(),
    instance_id: live.row.id,
    path: live.row.path,
    timer: effect.timer,
    element_id: elementInfo(live.model.program, effect.element).id,
    due_at: effect.dueAt,
  });
}

/** The deadline is no longer wanted, or has fired. */
export function cancelTimer(burst: Burst, live: Live, timer: number): void {
  const key = place(live, timer);
  if (burst.written.timers.delete(key)) return;
  burst.written.endedTimers.set(key, { instance_id: live.row.id, timer });
}

/** The instance waits for a message or a signal. */
export function subscribe(burst: Burst, live: Live, effect: EffectOf<'subscribe'>): void {
  burst.written.subscriptions.set(place(live, effect.subscription), {
    id: burst.newId(),
    instance_id: live.row.id,
    path: live.row.path,
    case_number: live.row.case_number,
    kind: effect.kind,
    subscription: effect.subscription,
    element_id: elementInfo(live.model.program, effect.element).id,
    message_name: effect.messageName,
    correlation: correlationText(effect.correlation),
    created_at: burst.at,
  });
}

/** The instance no longer waits for it, or has got it. */
export function unsubscribe(burst: Burst, live: Live, subscription: number): void {
  const key = place(live, subscription);
  if (burst.written.subscriptions.delete(key)) return;
  burst.written.endedSubscriptions.set(key, { instance_id: live.row.id, subscription });
}

/** A message leaves by the outbox, and a job looks whether somebody inside waits for it. */
export function sendMessage(burst: Burst, live: Live, effect: EffectOf<'send_message'>): void {
  const correlation = correlationText(effect.correlation ?? live.row.case_number);
  burst.written.messages.push({
    id: burst.newId(),
    topic: effect.messageName,
    message_key: correlation,
    body: canonicalText({ caseNumber: live.row.case_number, values: effect.values }),
    created_at: burst.at,
  });
  burst.written.jobs.push({
    id: burst.newId(),
    kind: 'deliver_message',
    facts: canonicalText({
      messageName: effect.messageName,
      correlation,
      values: effect.values,
      unit: live.row.unit_code,
    }),
    run_at: burst.at,
    created_at: burst.at,
  });
}

/** A signal goes to everybody who waits for it, by a job. */
export function sendSignal(burst: Burst, live: Live, signalName: string): void {
  burst.written.jobs.push({
    id: burst.newId(),
    kind: 'deliver_signal',
    facts: canonicalText({ signalName, unit: live.row.unit_code }),
    run_at: burst.at,
    created_at: burst.at,
  });
}

import { type Event, elementInfo, type ItemRole, type State } from '../../kernel/index.ts';
import { type Burst, type Live, say } from './burst.ts';

/** Activities of these types are work; their lives go to the business log. */
const workTypes = new Set([
  'userTask',
  'serviceTask',
  'businessRuleTask',
  'sendTask',
  'receiveTask',
  'scriptTask',
  'manualTask',
  'task',
  'callActivity',
  'subProcess',
  'transaction',
  'adHocSubProcess',
]);

/**
 * Puts into the business log what people, auditors and mining ask for of a step: the begin of the
 * case, the life of each activity instance, the events that occurred. The body of a multi-instance
 * activity is no work of its own; its children are.
 */
export function sayStep(
  burst: Burst,
  live: Live,
  before: State | null,
  events: readonly Event[],
): void {
  const bodies = new Set<number>();
  for (const item of before?.items.values() ?? []) {
    if (isNoWork(item.role)) bodies.add(item.id);
  }
  for (const event of events) {
    const isBody = event.type === 'activity_scheduled' && isNoWork(event.role);
    if (isBody) bodies.add(event.activityInstance);
    sayEvent(burst, live, bodies, event);
  }
}

/** Bodies, and what waits for compensation before a step begins again (退回), are no work. */
function isNoWork(role: ItemRole): boolean {
  return role === 'multi' || role === 'loop' || role === 'event';
}

function sayEvent(burst: Burst, live: Live, bodies: ReadonlySet<number>, event: Event): void {
  switch (event.type) {
    case 'instance_started': {
      // A handed-out child is no process of its own: its activities speak for it.
      if (live.row.loop_counter !== null) return;
      const kind = live.row.parent_id === null ? 'case_started' : 'called_process_started';
      const { process_id, version } = live.model.row;
      say(burst, live, { kind, facts: { processId: process_id, modelVersion: BigInt(version) } });
      return;
    }
    case 'activity_scheduled':
    case 'activity_completed':
    case 'activity_cancelled':
    case 'activity_failed': {
      const info = elementInfo(live.model.program, event.element);
      if (!workTypes.has(info.type) || bodies.has(event.activityInstance)) return;
      say(burst, live, {
        kind: event.type,
        elementId: info.id,
        activityInstance: event.activityInstance,
        role: info.role,
        facts: event.type === 'activity_failed' ? { errorCode: event.errorCode } : {},
      });
      return;
    }
    case 'event_occurred': {
      const info = elementInfo(live.model.program, event.element);
      if (info.type === 'startEvent' || info.type === 'endEvent') return;
      say(burst, live, { kind: 'event_occurred', elementId: info.id });
      return;
    }
    default:
      return;
  }
}

import { present } from '../../base/assert.ts';
import { decodeValues, encodeValues, isValueList, type Value } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { type ChildNews, countChild, type Effect } from '../../kernel/index.ts';
import {
  insertBody,
  lockBody,
  type OutputRow,
  type PerformerRow,
  saveBodies,
} from '../../store/process/children/bodies.ts';
import type { Body, Burst, Live, Order } from './burst.ts';
import { canonicalText } from './canonical.ts';

type EffectOf<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

const nothing: Result<Order[]> = ok([]);

/** The kinds of jobs that carry handed-out children on. */
export type ChildJob = 'start_children' | 'report_children' | 'end_children';

/** A body hands its children out: its counter is kept, and jobs begin them in chunks. */
export async function startChildren(
  burst: Burst,
  live: Live,
  effect: EffectOf<'start_children'>,
): Promise<Result<Order[]>> {
  const body = {
    instance_id: live.row.id,
    body: effect.activityInstance,
    element: effect.element,
    scopes: scopesAround(live, effect.activityInstance),
    planned: effect.elements.length,
    completed: 0,
    news: '[]',
    status: 'running',
  } as const;
  const { elements } = effect;
  const text = encodeValues({ elements });
  const list = text.slice(text.indexOf('['), text.lastIndexOf(']') + 1);
  await insertBody(burst.transaction, burst.parts.cellId, body, list);
  burst.bodies.set(placeOf(body.instance_id, body.body), {
    ...{ row: body, news: [], asked: new Set() },
  });
  askFor(burst, body.instance_id, body.body, 'start_children', 0);
  return nothing;
}

/** Items around a body whose data its children see, outermost first. */
function scopesAround(live: Live, body: number): number[] {
  const scopes: number[] = [];
  const items = live.state?.items;
  for (let at = items?.get(body); at !== undefined && at.id !== 0; at = items?.get(at.parent)) {
    scopes.unshift(at.id);
  }
  return scopes;
}

/** The body is gone: its children are no longer heard, and a job ends them. */
export async function endChildren(
  burst: Burst,
  live: Live,
  effect: EffectOf<'end_children'>,
): Promise<Result<Order[]>> {
  const body = await bodyOf(burst, live.row.id, effect.activityInstance);
  if (body === null) return nothing;
  body.row = { ...body.row, status: 'ended' };
  askFor(burst, live.row.id, effect.activityInstance, 'end_children');
  return nothing;
}

/**
 * A child is complete: the counter goes up, what it gave is kept, and what follows for the body is
 * decided here, where one child and one counter are loaded. The parent hears of it by a job.
 */
export async function childDone(
  burst: Burst,
  live: Live,
  effect: EffectOf<'child_done'>,
): Promise<Result<Order[]>> {
  const body = await parentBody(burst, live);
  if (body === null || body.row.status === 'ended') {
    return refuse('activity_not_active', { activityInstance: String(live.row.parent_activity) });
  }
  const completed = body.row.completed + 1;
  const { planned, instance_id, body: number } = body.row;
  const counters = [planned, planned, completed, 0];
  const { root: outer } = live.data;
  const { program } = live.model;
  const given = { at: burst.at, counters, outer, own: effect.own };
  const counted = countChild(program, effect.element, given);
  if (!counted.ok) return counted;
  const { thrown, ended } = counted.value;
  body.row = { ...body.row, completed, status: ended ? 'ended' : 'running' };
  const output = encodeValue(effect.output);
  burst.outputs.push({ instance_id, body: number, n: completed, output });
  body.news.push(...thrown.map((boundary) => ({ kind: 'thrown', boundary }) as const));
  if (ended || thrown.length > 0) askFor(burst, instance_id, number, 'report_children');
  if (ended && completed < planned) askFor(burst, instance_id, number, 'end_children');
  return nothing;
}

/** A child says something to its body that is no completion: an error, an escalation. */
export async function childNews(
  burst: Burst,
  live: Live,
  news: ChildNews,
): Promise<Result<Order[]>> {
  const body = await parentBody(burst, live);
  if (body === null || body.row.status === 'ended') return nothing;
  // An error ends the activity or the whole instance: no other child is heard after it.
  if (news.kind === 'error') body.row = { ...body.row, status: 'ended' };
  body.news.push(news);
  askFor(burst, body.row.instance_id, body.row.body, 'report_children');
  return nothing;
}

function placeOf(instanceId: string, body: number): string {
  return `${instanceId} ${body}`;
}

async function parentBody(burst: Burst, live: Live): Promise<Body | null> {
  const { parent_id, parent_activity } = live.row;
  return await bodyOf(burst, present(parent_id, 'a parent'), present(parent_activity, 'a body'));
}

/** A body, locked by this action; null when it keeps its children itself. */
export async function bodyOf(burst: Burst, instanceId: string, body: number): Promise<Body | null> {
  const place = placeOf(instanceId, body);
  const known = burst.bodies.get(place);
  if (known !== undefined) return known;
  const { transaction, parts } = burst;
  const row = await lockBody(transaction, parts.cellId, instanceId, body);
  if (row === null) return null;
  const loaded = { row, news: JSON.parse(row.news) as ChildNews[], asked: new Set<string>() };
  burst.bodies.set(place, loaded);
  return loaded;
}

/** One job of a kind for a body is enough for one action. */
export function askFor(
  burst: Burst,
  instanceId: string,
  body: number,
  kind: ChildJob,
  from = 0,
): void {
  const known = burst.bodies.get(placeOf(instanceId, body));
  if (known?.asked.has(kind) === true) return;
  known?.asked.add(kind);
  burst.written.jobs.push({
    id: burst.newId(),
    kind,
    facts: canonicalText({ instance: instanceId, body: BigInt(body), from: BigInt(from) }),
    run_at: burst.at,
    created_at: burst.at,
  });
}

/** Writes the counters, outputs and performers of an action, before everything else is saved. */
export async function saveChildren(burst: Burst): Promise<void> {
  const performers = performersOf(burst);
  const bodies = [...burst.bodies.values()].map(({ row, news }) => {
    return { ...row, news: JSON.stringify(news) };
  });
  if (bodies.length === 0 && performers.length === 0) return;
  const outputs: OutputRow[] = burst.outputs;
  const { transaction, parts } = burst;
  await saveBodies(transaction, parts.cellId, { bodies, outputs, performers });
}

/** Tasks inside handed-out children that this action completes: who did what, once each. */
function performersOf(burst: Burst): PerformerRow[] {
  const performers = new Map<string, PerformerRow>();
  for (const task of burst.written.taskUpdates.values()) {
    if (task.status !== 'completed' || task.path[0] === task.root_id) continue;
    const { root_id, element_id, separate_from, id: task_id } = task;
    const person = present(task.assignee_person, 'who did it');
    const login = present(task.assignee_login, 'by which login');
    const key = `${root_id} ${element_id} ${person}`;
    performers.set(key, { root_id, element_id, person, login, task_id, separate_from });
  }
  return [...performers.values()];
}

function encodeValue(value: Value): string {
  const text = encodeValues({ value });
  return text.slice(text.indexOf(':') + 1, -1);
}

/** A stored JSON list as values. */
export function decodeList(text: string): readonly Value[] {
  const { list = null } = decodeValues(`{"list":${text}}`);
  return isValueList(list) ? list : [];
}

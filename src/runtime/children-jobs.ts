import { assert, present } from '../base/assert.ts';
import { decodeValues, type Value } from '../base/data.ts';
import { ok, type Result } from '../base/result.ts';
import type { Command } from '../kernel/index.ts';
import {
  bodyElements,
  bodyOutputs,
  headOfInstance,
  runningChildren,
} from '../store/process/children/bodies.ts';
import type { LeasedJob } from '../store/process/due.ts';
import { act } from './action/action.ts';
import { type Body, type Burst, type Live, liveOf } from './action/burst.ts';
import { askFor, bodyOf, type ChildJob, decodeList } from './action/children.ts';
import { run } from './action/engine.ts';
import { outerOf } from './action/outer-values.ts';
import { systemActor } from './actor.ts';
import type { Parts } from './parts.ts';

/** Children begun or ended in one transaction. */
const chunk = 500;

const kinds: readonly string[] = ['start_children', 'report_children', 'end_children'];

/** Whether a job carries handed-out children on. */
export function isChildJob(kind: string): kind is ChildJob {
  return kinds.includes(kind);
}

type Place = { readonly instanceId: string; readonly body: number; readonly from: number };

/** Does such a job; done twice it does nothing the second time. */
export async function doChildJob(parts: Parts, job: LeasedJob): Promise<Result<null>> {
  const facts = decodeValues(job.facts);
  const place: Place = {
    instanceId: String(facts.instance),
    body: Number(facts.body),
    from: Number(facts.from ?? 0n),
  };
  assert(isChildJob(job.kind), 'a job for children');
  if (job.kind === 'start_children') return await startChunk(parts, place);
  return job.kind === 'report_children' ? await report(parts, place) : await endChunk(parts, place);
}

function request(name: ChildJob, place: Place, ids: readonly string[]) {
  const content = { instance: place.instanceId, body: BigInt(place.body) };
  return { name, actor: systemActor, content, lock: { by: 'instances', ids } as const } as const;
}

// --- beginning ---------------------------------------------------------------------------------

/** Begins the next children of a body; the last of them asks for no further job. */
async function startChunk(parts: Parts, place: Place): Promise<Result<null>> {
  const done = await act<object>(parts, request('start_children', place, []), async (burst) => {
    const body = await bodyOf(burst, place.instanceId, place.body);
    if (body === null || body.row.status === 'ended') return ok({});
    const elements = await elementsFor(burst, place);
    const begin = await beginner(burst, place, body);
    for (const [at, element] of elements.entries()) {
      const ran = await begin(place.from + at + 1, element);
      if (!ran.ok) return ran;
    }
    const next = place.from + elements.length;
    if (next < body.row.planned && elements.length > 0) {
      askFor(burst, place.instanceId, place.body, 'start_children', next);
    }
    return ok({});
  });
  return done.ok ? ok(null) : done;
}

async function elementsFor(burst: Burst, place: Place): Promise<readonly Value[]> {
  const { transaction, parts } = burst;
  const slice = { from: place.from, count: chunk };
  return decodeList(await bodyElements(transaction, parts.cellId, place, slice));
}

/** Begins one child: an instance of its own beside its parent, with what it may see of it. */
async function beginner(
  burst: Burst,
  place: Place,
  body: Body,
): Promise<(loopCounter: number, element: Value) => Promise<Result<null>>> {
  const { transaction, parts } = burst;
  const found = await headOfInstance(transaction, parts.cellId, place.instanceId);
  const head = present(found, 'the parent of a body');
  const model = await parts.models.byId(transaction, head.model_id);
  const { element } = body.row;
  const parentage = { parent_id: head.id, parent_activity: place.body };
  const outer = await outerOf(burst, { ...head, ...parentage }, model, element);
  const loop = loopOf(model.program.elements[element]?.work);
  return async (loopCounter, value) => {
    const id = burst.newId();
    const row: Live['row'] = {
      ...{ ...head, ...parentage, id, path: [id], loop_counter: loopCounter },
      ...{ status: 'active', outcome: null, version: 0, event_count: 0, due_at: null },
      ...{ started_at: burst.at, started_login: burst.actor.login, ended_at: null },
      started_person: burst.actor.person,
    };
    const data = { root: outer, scopes: {} };
    const more = { versionBefore: 0, changed: true, childOf: element };
    burst.instances.set(id, { row, model, state: null, data, ...more });
    const values = loop.elementVariable === null ? {} : { [loop.elementVariable]: value };
    const { at } = burst;
    const command = { type: 'start_child', at, element, loopCounter, values } as const;
    return await run(burst, { instanceId: id, command });
  };
}

function loopOf(work: Live['model']['program']['elements'][number]['work'] | undefined) {
  const loop = work !== undefined && 'activity' in work ? work.activity?.loop : null;
  assert(loop?.kind === 'multi', 'a multi-instance activity');
  return loop;
}

// --- telling the parent ------------------------------------------------------------------------

/** Tells the parent what its children threw, and that they are done. */
async function report(parts: Parts, place: Place): Promise<Result<null>> {
  const head = await headOfInstance(parts.database, parts.cellId, place.instanceId);
  if (head === null) return ok(null);
  const asked = request('report_children', place, head.path);
  const done = await act<object>(parts, asked, async (burst) => {
    const live = liveOf(burst, place.instanceId);
    const isThere = live.state?.items.has(place.body) === true && live.row.status === 'active';
    const body = isThere ? await bodyOf(burst, place.instanceId, place.body) : null;
    if (body === null) return ok({});
    const news = body.news.splice(0);
    const failed = news.some((one) => one.kind === 'error');
    const ended = body.row.status === 'ended' && !failed;
    if (news.length === 0 && !ended) return ok({});
    const outputs = ended ? await outputsOf(burst, place) : null;
    const { at } = burst;
    const command: Command = {
      ...{ type: 'report_children', at, activityInstance: place.body, news, ended, outputs },
    };
    const ran = await run(burst, { instanceId: place.instanceId, command });
    return ran.ok ? ok({}) : ran;
  });
  return done.ok ? ok(null) : done;
}

async function outputsOf(burst: Burst, place: Place): Promise<readonly Value[]> {
  const { transaction, parts } = burst;
  return decodeList(await bodyOutputs(transaction, parts.cellId, place.instanceId, place.body));
}

// --- ending ------------------------------------------------------------------------------------

/** Ends children that are no longer wanted, some at a time. */
async function endChunk(parts: Parts, place: Place): Promise<Result<null>> {
  const ids = await runningChildren(parts.database, parts.cellId, place, chunk);
  if (ids.length === 0) return ok(null);
  const done = await act<object>(parts, request('end_children', place, ids), async (burst) => {
    for (const id of ids) {
      if (liveOf(burst, id).row.status !== 'active') continue;
      const command = { type: 'terminate', at: burst.at, outcome: 'cancelled' } as const;
      const ran = await run(burst, { instanceId: id, command });
      if (!ran.ok) return ran;
    }
    if (ids.length === chunk) askFor(burst, place.instanceId, place.body, 'end_children');
    return ok({});
  });
  return done.ok ? ok(null) : done;
}

import { present } from '../../base/assert.ts';
import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import { type Activity, elementIndex, type Program } from '../../kernel/index.ts';
import { personOfLogin } from '../../store/process/operation-facts.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import {
  handlingOf,
  keepHandling,
  plainHandling,
  signersOf,
  type TaskHandling,
} from '../../store/process/task/acts.ts';
import { tasksTaken } from '../../store/process/task/places.ts';
import { taskById } from '../../store/process/tasks.ts';
import type { Burst, Live } from '../action/burst.ts';
import { run } from '../action/engine.ts';
import type { Parts } from '../parts.ts';
import { answerOf, isHolder, onTask, type TaskAnswer, type TaskOrder } from '../tasks.ts';
import { isSignersTask, newTasksIn, refusedReason, replaceNew, sayAct } from './acts.ts';
import { refusedHolder } from './hand-over.ts';
import { chosenPerson } from './people.ts';
import { markSigners, settleSigned } from './signed.ts';

export type SignerPlace = 'before' | 'after' | 'beside';

export type AddSignerOrder = TaskOrder & {
  readonly place: SignerPlace;
  /** Login of the colleague. */
  readonly to: string;
  readonly reason: string;
};

/** Most signers one task may have at a time. */
export const signersMax = 10;

/**
 * 加签. before: they sign, then it is the holder's again. after: once the holder has submitted
 * they sign, and then the case goes on. beside: they join the joint signing. Refuses as
 * `refusedHolder`, `person_not_candidate`, `person_kept_apart`, `signer_already`,
 * `signers_too_many`, `signers_fixed` (a sealed vote, or members whom nobody may add to) and
 * `signer_after_posts` (its submission posts).
 */
export async function addSigner(parts: Parts, order: AddSignerOrder): Promise<Result<TaskAnswer>> {
  const { place, to, reason } = order;
  const content = { place, to, reason };
  return await onTask(parts, 'add_signer', order, content, async (burst, task, live) => {
    const refusal = refusedReason(reason, { required: false }) ?? refusedAdding(burst, live, task);
    if (refusal !== null) return refusal;
    const purpose = place === 'beside' ? 'forward' : 'add_signer';
    const signer = await chosenPerson(burst, live, task, { login: to, purpose });
    if (!signer.ok) return signer;
    const crowd = await refusedCrowd(burst, task, signer.value);
    if (crowd !== null) return crowd;
    await sayAct(burst, live, task, {
      ...{ kind: 'signer_added', reason, to: signer.value, facts: { place } },
    });
    const added = { before: addBefore, after: addAfter, beside: addBeside }[place];
    return await added(burst, live, task, signer.value);
  });
}

/** As any holder; but who waits for signers before may ask for more of them. */
function refusedAdding(burst: Burst, live: Live, task: TaskRow): Refusal | null {
  const item = live.state?.items.get(task.activity_instance);
  const waits = task.status === 'suspended' && item?.phase === 'signers_before';
  return refusedHolder(burst, live, waits ? { ...task, status: 'in_progress' } : task);
}

type Person = { readonly login: string; readonly person: string };

async function refusedCrowd(burst: Burst, task: TaskRow, signer: Person): Promise<Refusal | null> {
  const { transaction, parts } = burst;
  const [handling] = await handlingOf(transaction, parts.cellId, [task.id]);
  const open = await openSigners(burst, task);
  const planned = handling?.signers_after ?? [];
  const isThere =
    planned.includes(signer.login) || open.some(({ row }) => row.assignee_person === signer.person);
  const facts = { login: signer.login, task: task.element_id };
  if (isThere) return refuse('signer_already', facts);
  if (open.length + planned.length < signersMax) return null;
  return refuse('signers_too_many', { signersMax: String(signersMax) });
}

/** Signers of a task who have not signed. */
async function openSigners(
  burst: Burst,
  task: TaskRow,
): Promise<{ readonly row: TaskRow; readonly handling: TaskHandling }[]> {
  const { transaction, parts } = burst;
  const found: { row: TaskRow; handling: TaskHandling }[] = [];
  for (const handling of await signersOf(transaction, parts.cellId, task.id)) {
    const row = await taskById(transaction, parts.cellId, handling.task_id);
    const isOpen = row !== null && row.status !== 'completed' && row.status !== 'cancelled';
    if (isOpen) found.push({ row, handling });
  }
  return found;
}

async function addBefore(
  burst: Burst,
  live: Live,
  task: TaskRow,
  signer: Person,
): Promise<Result<TaskAnswer>> {
  const { at } = burst;
  const activityInstance = task.activity_instance;
  const command = { type: 'add_signer', at, activityInstance, assignee: signer.login } as const;
  const ran = await run(burst, { instanceId: live.row.id, command });
  if (!ran.ok) return ran;
  await markSigners(burst, live, task, 'before');
  const waiting: TaskRow = { ...task, status: 'suspended' };
  burst.written.taskUpdates.set(task.id, waiting);
  return ok(answerOf(waiting));
}

async function addAfter(
  burst: Burst,
  live: Live,
  task: TaskRow,
  signer: Person,
): Promise<Result<TaskAnswer>> {
  const { transaction, parts } = burst;
  const index = present(elementIndex(live.model.program, task.element_id), task.element_id);
  const { attributes } = present(live.model.program.elements[index], task.element_id);
  if (attributes.operation !== undefined && attributes.repeatable !== 'true') {
    return refuse('signer_after_posts', { task: task.element_id });
  }
  const [known] = await handlingOf(transaction, parts.cellId, [task.id]);
  const handling = known ?? plainHandling(task.id);
  const signers_after = [...handling.signers_after, signer.login];
  await keepHandling(transaction, parts.cellId, { ...handling, signers_after });
  return ok(answerOf(task));
}

async function addBeside(
  burst: Burst,
  live: Live,
  task: TaskRow,
  signer: Person,
): Promise<Result<TaskAnswer>> {
  const loop = jointLoop(live.model.program, task);
  if (loop === null) return refuse('signers_fixed', { task: task.element_id });
  const { transaction, parts, at, actor } = burst;
  const of = { places: [], instanceIds: [task.instance_id] };
  const members = (await tasksTaken(transaction, parts.cellId, of)).filter(
    (one) => one.element_id === task.element_id && one.status !== 'cancelled',
  );
  if (members.some((one) => one.assignee_person === signer.person))
    return refuse('signer_already', { login: signer.login, task: task.element_id });
  const values = loop.elementVariable === null ? {} : { [loop.elementVariable]: signer.login };
  const activityInstance = task.activity_instance;
  const command = { type: 'add_child', at, activityInstance, values } as const;
  const ran = await run(burst, { instanceId: live.row.id, command });
  if (!ran.ok) return ran;
  const made = present(newTasksIn(burst, live).at(-1), 'the task of the new signer');
  replaceNew(burst, { ...made, assignee_person: signer.person });
  await keepHandling(transaction, parts.cellId, {
    ...plainHandling(made.id),
    ...{ signs_for: task.id, place: 'beside', added_login: actor.login },
  });
  return ok(answerOf(task));
}

type JointLoop = Extract<NonNullable<Activity['loop']>, { kind: 'multi' }>;

/**
 * The loop of a joint signing that may be added to; a sealed vote keeps those it was called with.
 */
export function jointLoop(program: Program, task: TaskRow): JointLoop | null {
  const index = present(elementIndex(program, task.element_id), task.element_id);
  const node = present(program.elements[index], task.element_id);
  const { sealed, signers } = node.attributes;
  if (node.work.kind !== 'task' || sealed === 'true' || signers === 'fixed') return null;
  const { loop } = node.work.activity;
  return loop?.kind === 'multi' && !loop.sequential ? loop : null;
}

/**
 * 减签: who was added and has not signed is taken away, by the holder of the task signed for; of a
 * joint signing only by who added them. Those whom the model called stay. Refuses
 * `task_not_yours`, `signer_may_not`, `task_reason_missing`, `signer_unknown`,
 * `signer_has_signed`.
 */
export async function removeSigner(
  parts: Parts,
  order: TaskOrder & { readonly signer: string; readonly reason: string },
): Promise<Result<TaskAnswer>> {
  const { signer, reason } = order;
  const content = { signer, reason };
  return await onTask(parts, 'remove_signer', order, content, async (burst, task, live) => {
    const facts = { task: task.element_id };
    if (!isHolder(burst.actor, task)) return refuse('task_not_yours', facts);
    if (isSignersTask(live, task)) return refuse('signer_may_not', facts);
    const missing = refusedReason(reason, { required: true });
    if (missing !== null) return missing;
    const { transaction } = burst;
    const [handling] = await handlingOf(transaction, parts.cellId, [task.id]);
    if (handling?.signers_after.includes(signer)) {
      const signers_after = handling.signers_after.filter((login) => login !== signer);
      await keepHandling(transaction, parts.cellId, { ...handling, signers_after });
      const said = { kind: 'signer_removed', reason, facts: { place: 'after' } } as const;
      await sayAct(burst, live, task, said);
      return ok(answerOf(task));
    }
    return await removeOpen(burst, live, task, { signer, reason });
  });
}

async function removeOpen(
  burst: Burst,
  live: Live,
  task: TaskRow,
  { signer, reason }: { readonly signer: string; readonly reason: string },
): Promise<Result<TaskAnswer>> {
  const { transaction, parts, at } = burst;
  const facts = { login: signer, task: task.element_id };
  const logins = (await signersOf(transaction, parts.cellId, task.id)).map((one) => one.task_id);
  const open = await openSigners(burst, task);
  const found = await signerAmong(burst, open, signer);
  if (found === undefined) {
    return refuse(logins.length > open.length ? 'signer_has_signed' : 'signer_unknown', facts);
  }
  const { row, handling } = found;
  const to = { login: signer, person: row.assignee_person ?? '' };
  await sayAct(burst, live, task, {
    ...{ kind: 'signer_removed', reason, to, facts: { place: handling.place ?? 'beside' } },
  });
  const type = handling.place === 'beside' ? 'remove_child' : 'remove_signer';
  const command = { type, at, activityInstance: row.activity_instance } as const;
  const ran = await run(burst, { instanceId: live.row.id, command });
  if (!ran.ok) return ran;
  if (handling.place !== 'beside') await settleSigned(burst, live, task.activity_instance);
  const now = burst.written.taskUpdates.get(task.id) ?? task;
  return ok(answerOf(now));
}

async function signerAmong(
  burst: Burst,
  open: readonly { readonly row: TaskRow; readonly handling: TaskHandling }[],
  login: string,
) {
  const { transaction, parts } = burst;
  const person = await personOfLogin(transaction, parts.cellId, login);
  return open.find(({ row }) => row.assignee_person === person);
}

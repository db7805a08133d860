import { dateInChina } from '../../base/dates.ts';
import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import { elementIndex, elementInfo } from '../../kernel/index.ts';
import { unitsUpwards } from '../../store/people/units.ts';
import { stepsPosted } from '../../store/process/task/places.ts';
import { act } from '../action/action.ts';
import { type Burst, type Live, liveOf } from '../action/burst.ts';
import { run } from '../action/engine.ts';
import type { Actor } from '../actor.ts';
import type { CaseAnswer } from '../cases.ts';
import type { Parts } from '../parts.ts';
import { refusedReason, sayAct } from './acts.ts';
import { namesIn } from './task-rules.ts';

export type TerminateOrder = {
  readonly actor: Actor;
  readonly key?: string | undefined;
  readonly caseNumber: string;
  readonly reason: string;
};

/** Roles that may terminate where the process does not name others (`terminableBy`). */
const terminatorsUsually = 'process_owner';

/** Whether a person's seats allow terminating a case: at its unit or one above it. */
export async function mayTerminate(
  burst: Pick<Burst, 'transaction' | 'parts' | 'at'>,
  actor: Actor,
  of: { readonly roles: string | undefined; readonly unitCode: string },
): Promise<boolean> {
  const { transaction, parts, at } = burst;
  const units = await parts.units.on(transaction, dateInChina(at), at);
  const above = unitsUpwards(units, of.unitCode).map((unit) => unit.unitCode);
  const roles = namesIn(of.roles ?? terminatorsUsually);
  return actor.posts.some((post) => roles.includes(post.role) && above.includes(post.unit));
}

/**
 * 终止: ends a case without an outcome, with a reason, and compensates what was done where the
 * model says how. Refuses `case_unknown`, `case_not_active`, `not_a_terminator`,
 * `task_reason_missing` and `terminate_over_posting` (money was posted and the model has no
 * compensation for it).
 */
export async function terminateCase(
  parts: Parts,
  order: TerminateOrder,
): Promise<Result<CaseAnswer>> {
  const { actor, key, caseNumber, reason } = order;
  const lock = { by: 'case', caseNumber } as const;
  const request = { name: 'terminate_case', actor, key, content: { caseNumber, reason }, lock };
  return await act<CaseAnswer>(parts, request, async (burst, loaded) => {
    const [row] = loaded.instances;
    if (row === undefined) return refuse('case_unknown', { caseNumber });
    const live = liveOf(burst, row.id);
    const roles = elementInfo(live.model.program, 0).attributes.terminableBy;
    if (!(await mayTerminate(burst, actor, { roles, unitCode: row.unit_code }))) {
      return refuse('not_a_terminator', { caseNumber });
    }
    if (row.status !== 'active') return refuse('case_not_active', { status: row.status });
    const refusal =
      refusedReason(reason, { required: true }) ?? (await refusedPosting(burst, live));
    if (refusal !== null) return refusal;
    await sayAct(burst, live, null, { kind: 'case_terminated', reason });
    const command = { type: 'call_off', at: burst.at } as const;
    const ran = await run(burst, { instanceId: row.id, command });
    if (!ran.ok) return ran;
    const { case_number, id, status, outcome } = live.row;
    return ok({ caseNumber: case_number, instanceId: id, status, outcome });
  });
}

/** Money that was posted where the model has no compensation stays, and so does its case. */
async function refusedPosting(burst: Burst, live: Live): Promise<Refusal | null> {
  const { transaction, parts } = burst;
  const { program } = live.model;
  for (const posted of await stepsPosted(transaction, parts.cellId, live.row.root_id)) {
    const isHere = posted.instance_id === live.row.id && posted.element_id !== null;
    const index = isHere ? elementIndex(program, posted.element_id ?? '') : null;
    const node = program.elements[index ?? -1];
    const activity = node !== undefined && 'activity' in node.work ? node.work.activity : null;
    const isUndone =
      node?.parent === 0 &&
      ((activity?.compensationHandler ?? null) !== null || activity?.isForCompensation === true);
    if (!isUndone) return refuse('terminate_over_posting', { element: posted.element_id ?? '' });
  }
  return null;
}

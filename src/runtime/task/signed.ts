import { assert, present } from '../../base/assert.ts';
import { isValueList, type Value, type Values } from '../../base/data.ts';
import { ok, type Result } from '../../base/result.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import { handlingOf, keepHandling, plainHandling } from '../../store/process/task/acts.ts';
import { taskAt } from '../../store/process/task/places.ts';
import type { Burst, Live } from '../action/burst.ts';
import { valuesAt } from '../action/values-at.ts';
import { type Form, readForm, readFormValues } from '../model/forms.ts';
import { newTasksIn, replaceNew } from './acts.ts';

/** What an added signer fills in (加签): an opinion that binds nobody, and why. */
export const signerFormText = JSON.stringify({
  type: 'default',
  name: '加签意见',
  nameEn: "Added signer's opinion",
  components: [
    {
      ...{ type: 'radio', key: 'opinion', label: '我的意见' },
      properties: { labelEn: 'My opinion', kind: 'decision' },
      validate: { required: true },
      values: [
        { value: 'agree', label: '同意', labelEn: 'Agree' },
        { value: 'disagree', label: '不同意', labelEn: 'Disagree' },
      ],
    },
    {
      ...{ type: 'textarea', key: 'note', label: '说明' },
      properties: { labelEn: 'Note' },
      validate: { maxLength: 2000 },
    },
  ],
});

const signerForm: Form = readSignerForm();

function readSignerForm(): Form {
  const form = readForm('signer', signerFormText);
  assert(form.ok, 'the form of added signers is one');
  return form.value;
}

/** Variable of the case with what added signers have said, oldest first. */
export const opinionsVariable = 'signerOpinions';

/** What a signer's submission writes: the opinions so far and this one. */
export function opinionValues(
  burst: Burst,
  live: Live,
  task: TaskRow,
  given: Values,
): Result<{ readonly values: Values; readonly opinion: Value }> {
  const filled = readFormValues(signerForm, given);
  if (!filled.ok) return filled;
  const { opinion = null, note = '' } = filled.value;
  const seen = valuesAt(live.state, live.data, task.activity_instance)[opinionsVariable] ?? null;
  const before = isValueList(seen) ? seen : [];
  const said = { activity: task.element_id, signer: burst.actor.login, opinion, note };
  return ok({ values: { [opinionsVariable]: [...before, said] }, opinion });
}

/** Tasks that this action has made for signers of `task`: they are told whom they sign for. */
export async function markSigners(
  burst: Burst,
  live: Live,
  task: TaskRow,
  place: 'before' | 'after',
): Promise<TaskRow[]> {
  const made = newTasksIn(burst, live).filter(
    (one) => live.state?.items.get(one.activity_instance)?.parent === task.activity_instance,
  );
  for (const one of made) {
    replaceNew(burst, { ...one, form: null, operation: null });
    await keepHandling(burst.transaction, burst.parts.cellId, {
      ...plainHandling(one.id),
      ...{ signs_for: task.id, place, added_login: present(task.assignee_login, 'its holder') },
    });
  }
  if (place === 'after') await forgetPlanned(burst, task);
  return made;
}

/** Those who were to sign after its holder are at work now. */
async function forgetPlanned({ transaction, parts }: Burst, task: TaskRow): Promise<void> {
  const [planned] = await handlingOf(transaction, parts.cellId, [task.id]);
  const handling = planned ?? plainHandling(task.id);
  await keepHandling(transaction, parts.cellId, { ...handling, signers_after: [] });
}

/**
 * After a signer has signed or was taken away: the task signed for is its holder's again once all
 * who sign before have, and is complete once all who sign after have.
 */
export async function settleSigned(burst: Burst, live: Live, activity: number): Promise<void> {
  const { transaction, parts } = burst;
  const place = { instanceId: live.row.id, activityInstance: activity };
  const task = present(await taskAt(transaction, parts.cellId, place), 'the task signed for');
  const item = live.state?.items.get(activity);
  if (item === undefined) {
    burst.written.taskUpdates.set(task.id, { ...task, status: 'completed', ended_at: burst.at });
    burst.written.emptiedDrafts.push({ task_id: task.id });
  } else if (item.phase === 'active') {
    burst.written.taskUpdates.set(task.id, { ...task, status: 'in_progress' });
  }
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { TaskDetailAnswer } from '../../../src/contract/tasks.ts';
import { claimTask } from '../../api/commands.ts';
import { taskQuery } from '../../api/queries.ts';
import { useName, useSession } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Decisions } from '../../parts/form/decisions.tsx';
import { FormFields } from '../../parts/form/form.tsx';
import type { FormFile } from '../../parts/form/schema.ts';
import { useTaskForm } from '../../parts/form/use-task-form.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';

/** One thing the customer has to do: apply, add papers, sign, ask for the money. */
export function Screen() {
  const id = present(useParams()['id'], 'a task in the address');
  const detail = useQuery(taskQuery(id));
  return <Answer of={detail}>{(data) => <MyTask key={id} detail={data} />}</Answer>;
}

function MyTask({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const name = useName();
  const client = useQueryClient();
  const { user } = useSession();
  const { task } = detail;
  const claim = useMutation({
    mutationFn: () => claimTask(task.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
  const { mutate } = claim;
  // A customer knows no queue: opening the task takes it.
  useEffect(() => {
    if (task.status === 'ready') mutate();
  }, [task.status, mutate]);
  return (
    <>
      <Link to="/my" className="small">
        ← {t('my.back')}
      </Link>
      <h1>{name(task)}</h1>
      <p className="muted small">{task.caseNumber}</p>
      {detail.documentation !== null && <p>{detail.documentation}</p>}
      {claim.isError && <RefusalNotice error={claim.error} />}
      {task.assignee === user.login && task.status !== 'completed' && <Fill detail={detail} />}
      {task.status === 'completed' && <p>{t('my.done')}</p>}
    </>
  );
}

function Fill({ detail }: { detail: TaskDetailAnswer }) {
  const navigate = useNavigate();
  const fill = useTaskForm(detail, (done) => void navigate(`/my/cases/${done.caseNumber}`));
  const form = detail.form as FormFile | null;
  return (
    <>
      {form !== null && (
        <FormFields
          caseNumber={detail.task.caseNumber}
          form={form}
          state={fill.state}
          faults={fill.faults}
          disabled={fill.busy}
          onChange={fill.change}
        />
      )}
      {fill.error !== null && <RefusalNotice error={fill.error} />}
      <div className="actions">
        <Decisions form={form} busy={fill.busy} onSubmit={fill.submit} />
      </div>
    </>
  );
}

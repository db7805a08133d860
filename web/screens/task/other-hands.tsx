import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { TaskDetailAnswer } from '../../../src/contract/tasks.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { orderTask } from '../../api/task-orders.ts';
import { useKeys } from '../../frame/keys.ts';
import { closeTab } from '../../frame/page-tabs.ts';
import { useSession } from '../../frame/session.ts';
import { FormFields } from '../../parts/form/form.tsx';
import type { FormFile } from '../../parts/form/schema.ts';
import { valuesFrom } from '../../parts/form/state.ts';
import { forgetDraft, useTaskForm } from '../../parts/form/use-task-form.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { MoreMenu } from './more-menu.tsx';
import { Signers } from './orders.tsx';

/** 委派: the delegate fills in what there is to fill in, and hands it back; nothing is required. */
export function Preparing({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { user } = useSession();
  const { task } = detail;
  const form = detail.form as FormFile | null;
  const fill = useTaskForm(detail, () => {});
  const key = useRef(idempotencyKey());
  const back = useMutation({
    mutationFn: () => {
      const values = form === null ? {} : valuesFrom(form, fill.state).values;
      return orderTask(task.id, 'resolve', { values, reason: '' }, key.current);
    },
    onError: () => {
      key.current = idempotencyKey();
    },
    onSuccess: async () => {
      forgetDraft(task.id, user.login);
      closeTab(`/tasks/${task.id}`);
      await navigate('/desk');
      await client.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  const act = () => !back.isPending && back.mutate();
  useKeys([{ key: 'Alt+Enter', label: 'order.resolve', act }]);
  return (
    <>
      <div className="pane-body" id="task-form">
        <h2>{t('order.preparing')}</h2>
        <p className="muted small">{t('mark.delegatedWhy')}</p>
        {form !== null && (
          <FormFields
            caseNumber={task.caseNumber}
            form={form}
            state={fill.state}
            faults={{}}
            disabled={back.isPending}
            onChange={fill.change}
          />
        )}
        {back.isError && <RefusalNotice error={back.error} />}
      </div>
      <div className="pane-foot">
        <Button type="primary" data-action="first" disabled={back.isPending} onClick={act}>
          {t('order.resolve')}
          <kbd>Alt ↵</kbd>
        </Button>
      </div>
    </>
  );
}

/** The holder waits for those who sign before, or has submitted and waits for those after. */
export function AwaitingSigners({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const { task } = detail;
  return (
    <>
      <div className="pane-body">
        <div className="row">
          <h2>{t('signers.waiting')}</h2>
          <span className="spread" />
          <MoreMenu task={task} only={['addSigner', 'removeSigner', 'return', 'copy']} />
        </div>
        <Signers task={task} />
      </div>
      <div className="pane-foot">
        <span className="muted">{t('signers.waitingWhy')}</span>
      </div>
    </>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Task } from '../../../src/contract/tasks.ts';
import { returnTask } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { taskPartsQuery } from '../../api/task-orders.ts';
import { useKeys } from '../../frame/keys.ts';
import { closeTab } from '../../frame/page-tabs.ts';
import { useName } from '../../frame/session.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';

type Target = 'previous' | 'initiator' | { readonly activity: string };

/** 退回: sends the case back for correction, with the reason, and says how it comes back. */
export function ReturnForm({ task }: { task: Task }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [to, setTo] = useState<Target>('previous');
  const [reason, setReason] = useState('');
  const [straightBack, setStraightBack] = useState(false);
  const key = useRef(idempotencyKey());
  const send = useMutation({
    mutationFn: () => returnTask(task.id, { to, reason: reason.trim(), straightBack }, key.current),
    onError: () => {
      key.current = idempotencyKey();
    },
    onSuccess: async () => {
      closeTab(`/tasks/${task.id}`);
      await navigate(`/cases/${task.caseNumber}`);
      await client.invalidateQueries({ queryKey: ['tasks'] });
      await client.invalidateQueries({ queryKey: ['case', task.caseNumber] });
    },
  });
  const ready = !send.isPending && reason.trim() !== '';
  useKeys([{ key: 'Alt+Enter', label: 'task.return', act: () => ready && send.mutate() }], true);
  return (
    <div className="stack">
      <Targets task={task} to={to} onChange={setTo} />
      <label className="stack">
        {t('return.reason')}
        <textarea
          className="field-box"
          rows={4}
          maxLength={2000}
          aria-required="true"
          data-first
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className="check-row">
        <label>
          <input
            type="checkbox"
            checked={straightBack}
            onChange={(event) => setStraightBack(event.target.checked)}
          />
          {t('return.straightBack')}
        </label>
      </div>
      {send.isError && <RefusalNotice error={send.error} />}
      <Button
        type="primary"
        disabled={!ready}
        onKeyDown={(event) => event.key === 'Enter' && !event.altKey && event.preventDefault()}
        onClick={() => send.mutate()}
      >
        {t('return.send')}
        <kbd>Alt ↵</kbd>
      </Button>
    </div>
  );
}

/** The step before, whoever began, or any step that has been done. */
function Targets({
  task,
  to,
  onChange,
}: {
  task: Task;
  to: Target;
  onChange: (to: Target) => void;
}) {
  const { t } = useTranslation();
  const name = useName();
  const steps = useQuery(taskPartsQuery(task.id)).data?.returnSteps ?? [];
  return (
    <>
      <fieldset className="choices plain">
        <legend className="sr-only">{t('return.to')}</legend>
        {(['previous', 'initiator'] as const).map((target) => (
          <label key={target}>
            <input
              type="radio"
              name="target"
              checked={to === target}
              onChange={() => onChange(target)}
            />
            {t(`return.${target}`)}
          </label>
        ))}
      </fieldset>
      {steps.length > 0 && (
        <fieldset className="people">
          <legend>{t('return.chosen')}</legend>
          <div className="people-list">
            {steps.map((step) => (
              <label key={`${step.processId} ${step.activity}`}>
                <input
                  type="radio"
                  name="target"
                  checked={typeof to === 'object' && to.activity === step.activity}
                  onChange={() => onChange({ activity: step.activity })}
                />
                <b>{name(step)}</b>
                <span className="muted">{step.performerName}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Task } from '../../../src/contract/tasks.ts';
import { returnTask } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { useKeys } from '../../frame/keys.ts';
import { closeTab } from '../../frame/page-tabs.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';

const targets = ['previous', 'initiator'] as const;
type Target = (typeof targets)[number];

/** 退回: sends the case back for correction, with the reason, and says how it comes back. */
export function ReturnTask({ task }: { task: Task }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.querySelector('.frame')?.toggleAttribute('inert', open);
    return () => document.querySelector('.frame')?.removeAttribute('inert');
  }, [open]);
  return (
    <>
      <button type="button" className="link small" onClick={() => setOpen(true)}>
        {t('task.return')}
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        width={440}
        title={t('return.title')}
        closable={{ 'aria-label': t('keys.close') }}
        afterOpenChange={(shown) => shown && body.current?.querySelector('textarea')?.focus()}
      >
        <div ref={body}>{open && <ReturnForm task={task} />}</div>
      </Modal>
    </>
  );
}

function ReturnForm({ task }: { task: Task }) {
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
      <fieldset className="choices plain">
        <legend className="sr-only">{t('return.to')}</legend>
        {targets.map((target) => (
          <label key={target}>
            <input type="radio" checked={to === target} onChange={() => setTo(target)} />
            {t(`return.${target}`)}
          </label>
        ))}
      </fieldset>
      <label className="stack">
        {t('return.reason')}
        <textarea
          className="field-box"
          rows={4}
          maxLength={2000}
          aria-required="true"
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

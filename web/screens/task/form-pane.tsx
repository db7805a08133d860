import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { TaskDetailAnswer } from '../../../src/contract/tasks.ts';
import { claimTask, releaseTask } from '../../api/commands.ts';
import { useFirstFocus, useKeys } from '../../frame/keys.ts';
import { closeTab } from '../../frame/page-tabs.ts';
import { useSession } from '../../frame/session.ts';
import { Decisions } from '../../parts/form/decisions.tsx';
import { FormFields } from '../../parts/form/form.tsx';
import { type FormFile, formName } from '../../parts/form/schema.ts';
import { useTaskForm } from '../../parts/form/use-task-form.ts';
import { useNextTask } from '../../parts/next-task.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { instantOf } from '../../parts/time.ts';
import { useSettings } from '../../settings.ts';
import { Ballot } from './ballot.tsx';
import { MoreMenu } from './more-menu.tsx';
import { Signers } from './orders.tsx';
import { AwaitingSigners, Preparing } from './other-hands.tsx';

/** The form and what ends the task; before that, claiming it. */
export function FormPane({ detail }: { detail: TaskDetailAnswer }) {
  const { user } = useSession();
  const { task } = detail;
  const mine = task.assignee === user.login;
  const over = task.status === 'completed' || task.status === 'cancelled';
  if (over) return <Over detail={detail} />;
  if (mine && task.status === 'delegated') return <Preparing detail={detail} />;
  if (mine && task.status === 'suspended') return <AwaitingSigners detail={detail} />;
  return mine ? <Filling detail={detail} /> : <Claiming detail={detail} />;
}

function Filling({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { task } = detail;
  const { language } = useSettings();
  const form = detail.form as FormFile | null;
  // An added signer (加签) gives an opinion and can do nothing else.
  const signs = (task.marks?.signs ?? null) !== null;
  const atCounter = task.atCounter === true;
  const [isPresent, setPresent] = useState(false);
  const fill = useTaskForm(
    detail,
    (completed) => {
      closeTab(`/tasks/${task.id}`);
      void navigate(`/cases/${completed.caseNumber}`);
    },
    { customerPresent: atCounter && isPresent },
  );
  useFirstFocus('.pane-body .field-box, .pane-body input, [data-action="first"]');
  return (
    <>
      <div className="pane-body" id="task-form">
        <div className="row">
          <h2>{form === null ? t('task.form') : formName(form, language)}</h2>
          <span className="muted small spread" role="status">
            {fill.keptAt === null
              ? ''
              : t('task.draftKept', { at: instantOf(fill.keptAt).slice(11) })}
          </span>
          {!signs && <MoreMenu task={task} />}
          {!signs && <Release taskId={task.id} />}
        </div>
        {form === null ? (
          <p className="muted">{t('task.noForm')}</p>
        ) : (
          <FormFields
            caseNumber={task.caseNumber}
            form={form}
            state={fill.state}
            faults={fill.faults}
            disabled={fill.busy}
            onChange={fill.change}
          />
        )}
        <Ballot detail={detail} />
        <Signers task={task} />
        {atCounter && <CustomerPresent isPresent={isPresent} onChange={setPresent} />}
        {fill.error !== null && <RefusalNotice error={fill.error} />}
      </div>
      <div className="pane-foot">
        <Decisions
          form={form}
          busy={fill.busy || (atCounter && !isPresent)}
          onSubmit={fill.submit}
        />
      </div>
    </>
  );
}

/** 取消认领: puts the task back into the pool. */
function Release({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const release = useMutation({
    mutationFn: () => releaseTask(taskId),
    onSettled: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
  return (
    <>
      <button
        type="button"
        className="link small"
        disabled={release.isPending}
        onClick={() => release.mutate()}
      >
        {t('task.release')}
      </button>
      {release.isError && <RefusalNotice error={release.error} />}
    </>
  );
}

/** Who fills in for a customer says each time that the customer is there. */
function CustomerPresent({
  isPresent,
  onChange,
}: {
  isPresent: boolean;
  onChange: (isPresent: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <label className="row present">
      <input
        type="checkbox"
        checked={isPresent}
        onChange={(event) => onChange(event.target.checked)}
      />
      {t('counter.present')}
    </label>
  );
}

/** Somebody's or nobody's yet: read it, and take it when it is free. */
function Claiming({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { task } = detail;
  const atCounter = task.atCounter === true;
  const [isPresent, setPresent] = useState(false);
  const form = detail.form as FormFile | null;
  const claim = useMutation({
    mutationFn: () => claimTask(task.id, atCounter),
    onSettled: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
  const free = task.status === 'ready';
  const mayClaim = free && !claim.isPending && (isPresent || !atCounter);
  const act = () => {
    if (mayClaim) claim.mutate();
  };
  useKeys([
    { key: 'c', label: 'keys.claim', act },
    { key: 'Alt+Enter', label: 'keys.claim', act },
  ]);
  useFirstFocus('[data-action="first"]');
  return (
    <>
      <div className="pane-body">
        <h2>{t('task.form')}</h2>
        {form !== null && (
          <FormFields
            caseNumber={task.caseNumber}
            form={form}
            state={{}}
            faults={{}}
            disabled
            onChange={() => {}}
          />
        )}
        {atCounter && free && <CustomerPresent isPresent={isPresent} onChange={setPresent} />}
        {claim.isError && <RefusalNotice error={claim.error} />}
      </div>
      <div className="pane-foot">
        {free ? (
          <Button type="primary" data-action="first" disabled={!mayClaim} onClick={act}>
            {t('task.claim')}
            <kbd>C</kbd>
          </Button>
        ) : (
          <span className="muted">{t('task.heldBy', { name: task.assigneeName ?? '' })}</span>
        )}
      </div>
    </>
  );
}

/** A task that is done: what came of it, and the way on. */
function Over({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const next = useNextTask((task) => void navigate(`/tasks/${task.id}`));
  useKeys([{ key: 'n', label: 'keys.next', act: () => next.mutate() }]);
  const { task } = detail;
  return (
    <>
      <div className="pane-body">
        <div className="empty">
          <b>{t(`taskStatus.${task.status}`)}</b>
          {task.completedAt !== null && <span>{instantOf(task.completedAt)}</span>}
          <span>{task.assigneeName}</span>
        </div>
        {next.isError && <RefusalNotice error={next.error} />}
      </div>
      <div className="pane-foot">
        <Button type="primary" disabled={next.isPending} onClick={() => next.mutate()}>
          {t('desk.next')}
          <kbd>N</kbd>
        </Button>
      </div>
    </>
  );
}

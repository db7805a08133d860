import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { CaseSummary } from '../../../src/contract/cases.ts';
import type { Task } from '../../../src/contract/tasks.ts';
import { startCase } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { casesQuery, processesQuery, tasksQuery } from '../../api/queries.ts';
import { useName, useSession } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Icon } from '../../parts/icon.tsx';
import { instanceStatusKind, outcomeText } from '../../parts/labels.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Status } from '../../parts/status.tsx';
import { dayOf } from '../../parts/time.ts';

/** The customer's page: what I should do now, how far it is, what I can apply for. */
export function Screen() {
  const { t } = useTranslation();
  const tasks = useQuery(tasksQuery({ filter: 'all', limit: 50 }));
  const cases = useQuery(casesQuery({ limit: 50 }));
  return (
    <>
      <h1>{t('my.title')}</h1>
      <section>
        <h2>{t('my.now')}</h2>
        <Answer of={tasks}>{(answer) => <MyTasks tasks={answer.tasks} />}</Answer>
      </section>
      <section>
        <h2>{t('my.cases')}</h2>
        <Answer of={cases}>{(answer) => <MyCases cases={answer.cases} />}</Answer>
      </section>
      <Apply />
    </>
  );
}

function MyTasks({ tasks }: { tasks: readonly Task[] }) {
  const { t } = useTranslation();
  const name = useName();
  if (tasks.length === 0) return <p className="muted">{t('my.nothing')}</p>;
  return tasks.map((task) => (
    <Link key={task.id} to={`/my/tasks/${task.id}`} className="card-link accent">
      <span>
        <b>{name(task)}</b>
        <span className="muted small">{task.caseNumber}</span>
      </span>
      <Icon name="unfold" />
    </Link>
  ));
}

function MyCases({ cases }: { cases: readonly CaseSummary[] }) {
  const { t } = useTranslation();
  const name = useName();
  if (cases.length === 0) return <p className="muted">{t('my.noCases')}</p>;
  return cases.map((one) => (
    <Link key={one.caseNumber} to={`/my/cases/${one.caseNumber}`} className="card-link">
      <span>
        <b>{name({ name: one.processName, nameEn: one.processNameEn })}</b>
        <span className="muted small">
          {one.caseNumber} · {dayOf(one.startedAt)}
        </span>
      </span>
      <Status kind={instanceStatusKind[one.status]}>
        {one.outcome === null ? t(`instanceStatus.${one.status}`) : outcomeText(one.outcome)}
      </Status>
    </Link>
  ));
}

/** What the customer may start, and what to have at hand for it. */
function Apply() {
  const { t } = useTranslation();
  const name = useName();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { user } = useSession();
  const key = useRef(idempotencyKey());
  const processes = useQuery(processesQuery);
  const start = useMutation({
    mutationFn: async (processId: string) => {
      const values = user.customerNumber === null ? {} : { customerNumber: user.customerNumber };
      const { caseNumber } = await startCase(processId, values, key.current);
      const { tasks } = await client.fetchQuery({
        ...tasksQuery({ filter: 'all', caseNumber, limit: 1 }),
        staleTime: 0,
      });
      return { caseNumber, task: tasks[0] };
    },
    onSuccess: ({ caseNumber, task }) =>
      void navigate(task === undefined ? `/my/cases/${caseNumber}` : `/my/tasks/${task.id}`),
  });
  const open = (processes.data?.processes ?? []).filter((process) => process.mayStart);
  if (open.length === 0) return null;
  return (
    <section>
      <h2>{t('my.apply')}</h2>
      <p className="muted small">{t('my.bring')}</p>
      {open.map((process) => (
        <Button
          key={process.processId}
          type="primary"
          size="large"
          block
          disabled={start.isPending}
          onClick={() => start.mutate(process.processId)}
        >
          {t('my.applyFor', { name: name(process) })}
        </Button>
      ))}
      {start.isError && <RefusalNotice error={start.error} />}
    </section>
  );
}

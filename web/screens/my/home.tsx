import { useQueries, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseSummary } from '../../../src/contract/cases.ts';
import type { Task } from '../../../src/contract/tasks.ts';
import { caseQuery, casesQuery, processesQuery, tasksQuery } from '../../api/queries.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Icon } from '../../parts/icon.tsx';
import { instanceStatusKind, outcomeText } from '../../parts/labels.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Status } from '../../parts/status.tsx';
import { dayOf } from '../../parts/time.ts';
import { MyLoans } from './loans.tsx';
import { useStart } from './start.ts';

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
        <Answer of={tasks}>
          {(answer) => <ToDo tasks={answer.tasks} cases={cases.data?.cases ?? []} />}
        </Answer>
      </section>
      <MyLoans />
      <section>
        <h2>{t('my.cases')}</h2>
        <Answer of={cases}>{(answer) => <MyCases cases={answer.cases} />}</Answer>
      </section>
      <Apply />
    </>
  );
}

/** Tasks, and what open cases wait to hear from the customer, such as that the money has come. */
function ToDo({ tasks, cases }: { tasks: readonly Task[]; cases: readonly CaseSummary[] }) {
  const { t } = useTranslation();
  const name = useName();
  const open = cases.filter((one) => one.status === 'active').slice(0, lookedIntoMax);
  const found = useQueries({ queries: open.map((one) => caseQuery(one.caseNumber)) });
  const links = [
    ...tasks.map((task) => ({
      to: `/my/tasks/${task.id}`,
      label: name(task),
      caseNumber: task.caseNumber,
    })),
    ...found.flatMap(({ data }) =>
      (data?.awaits ?? []).map((awaited) => ({
        to: `/my/cases/${data?.caseNumber}`,
        label: t('my.confirm', { name: name(awaited) }),
        caseNumber: data?.caseNumber,
      })),
    ),
  ];
  if (links.length === 0) return <p className="muted">{t('my.nothing')}</p>;
  return links.map((link) => (
    <Link key={`${link.to} ${link.label}`} to={link.to} className="card-link accent">
      <span>
        <b>{link.label}</b>
        <span className="muted small">{link.caseNumber}</span>
      </span>
      <Icon name="unfold" />
    </Link>
  ));
}

/** More open cases than this are not looked into for what they wait for. */
const lookedIntoMax = 5;

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
  const { start, isPending, error } = useStart();
  const processes = useQuery(processesQuery);
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
          disabled={isPending}
          onClick={() => start(process.processId)}
        >
          {t('my.applyFor', { name: name(process) })}
        </Button>
      ))}
      {error !== null && <RefusalNotice error={error} />}
    </section>
  );
}

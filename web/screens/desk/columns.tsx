import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Task } from '../../../src/contract/tasks.ts';
import { useName } from '../../frame/session.ts';
import { Due } from '../../parts/due.tsx';
import { roleText, taskStatusKind } from '../../parts/labels.ts';
import type { Column } from '../../parts/list.tsx';
import { Amount } from '../../parts/money.tsx';
import { Status } from '../../parts/status.tsx';
import { TaskMarks } from '../../parts/task-marks.tsx';
import { instantOf, shortInstantOf } from '../../parts/time.ts';

/** The columns of the inbox: what it is about, then whose it is and until when. */
export function useTaskColumns(): readonly Column<Task>[] {
  const { t } = useTranslation();
  const name = useName();
  return useMemo(() => [...subjectColumns(t, name), ...handColumns(t)], [t, name]);
}

function subjectColumns(t: TFunction, name: ReturnType<typeof useName>): Column<Task>[] {
  return [
    {
      id: 'status',
      head: t('task.status'),
      width: '132px',
      cell: (task) => (
        <Status kind={taskStatusKind[task.status]}>{t(`taskStatus.${task.status}`)}</Status>
      ),
    },
    {
      id: 'name',
      head: t('task.name'),
      width: 'minmax(140px, 2fr)',
      cell: (task) => (
        <>
          <TaskMarks task={task} bare />
          <Link to={`/tasks/${task.id}`}>{name(task)}</Link>
        </>
      ),
      title: name,
    },
    {
      id: 'case',
      head: t('task.case'),
      width: '176px',
      cell: (task) => <Link to={`/cases/${task.caseNumber}`}>{task.caseNumber}</Link>,
    },
    {
      id: 'customer',
      head: t('value.applicant'),
      width: 'minmax(120px, 1.5fr)',
      cell: (task) => task.customerName ?? <span className="muted">–</span>,
      title: (task) => task.customerName ?? '',
    },
    {
      id: 'amount',
      head: t('task.amount'),
      width: '132px',
      cell: (task) =>
        typeof task.amountMinor === 'string' ? (
          <Amount minor={task.amountMinor} currency="CNY" />
        ) : (
          <span className="muted">–</span>
        ),
    },
  ];
}

function handColumns(t: TFunction): Column<Task>[] {
  return [
    {
      id: 'role',
      head: t('task.role'),
      width: 'minmax(110px, 1fr)',
      cell: (task) => [roleText(task.role), task.unitId].filter(Boolean).join(' · '),
      title: (task) => [roleText(task.role), task.unitId].filter(Boolean).join(' · '),
    },
    {
      id: 'assignee',
      head: t('task.assignee'),
      width: '100px',
      cell: (task) => task.assigneeName ?? <span className="muted">–</span>,
    },
    {
      id: 'createdAt',
      head: t('task.createdAt'),
      width: '112px',
      cell: (task) => (
        <span title={instantOf(task.createdAt)}>{shortInstantOf(task.createdAt)}</span>
      ),
    },
    {
      id: 'dueAt',
      head: t('task.dueAt'),
      width: '150px',
      cell: (task) => <Due dueAt={task.dueAt} />,
    },
  ];
}

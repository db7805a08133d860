import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Copy } from '../../../src/contract/task-commands.ts';
import type { Task } from '../../../src/contract/tasks.ts';
import { copiesQuery, doneTasksQuery, readCopy } from '../../api/task-orders.ts';
import { useFirstFocus } from '../../frame/keys.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { taskStatusKind } from '../../parts/labels.ts';
import { type Column, List } from '../../parts/list.tsx';
import { Status } from '../../parts/status.tsx';
import { TaskMarks } from '../../parts/task-marks.tsx';
import { instantOf, shortInstantOf } from '../../parts/time.ts';

/** 抄送我的: cases I was told of, with a mark of what I have read. */
export function CopiedToMe() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const copies = useQuery(copiesQuery);
  useFirstFocus('.grid', copies.isSuccess);
  const read = useMutation({
    mutationFn: readCopy,
    onSettled: () => client.invalidateQueries({ queryKey: copiesQuery.queryKey }),
  });
  const columns = useCopyColumns();
  const open = (copy: Copy) => {
    if (copy.readAt === null) read.mutate(copy.id);
    void navigate(`/cases/${copy.caseNumber}`);
  };
  return (
    <Answer of={copies}>
      {(answer) => (
        <List
          label={t('desk.copied')}
          rows={answer.copies}
          total={answer.total}
          columns={columns}
          keyOf={(copy) => copy.id}
          onOpen={open}
          empty={
            <>
              <b>{t('desk.empty.copied')}</b>
              <span>{t('desk.emptyDo.copied')}</span>
            </>
          }
        />
      )}
    </Answer>
  );
}

function useCopyColumns(): readonly Column<Copy>[] {
  const { t } = useTranslation();
  const name = useName();
  return useMemo(
    () => [
      {
        id: 'read',
        head: t('task.status'),
        width: '104px',
        cell: (copy) => (
          <Status kind={copy.readAt === null ? 'wait' : 'done'}>
            {t(copy.readAt === null ? 'copy.unread' : 'copy.read')}
          </Status>
        ),
      },
      {
        id: 'case',
        head: t('task.case'),
        width: '176px',
        cell: (copy) => <Link to={`/cases/${copy.caseNumber}`}>{copy.caseNumber}</Link>,
      },
      { id: 'name', head: t('task.name'), width: 'minmax(110px, 1fr)', cell: name, title: name },
      {
        id: 'note',
        head: t('copy.note'),
        width: 'minmax(160px, 3fr)',
        cell: (copy) => copy.note,
        title: (copy) => copy.note,
      },
      { id: 'from', head: t('copy.from'), width: '100px', cell: (copy) => copy.fromName },
      {
        id: 'at',
        head: t('task.createdAt'),
        width: '112px',
        cell: (copy) => <span title={instantOf(copy.at)}>{shortInstantOf(copy.at)}</span>,
      },
    ],
    [t, name],
  );
}

/** 我已办: what I have submitted or lent in the last days; from its page it can be recalled. */
export function DoneByMe() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const done = useQuery(doneTasksQuery);
  useFirstFocus('.grid', done.isSuccess);
  const columns = useDoneColumns();
  return (
    <Answer of={done}>
      {({ tasks }) => (
        <List
          label={t('desk.done')}
          rows={tasks}
          total={tasks.length}
          columns={columns}
          keyOf={(task) => task.id}
          onOpen={(task) => void navigate(`/cases/${task.caseNumber}`)}
          empty={
            <>
              <b>{t('desk.empty.done')}</b>
              <span>{t('desk.emptyDo.done')}</span>
            </>
          }
        />
      )}
    </Answer>
  );
}

function useDoneColumns(): readonly Column<Task>[] {
  const { t } = useTranslation();
  const name = useName();
  return useMemo(
    () => [
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
            {name(task)} <TaskMarks task={task} />
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
        id: 'assignee',
        head: t('task.assignee'),
        width: '100px',
        cell: (task) => task.assigneeName ?? '–',
      },
      {
        id: 'completedAt',
        head: t('desk.doneAt'),
        width: '112px',
        cell: (task) =>
          task.completedAt === null ? (
            '–'
          ) : (
            <span title={instantOf(task.completedAt)}>{shortInstantOf(task.completedAt)}</span>
          ),
      },
    ],
    [t, name],
  );
}

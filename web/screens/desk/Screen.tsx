import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Task } from '../../../src/contract/tasks.ts';
import { claimTask } from '../../api/commands.ts';
import { tasksQuery } from '../../api/queries.ts';
import { useFirstFocus, useKeys } from '../../frame/keys.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay, useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Due } from '../../parts/due.tsx';
import { roleText, taskStatusKind } from '../../parts/labels.ts';
import { type Column, List } from '../../parts/list.tsx';
import { useNextTask } from '../../parts/next-task.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf, shortInstantOf } from '../../parts/time.ts';

const views = ['mine', 'group', 'all'] as const;
type View = (typeof views)[number];
const rowsMax = 200;

/** The task inbox, for those who work tasks; others are shown where their work is. */
export function Screen() {
  return useMay('work_tasks') ? <Inbox /> : <NoTasks />;
}

/** The desk of who looks but does not act, such as an auditor. */
function NoTasks() {
  const { t } = useTranslation();
  usePageTitle(t('workspace.desk'));
  return (
    <>
      <div className="head">
        <h1>{t('workspace.desk')}</h1>
      </div>
      <div className="pane empty">
        <b>{t('desk.noTasks')}</b>
        <span>{t('desk.noTasksDo')}</span>
        {useMay('view_cases') && <Link to="/cases">{t('page.cases')}</Link>}
        {useMay('view_ledger') && (
          <Link to="/operations/trial-balance">{t('page.trialBalance')}</Link>
        )}
      </div>
    </>
  );
}

/** Mine, my group's, both; true now, walked and worked by keys. */
function Inbox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  usePageTitle(t('page.tasks'));
  const filter = views.find((view) => view === search.get('filter')) ?? 'all';
  const caseNumber = search.get('case') ?? undefined;
  const tasks = useQuery({
    ...tasksQuery({ filter, limit: rowsMax, caseNumber }),
    placeholderData: keepPreviousData,
  });
  const { claim, next } = useClaims();
  const columns = useTaskColumns();
  useFirstFocus('.grid', tasks.isSuccess);
  const open = (task: Task) => void navigate(`/tasks/${task.id}`);
  useKeys([
    { key: 'n', label: 'keys.next', act: () => next.mutate() },
    {
      key: 'j',
      label: 'keys.down',
      act: () => document.querySelector<HTMLElement>('.grid')?.focus(),
    },
    {
      key: 'c',
      label: 'keys.claim',
      act: () => document.querySelector<HTMLElement>('.grid')?.focus(),
    },
  ]);
  return (
    <>
      <div className="head">
        <h1>{t('page.tasks')}</h1>
        <span className="spread" />
        <Button type="primary" disabled={next.isPending} onClick={() => next.mutate()}>
          {t('desk.next')}
          <kbd>N</kbd>
        </Button>
      </div>
      <Views filter={filter} />
      <CaseFilter
        value={caseNumber ?? ''}
        onChange={(value) => {
          const wanted = new URLSearchParams(search);
          if (value === '') wanted.delete('case');
          else wanted.set('case', value);
          setSearch(wanted, { replace: true });
        }}
      />
      {claim.isError && <RefusalNotice error={claim.error} />}
      {next.isError && <RefusalNotice error={next.error} />}
      {next.data === null && <p role="status">{t('desk.nothingNext')}</p>}
      <Answer of={tasks}>
        {(answer) => (
          <List
            label={t('page.tasks')}
            rows={answer.tasks}
            total={answer.total}
            columns={columns}
            keyOf={(task) => task.id}
            onOpen={open}
            rowKeys={{ c: (task) => claim.mutate(task.id) }}
            empty={<NothingHere filter={filter} />}
            foot={<span className="spread">{t('desk.footKeys')}</span>}
          />
        )}
      </Answer>
    </>
  );
}

function useClaims() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => client.invalidateQueries({ queryKey: ['tasks'] });
  const claim = useMutation({ mutationFn: claimTask, onSettled: refresh });
  const next = useNextTask((task) => void navigate(`/tasks/${task.id}`));
  return { claim, next };
}

/** The saved views, as tabs whose address can be kept. */
function Views({ filter }: { filter: View }) {
  const { t } = useTranslation();
  return (
    <nav className="views" aria-label={t('desk.views')}>
      {views.map((view) => (
        <Link
          key={view}
          to={`/desk?filter=${view}`}
          {...(view === filter ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`desk.${view}`)}
          <Count filter={view} />
        </Link>
      ))}
    </nav>
  );
}

function Count({ filter }: { filter: View }) {
  const total = useQuery(tasksQuery({ filter, limit: 1 })).data?.total;
  return total === undefined ? null : <span className="count">{total}</span>;
}

/** The filter row is the query in the address. */
function CaseFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  return (
    <search className="filters">
      <label>
        {t('task.case')}
        <input
          className="field-box"
          value={typed}
          placeholder="DK…"
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => onChange(typed.trim())}
          onKeyDown={(event) => event.key === 'Enter' && onChange(typed.trim())}
        />
      </label>
      {value !== '' && (
        <button
          type="button"
          className="link"
          onClick={() => {
            setTyped('');
            onChange('');
          }}
        >
          {t('desk.clearFilters')}
        </button>
      )}
    </search>
  );
}

function NothingHere({ filter }: { filter: View }) {
  const { t } = useTranslation();
  return (
    <>
      <b>{t(`desk.empty.${filter}`)}</b>
      <span>{t(`desk.emptyDo.${filter}`)}</span>
    </>
  );
}

function useTaskColumns(): readonly Column<Task>[] {
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
        cell: (task) => <Link to={`/tasks/${task.id}`}>{name(task)}</Link>,
        title: name,
      },
      {
        id: 'case',
        head: t('task.case'),
        width: '176px',
        cell: (task) => <Link to={`/cases/${task.caseNumber}`}>{task.caseNumber}</Link>,
      },
      {
        id: 'role',
        head: t('task.role'),
        width: 'minmax(110px, 1fr)',
        cell: (task) => roleText(task.role),
      },
      { id: 'unit', head: t('task.unit'), width: '92px', cell: (task) => task.unitId ?? '–' },
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
    ],
    [t, name],
  );
}

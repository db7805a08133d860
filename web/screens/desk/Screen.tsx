import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { claimTask } from '../../api/commands.ts';
import { tasksQuery } from '../../api/queries.ts';
import { copiesQuery } from '../../api/task-orders.ts';
import { useFirstFocus, useKeys } from '../../frame/keys.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { List } from '../../parts/list.tsx';
import { useNextTask } from '../../parts/next-task.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { useTaskColumns } from './columns.tsx';
import { CopiedToMe, DoneByMe } from './told.tsx';

const views = ['mine', 'group', 'all', 'counter'] as const;
type View = (typeof views)[number];
/** Lists that ask nothing of their reader. */
const toldViews = ['done', 'copied'] as const;
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
  const [search, setSearch] = useSearchParams();
  usePageTitle(t('page.tasks'));
  const filter = views.find((view) => view === search.get('filter')) ?? 'all';
  const caseNumber = search.get('case') ?? undefined;
  const told = toldViews.find((view) => view === search.get('filter'));
  const { claim, next } = useClaims();
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
      <Views filter={told ?? filter} />
      {told === 'copied' && <CopiedToMe />}
      {told === 'done' && <DoneByMe />}
      {told === undefined && (
        <CaseFilter
          value={caseNumber ?? ''}
          onChange={(value) => {
            const wanted = new URLSearchParams(search);
            if (value === '') wanted.delete('case');
            else wanted.set('case', value);
            setSearch(wanted, { replace: true });
          }}
        />
      )}
      {claim.isError && <RefusalNotice error={claim.error} />}
      {next.isError && <RefusalNotice error={next.error} />}
      {next.data === null && <p role="status">{t('desk.nothingNext')}</p>}
      {told === undefined && (
        <Tasks filter={filter} caseNumber={caseNumber} onClaim={claim.mutate} />
      )}
    </>
  );
}

/** The rows of a view, walked by keys: Enter opens, C claims. */
function Tasks({
  filter,
  caseNumber,
  onClaim,
}: {
  filter: View;
  caseNumber: string | undefined;
  onClaim: (taskId: string) => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useTaskColumns();
  const tasks = useQuery({
    ...tasksQuery({ filter, limit: rowsMax, caseNumber }),
    placeholderData: keepPreviousData,
  });
  useFirstFocus('.grid', tasks.isSuccess);
  return (
    <Answer of={tasks}>
      {(answer) => (
        <List
          label={t('page.tasks')}
          rows={answer.tasks}
          total={answer.total}
          columns={columns}
          keyOf={(task) => task.id}
          onOpen={(task) => void navigate(`/tasks/${task.id}`)}
          rowKeys={{ c: (task) => onClaim(task.id) }}
          empty={<NothingHere filter={filter} />}
          foot={<span className="spread">{t('desk.footKeys')}</span>}
        />
      )}
    </Answer>
  );
}

function useClaims() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => client.invalidateQueries({ queryKey: ['tasks'] });
  const claim = useMutation({ mutationFn: (id: string) => claimTask(id), onSettled: refresh });
  const next = useNextTask((task) => void navigate(`/tasks/${task.id}`));
  return { claim, next };
}

/** The saved views, as tabs whose address can be kept. */
function Views({ filter }: { filter: View | (typeof toldViews)[number] }) {
  const { t } = useTranslation();
  // Customers' tasks are the business of who may serve customers.
  const mayServe = useMay('start_for_customer');
  const shown = views.filter((view) => view !== 'counter' || mayServe);
  return (
    <nav className="views" aria-label={t('desk.views')}>
      {shown.map((view) => (
        <Link
          key={view}
          to={`/desk?filter=${view}`}
          {...(view === filter ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`desk.${view}`)}
          <Count filter={view} />
        </Link>
      ))}
      <ToldLinks shown={filter} />
    </nav>
  );
}

/** 我已办 and 抄送我的, with how many notices are unread. */
function ToldLinks({ shown }: { shown: string }) {
  const { t } = useTranslation();
  const unread = useQuery(copiesQuery).data?.unread ?? 0;
  return toldViews.map((view) => (
    <Link
      key={view}
      to={`/desk?filter=${view}`}
      {...(view === shown ? { 'aria-current': 'page' as const } : {})}
    >
      {t(`desk.${view}`)}
      {view === 'copied' && unread > 0 && <span className="count">{unread}</span>}
    </Link>
  ));
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

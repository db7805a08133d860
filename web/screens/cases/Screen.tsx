import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { CaseSummary } from '../../../src/contract/cases.ts';
import { casesQuery } from '../../api/queries.ts';
import { useFirstFocus } from '../../frame/keys.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { instanceStatusKind, outcomeText } from '../../parts/labels.ts';
import { ExportButton } from '../../parts/ledger/export.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf, shortInstantOf } from '../../parts/time.ts';

const views = ['any', 'active', 'completed', 'terminated'] as const;
const rowsMax = 200;

/** The cases that a person may see, newest first. */
export function Screen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  usePageTitle(t('page.cases'));
  const view = views.find((one) => one === search.get('status')) ?? 'any';
  const processId = search.get('process') ?? undefined;
  const status = view === 'any' ? undefined : view;
  const cases = useQuery({
    ...casesQuery({ status, processId, limit: rowsMax }),
    placeholderData: keepPreviousData,
  });
  const columns = useCaseColumns();
  useFirstFocus('.grid', cases.isSuccess);
  const keep = processId === undefined ? '' : `&process=${encodeURIComponent(processId)}`;
  return (
    <>
      <div className="head">
        <h1>{t('page.cases')}</h1>
        <ExportButton table="cases" filters={{ status, processId }} fileName="cases" />
      </div>
      <nav className="views" aria-label={t('desk.views')}>
        {views.map((one) => (
          <Link
            key={one}
            to={`/cases?status=${one}${keep}`}
            {...(one === view ? { 'aria-current': 'page' as const } : {})}
          >
            {t(one === 'any' ? 'cases.any' : `instanceStatus.${one}`)}
          </Link>
        ))}
      </nav>
      <Answer of={cases}>
        {(answer) => (
          <List
            label={t('page.cases')}
            rows={answer.cases}
            total={answer.total}
            columns={columns}
            keyOf={(row) => row.caseNumber}
            onOpen={(row) => void navigate(`/cases/${row.caseNumber}`)}
            empty={
              <>
                <b>{t('cases.empty')}</b>
                <Link to="/processes">{t('cases.emptyDo')}</Link>
              </>
            }
          />
        )}
      </Answer>
    </>
  );
}

function useCaseColumns(): readonly Column<CaseSummary>[] {
  const { t } = useTranslation();
  const name = useName();
  return useMemo(
    () => [
      {
        id: 'status',
        head: t('task.status'),
        width: '132px',
        cell: (row) => (
          <Status kind={instanceStatusKind[row.status]}>{t(`instanceStatus.${row.status}`)}</Status>
        ),
      },
      {
        id: 'case',
        head: t('task.case'),
        width: '190px',
        cell: (row) => <Link to={`/cases/${row.caseNumber}`}>{row.caseNumber}</Link>,
      },
      {
        id: 'process',
        head: t('case.process'),
        width: 'minmax(160px, 2fr)',
        cell: (row) => name({ name: row.processName, nameEn: row.processNameEn }),
      },
      {
        id: 'outcome',
        head: t('case.outcome'),
        width: 'minmax(100px, 1fr)',
        cell: (row) => (row.outcome === null ? '–' : outcomeText(row.outcome)),
      },
      { id: 'unit', head: t('task.unit'), width: '100px', cell: (row) => row.unitId ?? '–' },
      {
        id: 'startedAt',
        head: t('case.startedAt'),
        width: '120px',
        cell: (row) => (
          <span title={instantOf(row.startedAt)}>{shortInstantOf(row.startedAt)}</span>
        ),
      },
      {
        id: 'endedAt',
        head: t('case.endedAt'),
        width: '120px',
        cell: (row) => (row.endedAt === null ? '–' : shortInstantOf(row.endedAt)),
      },
    ],
    [t, name],
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ExportRecordAnswer, ExportTableName } from '../../../src/contract/exports.ts';
import { exportsQuery } from '../../api/ledger.ts';
import { useFirstFocus } from '../../frame/keys.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { instantOf } from '../../parts/time.ts';

const tables: readonly ExportTableName[] = [
  ...(['trial-balance', 'gl-accounts', 'entries', 'statement'] as const),
  ...(['cases', 'accounts', 'customers'] as const),
];
const rowsMax = 200;

/** 导出登记: every file that left the bank, who took it, by which filter and how many rows. */
export function Screen() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  usePageTitle(t('page.exports'));
  const table = tables.find((one) => one === search.get('table'));
  const login = search.get('login') ?? '';
  const exports = useQuery({
    ...exportsQuery({ table, login, limit: rowsMax }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  useFirstFocus('.grid', exports.isSuccess);
  const show = (change: Record<string, string>) => {
    const wanted = { table: table ?? '', login, ...change };
    const given = Object.entries(wanted).filter(([, value]) => value !== '');
    setSearch(Object.fromEntries(given), { replace: true });
  };
  return (
    <>
      <div className="head">
        <h1>{t('page.exports')}</h1>
      </div>
      <search className="filters">
        <label>
          {t('exports.table')}
          <select
            className="field-box"
            value={table ?? ''}
            onChange={({ target }) => show({ table: target.value })}
          >
            <option value="">{t('exports.allTables')}</option>
            {tables.map((one) => (
              <option key={one} value={one}>
                {t(`exportTable.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('exports.login')}
          <input
            className="field-box"
            defaultValue={login}
            onBlur={({ target }) => show({ login: target.value.trim() })}
            onKeyDown={(event) => {
              if (event.key === 'Enter') show({ login: event.currentTarget.value.trim() });
            }}
          />
        </label>
      </search>
      <Answer of={exports}>
        {(answer) => (
          <List
            label={t('page.exports')}
            rows={answer.exports}
            total={answer.total}
            columns={columns}
            keyOf={(row) => row.exportId}
            onOpen={(row) => show({ login: row.login })}
            empty={<b>{t('exports.empty')}</b>}
          />
        )}
      </Answer>
    </>
  );
}

function useColumns(): readonly Column<ExportRecordAnswer>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'at',
        head: t('exports.at'),
        width: '168px',
        cell: (row) => instantOf(row.exportedAt),
      },
      {
        id: 'who',
        head: t('exports.who'),
        width: 'minmax(150px, 1fr)',
        cell: (row) => (
          <>
            {row.name} <span className="muted">{row.login}</span>
          </>
        ),
        title: (row) => `${row.name} ${row.login}`,
      },
      { id: 'unit', head: t('task.unit'), width: '90px', cell: (row) => row.unitId ?? '–' },
      {
        id: 'table',
        head: t('exports.table'),
        width: '130px',
        cell: (row) => t(`exportTable.${row.table}`),
      },
      { id: 'format', head: t('exports.format'), width: '64px', cell: (row) => row.format },
      {
        id: 'rows',
        head: t('exports.rows'),
        width: '80px',
        numeric: true,
        cell: (row) => row.rows.toLocaleString('en'),
      },
      {
        id: 'filter',
        head: t('exports.filter'),
        width: 'minmax(180px, 3fr)',
        cell: (row) => filterText(row.filter),
        title: (row) => filterText(row.filter),
      },
      {
        id: 'hash',
        head: t('exports.hash'),
        width: '110px',
        cell: (row) => row.contentHash.slice(0, 12),
        title: (row) => row.contentHash,
      },
    ],
    [t],
  );
}

function filterText(filter: ExportRecordAnswer['filter']): string {
  return Object.entries(filter)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

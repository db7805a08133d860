import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { Customer } from '../../../src/contract/customers.ts';
import { customersQuery } from '../../api/queries.ts';
import { useFirstFocus } from '../../frame/keys.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { ExportButton } from '../../parts/ledger/export.tsx';
import { type Column, List } from '../../parts/list.tsx';

const kinds = ['any', 'corporate', 'retail'] as const;
const rowsMax = 200;

/** Customers by number, beginning of the name or identity number. */
export function Screen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  usePageTitle(t('workspace.customers'));
  const kind = kinds.find((one) => one === search.get('kind')) ?? 'any';
  const [typed, setTyped] = useState(search.get('search') ?? '');
  const wanted = useDeferredValue(typed.trim());
  const filters = { search: wanted, kind: kind === 'any' ? undefined : kind };
  const customers = useQuery({
    ...customersQuery({ ...filters, limit: rowsMax }),
    placeholderData: keepPreviousData,
  });
  const columns = useCustomerColumns();
  useFirstFocus('#customer-search');
  return (
    <>
      <div className="head">
        <h1>{t('workspace.customers')}</h1>
      </div>
      <search className="filters">
        <label>
          {t('customers.search')}
          <input
            id="customer-search"
            className="field-box wide"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={() => setSearch({ kind, search: typed.trim() }, { replace: true })}
          />
        </label>
        <label>
          {t('customers.kind')}
          <select
            className="field-box"
            value={kind}
            onChange={(event) => setSearch({ kind: event.target.value, search: typed.trim() })}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`customerKind.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <ExportButton table="customers" filters={filters} fileName="customers" />
      </search>
      <Answer of={customers}>
        {(answer) => (
          <List
            label={t('workspace.customers')}
            rows={answer.customers}
            total={answer.total}
            columns={columns}
            keyOf={(row) => row.customerNumber}
            onOpen={(row) => void navigate(`/customers/${row.customerNumber}`)}
            empty={
              <>
                <b>{t('customers.empty')}</b>
                <span>{t('customers.emptyDo')}</span>
              </>
            }
          />
        )}
      </Answer>
    </>
  );
}

function useCustomerColumns(): readonly Column<Customer>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'number',
        head: t('customers.number'),
        width: '150px',
        cell: (row) => <Link to={`/customers/${row.customerNumber}`}>{row.customerNumber}</Link>,
      },
      {
        id: 'name',
        head: t('customers.name'),
        width: 'minmax(180px, 2fr)',
        cell: (row) => row.name,
        title: (row) => row.name,
      },
      {
        id: 'kind',
        head: t('customers.kind'),
        width: '110px',
        cell: (row) => t(`customerKind.${row.kind}`),
      },
      {
        id: 'identity',
        head: t('customers.identity'),
        width: 'minmax(170px, 1fr)',
        cell: (row) => row.identityNumber,
      },
      {
        id: 'rating',
        head: t('value.creditRating'),
        width: '90px',
        cell: (row) => row.creditRating ?? '–',
      },
      { id: 'unit', head: t('task.unit'), width: '100px', cell: (row) => row.unitId },
      {
        id: 'manager',
        head: t('role.customer_manager'),
        width: '110px',
        cell: (row) => row.customerManager ?? '–',
      },
    ],
    [t],
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import {
  type Bill,
  type BillStatus,
  type BillsAnswer,
  billStatusShape,
} from '../../../src/contract/bill/bills.ts';
import { billsQuery } from '../../api/market.ts';
import { useFirstFocus } from '../../frame/keys.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { Begin } from '../../parts/ledger/begin.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { amountText } from '../../parts/money.tsx';
import { Status, type StatusKind } from '../../parts/status.tsx';

const rowsMax = 200;
const processes = ['bill_rediscount', 'bill_collection'];

/** What the colour of a status says; its word stands beside it. */
export const billKinds: Readonly<Record<BillStatus, StatusKind>> = {
  registered: 'wait',
  accepted: 'run',
  cancelled: 'second',
  pledged: 'run',
  discounted: 'run',
  rediscounted: 'run',
  in_collection: 'soon',
  paid: 'done',
  dishonoured: 'bad',
  in_recourse: 'bad',
  settled: 'done',
};

/** 票据登记簿: the bills of the reader's books, by status, number or party. */
export function Screen() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  usePageTitle(t('page.bills'));
  const status = billStatusShape.options.find((one) => one === search.get('status'));
  const [typed, setTyped] = useState(search.get('search') ?? '');
  const wanted = useDeferredValue(typed.trim());
  const bills = useQuery({
    ...billsQuery({ status, search: wanted, limit: rowsMax }),
    placeholderData: keepPreviousData,
  });
  useFirstFocus('#bill-search');
  const keep = (next: string) =>
    setSearch(
      { ...(next === '' ? {} : { status: next }), search: typed.trim() },
      { replace: true },
    );
  return (
    <>
      <div className="head">
        <h1>{t('page.bills')}</h1>
        <span className="spread" />
        <Begin offered={processes} label={t('bills.begin')} />
      </div>
      <search className="filters">
        <label>
          {t('bills.search')}
          <input
            id="bill-search"
            className="field-box wide"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={() => keep(status ?? '')}
          />
        </label>
        <label>
          {t('bills.status')}
          <select
            className="field-box"
            value={status ?? ''}
            onChange={(event) => keep(event.target.value)}
          >
            <option value="">{t('bills.any')}</option>
            {billStatusShape.options.map((one) => (
              <option key={one} value={one}>
                {t(`billStatus.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </search>
      <Answer of={bills}>{(answer) => <Rows of={answer} />}</Answer>
    </>
  );
}

function Rows({ of }: { of: BillsAnswer }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useColumns();
  return (
    <List
      label={t('page.bills')}
      rows={of.bills}
      total={of.total}
      columns={columns}
      keyOf={(row) => row.billNumber}
      onOpen={(row) => void navigate(`/bills/${row.billNumber}`)}
      empty={
        <>
          <b>{t('bills.empty')}</b>
          <span>{t('bills.emptyDo')}</span>
        </>
      }
    />
  );
}

function useColumns(): readonly Column<Bill>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'number',
        head: t('bills.number'),
        width: '190px',
        cell: (row) => <Link to={`/bills/${row.billNumber}`}>{row.billNumber}</Link>,
        title: (row) => row.billNumber,
      },
      {
        id: 'status',
        head: t('bills.status'),
        width: '110px',
        cell: (row) => (
          <Status kind={billKinds[row.status]}>{t(`billStatus.${row.status}`)}</Status>
        ),
      },
      {
        id: 'kind',
        head: t('bills.kind'),
        width: '120px',
        cell: (row) => t(`billKind.${row.kind}`),
      },
      {
        id: 'face',
        head: t('bills.face'),
        width: '150px',
        numeric: true,
        cell: (row) => `${amountText(row.faceMinor, row.currency)} ${row.currency}`,
      },
      { id: 'matures', head: t('bills.matures'), width: '105px', cell: (row) => row.maturesOn },
      {
        id: 'acceptor',
        head: t('bills.acceptor'),
        width: 'minmax(120px, 1fr)',
        cell: (row) => row.acceptorName,
        title: (row) => row.acceptorName,
      },
      {
        id: 'holder',
        head: t('bills.holder'),
        width: 'minmax(140px, 1fr)',
        cell: (row) => row.holderName,
        title: (row) => row.holderName,
      },
      {
        id: 'debt',
        head: t('bills.debt'),
        width: '130px',
        numeric: true,
        cell: (row) => (row.debtMinor === '0' ? '–' : amountText(row.debtMinor, row.currency)),
      },
    ],
    [t],
  );
}

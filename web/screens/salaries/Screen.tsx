import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { SalaryOrderAnswer } from '../../../src/contract/salary/orders.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { salaryOrdersQuery, takeSalaries } from '../../api/salaries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { type Column, List } from '../../parts/list.tsx';
import { amountText } from '../../parts/money.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf, shortInstantOf } from '../../parts/time.ts';
import { orderKind } from './state.ts';

const rowsMax = 200;

/** 代发工资: orders of the reader's units, and taking a new one. */
export function Screen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  usePageTitle(t('page.salaries'));
  const mayOrder = useMay('order_salaries');
  const orders = useQuery({
    ...salaryOrdersQuery({ limit: rowsMax }),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  return (
    <>
      <div className="head">
        <h1>{t('page.salaries')}</h1>
      </div>
      {mayOrder && <TakeOrder />}
      <Answer of={orders}>
        {(answer) => (
          <List
            label={t('page.salaries')}
            rows={answer.orders}
            total={answer.total}
            columns={columns}
            keyOf={(row) => row.orderId}
            onOpen={(row) => void navigate(`/operations/salaries/${row.orderId}`)}
            empty={<b>{t('salaries.empty')}</b>}
          />
        )}
      </Answer>
    </>
  );
}

/** A list of account,name,amount and the account that pays. One key as long as nothing changes. */
function TakeOrder() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [payer, setPayer] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [key, setKey] = useState(idempotencyKey);
  const order = useMutation({
    mutationFn: async () => {
      const text = await (file as File).text();
      return await takeSalaries({ payerAccountNumber: payer.trim(), text }, key);
    },
    onSuccess: ({ order: { orderId } }) => void navigate(`/operations/salaries/${orderId}`),
  });
  const changed = () => setKey(idempotencyKey());
  return (
    <section className="pane" aria-label={t('salaries.take')}>
      <h2>{t('salaries.take')}</h2>
      <div className="filters">
        <label>
          {t('salaries.payer')}
          <input
            className="field-box"
            value={payer}
            onChange={({ target }) => {
              setPayer(target.value);
              changed();
            }}
          />
        </label>
        <label>
          {t('salaries.file')}
          <input
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={({ target }) => {
              setFile(target.files?.[0] ?? null);
              changed();
            }}
          />
        </label>
        <Button
          type="primary"
          disabled={payer.trim() === '' || file === null}
          loading={order.isPending}
          onClick={() => order.mutate()}
        >
          {t('salaries.submit')}
        </Button>
      </div>
      <p className="muted small">{t('salaries.fileRule')}</p>
      {order.isError && <RefusalNotice error={order.error} />}
    </section>
  );
}

function useColumns(): readonly Column<SalaryOrderAnswer>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'status',
        head: t('task.status'),
        width: '132px',
        cell: (row) => (
          <Status kind={orderKind[row.status]}>{t(`salaryStatus.${row.status}`)}</Status>
        ),
      },
      {
        id: 'payer',
        head: t('salaries.payer'),
        width: 'minmax(170px, 2fr)',
        cell: (row) => (
          <Link to={`/operations/salaries/${row.orderId}`}>{row.payerAccountNumber}</Link>
        ),
      },
      {
        id: 'lines',
        head: t('salaries.lines'),
        width: '90px',
        numeric: true,
        cell: (row) => row.lines.toLocaleString('en'),
      },
      {
        id: 'total',
        head: t('salaries.total'),
        width: '150px',
        numeric: true,
        cell: (row) => amountText(row.totalMinor, row.currency),
      },
      {
        id: 'maker',
        head: t('salaries.maker'),
        width: 'minmax(90px, 1fr)',
        cell: (row) => row.makerName,
      },
      {
        id: 'authoriser',
        head: t('salaries.authoriser'),
        width: 'minmax(90px, 1fr)',
        cell: (row) => row.authoriserName ?? '–',
      },
      {
        id: 'takenAt',
        head: t('salaries.takenAt'),
        width: '120px',
        cell: (row) => <span title={instantOf(row.takenAt)}>{shortInstantOf(row.takenAt)}</span>,
      },
    ],
    [t],
  );
}

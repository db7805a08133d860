import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { SalaryLineAnswer, SalaryOrderDetail } from '../../../src/contract/salary/orders.ts';
import { queryClient } from '../../api/queries.ts';
import { decideSalaries, salaryLinesQuery, salaryOrderQuery } from '../../api/salaries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useBilingual, useMay, useSession } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { amountText } from '../../parts/money.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';
import { lineKind, orderKind } from '../salaries/state.ts';

const views = ['any', 'paid', 'refused', 'waiting'] as const;
const pageLines = 200;

/** One salary order: who took it and who decided, how far it is paid, the result of each line. */
export function Screen() {
  const { t } = useTranslation();
  const orderId = present(useParams()['orderId'], 'an order in the address');
  usePageTitle(t('page.salaries'));
  const order = useQuery({
    ...salaryOrderQuery(orderId),
    // What is authorised is being paid.
    refetchInterval: ({ state }) =>
      state.data?.order.status === 'authorised' && state.data.waiting > 0 ? 1_000 : false,
  });
  return (
    <Answer of={order}>
      {(detail) => (
        <>
          <Head detail={detail} />
          <Decide detail={detail} />
          <Lines detail={detail} />
        </>
      )}
    </Answer>
  );
}

function Head({ detail }: { detail: SalaryOrderDetail }) {
  const { t } = useTranslation();
  const { order } = detail;
  const facts = [
    ['salaries.total', `${amountText(order.totalMinor, order.currency)} ${order.currency}`],
    ['salaries.lines', order.lines.toLocaleString('en')],
    ['salaries.maker', `${order.makerName} ${instantOf(order.takenAt)}`],
    [
      'salaries.authoriser',
      order.decidedAt === null
        ? (order.authoriserName ?? '–')
        : `${order.authoriserName} ${instantOf(order.decidedAt)}`,
    ],
  ] as const;
  return (
    <div className="head">
      <h1>{detail.payerName}</h1>
      <Status kind={orderKind[order.status]}>{t(`salaryStatus.${order.status}`)}</Status>
      <div className="facts-line">
        <span>
          {t('salaries.payer')}
          <b>
            <Link to={`/accounts/${order.payerAccountNumber}`}>{order.payerAccountNumber}</Link>
          </b>
        </span>
        {facts.map(([label, value]) => (
          <span key={label}>
            {t(label)}
            <b>{value}</b>
          </span>
        ))}
      </div>
    </div>
  );
}

/** 授权或拒绝: by a second person, never by who took the order. */
function Decide({ detail: { order } }: { detail: SalaryOrderDetail }) {
  const { t } = useTranslation();
  const may = useMay('authorise_salaries');
  const { user } = useSession();
  const decision = useMutation({
    mutationFn: (wanted: 'authorised' | 'declined') => decideSalaries(order.orderId, wanted),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['salaries'] }),
  });
  if (order.status !== 'waiting') return null;
  if (!may || user.login === order.maker) return <p className="muted">{t('salaries.waits')}</p>;
  return (
    <section className="pane" aria-label={t('salaries.decide')}>
      <p>{t('salaries.decideWhat', { count: order.lines })}</p>
      <p className="row">
        <Button
          type="primary"
          loading={decision.isPending}
          onClick={() => decision.mutate('authorised')}
        >
          {t('salaries.authorise')}
        </Button>
        <Button disabled={decision.isPending} onClick={() => decision.mutate('declined')}>
          {t('salaries.decline')}
        </Button>
      </p>
      {decision.isError && <RefusalNotice error={decision.error} />}
    </section>
  );
}

function Lines({ detail }: { detail: SalaryOrderDetail }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { order } = detail;
  const view = views.find((one) => one === search.get('show')) ?? 'any';
  const after = Number(search.get('after') ?? 0);
  const status = view === 'any' ? undefined : view;
  const progress = detail.paid + detail.refused;
  const lines = useQuery({
    ...salaryLinesQuery(order.orderId, { status, after, limit: pageLines }, progress),
    placeholderData: keepPreviousData,
  });
  const counts = { any: order.lines, paid: detail.paid, refused: detail.refused } as const;
  return (
    <>
      <nav className="views" aria-label={t('salaries.results')}>
        {views.map((one) => (
          <Link
            key={one}
            to={`?show=${one}`}
            {...(one === view ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`salaryLines.${one}`)} {one === 'waiting' ? detail.waiting : counts[one]}
          </Link>
        ))}
      </nav>
      <section className="pane" aria-label={t('salaries.results')}>
        <Answer of={lines}>
          {(answer) => (
            <>
              <Table lines={answer.lines} currency={order.currency} />
              {answer.lines.length === pageLines && (
                <p className="row">
                  <Link to={`?show=${view}&after=${answer.lines.at(-1)?.lineNumber ?? after}`}>
                    {t('ledger.pageAfter')}
                  </Link>
                </p>
              )}
            </>
          )}
        </Answer>
      </section>
    </>
  );
}

function Table({ lines, currency }: { lines: readonly SalaryLineAnswer[]; currency: string }) {
  const { t } = useTranslation();
  const words = useBilingual();
  if (lines.length === 0) return <p className="muted">{t('salaries.noLines')}</p>;
  return (
    <Scroll label={t('salaries.results')}>
      <table>
        <thead>
          <tr>
            <th className="n">{t('salaries.line')}</th>
            <th>{t('task.status')}</th>
            <th>{t('accounts.number')}</th>
            <th>{t('accounts.name')}</th>
            <th className="n">{t('salaries.amount')}</th>
            <th>{t('salaries.result')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineNumber}>
              <td className="n">{line.lineNumber}</td>
              <td>
                <Status kind={lineKind[line.status]}>{t(`salaryLines.${line.status}`)}</Status>
              </td>
              <td className="nowrap">{line.accountNumber}</td>
              <td className="nowrap">{line.name}</td>
              <td className="n">{amountText(line.amountMinor, currency)}</td>
              <td>{line.message === null ? line.postingNumber : words(line.message)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { isCalendarDate } from '../../../src/base/dates.ts';
import type { TrialBalanceAnswer } from '../../../src/contract/ledger.ts';
import { trialBalanceQuery } from '../../api/queries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { DateInput } from '../../parts/form/inputs.tsx';
import { ExportButton } from '../../parts/ledger/export.tsx';
import { amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { addressOf, monthOf } from '../ledger/figure.ts';

type Row = TrialBalanceAnswer['rows'][number];

/** 试算平衡: debits equal credits per book and currency, inter-branch accounts sum to zero. */
export function Screen() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  usePageTitle(t('page.trialBalance'));
  const wanted = search.get('date') ?? '';
  const [date, setDate] = useState(wanted);
  const balance = useQuery({
    ...trialBalanceQuery(isCalendarDate(wanted) ? wanted : undefined),
    placeholderData: keepPreviousData,
  });
  const show = () =>
    setSearch(isCalendarDate(date) ? { ...kept(search), date } : kept(search), { replace: true });
  return (
    <>
      <div className="head">
        <h1>{t('page.trialBalance')}</h1>
        {balance.data !== undefined && <Proof balance={balance.data} />}
      </div>
      <Answer of={balance}>
        {(data) => (
          <>
            <search className="filters">
              <label htmlFor="date">
                {t('entries.accountingDate')}
                <DateInput
                  id="date"
                  value={date || data.accountingDate}
                  onChange={setDate}
                  onSettle={show}
                />
              </label>
              <BookChoice balance={data} />
              <Link to={`/operations/end-of-day?date=${data.accountingDate}`}>
                {t('page.endOfDay')}
              </Link>
              <OtherPages />
              <ExportButton
                table="trial-balance"
                filters={{ date: data.accountingDate, bookId: search.get('book') ?? '' }}
                fileName={`trial-balance-${data.accountingDate}`}
              />
            </search>
            <Books balance={data} book={search.get('book') ?? ''} />
          </>
        )}
      </Answer>
    </>
  );
}

/** What else stands on the ledger, for those who may see it. */
function OtherPages() {
  const { t } = useTranslation();
  const mayAccounts = useMay('view_accounts');
  const mayAudit = useMay('view_audit');
  return (
    <>
      <Link to="/operations/cash">{t('page.cash')}</Link>
      <Link to="/operations/bills">{t('page.bills')}</Link>
      <Link to="/operations/fx">{t('page.fx')}</Link>
      {mayAccounts && <Link to="/operations/controls">{t('page.controls')}</Link>}
      {mayAccounts && <Link to="/operations/salaries">{t('page.salaries')}</Link>}
      {mayAudit && <Link to="/operations/exports">{t('page.exports')}</Link>}
    </>
  );
}

function kept(search: URLSearchParams): Record<string, string> {
  const book = search.get('book');
  return book === null ? {} : { book };
}

/** Whether the books prove: each by itself, and all of them towards each other. */
function Proof({ balance }: { balance: TrialBalanceAnswer }) {
  const { t } = useTranslation();
  const even = balance.totals.every((total) => total.differenceMinor === '0');
  return (
    <>
      <Status kind={even ? 'done' : 'bad'}>{t(even ? 'trial.even' : 'trial.uneven')}</Status>
      {balance.interBranch.map((total) => (
        <Status key={total.currency} kind={total.sumMinor === '0' ? 'done' : 'bad'}>
          {t('trial.interBranch', {
            sum: `${amountText(total.sumMinor, total.currency)} ${total.currency}`,
          })}
        </Status>
      ))}
    </>
  );
}

function BookChoice({ balance }: { balance: TrialBalanceAnswer }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const books = [...new Map(balance.rows.map((row) => [row.bookId, row.bookName]))];
  const choose = (book: string) => {
    const next = new URLSearchParams(search);
    if (book === '') next.delete('book');
    else next.set('book', book);
    setSearch(next, { replace: true });
  };
  return (
    <label>
      {t('entries.book')}
      <select
        className="field-box"
        value={search.get('book') ?? ''}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{t('trial.allBooks', { count: books.length })}</option>
        {books.map(([id, name]) => (
          <option key={id} value={id}>
            {id} {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Books({ balance, book }: { balance: TrialBalanceAnswer; book: string }) {
  const groups = Map.groupBy(
    balance.rows.filter((row) => book === '' || row.bookId === book),
    (row) => `${row.bookId} ${row.currency}`,
  );
  return [...groups.values()].map((rows) => (
    <Book key={`${rows[0]?.bookId} ${rows[0]?.currency}`} rows={rows} balance={balance} />
  ));
}

function Book({ rows, balance }: { rows: readonly Row[]; balance: TrialBalanceAnswer }) {
  const { t } = useTranslation();
  const [first] = rows;
  if (first === undefined) return null;
  const total = balance.totals.find(
    (one) => one.bookId === first.bookId && one.currency === first.currency,
  );
  return (
    <section className="pane">
      <div className="row">
        <h3>
          {first.bookId} {first.bookName}
        </h3>
        <span className="muted">{first.currency}</span>
      </div>
      <Scroll label={`${first.bookName} ${first.currency}`}>
        <table>
          <thead>
            <tr>
              <th>{t('trial.gl')}</th>
              <th>{t('trial.glName')}</th>
              <th className="n">{t('trial.debit')}</th>
              <th className="n">{t('trial.credit')}</th>
              <th className="n">{t('trial.debitBalance')}</th>
              <th className="n">{t('trial.creditBalance')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <GlRow key={row.glCode} row={row} date={balance.accountingDate} />
            ))}
          </tbody>
          {total !== undefined && (
            <tfoot>
              <tr>
                <td colSpan={4}>{t('entries.total')}</td>
                <td className="n">{amountText(total.debitMinor, total.currency)}</td>
                <td className="n">{amountText(total.creditMinor, total.currency)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      </Scroll>
    </section>
  );
}

/** A GL account of a book; each figure opens what it counts. */
function GlRow({ row, date }: { row: Row; date: string }) {
  const balance = BigInt(row.balanceMinor);
  const amount = (minor: bigint | string) => amountText(minor, row.currency);
  const to = { ...row, to: date };
  const accounts = addressOf({ ...to, show: 'accounts' });
  const ofDay = (side: 'debit' | 'credit', minor: string) =>
    minor === '0' ? (
      amount(minor)
    ) : (
      <Link to={addressOf({ ...to, show: 'entries', from: date, side })}>{amount(minor)}</Link>
    );
  const total = (minor: bigint) => <Link to={accounts}>{amount(minor)}</Link>;
  return (
    <tr>
      <td>
        <Link to={addressOf({ ...to, show: 'entries', from: monthOf(date) })}>{row.glCode}</Link>
      </td>
      <td>{row.glName}</td>
      <td className="n">{ofDay('debit', row.debitMinor)}</td>
      <td className="n">{ofDay('credit', row.creditMinor)}</td>
      <td className="n">{balance > 0n && total(balance)}</td>
      <td className="n">{balance < 0n && total(-balance)}</td>
    </tr>
  );
}

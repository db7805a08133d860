import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import { isCalendarDate } from '../../../src/base/dates.ts';
import type { StatementAnswer } from '../../../src/contract/accounts.ts';
import { statementQuery } from '../../api/queries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { CustomerLink } from '../../parts/facts.tsx';
import { DateInput } from '../../parts/form/inputs.tsx';
import { narrativeText } from '../../parts/labels.ts';
import { Controls } from '../../parts/ledger/controls.tsx';
import { ExportButton } from '../../parts/ledger/export.tsx';
import { Amount, amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { timeOf } from '../../parts/time.ts';
import { BalanceProof } from './proof.tsx';

const rowsMax = 200;

/** An account's statement: 收入 and 支出 with the balance after each entry. */
export function Screen() {
  const accountNumber = present(useParams()['accountNumber'], 'an account in the address');
  const [search] = useSearchParams();
  const statement = useQuery({
    ...statementQuery(accountNumber, {
      from: search.get('from') ?? undefined,
      to: search.get('to') ?? undefined,
      limit: rowsMax,
    }),
    placeholderData: keepPreviousData,
  });
  return <Answer of={statement}>{(data) => <Statement statement={data} />}</Answer>;
}

function Statement({ statement }: { statement: StatementAnswer }) {
  const { t } = useTranslation();
  const { account } = statement;
  const mayControls = useMay('view_accounts');
  usePageTitle(`${account.accountNumber}`);
  return (
    <>
      <div className="head">
        <h1>{account.name}</h1>
        <Status kind={account.status === 'open' ? 'done' : 'wait'}>
          {t(`accountStatus.${account.status}`)}
        </Status>
        <div className="facts-line">
          <span>
            {t('accounts.number')}
            <b>{account.accountNumber}</b>
          </span>
          {account.customerNumber !== null && (
            <span>
              {t('value.customerNumber')}
              <b>
                <CustomerLink customerNumber={account.customerNumber} />
              </b>
            </span>
          )}
          <span>
            {t('accounts.gl')}
            <b>{account.glCode}</b>
          </span>
          <span>
            {t('accounts.ledgerBalance')}
            <b>
              {amountText(account.ledgerBalanceMinor, account.currency)} {account.currency}
            </b>
          </span>
          <span>
            {t('accounts.availableBalance')}
            <b>
              {amountText(account.availableBalanceMinor, account.currency)} {account.currency}
            </b>
          </span>
        </div>
      </div>
      {mayControls && <Controls of={{ accountNumber: account.accountNumber }} />}
      <Period accountNumber={account.accountNumber} />
      <section className="pane" aria-label={t('statement.title')}>
        <Lines statement={statement} />
      </section>
      <BalanceProof account={account} />
    </>
  );
}

/** From and to, kept in the address; the statement of those days as a file. */
function Period({ accountNumber }: { accountNumber: string }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [from, setFrom] = useState(search.get('from') ?? '');
  const [to, setTo] = useState(search.get('to') ?? '');
  const show = () => {
    const wanted: Record<string, string> = {};
    if (isCalendarDate(from)) wanted['from'] = from;
    if (isCalendarDate(to)) wanted['to'] = to;
    setSearch(wanted, { replace: true });
  };
  return (
    <search className="filters">
      <label htmlFor="from">
        {t('statement.from')}
        <DateInput id="from" value={from} onChange={setFrom} onSettle={show} />
      </label>
      <label htmlFor="to">
        {t('statement.to')}
        <DateInput id="to" value={to} onChange={setTo} onSettle={show} />
      </label>
      <ExportButton
        table="statement"
        filters={{
          ...{ accountNumber, from: search.get('from') ?? '', to: search.get('to') ?? '' },
        }}
        fileName={`statement-${accountNumber}`}
      />
    </search>
  );
}

function Lines({ statement }: { statement: StatementAnswer }) {
  const { t } = useTranslation();
  const { account, lines } = statement;
  const { currency } = account;
  return (
    <Scroll label={t('statement.title')}>
      <table>
        <thead>
          <tr>
            <th>{t('statement.date')}</th>
            <th>{t('statement.time')}</th>
            <th>{t('entries.number')}</th>
            <th>{t('entries.narrative')}</th>
            <th>{t('statement.counterparty')}</th>
            <th className="n">{t('statement.out')}</th>
            <th className="n">{t('statement.in')}</th>
            <th className="n">{t('statement.balance')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td colSpan={7} className="muted">
              {t('statement.opening')}
            </td>
            <td className="n">
              <Amount minor={statement.openingBalanceMinor} currency={currency} />
            </td>
          </tr>
          {lines.map((line) => (
            <tr key={`${line.postingNumber} ${line.side} ${line.amountMinor} ${line.balanceMinor}`}>
              <td className="nowrap">{line.accountingDate}</td>
              <td className="nowrap">{timeOf(line.postedAt)}</td>
              <td className="nowrap">{line.postingNumber}</td>
              <td>{narrativeText(line.narrative)}</td>
              <td>
                {line.counterpartyName} <span className="muted">{line.counterpartyNumber}</span>
              </td>
              <td className="n">
                {line.side === 'debit' && amountText(line.amountMinor, currency)}
              </td>
              <td className="n">
                {line.side === 'credit' && amountText(line.amountMinor, currency)}
              </td>
              <td className="n">
                <Amount minor={line.balanceMinor} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={7}>{t('statement.closing', { count: statement.total })}</td>
            <td className="n">
              <Amount minor={statement.closingBalanceMinor} currency={currency} />
            </td>
          </tr>
        </tfoot>
      </table>
      {statement.total > lines.length && (
        <p className="muted small">{t('list.shown', { count: lines.length })}</p>
      )}
    </Scroll>
  );
}

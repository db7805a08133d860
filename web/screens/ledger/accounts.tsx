import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type GlAccountsAnswer, glAccountsQuery } from '../../api/ledger.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { ExportButton } from '../../parts/ledger/export.tsx';
import { Amount, amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { addressOf, type LedgerPlace, monthOf, pageRows } from './figure.ts';
import { Pager } from './pager.tsx';

type Row = GlAccountsAnswer['accounts'][number];

/** 分户账: the accounts under a figure, each with its day; each amount opens its entries. */
export function FigureAccounts({ place }: { place: LedgerPlace }) {
  const { bookId, glCode, currency, to, offset } = place;
  const accounts = useQuery({
    ...glAccountsQuery({ bookId, glCode, currency, date: to, offset, limit: pageRows }),
    placeholderData: keepPreviousData,
  });
  return (
    <Answer of={accounts}>
      {(answer) => (
        <>
          <Table answer={answer} place={{ ...place, to: answer.accountingDate }} />
          <Pager place={place} total={answer.total} />
          <ExportButton
            table="gl-accounts"
            filters={{ bookId, glCode, currency, date: answer.accountingDate }}
            fileName={`accounts-${bookId}-${glCode}-${answer.accountingDate}`}
          />
        </>
      )}
    </Answer>
  );
}

function Table({ answer, place }: { answer: GlAccountsAnswer; place: LedgerPlace }) {
  const { t } = useTranslation();
  if (answer.accounts.length === 0) return <p className="muted">{t('ledger.noAccounts')}</p>;
  return (
    <Scroll label={t('ledger.accounts')}>
      <table>
        <thead>
          <tr>
            <th>{t('accounts.number')}</th>
            <th>{t('accounts.name')}</th>
            <th className="n">{t('ledger.opening')}</th>
            <th className="n">{t('trial.debit')}</th>
            <th className="n">{t('trial.credit')}</th>
            <th className="n">{t('ledger.closing')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.accounts.map((row) => (
            <AccountRow key={row.accountNumber} row={row} place={place} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function AccountRow({ row, place }: { row: Row; place: LedgerPlace }) {
  const { t } = useTranslation();
  const mayAccounts = useMay('view_accounts');
  const { accountNumber } = row;
  const entries = { ...place, show: 'entries', accountNumber, offset: 0 } as const;
  const money = (minor: string) => <Amount minor={minor} currency={place.currency} />;
  const ofDay = (side: 'debit' | 'credit', minor: string) =>
    minor === '0' ? (
      money(minor)
    ) : (
      <Link to={addressOf({ ...entries, side, from: place.to })}>{money(minor)}</Link>
    );
  return (
    <tr>
      <td className="nowrap">
        {mayAccounts ? (
          <Link to={`/accounts/${accountNumber}?to=${place.to}`}>{accountNumber}</Link>
        ) : (
          accountNumber
        )}
      </td>
      <td>{row.name ?? <span className="muted">{t('ledger.customerAccount')}</span>}</td>
      <td className="n">
        <Balance minor={row.openingMinor} currency={place.currency} />
      </td>
      <td className="n">{ofDay('debit', row.debitMinor)}</td>
      <td className="n">{ofDay('credit', row.creditMinor)}</td>
      <td className="n">
        <Link to={addressOf({ ...entries, side: '', from: monthOf(place.to) })}>
          <Balance minor={row.closingMinor} currency={place.currency} />
        </Link>
      </td>
    </tr>
  );
}

/** A balance with its direction, 借 or 贷, as ledgers print it. */
function Balance({ minor, currency }: { minor: string; currency: string }) {
  const { t } = useTranslation();
  const debits = BigInt(minor);
  if (debits === 0n) return amountText(debits, currency);
  const side = debits > 0n ? 'debit' : 'credit';
  return (
    <span className="nowrap">
      {t(`entries.${side}Short`)} {amountText(debits > 0n ? debits : -debits, currency)}
    </span>
  );
}

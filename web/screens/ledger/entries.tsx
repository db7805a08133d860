import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type GlEntriesAnswer, glEntriesQuery } from '../../api/ledger.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { narrativeText } from '../../parts/labels.ts';
import { ExportButton } from '../../parts/ledger/export.tsx';
import { Amount, amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { timeOf } from '../../parts/time.ts';
import { addressOf, type LedgerPlace, pageRows } from './figure.ts';
import { Pager } from './pager.tsx';

type Entry = GlEntriesAnswer['entries'][number];

/** 明细账: the entries under a figure in the order of posting, each with its case and voucher. */
export function FigureEntries({ place }: { place: LedgerPlace }) {
  const { show: _, ...filters } = place;
  const entries = useQuery({
    ...glEntriesQuery({ ...filters, limit: pageRows }),
    placeholderData: keepPreviousData,
  });
  return (
    <Answer of={entries}>
      {(answer) => (
        <>
          <Table answer={answer} place={place} />
          <Pager place={place} total={answer.total} />
          <ExportButton
            table="entries"
            filters={{
              ...{ bookId: place.bookId, glCode: place.glCode, currency: place.currency },
              ...{ from: answer.from, to: answer.to, side: place.side },
              accountNumber: place.accountNumber,
            }}
            fileName={`entries-${place.bookId}-${place.glCode}-${answer.to}`}
          />
        </>
      )}
    </Answer>
  );
}

function Table({ answer, place }: { answer: GlEntriesAnswer; place: LedgerPlace }) {
  const { t } = useTranslation();
  const { from, to, entries } = answer;
  if (entries.length === 0) return <p className="muted">{t('ledger.noEntries', { from, to })}</p>;
  return (
    <Scroll label={t('ledger.entries')}>
      <table>
        <thead>
          <tr>
            <th>{t('entries.accountingDate')}</th>
            <th>{t('statement.time')}</th>
            <th>{t('entries.number')}</th>
            <th>{t('accounts.number')}</th>
            <th>{t('entries.narrative')}</th>
            <th>{t('ledger.reference')}</th>
            <th className="n">{t('entries.debit')}</th>
            <th className="n">{t('entries.credit')}</th>
            <th className="n">{t('ledger.accountBalance')}</th>
            <th>{t('ledger.counter')}</th>
            <th>{t('entries.maker')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={`${entry.postingId} ${entryKey(entry)}`} entry={entry} place={place} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function entryKey({ accountNumber, side, amountMinor, balanceMinor }: Entry): string {
  return `${accountNumber} ${side} ${amountMinor} ${balanceMinor}`;
}

function Row({ entry, place }: { entry: Entry; place: LedgerPlace }) {
  const { t } = useTranslation();
  const { printed, valueDate, accountingDate, authoriser } = entry;
  // A reversal of the same day is printed in red, on the side of what it takes back.
  const amount = <Amount minor={printed.amountMinor} currency={place.currency} />;
  return (
    <tr>
      <td className="nowrap">
        {accountingDate}
        {valueDate !== accountingDate && (
          <span className="muted small"> {t('ledger.valued', { date: valueDate })}</span>
        )}
      </td>
      <td className="nowrap">{timeOf(entry.occurredAt)}</td>
      <td className="nowrap">{entry.postingNumber}</td>
      <td className="nowrap">
        <Link
          to={addressOf({
            ...{ ...place, show: 'entries', accountNumber: entry.accountNumber, offset: 0 },
          })}
        >
          {entry.accountNumber}
        </Link>
      </td>
      <td>
        {narrativeText(entry.narrative)}
        {entry.isReversal && <span className="muted small"> {t('ledger.reversal')}</span>}
      </td>
      <td className="nowrap">
        <Reference entry={entry} />
      </td>
      <td className="n">{printed.side === 'debit' && amount}</td>
      <td className="n">{printed.side === 'credit' && amount}</td>
      <td className="n">{amountText(entry.balanceMinor, place.currency)}</td>
      <td className="nowrap">
        {entry.counterGlCode} <span className="muted">{entry.counterAccountNumber}</span>
      </td>
      <td className="nowrap">
        {entry.maker}
        {authoriser !== null && <span className="muted"> / {authoriser}</span>}
      </td>
    </tr>
  );
}

/** The case behind an entry with its vouchers, where the reader may see cases. */
function Reference({ entry: { caseNumber, businessReference } }: { entry: Entry }) {
  const { t } = useTranslation();
  const may = useMay('view_cases');
  if (caseNumber === null || !may) return businessReference;
  return (
    <>
      <Link to={`/cases/${caseNumber}?view=entries`}>{caseNumber}</Link>{' '}
      <Link className="small" to={`/print/vouchers/${caseNumber}`}>
        {t('ledger.voucher')}
      </Link>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Entry } from '../../../src/contract/cases.ts';
import { entriesQuery } from '../../api/queries.ts';
import { Answer } from '../../parts/ask.tsx';
import { narrativeText } from '../../parts/labels.ts';
import { Amount, amountText } from '../../parts/money.tsx';
import { byPosting } from '../../parts/postings.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { instantOf } from '../../parts/time.ts';

/** Every posting of the case as 借 and 贷, each balanced in itself. */
export function Entries({ caseNumber }: { caseNumber: string }) {
  const { t } = useTranslation();
  const entries = useQuery(entriesQuery(caseNumber));
  return (
    <Scroll className="pane-body stack" label={t('case.entries')}>
      <Answer of={entries}>
        {(answer) =>
          answer.entries.length === 0 ? (
            <div className="empty">
              <b>{t('entries.none')}</b>
              <span>{t('entries.noneWhy')}</span>
            </div>
          ) : (
            byPosting(answer.entries).map((posting) => (
              <Posting key={posting[0]?.postingNumber} entries={posting} />
            ))
          )
        }
      </Answer>
    </Scroll>
  );
}

function Posting({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const [first] = entries;
  if (first === undefined) return null;
  const sum = (side: Entry['side']) =>
    entries
      .filter((entry) => entry.side === side)
      .reduce((total, entry) => total + BigInt(entry.amountMinor), 0n);
  return (
    <section>
      <div className="row wrap">
        <h3>{t('entries.posting', { number: first.postingNumber })}</h3>
        <span className="muted small">
          {t('entries.accountingDate')} {first.accountingDate} · {t('entries.operatingUnit')}{' '}
          {first.operatingUnitId} · {t('entries.book')} {first.bookId}
          {first.maker !== null && ` · ${t('entries.maker')} ${first.maker}`}
        </span>
        <span className="muted small spread">{instantOf(first.postedAt)}</span>
      </div>
      <table>
        <thead>
          <tr>
            <th>{t('entries.side')}</th>
            <th>{t('entries.gl')}</th>
            <th>{t('entries.account')}</th>
            <th>{t('accounts.unit')}</th>
            <th>{t('entries.narrative')}</th>
            <th className="n">{t('entries.debit')}</th>
            <th className="n">{t('entries.credit')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Line key={`${entry.side} ${entry.accountNumber} ${entry.amountMinor}`} entry={entry} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={5}>
              {t('entries.total')} {first.currency}
            </td>
            <td className="n">{amountText(sum('debit'), first.currency)}</td>
            <td className="n">{amountText(sum('credit'), first.currency)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const amount = <Amount minor={entry.amountMinor} currency={entry.currency} />;
  return (
    <tr>
      <td>{t(`entries.${entry.side}Short`)}</td>
      <td>
        {entry.glCode} {entry.glName}
      </td>
      <td>
        <Link to={`/accounts/${entry.accountNumber}`}>{entry.accountNumber}</Link>{' '}
        {entry.accountName}
      </td>
      <td>{entry.openingUnitId}</td>
      <td>{narrativeText(entry.narrative)}</td>
      <td className="n">{entry.side === 'debit' && amount}</td>
      <td className="n">{entry.side === 'credit' && amount}</td>
    </tr>
  );
}

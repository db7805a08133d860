import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { caseEntriesAnswer, Entry, Memorandum } from '../../../src/contract/cases.ts';
import { entriesQuery } from '../../api/queries.ts';
import { Answer } from '../../parts/ask.tsx';
import { AccountLink } from '../../parts/facts.tsx';
import { narrativeText } from '../../parts/labels.ts';
import { Amount, amountText } from '../../parts/money.tsx';
import { byPosting } from '../../parts/postings.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Memoranda } from './memoranda.tsx';
import { PostingHead } from './posting-head.tsx';

type CaseEntries = z.infer<typeof caseEntriesAnswer>;

/** Every posting of the case as 借 and 贷, each balanced in itself, and 收 and 付 beside them. */
export function Entries({
  caseNumber,
  customerNumber,
}: Readonly<Record<'caseNumber' | 'customerNumber', string>>) {
  const { t } = useTranslation();
  const entries = useQuery(entriesQuery(caseNumber));
  return (
    <Scroll className="pane-body stack" label={t('case.entries')}>
      <Answer of={entries}>
        {(answer) =>
          answer.entries.length + answer.memoranda.length === 0 ? (
            <div className="empty">
              <b>{t('entries.none')}</b>
              <span>{t('entries.noneWhy')}</span>
            </div>
          ) : (
            inOrder(answer, customerNumber)
          )
        }
      </Answer>
    </Scroll>
  );
}

/** On and off the balance sheet together, as they were posted. */
function inOrder(answer: CaseEntries, customerNumber: string) {
  const posted = byPosting<Entry | Memorandum>([...answer.entries, ...answer.memoranda]);
  return posted
    .toSorted((a, b) => (a[0]?.postedAt ?? 0) - (b[0]?.postedAt ?? 0))
    .map((lines) => (
      <Fragment key={lines[0]?.postingNumber}>
        <Posting entries={lines.filter((line) => 'side' in line)} customerNumber={customerNumber} />
        <Memoranda memoranda={lines.filter((line) => 'direction' in line)} />
      </Fragment>
    ));
}

function Posting({
  entries,
  customerNumber,
}: {
  entries: readonly Entry[];
  customerNumber: string;
}) {
  const { t } = useTranslation();
  const [first] = entries;
  if (first === undefined) return null;
  const sum = (side: Entry['side']) =>
    entries
      .filter((entry) => entry.side === side)
      .reduce((total, entry) => total + BigInt(entry.amountMinor), 0n);
  return (
    <section>
      <PostingHead line={first} title={t('entries.posting', { number: first.postingNumber })} />
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
            <Line
              key={`${entry.side} ${entry.accountNumber} ${entry.amountMinor}`}
              entry={entry}
              customerNumber={customerNumber}
            />
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

function Line({ entry, customerNumber }: { entry: Entry; customerNumber: string }) {
  const { t } = useTranslation();
  const amount = <Amount minor={entry.amountMinor} currency={entry.currency} />;
  return (
    <tr>
      <td>{t(`entries.${entry.side}Short`)}</td>
      <td>
        {entry.glCode} {entry.glName}
      </td>
      <td>
        <AccountLink
          accountNumber={entry.accountNumber}
          customerNumber={customerNumber}
          unitId={entry.openingUnitId}
        />{' '}
        {entry.accountName}
      </td>
      <td>{entry.openingUnitId}</td>
      <td>{narrativeText(entry.narrative)}</td>
      <td className="n">{entry.side === 'debit' && amount}</td>
      <td className="n">{entry.side === 'credit' && amount}</td>
    </tr>
  );
}

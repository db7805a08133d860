import { useTranslation } from 'react-i18next';
import type { Memorandum } from '../../../src/contract/cases.ts';
import { narrativeText } from '../../parts/labels.ts';
import { Amount } from '../../parts/money.tsx';
import { PostingHead } from './posting-head.tsx';

/** What one posting records off the balance sheet: 收 adds, 付 takes away, each by itself. */
export function Memoranda({ memoranda }: { memoranda: readonly Memorandum[] }) {
  const { t } = useTranslation();
  const [first] = memoranda;
  if (first === undefined) return null;
  const title = t('entries.memorandum', { number: first.postingNumber });
  return (
    <section>
      <PostingHead line={first} title={title} />
      <table>
        <thead>
          <tr>
            <th>{t('entries.direction')}</th>
            <th>{t('entries.gl')}</th>
            <th>{t('entries.account')}</th>
            <th>{t('entries.subject')}</th>
            <th>{t('entries.narrative')}</th>
            <th className="n">{t('entries.in')}</th>
            <th className="n">{t('entries.out')}</th>
          </tr>
        </thead>
        <tbody>
          {memoranda.map((line) => (
            <Line key={`${line.direction} ${line.accountNumber} ${line.subject}`} line={line} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ line }: { line: Memorandum }) {
  const { t } = useTranslation();
  const amount = <Amount minor={line.amountMinor} currency={line.currency} />;
  return (
    <tr>
      <td>{t(`entries.${line.direction}`)}</td>
      <td>
        {line.glCode} {line.glName}
      </td>
      <td>
        {line.accountNumber} {line.accountName}
      </td>
      <td>{line.subject}</td>
      <td>{narrativeText(line.narrative)}</td>
      <td className="n">{line.direction === 'in' && amount}</td>
      <td className="n">{line.direction === 'out' && amount}</td>
    </tr>
  );
}

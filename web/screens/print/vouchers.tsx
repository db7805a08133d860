import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CaseAnswer, Entry } from '../../../src/contract/cases.ts';
import { entriesQuery } from '../../api/queries.ts';
import { Answer } from '../../parts/ask.tsx';
import { narrativeText } from '../../parts/labels.ts';
import { amountText, capitalsOf } from '../../parts/money.tsx';
import { byPosting } from '../../parts/postings.ts';
import { Sheet } from './sheet.tsx';

/** 记账凭证: one sheet per posting with 借 and 贷, the sum in figures and in capitals. */
export function Vouchers({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const entries = useQuery(entriesQuery(found.caseNumber));
  return (
    <Answer of={entries}>
      {(answer) =>
        answer.entries.length === 0 ? (
          <div className="empty">
            <b>{t('entries.none')}</b>
            <span>{t('entries.noneWhy')}</span>
          </div>
        ) : (
          byPosting(answer.entries).map((posting) => (
            <Voucher
              key={posting[0]?.postingNumber}
              entries={posting}
              caseNumber={found.caseNumber}
            />
          ))
        )
      }
    </Answer>
  );
}

function Voucher({ entries, caseNumber }: { entries: readonly Entry[]; caseNumber: string }) {
  const { t } = useTranslation();
  const [first] = entries;
  if (first === undefined) return null;
  const { currency } = first;
  const sum = (side: Entry['side']) =>
    entries
      .filter((entry) => entry.side === side)
      .reduce((total, entry) => total + BigInt(entry.amountMinor), 0n);
  return (
    <Sheet title={t('print.vouchers')} number={first.postingNumber}>
      <p className="row">
        <span>
          {t('entries.accountingDate')} {first.accountingDate}
        </span>
        <span>
          {t('entries.operatingUnit')} {first.operatingUnitId}
        </span>
        <span>
          {t('entries.book')} {first.bookId}
        </span>
        <span>
          {t('task.case')} {caseNumber}
        </span>
      </p>
      <table className="boxed">
        <thead>
          <tr>
            <th>{t('entries.narrative')}</th>
            <th>{t('entries.gl')}</th>
            <th>{t('entries.account')}</th>
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
            <td colSpan={3}>
              {t('entries.total')} {capitalsOf(sum('debit'), currency) ?? currency}
            </td>
            <td className="n">{amountText(sum('debit'), currency)}</td>
            <td className="n">{amountText(sum('credit'), currency)}</td>
          </tr>
        </tfoot>
      </table>
      <Signatures entry={first} />
    </Sheet>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const amount = amountText(entry.amountMinor, entry.currency);
  return (
    <tr>
      <td>{narrativeText(entry.narrative)}</td>
      <td>
        {entry.glCode} {entry.glName}
      </td>
      <td>
        {entry.accountNumber}
        <br />
        {entry.accountName}
        <br />
        {t('accounts.unit')} {entry.openingUnitId}
      </td>
      <td className="n">{entry.side === 'debit' && amount}</td>
      <td className="n">{entry.side === 'credit' && amount}</td>
    </tr>
  );
}

function Signatures({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  return (
    <div className="signing">
      <span>
        {t('print.maker')}
        {entry.maker}
      </span>
      <span>{t('print.checker')}</span>
      <span>
        {t('print.authoriser')}
        {entry.authoriser}
      </span>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import type { Memorandum } from '../../../src/contract/cases.ts';
import { instantOf } from '../../parts/time.ts';

type Head = Pick<
  Memorandum,
  'accountingDate' | 'operatingUnitId' | 'bookId' | 'maker' | 'postedAt'
>;

/** What every posting says of itself: on which day, where, in which book, by whom, when. */
export function PostingHead({ line, title }: { line: Head; title: string }) {
  const { t } = useTranslation();
  return (
    <div className="row wrap">
      <h3>{title}</h3>
      <span className="muted small">
        {t('entries.accountingDate')} {line.accountingDate} · {t('entries.operatingUnit')}{' '}
        {line.operatingUnitId} · {t('entries.book')} {line.bookId}
        {line.maker !== null && ` · ${t('entries.maker')} ${line.maker}`}
      </span>
      <span className="muted small spread">{instantOf(line.postedAt)}</span>
    </div>
  );
}

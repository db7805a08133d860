import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../frame/session.ts';
import { Mark, PrintedAt } from './mark.tsx';

/** One A4 sheet: the bank's head, the paper's name and number, and who printed it when. */
export function Sheet({
  title,
  number,
  children,
}: {
  title: string;
  number: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { user, accountingDate } = useSession();
  return (
    <article className="sheet">
      <Mark />
      <header>
        <h1>{title}</h1>
        <div className="sheet-number">
          <span>{number}</span>
          <span>
            {t('frame.accountingDate')} {accountingDate ?? '–'}
          </span>
        </div>
      </header>
      {children}
      <footer>
        <span>
          {t('frame.unit')} {user.unit?.unitId ?? '–'}
        </span>
        <span>
          {user.tellerNumber === null
            ? `${t('frame.employee')} ${user.employeeNumber ?? '–'}`
            : `${t('frame.teller')} ${user.tellerNumber}`}
        </span>
        <PrintedAt />
      </footer>
    </article>
  );
}

/** A table of label and value, two pairs a line. */
export function Grid({ pairs }: { pairs: readonly (readonly [string, ReactNode])[] }) {
  const rows = Array.from({ length: Math.ceil(pairs.length / 2) }, (_, at) =>
    pairs.slice(at * 2, at * 2 + 2),
  );
  return (
    <table className="boxed">
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]?.[0]}>
            {row.flatMap(([label, value]) => [
              <th key={label} scope="row">
                {label}
              </th>,
              <td key={`${label} value`} colSpan={row.length === 1 ? 3 : 1}>
                {value}
              </td>,
            ])}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

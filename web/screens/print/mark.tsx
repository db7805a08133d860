import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../frame/session.ts';
import { useNow } from '../../parts/due.tsx';
import { instantOf } from '../../parts/time.ts';
import { PrintingContext } from './printing.ts';

/**
 * What a sheet says of its own printing: the original nothing, a further one that it is a copy.
 * What the browser prints without a registered printing says so; on screen it says nothing.
 */
export function Mark() {
  const { t } = useTranslation();
  const { user } = useSession();
  const printing = useContext(PrintingContext);
  const isCopy = printing !== null && printing.copyNumber > 1;
  const isSpent = printing === null || printing.isSpent;
  return (
    <>
      {isCopy && (
        <p className={isSpent ? 'print-mark on-screen' : 'print-mark'}>
          <b>{t('print.copy', { number: printing.copyNumber })}</b>
          <span>
            {instantOf(printing.printedAt)} · {user.name} {printing.printedBy}
          </span>
        </p>
      )}
      {isSpent && (
        <p className="print-mark on-paper">
          <b>{t('print.unregistered')}</b>
        </p>
      )}
    </>
  );
}

/** When the sheet was printed and, of a registered printing, its number. */
export function PrintedAt() {
  const { t } = useTranslation();
  const now = useNow();
  const printing = useContext(PrintingContext);
  const isSpent = printing === null || printing.isSpent;
  return (
    <span>
      {t('print.printedAt')}{' '}
      {printing !== null && (
        <span className={isSpent ? 'on-screen' : undefined}>
          {instantOf(printing.printedAt)} · {t('print.printing', { number: printing.copyNumber })}
        </span>
      )}
      {isSpent && (
        <span className={printing === null ? undefined : 'on-paper'}>{instantOf(now)}</span>
      )}
    </span>
  );
}

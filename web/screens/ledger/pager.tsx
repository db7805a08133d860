import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useKeys } from '../../frame/keys.ts';
import { addressOf, type LedgerPlace, pageRows } from './figure.ts';

/** Which rows of how many are shown; the pages before and after by button, or by [ and ]. */
export function Pager({ place, total }: { place: LedgerPlace; total: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { offset } = place;
  const first = offset > 0;
  const last = offset + pageRows < total;
  const turn = (to: number) => void navigate(addressOf({ ...place, offset: Math.max(0, to) }));
  const back = () => first && turn(offset - pageRows);
  const on = () => last && turn(offset + pageRows);
  useKeys([
    { key: '[', label: 'ledger.pageBefore', act: back },
    { key: ']', label: 'ledger.pageAfter', act: on },
  ]);
  return (
    <p className="row">
      <span className="muted">
        {t('ledger.rows', {
          from: Math.min(offset + 1, total),
          to: Math.min(offset + pageRows, total),
          count: total,
        })}
      </span>
      {(first || last) && (
        <>
          <Button size="small" disabled={!first} onClick={back}>
            {t('ledger.pageBefore')}
          </Button>
          <Button size="small" disabled={!last} onClick={on}>
            {t('ledger.pageAfter')}
          </Button>
        </>
      )}
    </p>
  );
}

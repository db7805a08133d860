import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { isCalendarDate } from '../../../src/base/dates.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useSession } from '../../frame/session.ts';
import { DateInput } from '../../parts/form/inputs.tsx';
import { FigureAccounts } from './accounts.tsx';
import { FigureEntries } from './entries.tsx';
import { addressOf, type LedgerPlace, placeOf } from './figure.ts';

/** Under a figure of the trial balance: its accounts (分户账) and its entries (明细账). */
export function Screen() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const place = placeOf(search);
  usePageTitle(place === null ? t('page.ledger') : `${place.bookId} ${place.glCode}`);
  if (place === null) {
    return (
      <div className="empty">
        <b>{t('ledger.noFigure')}</b>
        <Link to="/operations/trial-balance">{t('page.trialBalance')}</Link>
      </div>
    );
  }
  return <Under place={place} />;
}

function Under({ place }: { place: LedgerPlace }) {
  const { t } = useTranslation();
  const { bookId, glCode, currency, to, show } = place;
  return (
    <>
      <div className="head">
        <h1>{t('ledger.title', { bookId, glCode, currency })}</h1>
        <Link to={`/operations/trial-balance${to === '' ? '' : `?date=${to}`}`}>
          {t('page.trialBalance')}
        </Link>
      </div>
      <nav className="views" aria-label={t('page.ledger')}>
        {(['accounts', 'entries'] as const).map((one) => (
          <Link
            key={one}
            to={addressOf({ ...place, show: one, offset: 0 })}
            {...(one === show ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`ledger.${one}`)}
          </Link>
        ))}
      </nav>
      <Filters key={[show, place.side, place.accountNumber].join(' ')} place={place} />
      <section className="pane" aria-label={t(`ledger.${show}`)}>
        {show === 'accounts' ? <FigureAccounts place={place} /> : <FigureEntries place={place} />}
      </section>
    </>
  );
}

/** Days, side and account, kept in the address. */
function Filters({ place }: { place: LedgerPlace }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const today = useSession().accountingDate ?? '';
  const [from, setFrom] = useState(place.from || place.to || today);
  const [to, setTo] = useState(place.to || today);
  const go = (change: Partial<LedgerPlace>) =>
    void navigate(addressOf({ ...place, offset: 0, ...change }), { replace: true });
  const settle = () => {
    const changed = from !== (place.from || place.to || today) || to !== (place.to || today);
    if (changed && isCalendarDate(from) && isCalendarDate(to)) go({ from, to });
  };
  const entries = place.show === 'entries';
  return (
    <search className="filters">
      {entries && (
        <label htmlFor="from">
          {t('statement.from')}
          <DateInput id="from" value={from} onChange={setFrom} onSettle={settle} />
        </label>
      )}
      <label htmlFor="to">
        {t(entries ? 'statement.to' : 'entries.accountingDate')}
        <DateInput id="to" value={to} onChange={setTo} onSettle={settle} />
      </label>
      {entries && (
        <label>
          {t('entries.side')}
          <select
            className="field-box"
            value={place.side}
            onChange={({ target }) => go({ side: target.value as LedgerPlace['side'] })}
          >
            <option value="">{t('ledger.bothSides')}</option>
            <option value="debit">{t('entries.debit')}</option>
            <option value="credit">{t('entries.credit')}</option>
          </select>
        </label>
      )}
      {entries && place.accountNumber !== '' && (
        <span>
          {t('ledger.onlyAccount', { account: place.accountNumber })}{' '}
          <Link to={addressOf({ ...place, accountNumber: '', offset: 0 })}>
            {t('ledger.allAccounts')}
          </Link>
        </span>
      )}
    </search>
  );
}

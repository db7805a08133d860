import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

/** An address that no page has. */
export function Screen() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <main className="page">
      <div className="empty">
        <b>{t('missing.title')}</b>
        <span className="mono">{pathname}</span>
        <Link to="/">{t('missing.home')}</Link>
      </div>
    </main>
  );
}

import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Refused } from '../api/request.ts';
import { RefusalNotice } from '../parts/refusal.tsx';

/** Shown while the first page loads. */
export function Waiting() {
  return <div className="page" aria-busy="true" />;
}

/** Shown when a page cannot be drawn at all; a refusal in its words, a fault as a fault. */
export function Broken() {
  const { t } = useTranslation();
  const error = useRouteError();
  const reload = () => window.location.reload();
  return (
    <main className="page">
      <h1>{t('broken.title')}</h1>
      {error instanceof Refused ? (
        <RefusalNotice error={error} onRetry={reload} />
      ) : (
        <div className="empty">
          <b>{t('broken.what')}</b>
          <span>{t('broken.do')}</span>
          <span className="mono">{error instanceof Error ? error.message : String(error)}</span>
          <button type="button" className="tool" onClick={reload}>
            {t('broken.reload')}
          </button>
        </div>
      )}
    </main>
  );
}

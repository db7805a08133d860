import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { standingControlsQuery } from '../../api/ledger.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { ControlsTable } from '../../parts/ledger/controls.tsx';

const kinds = ['any', 'pending_transfer', 'hold', 'judicial_freeze', 'waiting_freeze'] as const;
const rowsMax = 200;

/** What holds, freezes or waits on the accounts of one's units, the soonest end first. */
export function Screen() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  usePageTitle(t('page.controls'));
  const kind = kinds.find((one) => one === search.get('kind')) ?? 'any';
  const controls = useQuery({
    ...standingControlsQuery({ kind: kind === 'any' ? undefined : kind, limit: rowsMax }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="head">
        <h1>{t('page.controls')}</h1>
      </div>
      <nav className="views" aria-label={t('controls.kind')}>
        {kinds.map((one) => (
          <Link
            key={one}
            to={`/operations/controls?kind=${one}`}
            {...(one === kind ? { 'aria-current': 'page' as const } : {})}
          >
            {t(one === 'any' ? 'controls.any' : `controlKind.${one}`)}
          </Link>
        ))}
      </nav>
      <section className="pane" aria-label={t('page.controls')}>
        <Answer of={controls}>
          {(answer) =>
            answer.total === 0 ? (
              <p className="muted">{t('controls.none')}</p>
            ) : (
              <>
                <ControlsTable controls={answer.controls} named />
                <p className="muted small">
                  {t('controls.count', { count: answer.total })}
                  {answer.total > answer.controls.length &&
                    ` ${t('list.shown', { count: answer.controls.length })}`}
                </p>
              </>
            )
          }
        </Answer>
      </section>
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { DecisionFileAnswer, DecisionVersion } from '../../../src/contract/decisions.ts';
import { Status, type StatusKind } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';
import { CloseVersion } from './close-version.tsx';
import { Differences } from './differences.tsx';

const kindOf: Readonly<Record<DecisionVersion['state'], StatusKind>> = {
  deployed: 'wait',
  drafted: 'second',
  approved: 'done',
  refused: 'bad',
  withdrawn: 'wait',
};

/** Every text of a file: since when it decides, who made it, who approved it, what it changed. */
export function Versions({ answer }: { answer: DecisionFileAnswer }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { versions } = answer;
  const chosen = versions.find((one) => one.ref === search.get('to'));
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>{t('catalogue.version')}</th>
            <th>{t('task.status')}</th>
            <th>{t('dmn.effectiveFrom')}</th>
            <th>{t('dmn.note')}</th>
            <th>{t('dmn.draftedBy')}</th>
            <th>{t('dmn.decidedBy')}</th>
            <th>{t('dmn.look')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <Line key={version.ref} version={version} isChosen={version === chosen} />
          ))}
        </tbody>
      </table>
      {chosen !== undefined && <Chosen answer={answer} version={chosen} />}
    </>
  );
}

function Line({ version, isChosen }: { version: DecisionVersion; isChosen: boolean }) {
  const { t } = useTranslation();
  const [draft, closed] = version.events;
  const ref = encodeURIComponent(version.ref);
  return (
    <tr aria-current={isChosen ? 'true' : undefined}>
      <td>
        {t(version.state === 'deployed' ? 'dmn.versionDeployed' : 'dmn.versionApproved', {
          version: version.version,
        })}
      </td>
      <td>
        <Status kind={kindOf[version.state]}>{t(`versionState.${version.state}`)}</Status>{' '}
        {version.isInForce && <Status kind="run">{t('dmn.inForceNow')}</Status>}
      </td>
      <td>{version.effectiveFrom ?? t('dmn.always')}</td>
      <td>{version.note || '–'}</td>
      <td>{draft === undefined ? '–' : <Said event={draft} />}</td>
      <td>{closed === undefined ? '–' : <Said event={closed} />}</td>
      <td className="nowrap">
        <Link to={`?view=tables&ref=${ref}`}>{t('dmn.open')}</Link>{' '}
        {!version.isInForce && (
          <Link to={`?view=versions&to=${ref}`} replace>
            {t(version.state === 'drafted' ? 'dmn.judge' : 'dmn.compare')}
          </Link>
        )}
      </td>
    </tr>
  );
}

function Said({ event }: { event: DecisionVersion['events'][number] }) {
  const { t } = useTranslation();
  return (
    <>
      <span title={event.login}>{event.name}</span>{' '}
      <span className="muted">{instantOf(event.at)}</span>
      {event.reason !== '' && <div className="small">{event.reason}</div>}
      {event.waivedGap !== null && (
        <div className="small">{t('dmn.waived', { example: event.waivedGap })}</div>
      )}
      {event.whatIf
        .filter((one) => one.decided > 0)
        .map((one) => (
          <div key={one.decision} className="small muted">
            {t('dmn.whatIfThen', { ...one, otherwise: one.decided - one.same })}
          </div>
        ))}
    </>
  );
}

function Chosen({ answer, version }: { answer: DecisionFileAnswer; version: DecisionVersion }) {
  const { t } = useTranslation();
  const present = answer.versions.find((one) => one.isInForce);
  if (present === undefined) return null;
  return (
    <section aria-label={t('dmn.differences')}>
      <h2>{t('dmn.differences')}</h2>
      <Differences from={present.ref} to={version.ref} />
      {version.state === 'drafted' && <CloseVersion answer={answer} version={version} />}
    </section>
  );
}

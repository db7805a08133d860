import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DecisionCatalogue } from '../../../src/contract/decisions.ts';
import { decisionCatalogueQuery } from '../../api/decisions.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { policyKey } from '../../parts/dmn/readable.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';

type File = DecisionCatalogue['files'][number];

/** 决策目录: every decision table of the bank as it decides today. */
export function Screen() {
  const { t } = useTranslation();
  const found = useQuery(decisionCatalogueQuery(null));
  usePageTitle(t('page.decisions'));
  return (
    <>
      <div className="head">
        <h1>{t('page.decisions')}</h1>
        <span className="spread" />
        <Link to="/processes">{t('page.catalogue')}</Link>
      </div>
      <Scroll className="pane scroll-x" label={t('page.decisions')}>
        <Answer of={found}>
          {({ files }) =>
            files.length === 0 ? (
              <div className="empty">
                <b>{t('dmn.none')}</b>
                <span>{t('dmn.noneWhy')}</span>
              </div>
            ) : (
              <Catalogue files={files} />
            )
          }
        </Answer>
      </Scroll>
    </>
  );
}

function Catalogue({ files }: { files: readonly File[] }) {
  const { t } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          <th>{t('dmn.decision')}</th>
          <th>{t('dmn.policy')}</th>
          <th className="n">{t('dmn.rows')}</th>
          <th>{t('catalogue.name')}</th>
          <th>{t('dmn.inForce')}</th>
          <th>{t('dmn.checks')}</th>
          <th>{t('dmn.cases')}</th>
          <th>{t('dmn.changes')}</th>
        </tr>
      </thead>
      <tbody>
        {files.flatMap((file) =>
          file.decisions.map((decision, i) => (
            <Line
              key={`${file.processId} ${file.fileName} ${decision.id}`}
              file={file}
              decision={decision}
              isFirst={i === 0}
            />
          )),
        )}
      </tbody>
    </table>
  );
}

type LineProps = { file: File; decision: File['decisions'][number]; isFirst: boolean };

function Line({ file, decision, isFirst }: LineProps) {
  const { t } = useTranslation();
  const name = useName();
  const path = `/decisions/${file.processId}/${file.fileName.replace(/\.dmn$/, '')}`;
  const process = { name: file.processName, nameEn: file.processNameEn };
  return (
    <tr>
      <td>
        <Link to={`${path}?decision=${encodeURIComponent(decision.id)}`}>{name(decision)}</Link>
        <div className="mono muted">{decision.id}</div>
      </td>
      <td>
        {decision.hitPolicy === null
          ? t(`box.${decision.kind ?? 'literal'}`)
          : t(policyKey(decision.hitPolicy, decision.aggregation))}
      </td>
      <td className="n">{decision.rows === 0 ? '–' : decision.rows}</td>
      <td>
        <Link to={`/processes/${file.processId}`}>{name(process)}</Link>
        <div className="muted">{file.catalogue ?? ''}</div>
      </td>
      <td>
        {t(file.state === 'deployed' ? 'dmn.versionDeployed' : 'dmn.versionApproved', {
          version: file.version,
        })}
        {file.effectiveFrom !== null && (
          <span className="muted"> {t('dmn.since', { day: file.effectiveFrom })}</span>
        )}
      </td>
      <td>{isFirst && <Checks file={file} />}</td>
      <td>{isFirst && <Cases file={file} path={path} />}</td>
      <td>{isFirst && <Changes file={file} path={path} />}</td>
    </tr>
  );
}

function Checks({ file }: { file: File }) {
  const { t } = useTranslation();
  if (file.errors > 0) return <Status kind="bad">{t('dmn.errors', { count: file.errors })}</Status>;
  if (file.warnings > 0) {
    return <Status kind="soon">{t('dmn.warnings', { count: file.warnings })}</Status>;
  }
  return <Status kind="done">{t('dmn.sound')}</Status>;
}

function Cases({ file, path }: { file: File; path: string }) {
  const { t } = useTranslation();
  const { cases, casesFailed, rows, rowsReached } = file;
  return (
    <Link to={`${path}?view=cases`}>
      {t('dmn.casesHold', { hold: cases - casesFailed, cases })}
      {rows > 0 && ` · ${t('dmn.rowsReached', { reached: rowsReached, rows })}`}
    </Link>
  );
}

function Changes({ file, path }: { file: File; path: string }) {
  const { t } = useTranslation();
  if (file.waiting === 0 && file.upcoming === 0) return <span className="muted">–</span>;
  return (
    <Link to={`${path}?view=versions`}>
      {file.waiting > 0 && (
        <Status kind="second">{t('dmn.waiting', { count: file.waiting })}</Status>
      )}
      {file.upcoming > 0 && (
        <Status kind="run">{t('dmn.upcoming', { count: file.upcoming })}</Status>
      )}
    </Link>
  );
}

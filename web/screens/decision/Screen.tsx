import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { DecisionFile, DecisionFileAnswer } from '../../../src/contract/decisions.ts';
import { decisionFileQuery, decisionTextQuery } from '../../api/decisions.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay, useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { RequirementsGraph } from '../../parts/dmn/graph.tsx';
import { headText } from '../../parts/dmn/readable.ts';
import { Tables } from '../../parts/dmn/tables.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Cases } from './cases.tsx';
import { Change } from './change.tsx';
import { Try } from './try.tsx';
import { Versions } from './versions.tsx';
import { WhatIf } from './what-if.tsx';

const views = ['tables', 'graph', 'cases', 'try', 'versions', 'whatIf', 'change'] as const;
type View = (typeof views)[number];

/** One decision file: its tables and graph, cases, trying, versions, what-if, changing it. */
export function Screen() {
  const { processId, file } = useParams();
  const asked = {
    processId: present(processId, 'a process in the address'),
    // An address that ends like a file's name is a file's address to the server.
    fileName: `${present(file, 'a decision file in the address')}.dmn`,
  };
  const found = useQuery(decisionFileQuery(asked));
  return <Answer of={found}>{(answer) => <WithText answer={answer} />}</Answer>;
}

/** The text in force, or another one that the address names. */
function WithText({ answer }: { answer: DecisionFileAnswer }) {
  const [search] = useSearchParams();
  const ref = search.get('ref');
  const text = useQuery({ ...decisionTextQuery(ref ?? ''), enabled: ref !== null });
  if (ref === null) return <FilePage answer={answer} file={answer.file} />;
  return <Answer of={text}>{({ file }) => <FilePage answer={answer} file={file} />}</Answer>;
}

function FilePage({ answer, file }: { answer: DecisionFileAnswer; file: DecisionFile }) {
  const { t, i18n } = useTranslation();
  const [search] = useSearchParams();
  const mayDraft = useMay('draft_decisions');
  const mayApprove = useMay('approve_decisions');
  const shown = views.filter((one) => {
    if (one === 'change') return mayDraft;
    return one !== 'whatIf' || mayDraft || mayApprove;
  });
  const view = shown.find((one) => one === search.get('view')) ?? 'tables';
  const ref = search.get('ref');
  const title = headText(file.title, i18n.language) || file.fileName;
  usePageTitle(title);
  return (
    <>
      <FileHead answer={answer} file={file} title={title} />
      <nav className="views" aria-label={t('dmn.views')}>
        {shown.map((one) => (
          <Link
            key={one}
            to={`?view=${one}${ref === null ? '' : `&ref=${encodeURIComponent(ref)}`}`}
            replace
            {...(one === view ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`dmnView.${one}`)}
          </Link>
        ))}
      </nav>
      <div className="panes">
        <section className="pane grow column" aria-label={t(`dmnView.${view}`)}>
          <Scroll className="pane-body decision-body" label={t(`dmnView.${view}`)}>
            <ViewOf view={view} answer={answer} file={file} />
          </Scroll>
        </section>
      </div>
    </>
  );
}

type ViewProps = { view: View; answer: DecisionFileAnswer; file: DecisionFile };

function ViewOf({ view, answer, file }: ViewProps) {
  switch (view) {
    case 'tables':
      return <Tables file={file} />;
    case 'graph':
      return <RequirementsGraph file={file} />;
    case 'cases':
      return <Cases file={file} />;
    case 'try':
      return <Try file={file} day={answer.day} />;
    case 'versions':
      return <Versions answer={answer} />;
    case 'whatIf':
      return <WhatIf answer={answer} file={file} />;
    case 'change':
      return <Change answer={answer} file={file} />;
    default: {
      const never: never = view;
      return never;
    }
  }
}

function FileHead(props: { answer: DecisionFileAnswer; file: DecisionFile; title: string }) {
  const { answer, file, title } = props;
  const { t } = useTranslation();
  const name = useName();
  const version = answer.versions.find((one) => one.ref === file.ref);
  return (
    <div className="head">
      <h1>{title}</h1>
      <div className="facts-line">
        <span>
          {t('case.process')}
          <Link to={`/processes/${file.processId}`}>
            {name({ name: file.processName, nameEn: file.processNameEn })}
          </Link>
        </span>
        <span>
          {t('dmn.file')}
          <b className="mono">{file.fileName}</b>
        </span>
        {version !== undefined && (
          <span>
            {t('catalogue.version')}
            <b title={file.hash}>
              {t(version.state === 'deployed' ? 'dmn.versionDeployed' : 'dmn.versionApproved', {
                version: version.version,
              })}
            </b>
          </span>
        )}
        <span>
          {t('dmn.effectiveFrom')}
          <b>{file.effectiveFrom ?? t('dmn.always')}</b>
        </span>
      </div>
      <span className="spread" />
      {file.ref !== answer.file.ref && <Link to="?">{t('dmn.toInForce')}</Link>}
      <Link to="/decisions">{t('page.decisions')}</Link>
    </div>
  );
}

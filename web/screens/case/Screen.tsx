import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { CaseAnswer } from '../../../src/contract/cases.ts';
import { caseQuery, historyQuery, tasksQuery } from '../../api/queries.ts';
import { useKeys } from '../../frame/keys.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay, useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { CaseDiagram } from '../../parts/diagram/case-diagram.tsx';
import { Due } from '../../parts/due.tsx';
import { CustomerLink, Facts } from '../../parts/facts.tsx';
import { History, type HistoryLine } from '../../parts/history.tsx';
import { instanceStatusKind, outcomeText } from '../../parts/labels.ts';
import { Amount } from '../../parts/money.tsx';
import { Papers } from '../../parts/papers.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { dayOf, instantOf } from '../../parts/time.ts';
import { AtCounter } from './at-counter.tsx';
import { CaseOrders } from './case-orders.tsx';
import { Decided } from './decided.tsx';
import { Entries } from './entries.tsx';

const views = ['diagram', 'papers', 'decisions', 'entries', 'signers'] as const;
type View = (typeof views)[number];

/** One case from its application to its end: live diagram, papers, decisions, money, people. */
export function Screen() {
  const caseNumber = present(useParams()['caseNumber'], 'a case in the address');
  const found = useQuery(caseQuery(caseNumber));
  return <Answer of={found}>{(data) => <CasePage found={data} />}</Answer>;
}

function CasePage({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const mayDecisions = useMay('view_decisions');
  const shown = views.filter((one) => one !== 'decisions' || mayDecisions);
  const view = shown.find((one) => one === search.get('view')) ?? 'diagram';
  const show = (one: View) => setSearch({ view: one }, { replace: true });
  usePageTitle(found.caseNumber);
  useKeys([{ key: 'd', label: 'keys.diagram', act: () => show('diagram') }]);
  return (
    <>
      <CaseHead found={found} />
      <nav className="views" aria-label={t('case.views')}>
        {shown.map((one) => (
          <Link
            key={one}
            to={`?view=${one}`}
            replace
            {...(one === view ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`case.${one}`)}
          </Link>
        ))}
      </nav>
      <div className="panes case-panes">
        <section className="pane grow column" aria-label={t(`case.${view}`)}>
          <ViewOf view={view} found={found} />
        </section>
        <Scroll className="pane rail" label={t('case.rail')}>
          <Rail found={found} />
        </Scroll>
      </div>
    </>
  );
}

function ViewOf({ view, found }: { view: View; found: CaseAnswer }) {
  const { t } = useTranslation();
  const { caseNumber } = found;
  switch (view) {
    case 'diagram':
      return <CaseDiagram caseNumber={caseNumber} />;
    case 'papers':
      return (
        <Scroll className="pane-body" label={t('case.papers')}>
          <Papers caseNumber={caseNumber} values={found.values} />
        </Scroll>
      );
    case 'decisions':
      return <Decided caseNumber={caseNumber} />;
    case 'entries':
      return (
        <Entries
          caseNumber={caseNumber}
          customerNumber={String(found.values['customerNumber'] ?? '')}
        />
      );
    case 'signers':
      return <Signers caseNumber={caseNumber} />;
    default: {
      const never: never = view;
      return never;
    }
  }
}

/** The amount a case is about: the first of these that it has. */
const amounts = [
  'amountMinor',
  'drawdownAmountMinor',
  'payoffMinor',
  'prepaymentTotalMinor',
] as const;

/** Number, state and outcome; the facts that matter. */
function CaseHead({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const amountName = amounts.find((name) => typeof found.values[name] === 'string');
  const amountMinor = amountName === undefined ? undefined : found.values[amountName];
  const customerNumber = found.values['customerNumber'];
  return (
    <div className="head">
      <h1>{found.caseNumber}</h1>
      <Status kind={instanceStatusKind[found.status]}>
        {t(`instanceStatus.${found.status}`)}
        {found.outcome === null ? '' : ` · ${outcomeText(found.outcome)}`}
      </Status>
      <CaseOrders caseNumber={found.caseNumber} />
      <div className="facts-line">
        <span>
          {t('case.process')}
          <ProcessLink found={found} />
        </span>
        {typeof customerNumber === 'string' && (
          <span>
            {t('value.applicant')}
            <b>
              <CustomerLink customerNumber={customerNumber} />
            </b>
          </span>
        )}
        {typeof amountMinor === 'string' && (
          <span>
            {t(`value.${amountName}`)}
            <b>
              <Amount minor={amountMinor} currency="CNY" withCurrency />
            </b>
          </span>
        )}
        <span>
          {t('case.startedAt')}
          <b>{instantOf(found.startedAt)}</b>
        </span>
        {found.endedAt !== null && (
          <span>
            {t('case.endedAt')}
            <b>{instantOf(found.endedAt)}</b>
          </span>
        )}
        {found.endedAt === null && found.dueAt !== null && (
          <span>
            {t('case.dueAt')} <Due dueAt={found.dueAt} />
            <b>{dayOf(found.dueAt)}</b>
          </span>
        )}
      </div>
    </div>
  );
}

/** The process of the case, as a link for those who may look at processes. */
function ProcessLink({ found }: { found: CaseAnswer }) {
  const name = useName();
  const text = name({ name: found.processName, nameEn: found.processNameEn });
  if (!useMay('view_processes')) return <b>{text}</b>;
  return (
    <Link to={`/processes/${found.processId}`} title={found.modelVersion}>
      {text}
    </Link>
  );
}

/** Beside every view: where the case stands, its facts, the way so far. */
function Rail({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const name = useName();
  const history = useQuery(historyQuery(found.caseNumber));
  return (
    <>
      <h2>{t('case.standsAt')}</h2>
      {found.tokens.length === 0 ? (
        <p className="muted">{t('case.over')}</p>
      ) : (
        <ul className="small stands">
          {found.tokens.map((token) => (
            <li key={`${token.processId} ${token.element}`}>
              <Status kind="run">{name(token)}</Status>
              {token.count > 1 && <span className="muted"> × {token.count}</span>}
              {token.since !== null && (
                <span className="muted"> {t('case.since', { at: instantOf(token.since) })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      <OpenTasks caseNumber={found.caseNumber} />
      <AtCounter found={found} />
      <h2>{t('task.facts')}</h2>
      <Facts values={found.values} />
      <h2>{t('task.history')}</h2>
      <Answer of={history}>{({ lines }) => <History lines={lines} />}</Answer>
    </>
  );
}

/** Tasks of this case that the reader may do now. */
function OpenTasks({ caseNumber }: { caseNumber: string }) {
  const { t } = useTranslation();
  const name = useName();
  const asked = tasksQuery({ filter: 'all', caseNumber, limit: 20 });
  const { data } = useQuery({ ...asked, enabled: useMay('work_tasks') });
  const tasks = data?.tasks ?? [];
  if (tasks.length === 0) return null;
  return (
    <>
      <h2>{t('case.myTasks')}</h2>
      <ul className="small">
        {tasks.map((task) => (
          <li key={task.id}>
            <Link to={`/tasks/${task.id}`}>{name(task)}</Link>{' '}
            <span className="muted">{t(`taskStatus.${task.status}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A step that somebody claimed is a person's; the others a machine did on the way. */
function doneByPeople(lines: readonly HistoryLine[]): readonly HistoryLine[] {
  const claimed = new Set(
    lines.filter((line) => line.event === 'activity_claimed').map((line) => line.element),
  );
  return lines.filter((line) => line.event === 'activity_completed' && claimed.has(line.element));
}

/** Second persons: who did which step, so that who may not do the next one can be seen. */
function Signers({ caseNumber }: { caseNumber: string }) {
  const { t } = useTranslation();
  const name = useName();
  const history = useQuery(historyQuery(caseNumber));
  return (
    <Scroll className="pane-body" label={t('case.signers')}>
      <p className="muted small">{t('case.signersWhy')}</p>
      <Answer of={history}>
        {({ lines }) => {
          const done = doneByPeople(lines);
          if (done.length === 0) return <p className="muted">{t('case.signersNone')}</p>;
          return (
            <table>
              <thead>
                <tr>
                  <th>{t('task.name')}</th>
                  <th>{t('case.performer')}</th>
                  <th>{t('task.unit')}</th>
                  <th>{t('case.at')}</th>
                </tr>
              </thead>
              <tbody>
                {done.map((line) => (
                  <tr key={`${line.element} ${line.at} ${line.performer}`}>
                    <td>{name(line)}</td>
                    <td>{line.performerName ?? line.performer}</td>
                    <td>{line.unitId ?? '–'}</td>
                    <td className="nowrap">{instantOf(line.at)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          );
        }}
      </Answer>
    </Scroll>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { InsightAnswer } from '../../../src/contract/insight/analysis.ts';
import { insightQuery } from '../../api/insight.ts';
import { processesQuery } from '../../api/queries.ts';
import { Refused } from '../../api/request.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { useSettings } from '../../settings.ts';
import '../../styles/insight.css';
import { type Stack, type TabProps, useStack } from './asked.ts';
import { CasesBehind } from './cases.tsx';
import { atLeast, countText, durationText, shareText } from './figures.ts';
import { ReportFiles } from './report-files.tsx';
import { Chooser, Filters } from './stack.tsx';
import { insightTabs } from './tabs.ts';
import { Meanings, Term } from './term.tsx';

/** 洞察: how the bank's own cases flowed, over one stack of filters that every part obeys. */
export function Screen() {
  const { t } = useTranslation();
  const processes = useQuery(processesQuery);
  const [imports, setImports] = useState(false);
  usePageTitle(t('workspace.insight'));
  return (
    <>
      <div className="head">
        <h1>{t('workspace.insight')}</h1>
        <button
          type="button"
          className="link"
          aria-expanded={imports}
          onClick={() => setImports(!imports)}
        >
          {t(imports ? 'insight.importClose' : 'insight.importOpen')}
        </button>
      </div>
      {imports && (
        <Suspense fallback={null}>
          <ImportLog onDone={() => setImports(false)} />
        </Suspense>
      )}
      <Answer of={processes}>{(answer) => <Workspace processes={answer.processes} />}</Answer>
    </>
  );
}

const ImportLog = lazy(async () => ({
  default: (await import('./imports/import-log.tsx')).ImportLog,
}));

type Processes = Parameters<typeof Chooser>[0]['processes'];

function Workspace({ processes }: { processes: Processes }) {
  const { t } = useTranslation();
  const order = [...processes].sort((a, b) =>
    (a.catalogue ?? '~').localeCompare(b.catalogue ?? '~'),
  );
  const first = order.find((one) => one.processId === 'corporate_loan_sub_branch') ?? order[0];
  const stack = useStack(first?.processId ?? '');
  const found = useQuery({
    ...insightQuery(stack.asked),
    enabled: order.length > 0 || stack.asked.log !== '',
  });
  const isEmpty =
    found.error instanceof Refused && found.error.refusal.code === 'insight_without_cases';
  const filtered =
    stack.asked.filters.length > 0 || stack.asked.from !== '' || stack.asked.to !== '';
  return (
    <div className="stack insight" aria-busy={found.isFetching}>
      <Chooser stack={stack} processes={order} />
      {isEmpty ? (
        <div className="empty">
          <b>{t('insight.none')}</b>
          <span>{t('insight.noneDo')}</span>
        </div>
      ) : (
        <Answer of={found}>{(answer) => <Figures answer={answer} stack={stack} />}</Answer>
      )}
      {found.isError && !isEmpty && filtered && (
        <button type="button" className="link" onClick={stack.clear}>
          {t('insight.clear')}
        </button>
      )}
    </div>
  );
}

function Figures({ answer, stack }: { answer: InsightAnswer; stack: Stack }) {
  return (
    <Meanings definitions={answer.definitions}>
      <Filters answer={answer} stack={stack} />
      <ReportFiles stack={stack} />
      <Tiles answer={answer} stack={stack} />
      {stack.behind !== null && <CasesBehind stack={stack} behind={stack.behind} />}
      <Tabs stack={stack} />
      <Opened answer={answer} stack={stack} />
    </Meanings>
  );
}

const loaded = new Map<string, ComponentType<TabProps>>(
  insightTabs.map(({ id, load }) => [id, lazy(async () => ({ default: (await load()).Tab }))]),
);

/** The open tab: the one the address names, else the first. */
function openTab(stack: Stack): string {
  const [first] = insightTabs;
  const named = insightTabs.find(({ id }) => id === stack.tab) ?? first;
  return present(named, 'a tab').id;
}

/** The views of one log; each is a link, so that it can be kept and sent. */
function Tabs({ stack }: { stack: Stack }) {
  const { t } = useTranslation();
  return (
    <nav className="views" aria-label={t('insight.tabs')}>
      {insightTabs.map(({ id }) => (
        <Link
          key={id}
          to={stack.tabAddress(id)}
          replace
          {...(id === openTab(stack) ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`insightTab.${id}`)}
        </Link>
      ))}
    </nav>
  );
}

function Opened({ answer, stack }: TabProps) {
  const { t } = useTranslation();
  const Tab = present(loaded.get(openTab(stack)), 'a tab of the list');
  return (
    <Suspense
      fallback={
        <p className="muted" role="status">
          {t('waiting')}
        </p>
      }
    >
      <Tab answer={answer} stack={stack} />
    </Suspense>
  );
}

type Tile = {
  readonly of: string;
  readonly value: string;
  readonly note?: string;
  readonly behind?: string;
};

/** The six figures a reader takes away; counts open their cases. */
function Tiles({ answer, stack }: { answer: InsightAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { caseDuration, time, cases, variants, reworkCases } = answer;
  const worked = time.measured ? shareText(time.workingSeconds / (time.cycleSeconds || 1)) : '—';
  const tiles: readonly Tile[] = [
    { of: 'case', value: countText(cases), behind: 'all' },
    { of: 'cycle', value: durationText(caseDuration.medianSeconds, language), note: 'median' },
    {
      ...{ of: 'median', value: durationText(caseDuration.p90Seconds, language), note: 'p90' },
      behind: atLeast(caseDuration.p90Seconds),
    },
    { of: 'working', value: worked },
    { of: 'variant', value: countText(variants) },
    {
      ...{ of: 'rework', value: shareText(reworkCases / cases), note: 'rework' },
      ...(reworkCases > 0 ? { behind: 'rework' } : {}),
    },
  ];
  return (
    <div className="figures">
      {tiles.map(({ of, value, note, behind }) => (
        <div className="figure" key={of}>
          <Term of={of}>{note === undefined ? undefined : t(`insightTile.${note}`)}</Term>
          <b>
            {behind === undefined ? (
              value
            ) : (
              <button type="button" className="link" onClick={() => stack.show(behind)}>
                {value}
              </button>
            )}
          </b>
        </div>
      ))}
    </div>
  );
}

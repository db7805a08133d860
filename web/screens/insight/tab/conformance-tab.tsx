import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InsightConformanceAnswer } from '../../../../src/contract/insight/models.ts';
import { insightConformanceQuery } from '../../../api/insight.ts';
import { processesQuery } from '../../../api/queries.ts';
import { useBilingual, useName } from '../../../frame/session.ts';
import { Answer } from '../../../parts/ask.tsx';
import { Diagram } from '../../../parts/diagram/diagram.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import type { Stack, TabProps } from '../asked.ts';
import { CaseName } from '../case-name.tsx';
import { countText, shareText } from '../figures.ts';
import { Term } from '../term.tsx';

const miners = ['split', 'imf'] as const;

/** 符合: the cases held against a model: how well they agree, what deviates, where and in which. */
export function Tab({ stack }: TabProps) {
  const { t } = useTranslation();
  const name = useName();
  const processes = useQuery(processesQuery);
  const model = stack.choice('model') || (stack.asked.log === '' ? stack.asked.process : 'split');
  const found = useQuery(insightConformanceQuery(stack.asked, model));
  return (
    <section className="pane" aria-busy={found.isFetching}>
      <div className="filters">
        <label>
          {t('insight.againstModel')}
          <select
            className="field-box"
            value={model}
            onChange={({ target }) => stack.choose('model', target.value)}
          >
            <optgroup label={t('insight.deployed')}>
              {(processes.data?.processes ?? []).map((process) => (
                <option key={process.processId} value={process.processId}>
                  {`${process.catalogue ?? ''} ${name(process)}`.trim()}
                </option>
              ))}
            </optgroup>
            <optgroup label={t('insight.discovered')}>
              {miners.map((each) => (
                <option key={each} value={each}>
                  {t(`insightMiner.${each}`)}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
      </div>
      <Answer of={found}>{(answer) => <Held key={model} answer={answer} stack={stack} />}</Answer>
    </section>
  );
}

function Held({ answer, stack }: { answer: InsightConformanceAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const marks = useMemo(() => marksOf(answer), [answer]);
  return (
    <>
      <Figures answer={answer} />
      <p className="muted">
        {ownText(answer.title)}
        {answer.version !== null && ` · ${t('insight.version', { version: answer.version })}`}
        {answer.unended > 0 && ` · ${t('insight.unended', { cases: countText(answer.unended) })}`}
        {answer.inexactCases > 0 &&
          ` · ${t('insight.inexact', {
            cases: countText(answer.inexactCases),
            least: shareText(answer.averageFitnessMin),
          })}`}
        {answer.leftOut.length > 0 &&
          ` · ${t('insight.leftOut', { activities: answer.leftOut.join(', ') })}`}
      </p>
      <Deviations answer={answer} stack={stack} />
      <div className="insight-diagram">
        <Diagram xml={answer.xml} marks={marks} />
      </div>
      <p className="muted small">{t('insight.marksMean')}</p>
      <Worst answer={answer} stack={stack} />
    </>
  );
}

function Figures({ answer }: { answer: InsightConformanceAnswer }) {
  const { t } = useTranslation();
  const { cases, fittingCases, averageFitness, logFitness, precision } = answer;
  const tiles: readonly (readonly [of: string, value: string])[] = [
    ['fitting', `${countText(fittingCases)} / ${countText(cases)}`],
    ['fitness', shareText(averageFitness)],
    ['logFitness', shareText(logFitness)],
    ['precision', precision === null ? '—' : shareText(precision)],
  ];
  return (
    <div className="figures">
      {tiles.map(([of, value]) => (
        <div className="figure" key={of}>
          <Term of={of}>{t(`insightFit.${of}`)}</Term>
          <b>{value}</b>
        </div>
      ))}
    </div>
  );
}

/** Marks on the model: how often a step agreed, was skipped, or was done elsewhere. */
function marksOf({ marks }: InsightConformanceAnswer) {
  const badges = marks.flatMap(({ ids, agreed, skipped, elsewhere }) =>
    ids.map((element) => ({
      element,
      text: [
        `✓ ${countText(agreed)}`,
        ...(skipped > 0 ? [`⊘ ${countText(skipped)}`] : []),
        ...(elsewhere > 0 ? [`+ ${countText(elsewhere)}`] : []),
      ].join(' '),
      kind: skipped + elsewhere > 0 ? ('bad' as const) : ('plain' as const),
    })),
  );
  return { tokens: [], flowsTaken: [], badges };
}

function Deviations({ answer, stack }: { answer: InsightConformanceAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const [open, setOpen] = useState<string | null>(null);
  if (answer.deviations.length === 0) return <p>{t('insight.noDeviation')}</p>;
  return (
    <>
      <h3>{t('insight.deviations')}</h3>
      <ol className="worst">
        {answer.deviations.map((each) => {
          const key = `${each.kind} ${each.activity}`;
          const isOpen = open === key;
          return (
            <li key={key}>
              <p>{ownText(each.text)}</p>
              <button
                type="button"
                className="link"
                aria-expanded={isOpen}
                onClick={() => setOpen(isOpen ? null : key)}
              >
                {t('insight.theseCases')}
              </button>
              {isOpen && (
                <p className="case-names">
                  {each.caseNumbers.map((caseNumber) => (
                    <CaseName key={caseNumber} caseNumber={caseNumber} stack={stack} />
                  ))}
                  {each.caseNumbers.length < each.cases &&
                    t('insight.andMore', {
                      count: countText(each.cases - each.caseNumbers.length),
                    })}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Worst({ answer, stack }: { answer: InsightConformanceAnswer; stack: Stack }) {
  const { t } = useTranslation();
  if (answer.worst.length === 0) return null;
  return (
    <>
      <h3>{t('insight.worstCases')}</h3>
      <Scroll label={t('insight.worstCases')} className="cases-behind">
        <table>
          <thead>
            <tr>
              <th>{t('insight.case')}</th>
              <th className="n">{t('insightFit.fitness')}</th>
              <th className="n">{t('insight.deviations')}</th>
            </tr>
          </thead>
          <tbody>
            {answer.worst.map(({ caseNumber, cost, fitness }) => (
              <tr key={caseNumber}>
                <td>
                  <CaseName caseNumber={caseNumber} stack={stack} />
                </td>
                <td className="n">{shareText(fitness)}</td>
                <td className="n">{countText(cost)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

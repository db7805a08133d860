import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { InsightAnswer } from '../../../../src/contract/insight/analysis.ts';
import type { InsightCausesAnswer } from '../../../../src/contract/insight/causes.ts';
import { insightCausesQuery } from '../../../api/insight.ts';
import { Answer } from '../../../parts/ask.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { useSettings } from '../../../settings.ts';
import type { Stack, TabProps } from '../asked.ts';
import { countText, durationText, shareText } from '../figures.ts';
import { Term } from '../term.tsx';
import { filterOfCause, pointsText, useCauseName } from './cause-words.ts';
import { Fishbone } from './fishbone.tsx';
import { Rules } from './rules.tsx';

/** 原因: what goes with slow cases, rework or another outcome, with its evidence. */
export function Tab({ answer, stack }: TabProps) {
  const outcome = stack.choice('outcome') || 'slow';
  const found = useQuery(insightCausesQuery(stack.asked, outcome));
  return (
    <section className="pane" aria-busy={found.isFetching}>
      <Outcomes answer={answer} stack={stack} outcome={outcome} />
      <Answer of={found}>{(causes) => <Found causes={causes} stack={stack} />}</Answer>
    </section>
  );
}

function Outcomes({
  answer,
  stack,
  outcome,
}: {
  answer: InsightAnswer;
  stack: Stack;
  outcome: string;
}) {
  const { t } = useTranslation();
  return (
    <div className="filters">
      <label>
        {t('insight.outcome')}
        <select
          className="field-box"
          value={outcome}
          onChange={({ target }) => stack.choose('outcome', target.value)}
        >
          <option value="slow">{t('insight.outcomeSlow')}</option>
          <option value="rework">{t('insight.anyRework')}</option>
          {(['with', 'without', 'ends'] as const).map((kind) => (
            <optgroup key={kind} label={t(`insightOutcome.${kind}`)}>
              {answer.activities.map(({ activity }) => (
                <option key={activity} value={`${kind}:${activity}`}>
                  {activity}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
    </div>
  );
}

function Found({ causes, stack }: { causes: InsightCausesAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { cases, hits, looked, found, overSeconds } = causes;
  return (
    <>
      <p>
        {t('insight.outcomeCases', {
          hits: countText(hits),
          cases: countText(cases),
          share: shareText(hits / cases),
        })}
        {overSeconds !== null &&
          ` ${t('insight.outcomeOver', { over: durationText(overSeconds, language) })}`}
      </p>
      <p className="muted">
        {t('insight.looked', { looked: countText(looked), found: countText(found.length) })}
      </p>
      {found.length > 0 && <Fishbone causes={causes} stack={stack} />}
      <Whys causes={causes} />
      {found.length > 0 && <Finds causes={causes} stack={stack} />}
      <Lost causes={causes} stack={stack} />
      <Savings causes={causes} />
      <Rules causes={causes} />
    </>
  );
}

/** The chain of whys, each answer among the cases of the one before. */
function Whys({ causes }: { causes: InsightCausesAnswer }) {
  const { t } = useTranslation();
  const name = useCauseName();
  if (causes.whys.length === 0) return null;
  return (
    <>
      <h3>{t('insight.whys')}</h3>
      <ol className="whys">
        {causes.whys.map(({ among, cause }) => (
          <li key={name(cause)}>
            <b>{name(cause)}</b>{' '}
            {t('insight.whyEvidence', {
              share: shareText(cause.hits / cause.cases),
              other: shareText(cause.otherHits / cause.otherCases),
              among: countText(among),
            })}
          </li>
        ))}
      </ol>
    </>
  );
}

function Finds({ causes, stack }: { causes: InsightCausesAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const name = useCauseName();
  return (
    <>
      <h3>{t('insight.finds')}</h3>
      <Scroll label={t('insight.finds')}>
        <table>
          <thead>
            <tr>
              <th>{t('insight.factor')}</th>
              <th className="n">{t('insight.cases')}</th>
              <th className="n">{t('insight.withIt')}</th>
              <th className="n">{t('insight.withoutIt')}</th>
              <th className="n">
                <Term of="difference">{t('insight.difference')}</Term>
              </th>
              <th className="n">{t('insight.interval')}</th>
              <th>{t('insight.heldFor')}</th>
            </tr>
          </thead>
          <tbody>
            {causes.found.map((cause) => {
              const filter = filterOfCause(cause);
              return (
                <tr key={name(cause)}>
                  <td>{name(cause)}</td>
                  <td className="n">
                    {filter === null ? (
                      countText(cause.cases)
                    ) : (
                      <button type="button" className="link" onClick={() => stack.show(filter)}>
                        {countText(cause.cases)}
                      </button>
                    )}
                  </td>
                  <td className="n">{shareText(cause.hits / cause.cases)}</td>
                  <td className="n">{shareText(cause.otherHits / cause.otherCases)}</td>
                  <td className="n">{pointsText(cause.difference)}</td>
                  <td className="n nowrap">
                    [{pointsText(cause.interval.from)}, {pointsText(cause.interval.to)}]
                  </td>
                  <td>
                    {cause.held !== null &&
                      t(cause.held.explained ? 'insight.explainedBy' : 'insight.leftWhenHeld', {
                        factor: name(cause.held),
                        left: pointsText(cause.held.difference),
                      })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <p className="muted small">{t('insight.notMade')}</p>
    </>
  );
}

/** On which passages the cases with the outcome wait longer than the others. */
function Lost({ causes, stack }: { causes: InsightCausesAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  if (causes.timeLost === null || causes.timeLost.length === 0) return null;
  return (
    <>
      <h3>{t('insight.timeLost')}</h3>
      <Scroll label={t('insight.timeLost')}>
        <table>
          <thead>
            <tr>
              <th>{t('insight.fromActivity')}</th>
              <th>{t('insight.toActivity')}</th>
              <th className="n">{t('insight.morePerCase')}</th>
              <th className="n">{t('insight.share')}</th>
              <th>{t('insight.mainly')}</th>
            </tr>
          </thead>
          <tbody>
            {causes.timeLost.map((lost) => (
              <tr key={`${lost.from} ${lost.to}`}>
                <td>{lost.from}</td>
                <td>{lost.to}</td>
                <td className="n">
                  <button
                    type="button"
                    className="link"
                    onClick={() => stack.show(`directly:${lost.from}>${lost.to}`)}
                  >
                    {durationText(lost.secondsMore, language)}
                  </button>
                </td>
                <td className="n">{shareText(lost.share)}</td>
                <td>
                  <Term of={lost.mainly} /> {shareText(lost.mainlyShare)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

/** What a first-come order or a removed step would have saved, each by itself. */
function Savings({ causes }: { causes: InsightCausesAnswer }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { savings, cases } = causes;
  if (savings === null) return <p className="muted">{t('insight.savingsNotMeasured')}</p>;
  const rows = [
    { what: t('insight.firstCome'), seconds: savings.firstComeSeconds },
    ...savings.withoutStep.slice(0, 8).map(({ activity, seconds }) => ({
      ...{ what: t('insight.withoutStep', { activity }), seconds },
    })),
  ].filter(({ seconds }) => seconds > 0);
  return (
    <>
      <h3>{t('insight.savings')}</h3>
      <p className="muted">{t('insight.savingsRule')}</p>
      <Scroll label={t('insight.savings')}>
        <table>
          <thead>
            <tr>
              <th>{t('insight.ifOnly')}</th>
              <th className="n">{t('insight.savedPerCase')}</th>
              <th className="n">{t('insight.savedInAll')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ what, seconds }) => (
              <tr key={what}>
                <td>{what}</td>
                <td className="n">{durationText(seconds / cases, language)}</td>
                <td className="n">{durationText(seconds, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

import { useTranslation } from 'react-i18next';
import type { InsightAnswer } from '../../../src/contract/insight/analysis.ts';
import { useBilingual } from '../../frame/session.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { useSettings } from '../../settings.ts';
import type { Stack } from './asked.ts';
import { countText, durationText, shareText } from './figures.ts';
import { Term } from './term.tsx';

type Part = { readonly answer: InsightAnswer; readonly stack: Stack };

/** What stands out, and the worst bottlenecks with their share of all waiting. */
export function Bottlenecks({ answer, stack }: Part) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  return (
    <section className="pane">
      <h3>{t('insight.findings')}</h3>
      <ol className="findings">
        {answer.findings.map((each) => (
          <li key={each.en}>{ownText(each)}</li>
        ))}
      </ol>
      <h3>
        <Term of="bottleneck" />
      </h3>
      {answer.bottlenecks.length === 0 && <p className="muted">{t('insight.noWaiting')}</p>}
      <ol className="worst">
        {answer.bottlenecks.map((each) => (
          <li key={each.activity}>
            <div className="row wrap">
              <b>{each.activity}</b>
              <span className="spread">{shareText(each.share)}</span>
            </div>
            <meter
              value={each.share}
              max={1}
              aria-label={t('insight.shareOfWaiting', { activity: each.activity })}
            />
            <p>{ownText(each.text)}</p>
            <button
              type="button"
              className="link"
              onClick={() => stack.show(`with:${each.activity}`)}
            >
              {t('insight.itsCases')}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

const causes = ['contention', 'priority', 'unavailability', 'batching', 'extraneous'] as const;

/** What the waiting was for: in all and before each activity; the five add up to the wait. */
export function Waiting({ answer }: { answer: InsightAnswer }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { waiting } = answer;
  if (waiting === null) return null;
  const all = { activity: t('insight.all'), ...waiting };
  return (
    <section className="pane">
      <h3>{t('insight.waitedFor')}</h3>
      <p className="muted">
        {t('insight.waitedForRule', { unnamed: shareText(waiting.unnamedShare) })}
      </p>
      <Scroll label={t('insight.waitedFor')}>
        <table>
          <thead>
            <tr>
              <th>{t('insight.before')}</th>
              <th className="n">
                <Term of="waiting" />
              </th>
              {causes.map((cause) => (
                <th key={cause} className="n">
                  <Term of={cause} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[all, ...waiting.activities].map((each) => (
              <tr key={each === all ? '' : each.activity}>
                <td>{each === all ? <b>{each.activity}</b> : each.activity}</td>
                <td className="n">{durationText(each.waitSeconds, language)}</td>
                {causes.map((cause) => (
                  <td key={cause} className="n">
                    {shareText(each.seconds[cause] / each.waitSeconds)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** The most frequent paths; each count opens its cases. */
export function Variants({ answer, stack }: Part) {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <section className="pane">
      <h3>
        <Term of="variant" />
      </h3>
      <Scroll label={t('insight.variants')}>
        <table>
          <thead>
            <tr>
              <th className="n">{t('insight.rank')}</th>
              <th className="n">{t('insight.cases')}</th>
              <th className="n">{t('insight.share')}</th>
              <th className="n">{t('insight.cycleMedian')}</th>
              <th>{t('insight.path')}</th>
            </tr>
          </thead>
          <tbody>
            {answer.variantStats.map((variant) => (
              <tr key={variant.rank}>
                <td className="n">{variant.rank}</td>
                <td className="n">
                  <button
                    type="button"
                    className="link"
                    onClick={() => stack.show(`variant:${variant.rank}`)}
                  >
                    {countText(variant.cases)}
                  </button>
                </td>
                <td className="n">{shareText(variant.share)}</td>
                <td className="n">{durationText(variant.medianSeconds, language)}</td>
                <td className="path">{variant.activities.join(' → ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Every activity with its counts and times, the most frequent first. */
export function Activities({ answer, stack }: Part) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const long = (seconds: number | null) => durationText(seconds, language);
  return (
    <section className="pane">
      <h3>{t('insight.activities')}</h3>
      <Scroll label={t('insight.activities')}>
        <table>
          <thead>
            <tr>
              <th>
                <Term of="activity" />
              </th>
              <th className="n">{t('insight.executions')}</th>
              <th className="n">{t('insight.cases')}</th>
              <th className="n">
                <Term of="rework" />
              </th>
              <th className="n">
                <Term of="handling">{t('insight.handlingMedian')}</Term>
              </th>
              <th className="n">
                <Term of="waiting">{t('insight.waitingMedian')}</Term>
              </th>
              <th className="n">
                <Term of="median">{t('insight.waitingP90')}</Term>
              </th>
              <th className="n">{t('insight.waitingShare')}</th>
            </tr>
          </thead>
          <tbody>
            {answer.activities.map((each) => (
              <tr key={each.activity}>
                <td>{each.activity}</td>
                <td className="n">{countText(each.instances)}</td>
                <td className="n">
                  <button
                    type="button"
                    className="link"
                    onClick={() => stack.show(`with:${each.activity}`)}
                  >
                    {countText(each.cases)}
                  </button>
                </td>
                <td className="n">{countText(each.reworkEvents)}</td>
                <td className="n">{long(each.medianProcessingSeconds)}</td>
                <td className="n">{long(each.medianWaitingSeconds)}</td>
                <td className="n">{long(each.p90WaitingSeconds)}</td>
                <td className="n">{shareText(each.waitingShare)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { InsightTimeAnswer } from '../../../../src/contract/insight/time.ts';
import { insightTimeQuery } from '../../../api/insight-working.ts';
import { Answer } from '../../../parts/ask.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { useSettings } from '../../../settings.ts';
import '../../../styles/insight-working.css';
import type { Stack, TabProps } from '../asked.ts';
import { countText, durationText, shareText } from '../figures.ts';
import { FlowChart } from './flow-chart.tsx';

/** 时间: cases that come, go and are under way, whom they wait for, timers, working hours. */
export function Tab({ answer, stack }: TabProps) {
  const customer = stack.choice('customer').split('|').filter(Boolean);
  const found = useQuery(insightTimeQuery(stack.asked, customer));
  const activities = answer.activities.map(({ activity }) => activity);
  return (
    <div className="stack" aria-busy={found.isFetching}>
      <Answer of={found}>
        {(time) => (
          <>
            <Rates time={time} />
            <WaitedFor time={time} customer={customer} activities={activities} stack={stack} />
            <Timers time={time} stack={stack} />
            <Business time={time} />
          </>
        )}
      </Answer>
    </div>
  );
}

type Part = { readonly time: InsightTimeAnswer };

function Rates({ time }: Part) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { arrivalsPerDay, meanInProgress, mostInProgress, mostInProgressOn, periods } = time;
  const perDay = arrivalsPerDay.toLocaleString(language, { maximumFractionDigits: 2 });
  const mean = meanInProgress.toLocaleString(language, { maximumFractionDigits: 1 });
  return (
    <section className="pane">
      <h3>{t('insightTime.rates')}</h3>
      <p>
        {t('insightTime.ratesSaid', {
          ...{ perDay, mean },
          ...{ most: countText(mostInProgress), on: mostInProgressOn, days: time.periodDays },
        })}
      </p>
      <FlowChart periods={periods} />
      <details>
        <summary>{t('insightTime.asTable')}</summary>
        <Scroll label={t('insightTime.rates')}>
          <table>
            <thead>
              <tr>
                <th>{t('insightTime.period')}</th>
                <th className="n">{t('insightTime.came')}</th>
                <th className="n">{t('insightTime.went')}</th>
                <th className="n">{t('insightTime.under')}</th>
                <th className="n">{t('insightTime.atEnd')}</th>
              </tr>
            </thead>
            <tbody>
              {periods.map((each) => (
                <tr key={each.from}>
                  <td className="nowrap">{each.from}</td>
                  <td className="n">{countText(each.arrivals)}</td>
                  <td className="n">{countText(each.completions)}</td>
                  <td className="n">{each.inProgress.toFixed(1)}</td>
                  <td className="n">{countText(each.atEnd)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </section>
  );
}

/** Waiting for a timer, the customer or the bank; the reader says which work is the customer's. */
function WaitedFor({
  time,
  customer,
  activities,
  stack,
}: Part & {
  customer: readonly string[];
  activities: readonly string[];
  stack: Stack;
}) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { waitSeconds, timerSeconds, customerSeconds, bankSeconds } = time.waitingFor;
  const choose = (names: readonly string[]) => stack.choose('customer', names.join('|'));
  const rows = [
    { of: 'timer', seconds: timerSeconds },
    { of: 'customer', seconds: customerSeconds },
    { of: 'bank', seconds: bankSeconds },
  ];
  return (
    <section className="pane">
      <h3>{t('insightTime.waitedFor')}</h3>
      <div className="filters">
        <label>
          {t('insightTime.customers')}
          <select
            className="field-box"
            value=""
            onChange={({ target }) => choose([...customer, target.value])}
          >
            <option value="">{t('insightTime.choose')}</option>
            {activities
              .filter((activity) => !customer.includes(activity))
              .map((activity) => (
                <option key={activity}>{activity}</option>
              ))}
          </select>
        </label>
        <Chips customer={customer} choose={choose} />
      </div>
      <Scroll label={t('insightTime.waitedFor')}>
        <table>
          <tbody>
            {rows.map(({ of, seconds }) => (
              <tr key={of}>
                <td>{t(`insightTime.for.${of}`)}</td>
                <td className="n">{durationText(seconds, language)}</td>
                <td className="n">
                  {seconds === null ? '—' : shareText(seconds / (waitSeconds || 1))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {customerSeconds === null && <p className="muted small">{t('insightTime.bankOrBoth')}</p>}
    </section>
  );
}

/** The activities said to be the customer's; each can be taken back. */
function Chips({
  customer,
  choose,
}: {
  customer: readonly string[];
  choose: (names: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  return customer.map((activity) => (
    <span className="chip" key={activity}>
      {activity}
      <button
        type="button"
        className="link"
        aria-label={t('insightTime.notCustomers', { activity })}
        onClick={() => choose(customer.filter((each) => each !== activity))}
      >
        ×
      </button>
    </span>
  ));
}

function Timers({ time, stack }: Part & { stack: Stack }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <section className="pane">
      <h3>{t('insightTime.timers')}</h3>
      <p className="muted">{t('insightTime.timersRule')}</p>
      {time.timers.length === 0 ? (
        <p>{t('insightTime.noTimers')}</p>
      ) : (
        <Scroll label={t('insightTime.timers')}>
          <table>
            <thead>
              <tr>
                <th>{t('insightTime.anchor')}</th>
                <th className="n">{t('insightTime.delay')}</th>
                <th>{t('insightTime.then')}</th>
                <th className="n">{t('insight.executions')}</th>
                <th>{t('insightTime.by')}</th>
              </tr>
            </thead>
            <tbody>
              {time.timers.map((timer) => (
                <tr key={`${timer.anchor} ${timer.activity} ${timer.medianSeconds}`}>
                  <td>{[timer.anchor, ...timer.alike].join(' / ')}</td>
                  <td className="n nowrap">{durationText(timer.medianSeconds, language)}</td>
                  <td>{timer.activity}</td>
                  <td className="n">
                    {countText(timer.executions)} /{' '}
                    <button
                      type="button"
                      className="link"
                      onClick={() => stack.show(`follows:${timer.anchor}>${timer.activity}`)}
                    >
                      {countText(timer.afterAnchor)}
                    </button>
                  </td>
                  <td>{timer.by ?? t('insightTime.nobody')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Business({ time: { business } }: Part) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const long = (seconds: number | null) => durationText(seconds, language);
  return (
    <section className="pane">
      <h3>{t('insightTime.business')}</h3>
      {business === null ? (
        <p className="muted">{t('insightTime.noCalendar')}</p>
      ) : (
        <>
          <p>
            {t('insightTime.businessSaid', {
              ...{ calendar: business.calendar, hours: business.hours },
              ...{ median: long(business.medianSeconds), p90: long(business.p90Seconds) },
              closed: shareText(business.closedShare),
            })}
          </p>
          <Scroll label={t('insightTime.business')}>
            <table>
              <thead>
                <tr>
                  <th>{t('insightTime.activity')}</th>
                  <th className="n">{t('insight.executions')}</th>
                  <th className="n">{t('insight.waitingMedian')}</th>
                  <th className="n">{t('insightTime.waitingAll')}</th>
                  <th className="n">{t('insight.handlingMedian')}</th>
                </tr>
              </thead>
              <tbody>
                {business.activities.map((each) => (
                  <tr key={each.activity}>
                    <td>{each.activity}</td>
                    <td className="n">{countText(each.instances)}</td>
                    <td className="n">{long(each.medianWaitingSeconds)}</td>
                    <td className="n">{long(each.totalWaitingSeconds)}</td>
                    <td className="n">{long(each.medianProcessingSeconds)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </section>
  );
}

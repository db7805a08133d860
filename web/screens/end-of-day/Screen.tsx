import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { isCalendarDate } from '../../../src/base/dates.ts';
import type { DayAnswer } from '../../../src/contract/day.ts';
import { closeDay } from '../../api/commands.ts';
import { dayQuery, queryClient } from '../../api/queries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useBilingual, useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { amountText } from '../../parts/money.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status, type StatusKind } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';

type Step = DayAnswer['steps'][number];
type Work = Step['works'][number];

/** 日终: the twelve steps of a date with their progress, the totals that tie, and the days before. */
export function Screen() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  usePageTitle(t('page.endOfDay'));
  const wanted = search.get('date') ?? '';
  const day = useQuery({
    ...dayQuery(isCalendarDate(wanted) ? wanted : undefined),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 1_000 : false),
  });
  return (
    <>
      <div className="head">
        <h1>{t('page.endOfDay')}</h1>
        {day.data !== undefined && <DayState day={day.data} />}
      </div>
      <Answer of={day}>
        {(data) => (
          <>
            <div className="filters">
              <Dates day={data} />
              <CloseOrder key={data.accountingDate} day={data} />
              <Link to={`/operations/trial-balance?date=${data.accountingDate}`}>
                {t('page.trialBalance')}
              </Link>
            </div>
            <Steps steps={data.steps} />
            <Totals day={data} />
          </>
        )}
      </Answer>
    </>
  );
}

const dayKinds: Readonly<Record<DayAnswer['status'], StatusKind>> = {
  not_begun: 'wait',
  running: 'run',
  stopped: 'bad',
  closed: 'done',
};

function DayState({ day }: { day: DayAnswer }) {
  const { t } = useTranslation();
  return (
    <>
      <span>
        {t('day.rolls', {
          date: day.accountingDate,
          nextDate: day.nextDate ?? t('day.nextUnknown'),
        })}
      </span>
      <Status kind={dayKinds[day.status]}>{t(`dayStatus.${day.status}`)}</Status>
      {day.cutOffAt !== null && (
        <span className="muted">{t('day.cutOffAt', { at: instantOf(day.cutOffAt) })}</span>
      )}
      {day.proof.length > 0 && (
        <Status kind={day.differences === 0 ? 'done' : 'bad'}>
          {day.differences === 0
            ? t('day.ties', { count: day.proof.length })
            : t('day.differs', { count: day.differences })}
        </Status>
      )}
    </>
  );
}

/** Which date: those whose closing began, and the open one. */
function Dates({ day }: { day: DayAnswer }) {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  const dates = [
    ...new Set([day.accountingDate, ...day.closings.map((one) => one.accountingDate)]),
  ].sort((a, b) => (a < b ? 1 : -1));
  return (
    <label>
      {t('entries.accountingDate')}
      <select
        className="field-box"
        value={day.accountingDate}
        onChange={({ target }) => setSearch({ date: target.value }, { replace: true })}
      >
        {dates.map((date) => (
          <option key={date}>{date}</option>
        ))}
      </select>
    </label>
  );
}

/** The order to close the date, or to go on with a closing that stopped. */
function CloseOrder({ day }: { day: DayAnswer }) {
  const { t } = useTranslation();
  const may = useMay('run_end_of_day');
  const order = useMutation({
    mutationFn: () => closeDay(day.accountingDate),
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['day'] });
      // The accounting date of the top bar has rolled.
      await queryClient.invalidateQueries({ queryKey: ['session'] });
    },
  });
  if (!may || day.status === 'closed') return null;
  const running = day.status === 'running';
  const label = day.status === 'not_begun' ? 'day.close' : 'day.goOn';
  return (
    <>
      <Button
        type="primary"
        loading={order.isPending}
        disabled={running}
        onClick={() => order.mutate()}
      >
        {t(running ? 'day.closing' : label)}
      </Button>
      {order.isError && <RefusalNotice error={order.error} />}
    </>
  );
}

const stepKinds: Readonly<Record<Exclude<Step['status'], 'empty'>, StatusKind>> = {
  waiting: 'wait',
  running: 'run',
  done: 'done',
  stopped: 'bad',
};

function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  return (
    <section className="pane">
      <h3>{t('day.steps')}</h3>
      <Scroll label={t('day.steps')}>
        <table>
          <thead>
            <tr>
              <th className="n">{t('day.number')}</th>
              <th>{t('day.step')}</th>
              <th>{t('day.state')}</th>
              <th className="n">{t('day.parts')}</th>
              <th className="n">{t('day.items')}</th>
              <th className="n">{t('day.took')}</th>
            </tr>
          </thead>
          <tbody>
            {steps.flatMap((step) => [
              <StepRow key={step.number} step={step} />,
              ...step.works
                .filter((work) => step.works.length > 1 || work.message !== null)
                .map((work) => <WorkRow key={`${step.number} ${work.work}`} work={work} />),
            ])}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function StepRow({ step }: { step: Step }) {
  const { t } = useTranslation();
  const parts = step.works.reduce((sum, work) => sum + work.parts, 0);
  const done = step.works.reduce((sum, work) => sum + work.partsDone, 0);
  const { begunAt, endedAt } = step;
  return (
    <tr>
      <td className="n">{step.number}</td>
      <td>
        <b>{t(`dayStep.${step.step}`)}</b>
      </td>
      <td>
        {step.status === 'empty' ? (
          <span className="muted">{t('stepStatus.empty')}</span>
        ) : (
          <Status kind={stepKinds[step.status]}>{t(`stepStatus.${step.status}`)}</Status>
        )}
      </td>
      <td className="n">{parts > 0 && `${done} / ${parts}`}</td>
      <td className="n">{step.items > 0 && step.items.toLocaleString('en')}</td>
      <td className="n">
        {begunAt !== null && endedAt !== null && `${((endedAt - begunAt) / 1_000).toFixed(2)} s`}
      </td>
    </tr>
  );
}

/** A piece of work of a step; why it stopped stands below its name. */
function WorkRow({ work }: { work: Work }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const name = i18next.exists(`dayWork.${work.work}`) ? t(`dayWork.${work.work}`) : work.work;
  return (
    <tr>
      <td />
      <td>
        <span className="muted">{name}</span>
        {work.message !== null && <p role="alert">{ownText(work.message)}</p>}
      </td>
      <td className="muted">{t(`stepStatus.${work.status}`)}</td>
      <td className="n muted">{`${work.partsDone} / ${work.parts}`}</td>
      <td className="n muted">{work.items > 0 && work.items.toLocaleString('en')}</td>
      <td />
    </tr>
  );
}

/** Every total that was tied, those that differ first. */
function Totals({ day }: { day: DayAnswer }) {
  const { t } = useTranslation();
  if (day.proof.length === 0) return null;
  const ruleName = (rule: string) =>
    i18next.exists(`dayRule.${rule}`) ? t(`dayRule.${rule}`) : rule;
  return (
    <section className="pane">
      <h3>{t('day.totals')}</h3>
      <Scroll label={t('day.totals')}>
        <table>
          <thead>
            <tr>
              <th>{t('day.rule')}</th>
              <th>{t('day.place')}</th>
              <th>{t('accounts.currency')}</th>
              <th className="n">{t('day.left')}</th>
              <th className="n">{t('day.right')}</th>
              <th className="n">{t('day.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {day.proof.map((line) => {
              const difference = BigInt(line.leftMinor) - BigInt(line.rightMinor);
              return (
                <tr key={`${line.rule} ${line.place} ${line.currency}`}>
                  <td>{ruleName(line.rule)}</td>
                  <td>{line.place === '' ? t('day.wholeBank') : line.place}</td>
                  <td>{line.currency}</td>
                  <td className="n">{amountText(line.leftMinor, line.currency)}</td>
                  <td className="n">{amountText(line.rightMinor, line.currency)}</td>
                  <td className="n">
                    {difference === 0n ? (
                      <Status kind="done">0</Status>
                    ) : (
                      <Status kind="bad">{amountText(difference, line.currency)}</Status>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

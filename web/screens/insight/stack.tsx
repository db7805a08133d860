import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { isCalendarDate } from '../../../src/base/dates.ts';
import type { InsightAnswer } from '../../../src/contract/insight/analysis.ts';
import type { processShape } from '../../../src/contract/processes.ts';
import { importedLogsQuery } from '../../api/insight.ts';
import { useBilingual, useName } from '../../frame/session.ts';
import { DateInput } from '../../parts/form/inputs.tsx';
import type { Stack } from './asked.ts';
import { atLeast, countText } from './figures.ts';

type Process = z.infer<typeof processShape>;

const logMark = 'log:';

/** Which process or imported log, which days: what every part of the page obeys first. */
export function Chooser({ stack, processes }: { stack: Stack; processes: readonly Process[] }) {
  const logs = useQuery(importedLogsQuery).data?.logs ?? [];
  const { t } = useTranslation();
  const name = useName();
  const { asked } = stack;
  return (
    <div className="filters">
      <label>
        {t('insight.process')}
        <select
          className="field-box"
          value={asked.log === '' ? asked.process : `${logMark}${asked.log}`}
          onChange={({ target: { value } }) =>
            value.startsWith(logMark)
              ? stack.setLog(value.slice(logMark.length))
              : stack.setProcess(value)
          }
        >
          <optgroup label={t('insight.ownProcesses')}>
            {processes.map((process) => (
              <option key={process.processId} value={process.processId}>
                {`${process.catalogue ?? ''} ${name(process)}`.trim()}
              </option>
            ))}
          </optgroup>
          {logs.length > 0 && (
            <optgroup label={t('insight.importedLogs')}>
              {logs.map((log) => (
                <option key={log.id} value={`${logMark}${log.id}`}>
                  {log.name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      {(['from', 'to'] as const).map((side) => (
        <Day key={`${side} ${asked[side]}`} side={side} stack={stack} />
      ))}
    </div>
  );
}

/** A day typed as digits; it holds once it is whole, and an emptied one no longer does. */
function Day({ side, stack }: { side: 'from' | 'to'; stack: Stack }) {
  const { t } = useTranslation();
  const held = stack.asked[side];
  const [typed, setTyped] = useState(held);
  const settle = () => {
    if (typed !== held && (typed === '' || isCalendarDate(typed))) stack.setDay(side, typed);
  };
  return (
    <label htmlFor={`insight-${side}`}>
      {t(`insightDay.${side}`)}
      <DateInput id={`insight-${side}`} value={typed} onChange={setTyped} onSettle={settle} />
    </label>
  );
}

/** The filters in words, each with what it left, and the order to take one away or add one. */
export function Filters({ answer, stack }: { answer: InsightAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const { asked } = stack;
  // The days are one filter before those of the stack.
  const before = answer.steps.length - asked.filters.length;
  return (
    <section className="filters" aria-label={t('insight.filters')}>
      <span className="muted">
        {t('insight.scope', {
          cases: countText(answer.cases),
          all: countText(answer.casesInScope),
        })}
      </span>
      {answer.steps.map((step, i) => (
        <span className="chip" key={step.text.en}>
          {ownText(step.text)}
          {i >= before && (
            <button
              type="button"
              className="link"
              aria-label={t('insight.removeFilter', { filter: ownText(step.text) })}
              onClick={() => stack.remove(i - before)}
            >
              ×
            </button>
          )}
        </span>
      ))}
      <AddFilter answer={answer} stack={stack} />
      {answer.steps.length > 0 && (
        <button type="button" className="link" onClick={stack.clear}>
          {t('insight.clear')}
        </button>
      )}
    </section>
  );
}

const ofActivity = ['with', 'without', 'rework'] as const;

function AddFilter({ answer, stack }: { answer: InsightAnswer; stack: Stack }) {
  const { t } = useTranslation();
  return (
    <select
      className="field-box"
      aria-label={t('insight.addFilter')}
      value=""
      onChange={({ target }) => target.value !== '' && stack.add(target.value)}
    >
      <option value="">{t('insight.addFilter')}</option>
      <option value="rework">{t('insight.anyRework')}</option>
      <option value="variants:0.8">{t('insight.commonest')}</option>
      <option value={atLeast(answer.caseDuration.p90Seconds)}>{t('insight.slowest')}</option>
      {ofActivity.map((kind) => (
        <optgroup key={kind} label={t(`insightFilter.${kind}`)}>
          {answer.activities.map(({ activity }) => (
            <option key={activity} value={`${kind}:${activity}`}>
              {activity}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { insightCasesQuery } from '../../api/insight.ts';
import { Answer } from '../../parts/ask.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { instantOf } from '../../parts/time.ts';
import { useSettings } from '../../settings.ts';
import type { Stack } from './asked.ts';
import { CaseName } from './case-name.tsx';
import { countText, durationText } from './figures.ts';

/** The cases behind a figure, the longest first, each a door to its page. */
export function CasesBehind({ stack, behind }: { stack: Stack; behind: string }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const head = useRef<HTMLHeadingElement>(null);
  const variant = behind.startsWith('variant:') ? Number(behind.slice(8)) : null;
  const isFilter = behind !== 'all' && variant === null;
  const { asked } = stack;
  const filters = isFilter ? [...asked.filters, behind] : asked.filters;
  const found = useQuery({
    ...insightCasesQuery({ ...asked, filters }, variant),
    placeholderData: keepPreviousData,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another figure brings the reader here
  useEffect(() => head.current?.focus(), [behind]);
  return (
    <section className="pane">
      <div className="filters">
        <h3 ref={head} tabIndex={-1}>
          {t('insight.behind', { what: isFilter ? behind.slice(behind.indexOf(':') + 1) : '' })}
        </h3>
        {found.data !== undefined && (
          <span className="muted">
            {t('insight.listed', {
              shown: countText(found.data.cases.length),
              total: countText(found.data.total),
            })}
          </span>
        )}
        {isFilter && (
          <button type="button" className="link" onClick={() => stack.add(behind)}>
            {t('insight.onlyThese')}
          </button>
        )}
        <button type="button" className="link" onClick={() => stack.show(null)}>
          {t('insight.close')}
        </button>
      </div>
      <Answer of={found}>
        {({ cases }) => (
          <Scroll label={t('insight.caseList')} className="cases-behind">
            <table>
              <thead>
                <tr>
                  <th>{t('insight.case')}</th>
                  <th>{t('insight.begun')}</th>
                  <th>{t('insight.ended')}</th>
                  <th className="n">{t('insight.took')}</th>
                  <th className="n">{t('insight.executions')}</th>
                </tr>
              </thead>
              <tbody>
                {cases.map((each) => (
                  <tr key={each.caseNumber}>
                    <td>
                      <CaseName caseNumber={each.caseNumber} stack={stack} />
                    </td>
                    <td className="nowrap">{instantOf(Date.parse(each.from))}</td>
                    <td className="nowrap">{instantOf(Date.parse(each.to))}</td>
                    <td className="n">{durationText(each.durationSeconds, language)}</td>
                    <td className="n">{countText(each.steps)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </Answer>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { InsightDotsAnswer } from '../../../../src/contract/insight/dots.ts';
import { insightDotsQuery } from '../../../api/insight.ts';
import { Answer } from '../../../parts/ask.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { instantOf } from '../../../parts/time.ts';
import { useSettings } from '../../../settings.ts';
import type { Stack, TabProps } from '../asked.ts';
import { CaseName } from '../case-name.tsx';
import { countText, durationText } from '../figures.ts';

const orders = ['start', 'duration'] as const;

/** 案件: each case a row with its work in time; by when it began, or the longest first. */
export function Tab({ stack }: TabProps) {
  const { t } = useTranslation();
  const order = orders.find((each) => each === stack.choice('order')) ?? 'start';
  const found = useQuery(insightDotsQuery(stack.asked, order));
  return (
    <section className="pane" aria-busy={found.isFetching}>
      <fieldset className="measures" aria-label={t('insight.order')}>
        {orders.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={order === each}
            onClick={() => stack.choose('order', each)}
          >
            {t(`insightOrder.${each}`)}
          </button>
        ))}
      </fieldset>
      <Answer of={found}>{(dots) => <Rows dots={dots} order={order} stack={stack} />}</Answer>
    </section>
  );
}

function Rows({
  dots,
  order,
  stack,
}: {
  dots: InsightDotsAnswer;
  order: 'start' | 'duration';
  stack: Stack;
}) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const spans = dots.cases.map(({ work }) => {
    const from = work[0]?.[0] ?? dots.fromMs;
    return { from, to: work.reduce((most, [, to]) => Math.max(most, to), from) };
  });
  const longest = Math.max(...spans.map(({ from, to }) => to - from), 1);
  const all = Math.max(dots.toMs - dots.fromMs, 1);
  return (
    <>
      <p className="muted">
        {t(`insightDots.${order}`, {
          from: instantOf(dots.fromMs),
          to: instantOf(dots.toMs),
          longest: durationText(longest / 1000, language),
        })}{' '}
        {dots.cases.length < dots.casesInAll &&
          t('insight.everyNth', {
            shown: countText(dots.cases.length),
            total: countText(dots.casesInAll),
          })}
      </p>
      <Scroll label={t('insight.caseList')} className="dotted">
        <table>
          <thead>
            <tr>
              <th>{t('insight.case')}</th>
              <th>{t('insight.begun')}</th>
              <th className="n">{t('insight.took')}</th>
              <th className="n">{t('insight.executions')}</th>
              <th className="line">{t('insight.inTime')}</th>
            </tr>
          </thead>
          <tbody>
            {dots.cases.map(({ caseNumber, work }, k) => {
              const { from, to } = spans[k] ?? { from: dots.fromMs, to: dots.fromMs };
              const [zero, length] = order === 'start' ? [dots.fromMs, all] : [from, longest];
              return (
                <tr key={caseNumber}>
                  <td className="nowrap">
                    <CaseName caseNumber={caseNumber} stack={stack} />
                  </td>
                  <td className="nowrap">{instantOf(from)}</td>
                  <td className="n nowrap">{durationText((to - from) / 1000, language)}</td>
                  <td className="n">{countText(work.length)}</td>
                  <td className="line">
                    <Line work={work} zero={zero} length={length} names={dots.activities} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

type LineProps = {
  readonly work: InsightDotsAnswer['cases'][number]['work'];
  readonly zero: number;
  readonly length: number;
  readonly names: readonly string[];
};

/** One case in time: a bar while something was done, a dot where each piece of work ended. */
function Line({ work, zero, length, names }: LineProps) {
  const { t } = useTranslation();
  const at = (ms: number) => ((ms - zero) / length) * 1000;
  const ends = work.map(([, to]) => to);
  const [first, last] = [at(work[0]?.[0] ?? zero), at(Math.max(...ends))];
  const said = work.map(([, , activity]) => names[activity]).join(' → ');
  return (
    <svg
      className="case-line"
      viewBox="0 0 1000 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={t('insight.caseLine', { path: said })}
    >
      <line
        x1={first}
        x2={last}
        y1="8"
        y2="8"
        className="whole"
        vectorEffect="non-scaling-stroke"
      />
      {work.map(([from, to, activity], i) => (
        <line
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of work have no name of their own
          key={i}
          x1={at(from)}
          x2={Math.max(at(to), at(from) + 0.5)}
          y1="8"
          y2="8"
          className="done"
          vectorEffect="non-scaling-stroke"
        >
          <title>{`${names[activity]} ${instantOf(from)}`}</title>
        </line>
      ))}
    </svg>
  );
}

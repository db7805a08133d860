import { useTranslation } from 'react-i18next';
import type { InsightTimeAnswer } from '../../../../src/contract/insight/time.ts';

type Periods = InsightTimeAnswer['periods'];
const [width, height] = [1000, 140];

/** Cases that came and went as bars by period, and those under way as a line, on one scale. */
export function FlowChart({ periods }: { periods: Periods }) {
  const { t } = useTranslation();
  const most = Math.max(
    1,
    ...periods.map((each) => Math.max(each.arrivals, each.completions, each.inProgress)),
  );
  const step = width / Math.max(periods.length, 1);
  const tall = (value: number) => (value / most) * (height - 4);
  const line = periods
    .map((each, k) => `${(k + 0.5) * step},${height - tall(each.inProgress)}`)
    .join(' ');
  return (
    <>
      <svg
        className="flow-chart"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('insightTime.chart', { most: Math.round(most) })}
      >
        {periods.map((each, k) => (
          <g key={each.from}>
            <title>{each.from}</title>
            <rect
              className="came"
              x={k * step + step * 0.15}
              width={step * 0.33}
              y={height - tall(each.arrivals)}
              height={tall(each.arrivals)}
            />
            <rect
              className="went"
              x={k * step + step * 0.52}
              width={step * 0.33}
              y={height - tall(each.completions)}
              height={tall(each.completions)}
            />
          </g>
        ))}
        <polyline className="under" points={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <p className="flow-legend small">
        <span className="came">{t('insightTime.came')}</span>
        <span className="went">{t('insightTime.went')}</span>
        <span className="under">{t('insightTime.under')}</span>
      </p>
    </>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { present } from '../../../src/base/assert.ts';
import type { InsightAnswer } from '../../../src/contract/insight/analysis.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { useSettings } from '../../settings.ts';
import type { Stack } from './asked.ts';
import { countText, durationText, shareText } from './figures.ts';
import { Term } from './term.tsx';

type Map = InsightAnswer['maps'][number];
type Measure = 'time' | 'count';

/** The process map at a chosen coverage, by median times or by counts, and the same as a table. */
export function ProcessMap({ answer, stack }: { answer: InsightAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const { maps, firstMap } = answer;
  const [level, setLevel] = useState(firstMap);
  const [measure, setMeasure] = useState<Measure>('time');
  const at = Math.min(level, maps.length - 1);
  const map = present(maps[at], 'a map of cases that there are');
  return (
    <section className="pane">
      <div className="filters">
        <h3>
          <Term of="map" />
        </h3>
        <fieldset className="measures" aria-label={t('insight.measure')}>
          {(['time', 'count'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={measure === each}
              onClick={() => setMeasure(each)}
            >
              {t(`insightMeasure.${each}`)}
            </button>
          ))}
        </fieldset>
        <label>
          <Term of="coverage" />
          <input
            type="range"
            min={0}
            max={maps.length - 1}
            value={at}
            aria-label={t('insight.coverage')}
            aria-valuetext={shareText(map.coverage)}
            onChange={({ target }) => setLevel(Number(target.value))}
          />
          {shareText(map.coverage)}
        </label>
      </div>
      <Scroll label={t('insight.map')} className="map-box">
        <Drawing map={map} measure={measure} stack={stack} />
      </Scroll>
      <details>
        <summary>{t('insight.mapAsTable')}</summary>
        <Passages map={map} stack={stack} />
      </details>
    </section>
  );
}

type Part = { map: Map; measure: Measure; stack: Stack };

function Drawing({ map, measure, stack }: Part) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const most = Math.max(...map.edges.map((edge) => edge.count), 1);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing whose boxes take the focus is no fieldset
    <svg
      className="process-map"
      viewBox={`0 0 ${map.width} ${map.height}`}
      width={map.width}
      height={map.height}
      role="group"
      aria-label={t('insight.map')}
    >
      <defs>
        <marker
          id="insight-arrow"
          markerUnits="userSpaceOnUse"
          markerWidth="9"
          markerHeight="9"
          refX="8"
          refY="4.5"
          orient="auto"
        >
          <path d="M0 .5 9 4.5 0 8.5z" />
        </marker>
      </defs>
      {map.edges.map((edge) => (
        <path
          key={`${edge.from} ${edge.to}`}
          className={edge.back ? 'arc back' : 'arc'}
          d={edge.path}
          strokeWidth={1 + 4 * (Math.log(edge.count + 1) / Math.log(most + 1)) ** 2}
          markerEnd="url(#insight-arrow)"
        />
      ))}
      {map.edges.map((edge) => (
        <text
          key={`${edge.from} ${edge.to}`}
          className="arc-label"
          x={edge.label.x}
          y={edge.label.y + 4}
        >
          {measure === 'count'
            ? countText(edge.count)
            : edge.medianSeconds !== null && durationText(edge.medianSeconds, language)}
        </text>
      ))}
      <Activities map={map} measure={measure} stack={stack} />
      {(['begin', 'end'] as const).map((side) => (
        <g key={side} className={`terminal ${side}`}>
          <circle cx={map[side].x} cy={map[side].y} r="10" />
          <text x={map[side].x + 17} y={map[side].y + 4}>
            {t(`insightSide.${side}`)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The boxes: how often, or how long work waited before them; each opens its cases. */
function Activities({ map, measure, stack }: Part) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const mostTimes = Math.max(...map.nodes.map((node) => node.instances), 1);
  const mostWaiting = Math.max(...map.nodes.map((node) => node.waitingShare), 1e-9);
  return map.nodes.map((node) => {
    const share = measure === 'time' ? node.waitingShare / mostWaiting : node.instances / mostTimes;
    const top = node.y - node.height / 2;
    const figure =
      measure === 'count'
        ? t('insight.times', { times: countText(node.instances) })
        : t('insight.meanWait', { wait: durationText(node.meanWaitingSeconds, language) });
    return (
      <a
        key={node.activity}
        href={`#${encodeURIComponent(node.activity)}`}
        onClick={(event) => {
          event.preventDefault();
          stack.show(`with:${node.activity}`);
        }}
      >
        <title>{t('insight.casesWith', { activity: node.activity })}</title>
        <rect
          x={node.x - node.width / 2}
          y={top}
          width={node.width}
          height={node.height}
          rx="4"
          fillOpacity={0.06 + 0.3 * share}
        />
        {[...node.lines, figure].map((line, i) => (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a name have no other name
            key={i}
            className={i === node.lines.length ? 'figure-line' : 'name'}
            x={node.x}
            y={top + 20 + i * 15}
          >
            {line}
          </text>
        ))}
      </a>
    );
  });
}

/** The same steps as rows, the most frequent first; each opens its cases. */
function Passages({ map, stack }: { map: Map; stack: Stack }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <Scroll label={t('insight.mapAsTable')}>
      <table>
        <thead>
          <tr>
            <th>{t('insight.fromActivity')}</th>
            <th>{t('insight.toActivity')}</th>
            <th className="n">{t('insight.steps')}</th>
            <th className="n">{t('insight.medianBetween')}</th>
          </tr>
        </thead>
        <tbody>
          {map.edges.map((edge) => (
            <tr key={`${edge.from} ${edge.to}`}>
              <td>{edge.from ?? t('insightSide.begin')}</td>
              <td>{edge.to ?? t('insightSide.end')}</td>
              <td className="n">
                <button
                  type="button"
                  className="link"
                  onClick={() => stack.show(filterOf(edge.from, edge.to))}
                >
                  {countText(edge.count)}
                </button>
              </td>
              <td className="n">{durationText(edge.medianSeconds, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function filterOf(from: string | null, to: string | null): string {
  if (from === null) return `starts:${to}`;
  return to === null ? `ends:${from}` : `directly:${from}>${to}`;
}

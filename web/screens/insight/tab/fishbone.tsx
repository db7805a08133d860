import { useTranslation } from 'react-i18next';
import type { InsightCausesAnswer } from '../../../../src/contract/insight/causes.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import type { Stack } from '../asked.ts';
import { countText } from '../figures.ts';
import { filterOfCause, pointsText, useCauseName } from './cause-words.ts';

const groups = ['attribute', 'resource', 'path', 'rework', 'period', 'load'] as const;
const twigsMost = 4;
const [boneWidth, twigHeight, top] = [250, 20, 34];

/**
 * 鱼骨图: the finds by where they come from, each twig with its evidence and a door to its cases.
 * What another factor explains, or what goes with fewer cases of the outcome, is left out.
 */
export function Fishbone({ causes, stack }: { causes: InsightCausesAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const bones = groups
    .map((group) => ({
      group,
      twigs: causes.found
        .filter((each) => each.group === group && each.difference > 0 && !each.held?.explained)
        .slice(0, twigsMost),
    }))
    .filter(({ twigs }) => twigs.length > 0);
  if (bones.length === 0) return null;
  const columns = Math.ceil(bones.length / 2);
  const half = top + twigsMost * twigHeight + 14;
  const width = columns * boneWidth + 170;
  return (
    <>
      <h3>{t('insight.fishbone')}</h3>
      <Scroll label={t('insight.fishbone')} className="fishbone-box">
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing with doors is no fieldset */}
        <svg
          className="fishbone"
          width={width}
          height={half * 2}
          viewBox={`0 0 ${width} ${half * 2}`}
          role="group"
          aria-label={t('insight.fishbone')}
        >
          <line className="spine" x1="10" x2={width - 150} y1={half} y2={half} />
          <rect className="head" x={width - 150} y={half - 20} width="140" height="40" rx="3" />
          <text className="head" x={width - 80} y={half + 5}>
            {t('insight.outcomeHead')}
          </text>
          {bones.map(({ group, twigs }, k) => {
            const above = k % 2 === 0;
            const x = 10 + Math.floor(k / 2) * boneWidth;
            return (
              <g key={group}>
                <line
                  className="bone"
                  x1={x}
                  x2={x + boneWidth - 30}
                  y1={above ? top - 14 : half * 2 - top + 14}
                  y2={half}
                />
                <text className="group" x={x + 4} y={above ? 14 : half * 2 - 6}>
                  {t(`insightGroup.${group}`)}
                </text>
                {twigs.map((cause, i) => (
                  <Twig
                    key={`${cause.subject} ${cause.value}`}
                    cause={cause}
                    x={x + 22 + i * 16}
                    y={above ? top + 6 + i * twigHeight : half * 2 - top - i * twigHeight}
                    stack={stack}
                  />
                ))}
              </g>
            );
          })}
        </svg>
      </Scroll>
    </>
  );
}

const lettersMost = 22;

function Twig({
  cause,
  x,
  y,
  stack,
}: {
  cause: InsightCausesAnswer['found'][number];
  x: number;
  y: number;
  stack: Stack;
}) {
  const { t } = useTranslation();
  const name = useCauseName();
  const filter = filterOfCause(cause);
  const whole = name(cause);
  const shown = whole.slice(whole.indexOf(' ') + 1);
  const cut = shown.length > lettersMost ? `${shown.slice(0, lettersMost)}…` : shown;
  const evidence = t('insight.twig', {
    factor: whole,
    points: pointsText(cause.difference),
    cases: countText(cause.cases),
  });
  const text = (
    <text className="twig" x={x} y={y}>
      <title>{evidence}</title>
      {`${cut} ${pointsText(cause.difference)}`}
    </text>
  );
  if (filter === null) return text;
  return (
    <a
      href={`#${encodeURIComponent(filter)}`}
      aria-label={evidence}
      onClick={(event) => {
        event.preventDefault();
        stack.show(filter);
      }}
    >
      {text}
    </a>
  );
}

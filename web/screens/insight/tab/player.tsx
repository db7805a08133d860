import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isCalendarDate } from '../../../../src/base/dates.ts';
import type { InsightDotsAnswer } from '../../../../src/contract/insight/dots.ts';
import type { InsightModelAnswer } from '../../../../src/contract/insight/models.ts';
import { insightDotsQuery } from '../../../api/insight.ts';
import { Answer } from '../../../parts/ask.tsx';
import type { DiagramView } from '../../../parts/diagram/viewer.ts';
import { DateInput } from '../../../parts/form/inputs.tsx';
import { useSettings } from '../../../settings.ts';
import type { Stack } from '../asked.ts';
import { countText, durationText } from '../figures.ts';
import { type Play, placeAt, playOf } from './token-ways.ts';

type PlayerProps = {
  readonly view: DiagramView | null;
  readonly model: InsightModelAnswer;
  readonly stack: Stack;
};

/** Lets the cases run over the model: one log, or two in two colours from a day on. */
export function Player({ view, model, stack }: PlayerProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const dots = useQuery({ ...insightDotsQuery(stack.asked, 'start'), enabled: open });
  if (!open) {
    return (
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {t('insight.animate')}
      </button>
    );
  }
  return (
    <Answer of={dots}>
      {(data) => view !== null && <Playing view={view} model={model} dots={data} stack={stack} />}
    </Answer>
  );
}

const wholeSeconds = 40;
/** Eight hours before UTC: the day begins at the bank. */
const bankOffsetMs = 8 * 3_600_000;

function Playing({
  view,
  model,
  dots,
  stack,
}: {
  view: DiagramView;
  model: InsightModelAnswer;
  dots: InsightDotsAnswer;
  stack: Stack;
}) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const since = stack.choice('since');
  const [typed, setTyped] = useState(since);
  const play = useMemo(() => {
    const sinceMs = isCalendarDate(since) ? Date.parse(`${since}T00:00:00Z`) - bankOffsetMs : null;
    return playOf(view, model, dots, sinceMs);
  }, [view, model, dots, since]);
  const { part, setPart, runs, setRuns } = useRunning();
  useTokens(view, play, part);
  const settle = () => {
    if (typed === '' || isCalendarDate(typed)) stack.choose('since', typed);
  };
  const counts = [0, 1].map((log) => play.tokens.filter((token) => token.log === log).length);
  return (
    <div className="filters insight-player">
      <button type="button" className="field-box" onClick={() => setRuns(!runs)}>
        {t(runs ? 'insight.pause' : 'insight.play')}
      </button>
      <label className="spread">
        <span className="sr-only">{t('insight.moment')}</span>
        <input
          type="range"
          min={0}
          max={1000}
          value={Math.round(part * 1000)}
          aria-valuetext={durationText((play.lengthMs * part) / 1000, language)}
          onChange={({ target }) => {
            setRuns(false);
            setPart(Number(target.value) / 1000);
          }}
        />
      </label>
      <span className="muted">{durationText((play.lengthMs * part) / 1000, language)}</span>
      <label htmlFor="insight-since">
        {t('insight.since')}
        <DateInput id="insight-since" value={typed} onChange={setTyped} onSettle={settle} />
      </label>
      <span className="log-mark first">
        {t('insight.before1', { cases: countText(counts[0] ?? 0) })}
      </span>
      {since !== '' && (
        <span className="log-mark second">
          {t('insight.after1', { cases: countText(counts[1] ?? 0) })}
        </span>
      )}
      {dots.cases.length < dots.casesInAll && (
        <span className="muted">
          {t('insight.everyNth', {
            shown: countText(dots.cases.length),
            total: countText(dots.casesInAll),
          })}
        </span>
      )}
    </div>
  );
}

/** The part of the play that is over, 0 to 1, moving by itself while it runs. */
function useRunning() {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const [part, setPart] = useState(0);
  const [runs, setRuns] = useState(!still);
  useEffect(() => {
    if (!runs) return;
    let [frame, last] = [0, performance.now()];
    const move = (now: number) => {
      const step = (now - last) / (wholeSeconds * 1000);
      last = now;
      setPart((before) => (before + step >= 1 ? 0 : before + step));
      frame = requestAnimationFrame(move);
    };
    frame = requestAnimationFrame(move);
    return () => cancelAnimationFrame(frame);
  }, [runs]);
  return { part, setPart, runs, setRuns };
}

const svg = 'http://www.w3.org/2000/svg';

/** Draws the tokens onto the model where they are at a moment. */
function useTokens(view: DiagramView, play: Play, part: number): void {
  const circles = useRef<readonly SVGCircleElement[]>([]);
  useEffect(() => {
    const layer = view.layer();
    const made = play.tokens.map(({ log }) => {
      const circle = document.createElementNS(svg, 'circle');
      circle.setAttribute('r', '5');
      circle.setAttribute('class', `case-token ${log === 0 ? 'first' : 'second'}`);
      layer.append(circle);
      return circle;
    });
    circles.current = made;
    return () => {
      for (const circle of made) circle.remove();
    };
  }, [view, play]);
  useEffect(() => {
    const atMs = part * play.lengthMs;
    for (const [i, token] of play.tokens.entries()) {
      const circle = circles.current[i];
      if (circle === undefined) continue;
      const place = placeAt(token, atMs);
      circle.setAttribute('visibility', place === null ? 'hidden' : 'visible');
      if (place === null) continue;
      circle.setAttribute('cx', String(place.x));
      circle.setAttribute('cy', String(place.y));
    }
  }, [play, part]);
}

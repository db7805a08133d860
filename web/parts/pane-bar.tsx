import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

const step = 24;

/** The width of a pane, kept for the next time. */
export function usePaneWidth(name: string, first: number): readonly [number, (to: number) => void] {
  const key = `huiliu.pane.${name}`;
  const [width, setWidth] = useState(() => Number(localStorage.getItem(key) ?? first));
  const keep = (to: number) => {
    setWidth(to);
    localStorage.setItem(key, String(Math.round(to)));
  };
  return [width, keep];
}

/** The style of a pane of that width; on a phone the style sheet overrules it. */
export function paneWidth(width: number): CSSProperties {
  return { ['--pane-width' as string]: `${width}px` };
}

/** The bar between two panes: dragged, or moved by the arrow keys. */
export function PaneBar({
  width,
  onWidth,
  grows,
  label,
}: {
  width: number;
  onWidth: (width: number) => void;
  /** On which side of the bar the pane stands whose width this is. */
  grows: 'left' | 'right';
  label: string;
}) {
  const { t } = useTranslation();
  const [least, most] = [240, 720];
  const sign = grows === 'left' ? 1 : -1;
  const set = (to: number) => onWidth(Math.min(most, Math.max(least, to)));
  const drag = (down: PointerEvent<HTMLDivElement>) => {
    const bar = down.currentTarget;
    bar.setPointerCapture(down.pointerId);
    const from = down.clientX;
    bar.onpointermove = (move) => set(width + sign * (move.clientX - from));
    bar.onpointerup = () => {
      bar.onpointermove = null;
    };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = { ArrowLeft: -step, ArrowRight: step };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    set(width + sign * move);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot take the focus and move
    <div
      role="separator"
      className="pane-bar"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('pane.bar', { pane: label })}
      aria-valuenow={Math.round(width)}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={drag}
      onKeyDown={onKeyDown}
    />
  );
}

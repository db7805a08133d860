import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings, useThemeName } from '../../settings.ts';
import { Scroll } from '../scroll.tsx';
import { inLanguage } from './model.ts';
import { TextView } from './text-view.tsx';
import type { DiagramView, Marks } from './viewer.ts';

const noMarks: Marks = { tokens: [], flowsTaken: [] };

type DiagramProps = {
  readonly xml: string;
  readonly marks?: Marks;
  /** Shown first: the drawing, or its text. */
  readonly first?: 'drawing' | 'text';
  /** Only the drawing, without its tools. */
  readonly bare?: boolean;
  readonly onPick?: (element: string) => void;
  /** Told when the drawing stands, and with null when it goes. */
  readonly onView?: (view: DiagramView | null) => void;
};

/** A BPMN model with tokens and the way taken, and the same model in words. */
export function Diagram({
  xml,
  marks = noMarks,
  first = 'drawing',
  bare = false,
  onPick,
  onView,
}: DiagramProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const [shown, setShown] = useState(first);
  const view = useRef<DiagramView | null>(null);
  const localised = useMemo(() => inLanguage(xml, language), [xml, language]);
  const standing = useMemo(() => new Set(marks.tokens.map((token) => token.element)), [marks]);
  if (bare) {
    return <Drawing xml={localised} marks={marks} view={view} onPick={onPick} onView={onView} />;
  }
  return (
    <>
      <div className="pane-head">
        <Legend marks={marks} />
        <div className="diagram-tools">
          {shown === 'drawing' && (
            <>
              <Tool label={t('diagram.smaller')} sign="−" act={() => view.current?.zoomBy(0.8)} />
              <Tool label={t('diagram.larger')} sign="+" act={() => view.current?.zoomBy(1.25)} />
              <Tool
                label={t('diagram.fit')}
                sign={t('diagram.fitShort')}
                act={() => view.current?.fit()}
              />
            </>
          )}
          <button
            type="button"
            className="tool"
            aria-pressed={shown === 'text'}
            onClick={() => setShown(shown === 'text' ? 'drawing' : 'text')}
          >
            {t('diagram.text')}
          </button>
        </div>
      </div>
      {shown === 'text' ? (
        <Scroll className="pane-body" label={t('diagram.text')}>
          <TextView xml={localised} standing={standing} flowsTaken={marks.flowsTaken} />
        </Scroll>
      ) : (
        <Drawing xml={localised} marks={marks} view={view} onPick={onPick} onView={onView} />
      )}
    </>
  );
}

function Tool({ label, sign, act }: { label: string; sign: string; act: () => void }) {
  return (
    <button type="button" className="tool" aria-label={label} title={label} onClick={act}>
      {sign}
    </button>
  );
}

function Legend({ marks }: { marks: Marks }) {
  const { t } = useTranslation();
  if (marks.tokens.length === 0 && marks.flowsTaken.length === 0) return null;
  return (
    <span className="row muted small legend">
      <span className="token">1</span> {t('diagram.token')}
      <span className="way" /> {t('diagram.way')}
    </span>
  );
}

function Drawing({
  xml,
  marks,
  view,
  onPick,
  onView,
}: {
  xml: string;
  marks: Marks;
  view: React.RefObject<DiagramView | null>;
  onPick: ((element: string) => void) | undefined;
  onView: ((view: DiagramView | null) => void) | undefined;
}) {
  const { t } = useTranslation();
  const theme = useThemeName();
  const container = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  const pick = useRef(onPick);
  const told = useRef(onView);
  useEffect(() => {
    pick.current = onPick;
    told.current = onView;
  });
  useEffect(() => {
    const holder = container.current;
    if (holder === null) return;
    let gone = false;
    let drawn: DiagramView | null = null;
    const resized = new ResizeObserver(() => drawn?.showFirst());
    const draw = async () => {
      const { drawDiagram } = await import('./viewer.ts');
      if (gone) return;
      drawn = await drawDiagram(holder, xml, marks, theme, (id) => pick.current?.(id));
      if (gone) return drawn.destroy();
      view.current = drawn;
      resized.observe(holder);
      setReady(true);
      told.current?.(drawn);
    };
    void draw();
    return () => {
      gone = true;
      resized.disconnect();
      told.current?.(null);
      drawn?.destroy();
      view.current = null;
      setReady(false);
    };
  }, [xml, marks, theme, view]);
  return (
    <section
      ref={container}
      className="diagram"
      data-ready={ready}
      aria-label={t('diagram.label')}
    />
  );
}

import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Editor, EditorView } from '../../parts/dmn/editor/editor.ts';
import { forEditor } from '../../parts/dmn/editor/namespaces.ts';
import { useSettings } from '../../settings.ts';

/** The text as it stands in the editor or in the field of text. */
export type EditorHandle = { readonly text: () => Promise<string> };

type PaneProps = { xml: string; handle: RefObject<EditorHandle | null> };

/** The table editor, loaded when this is drawn; what it does not know is changed as text. */
export function EditorPane({ xml, handle }: PaneProps) {
  const { t } = useTranslation();
  const editable = useMemo(() => forEditor(xml), [xml]);
  const [asText, setAsText] = useState(editable === null);
  const [typed, setTyped] = useState(xml);
  const toggle = async () => {
    if (!asText) setTyped((await handle.current?.text()) ?? typed);
    setAsText(!asText);
  };
  return (
    <>
      <div className="row wrap small">
        {editable === null && <span className="muted">{t('dmn.onlyText')}</span>}
        <button
          type="button"
          className="tool spread"
          aria-pressed={asText}
          onClick={() => void toggle()}
        >
          {t('dmn.asText')}
        </button>
      </div>
      {asText ? (
        <TextPane typed={typed} onChange={setTyped} handle={handle} />
      ) : (
        <TablePane xml={typed} handle={handle} />
      )}
    </>
  );
}

type TextProps = {
  typed: string;
  onChange: (text: string) => void;
  handle: RefObject<EditorHandle | null>;
};

function TextPane({ typed, onChange, handle }: TextProps) {
  const { t } = useTranslation();
  useEffect(() => {
    handle.current = { text: () => Promise.resolve(typed) };
  }, [typed, handle]);
  return (
    <div className="change-form">
      <label>
        {t('dmn.xml')}
        <textarea
          className="xml"
          spellCheck={false}
          value={typed}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
    </div>
  );
}

function TablePane({ xml, handle }: PaneProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const container = useRef<HTMLDivElement>(null);
  const opened = useRef<Editor | null>(null);
  const [views, setViews] = useState<readonly EditorView[]>([]);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const holder = container.current;
    const editable = forEditor(xml);
    if (holder === null) return;
    let gone = false;
    const open = async () => {
      const { openEditor } = await import('../../parts/dmn/editor/editor.ts');
      if (gone || editable === null) return;
      const editor = await openEditor(holder, editable.xml, language);
      if (gone) return editor.destroy();
      opened.current = editor;
      handle.current = { text: async () => editable.restored(await editor.save()) };
      setViews(editor.views());
    };
    open().catch(() => setBroken(true));
    return () => {
      gone = true;
      opened.current?.destroy();
      opened.current = null;
    };
  }, [xml, language, handle]);
  const show = async (id: string) => {
    await opened.current?.open(id);
    setViews(opened.current?.views() ?? []);
  };
  const isReady = views.length > 0;
  return (
    <>
      {broken && <p className="muted">{t('dmn.editorBroken')}</p>}
      {views.length > 1 && (
        <div className="row wrap small" role="toolbar" aria-label={t('dmn.views')}>
          {views.map((view) => (
            <button
              key={view.id}
              type="button"
              className="tool"
              aria-pressed={view.isOpen}
              onClick={() => void show(view.id)}
            >
              {view.name}
            </button>
          ))}
        </div>
      )}
      <section
        ref={container}
        className="dmn-editor"
        aria-label={t('dmn.editor')}
        data-ready={isReady}
        aria-busy={!isReady && !broken}
      />
    </>
  );
}

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { InsightAnswer } from '../../../src/contract/insight/analysis.ts';
import { useBilingual } from '../../frame/session.ts';

type Definitions = InsightAnswer['definitions'];
type Meaning = {
  readonly definitions: Definitions;
  readonly tell: (key: string | null) => void;
};

const MeaningContext = createContext<Meaning>({ definitions: {}, tell: () => undefined });

/** What is within it may use terms; the definition of the one pointed at stands at the foot. */
export function Meanings({
  definitions,
  children,
}: {
  definitions: Definitions;
  children: ReactNode;
}) {
  const ownText = useBilingual();
  const [told, tell] = useState<string | null>(null);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') tell(null);
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, []);
  const definition = told === null ? undefined : definitions[told];
  return (
    <MeaningContext value={{ definitions, tell }}>
      {children}
      <div className="meaning" role="status" hidden={definition === undefined}>
        {definition !== undefined && (
          <>
            <b>{ownText(definition.term)}</b> {ownText(definition.text)}
          </>
        )}
      </div>
    </MeaningContext>
  );
}

/** A word that says what it means when pointed at or reached by Tab. */
export function Term({ of, children }: { of: string; children?: ReactNode }) {
  const { definitions, tell } = useContext(MeaningContext);
  const ownText = useBilingual();
  const definition = definitions[of];
  return (
    <button
      type="button"
      className="term"
      onFocus={() => tell(of)}
      onBlur={() => tell(null)}
      onMouseEnter={() => tell(of)}
      onMouseLeave={() => tell(null)}
    >
      {children ?? (definition === undefined ? of : ownText(definition.term))}
    </button>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { diagramQuery, processesQuery } from '../../api/queries.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../ask.tsx';
import { Diagram } from './diagram.tsx';

/** The models of a case with where it stands: the case's own, and each one it has called. */
export function CaseDiagram({
  caseNumber,
  processId,
  bare = false,
}: {
  caseNumber: string;
  processId?: string | undefined;
  bare?: boolean;
}) {
  const [chosen, setChosen] = useState(processId);
  const answer = useQuery(diagramQuery(caseNumber, chosen));
  return (
    <Answer of={answer}>
      {(data) => (
        <>
          {!bare && <Processes ids={data.processIds} now={data.processId} onChoose={setChosen} />}
          <Marked data={data} bare={bare} />
        </>
      )}
    </Answer>
  );
}

type DiagramData = {
  readonly xml: string;
  readonly tokens: readonly { readonly element: string; readonly count: number }[];
  readonly flowsTaken: readonly string[];
};

function Marked({ data: { xml, tokens, flowsTaken }, bare }: { data: DiagramData; bare: boolean }) {
  const marks = useMemo(() => ({ tokens, flowsTaken }), [tokens, flowsTaken]);
  return <Diagram xml={xml} marks={marks} bare={bare} />;
}

function Processes({
  ids,
  now,
  onChoose,
}: {
  ids: readonly string[];
  now: string;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const name = useName();
  const known = useQuery(processesQuery).data?.processes ?? [];
  const all = [...new Set([now, ...ids])].sort();
  if (all.length < 2) return null;
  const label = (id: string) => {
    const found = known.find((process) => process.processId === id);
    return found === undefined ? id : name(found);
  };
  return (
    <div className="pane-head">
      <label className="row muted">
        {t('diagram.process')}
        <select
          className="field-box"
          value={now}
          onChange={(event) => onChoose(event.target.value)}
        >
          {all.map((id) => (
            <option key={id} value={id}>
              {label(id)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  DecisionBox,
  DecisionBoxPart,
  DecisionFinding,
} from '../../../src/contract/decisions.ts';
import { DecisionTableView } from './table.tsx';

type BoxProps = {
  readonly box: DecisionBox | null;
  readonly label: string;
  readonly findings?: readonly DecisionFinding[];
  readonly fired?: readonly number[];
  readonly reached?: readonly number[] | undefined;
};

/** A boxed expression of any kind, the boxes within it in theirs. */
export function BoxView(props: BoxProps) {
  const { box, label, findings = [], fired = [], reached } = props;
  const { t } = useTranslation();
  if (box === null) return <p className="muted">{t('dmn.noLogic')}</p>;
  if (box.kind === 'literal') return <pre className="feel">{box.text}</pre>;
  if (box.table !== null) {
    return (
      <DecisionTableView
        table={box.table}
        label={label}
        findings={findings}
        fired={fired}
        reached={reached}
      />
    );
  }
  if (box.kind === 'relation') return <Relation box={box} label={label} />;
  return (
    <div className="box">
      <div className="box-head small">
        <b>{t(`box.${box.kind}`)}</b>
        {box.text !== null && <span className="mono">{box.text}</span>}
        {box.kind === 'function' && (
          <span className="mono">
            (
            {box.columns
              .map(({ name, type }) => (type === null ? name : `${name}: ${type}`))
              .join(', ')}
            )
          </span>
        )}
        {box.type !== null && <span className="muted">{box.type}</span>}
      </div>
      <dl className="box-parts">
        {box.parts.map((part, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          <Fragment key={i}>
            <dt>
              <PartName part={part} at={i} />
            </dt>
            <dd>
              <BoxView box={part.box} label={label} findings={findings} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}

function PartName({ part, at }: { part: DecisionBoxPart; at: number }) {
  const { t } = useTranslation();
  if (part.name !== null) {
    return (
      <>
        {part.name}
        {part.type !== null && <span className="muted small"> {part.type}</span>}
      </>
    );
  }
  return <span className="muted">{part.role === 'item' ? at + 1 : t(`boxRole.${part.role}`)}</span>;
}

/** A relation is a table of boxes, most of them short texts. */
function Relation({ box, label }: { box: DecisionBox; label: string }) {
  return (
    <table className="dmn">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          {box.columns.map(({ name, type }) => (
            <th scope="col" key={name}>
              <b>{name}</b>
              <span className="muted">{type ?? ''}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {box.parts.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={i}>
            {(row.box?.parts ?? []).map((cell) => (
              <td key={cell.name}>
                {cell.box?.kind === 'literal' ? (
                  <span className="mono">{cell.box.text}</span>
                ) : (
                  <BoxView box={cell.box} label={label} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DecisionBox, DecisionDifferences } from '../../../src/contract/decisions.ts';
import { decisionDifferencesQuery } from '../../api/decisions.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { BoxView } from '../../parts/dmn/box.tsx';
import { DecisionTableView, type RowMark } from '../../parts/dmn/table.tsx';

type Change = DecisionDifferences['changes'][number];

/** What differs between two texts, row by row; decisions that stayed as they were are not shown. */
export function Differences({ from, to }: { from: string; to: string }) {
  const found = useQuery(decisionDifferencesQuery(from, to));
  return <Answer of={found}>{(data) => <Changes data={data} />}</Answer>;
}

function Changes({ data }: { data: DecisionDifferences }) {
  const { t } = useTranslation();
  const changes = data.changes.filter((change) => change.kind !== 'same');
  if (changes.length === 0) return <p className="muted">{t('dmn.noDifference')}</p>;
  return changes.map((change) => <OneChange key={change.decision} change={change} data={data} />);
}

function boxIn(file: DecisionDifferences['before'], id: string): DecisionBox | null {
  return [...file.decisions, ...file.knowledge].find((one) => one.id === id)?.box ?? null;
}

function OneChange({ change, data }: { change: Change; data: DecisionDifferences }) {
  const { t } = useTranslation();
  const name = useName();
  const all = [...data.after.decisions, ...data.before.decisions, ...data.after.knowledge];
  const element = all.find((one) => one.id === change.decision);
  const label = element === undefined ? change.decision : name(element);
  const [before, after] = [data.before, data.after].map((file) => boxIn(file, change.decision));
  const [old, now] = [before?.table ?? null, after?.table ?? null];
  return (
    <section aria-label={label}>
      <div className="row wrap">
        <h3>{label}</h3>
        <span className="muted small">{t(`decisionChange.${change.kind}`)}</span>
        {change.headChanged && <span className="small">{t('dmn.headChanged')}</span>}
      </div>
      {old !== null && now !== null ? (
        <DecisionTableView table={now} label={label} marks={marksOf(change, old)} />
      ) : (
        <>
          {before !== null && (
            <>
              <h4>{t('dmn.before')}</h4>
              <BoxView box={before ?? null} label={`${label} ${t('dmn.before')}`} />
            </>
          )}
          {after !== null && (
            <>
              <h4>{t('dmn.after')}</h4>
              <BoxView box={after ?? null} label={`${label} ${t('dmn.after')}`} />
            </>
          )}
        </>
      )}
    </section>
  );
}

function marksOf(change: Change, old: NonNullable<DecisionBox['table']>): readonly RowMark[] {
  return change.rows.map(({ kind, before, columns }) => {
    const rule = before === null ? undefined : old.rules[before - 1];
    const cells = rule === undefined ? [] : [...rule.tests, ...rule.results, ...rule.annotations];
    return { kind, beforeRow: before, before: cells, columns };
  });
}

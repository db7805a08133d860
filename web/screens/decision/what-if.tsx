import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type {
  DecisionFile,
  DecisionFileAnswer,
  WhatIfAnswer,
} from '../../../src/contract/decisions.ts';
import type { JsonValues } from '../../../src/contract/shapes.ts';
import { type WhatIfAsked, whatIfQuery } from '../../api/decisions.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { valueText } from '../../parts/facts.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';
import { daysBefore } from './days.ts';

/** Which text to try on which decisions of which period, and what would have come out. */
export function WhatIf({ answer, file }: { answer: DecisionFileAnswer; file: DecisionFile }) {
  const { t } = useTranslation();
  const name = useName();
  const newest = answer.versions.find((one) => one.state === 'drafted') ?? answer.versions[0];
  const [ref, setRef] = useState(newest?.ref ?? '');
  const [decision, setDecision] = useState(file.decisions[0]?.id ?? '');
  const [from, setFrom] = useState(daysBefore(answer.day, 31));
  const [to, setTo] = useState(answer.day);
  const isPeriod = [from, to].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day));
  const { processId, fileName } = file;
  return (
    <section aria-label={t('dmnView.whatIf')}>
      <p className="muted small">{t('dmn.whatIfWhy')}</p>
      <div className="try-form">
        <label>
          {t('dmn.text')}
          <select value={ref} onChange={(event) => setRef(event.target.value)}>
            {answer.versions.map((one) => (
              <option key={one.ref} value={one.ref}>
                {t(one.state === 'deployed' ? 'dmn.versionDeployed' : 'dmn.versionApproved', {
                  version: one.version,
                })}{' '}
                {t(`versionState.${one.state}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('dmn.decision')}
          <select value={decision} onChange={(event) => setDecision(event.target.value)}>
            {file.decisions.map((one) => (
              <option key={one.id} value={one.id}>
                {name(one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('dmn.from')}
          <input value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          {t('dmn.to')}
          <input value={to} onChange={(event) => setTo(event.target.value)} />
        </label>
      </div>
      {isPeriod && (
        <WhatIfReport asked={{ processId, fileName, decision, ref, xml: null, from, to }} />
      )}
    </section>
  );
}

/** The report for one decision of one text over one period. */
export function WhatIfReport({ asked }: { asked: WhatIfAsked }) {
  const found = useQuery(whatIfQuery(asked));
  return <Answer of={found}>{(report) => <Report report={report} />}</Answer>;
}

type Change = WhatIfAnswer['changes'][number];
type Line = Change['cases'][number] & { readonly before: string; readonly after: string };

const figures = ['otherwise', 'lower', 'risky', 'higher'] as const;
type Figure = (typeof figures)[number];

function linesOf(report: WhatIfAnswer, figure: Figure): readonly Line[] {
  return report.changes
    .filter(({ direction }) => {
      if (figure === 'otherwise') return true;
      return direction === (figure === 'higher' ? 'higher' : 'lower');
    })
    .flatMap(({ before, after, cases }) => cases.map((one) => ({ ...one, before, after })))
    .filter((one) => figure !== 'risky' || one.signs.length > 0);
}

function Report({ report }: { report: WhatIfAnswer }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Figure>('otherwise');
  const counts = {
    otherwise: report.decided - report.same,
    lower: report.lower,
    risky: report.risky,
    higher: report.higher,
  };
  return (
    <>
      <p className="small muted">
        {t('dmn.whatIfOver', { from: report.from, to: report.to, decided: report.decided })}
      </p>
      {report.missingInputs.length > 0 && (
        <p className="small">
          <Status kind="soon">{t('dmn.missingInputs')}</Status>{' '}
          <span className="mono">{report.missingInputs.join(', ')}</span>
        </p>
      )}
      <div className="figures">
        {figures.map((figure) => (
          <button
            key={figure}
            type="button"
            className="figure"
            aria-pressed={figure === chosen}
            title={t(`whatIfWhy.${figure}`)}
            onClick={() => setChosen(figure)}
          >
            <b>{counts[figure]}</b>
            <span>{t(`whatIf.${figure}`)}</span>
          </button>
        ))}
      </div>
      <Lines lines={linesOf(report, chosen)} />
    </>
  );
}

/** Cases listed at once; the figure above counts them all. */
const linesMax = 500;

function Lines({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation();
  if (lines.length === 0) return <p className="muted">{t('dmn.whatIfNone')}</p>;
  return (
    <Scroll label={t('dmnView.whatIf')}>
      <table>
        <thead>
          <tr>
            <th>{t('task.case')}</th>
            <th>{t('case.at')}</th>
            <th>{t('dmn.before')}</th>
            <th>{t('dmn.after')}</th>
            <th>{t('dmn.signs')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, linesMax).map((line) => (
            <tr key={`${line.caseNumber} ${line.at}`}>
              <td>
                <Link to={`/cases/${line.caseNumber}?view=decisions`}>{line.caseNumber}</Link>
              </td>
              <td className="nowrap">{instantOf(line.at)}</td>
              <td>
                <Said text={line.before} other={line.after} /> <Rows rows={line.rowsBefore} />
              </td>
              <td>
                <Said text={line.after} other={line.before} /> <Rows rows={line.rowsAfter} />
              </td>
              <td>
                {line.signs.map((sign) => (
                  <Status key={sign} kind="bad">
                    {t(`riskSign.${sign}`)}
                  </Status>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > linesMax && (
        <p className="small muted">{t('dmn.more', { shown: linesMax, count: lines.length })}</p>
      )}
    </Scroll>
  );
}

/** An answer with every digit as it was written; of one with parts, those that differ. */
function Said({ text, other }: { text: string; other: string }) {
  const { t, i18n } = useTranslation();
  const [own, theirs] = [exactJson(text), exactJson(other)];
  if (!isRecord(own) || !isRecord(theirs)) return <span className="mono">{text}</span>;
  const names = Object.keys(own).filter(
    (name) => JSON.stringify(own[name]) !== JSON.stringify(theirs[name]),
  );
  return names.map((name) => (
    <span key={name} className="part">
      <span className="muted">{i18n.exists(`value.${name}`) ? t(`value.${name}`) : name}</span>{' '}
      {valueText(name, own[name] as JsonValues[string])}{' '}
    </span>
  ));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Source = { readonly source?: string };

/** JSON whose numbers stay the texts they were, because a number would lose digits. */
function exactJson(text: string): unknown {
  const reader = (_: string, value: unknown, { source }: Source = {}) =>
    typeof value === 'number' ? (source ?? String(value)) : value;
  return JSON.parse(text, reader as (name: string, value: unknown) => unknown);
}

function Rows({ rows }: { rows: readonly number[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <span className="muted">{t('decisions.noRow')}</span>;
  return <span className="muted">{t('decisions.rows', { rows: rows.join(', ') })}</span>;
}

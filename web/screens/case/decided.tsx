import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { decisionLineShape } from '../../../src/contract/cases.ts';
import type { JsonValues } from '../../../src/contract/shapes.ts';
import { decisionTextQuery } from '../../api/decisions.ts';
import { decisionsQuery } from '../../api/queries.ts';
import { useBilingual, useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Tables } from '../../parts/dmn/tables.tsx';
import { valueText } from '../../parts/facts.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';

type Line = z.infer<typeof decisionLineShape>;

/** Every decision a table made: what went in, which rule fired, what came out. */
export function Decided({ caseNumber }: { caseNumber: string }) {
  const { t } = useTranslation();
  const decisions = useQuery(decisionsQuery(caseNumber));
  return (
    <Scroll className="pane-body stack" label={t('case.decisions')}>
      <Answer of={decisions}>
        {({ decisions: lines }) =>
          lines.length === 0 ? (
            <div className="empty">
              <b>{t('decisions.none')}</b>
              <span>{t('decisions.noneWhy')}</span>
            </div>
          ) : (
            lines.map((line) => <Decision key={`${line.decision} ${line.at}`} line={line} />)
          )
        }
      </Answer>
    </Scroll>
  );
}

function Decision({ line }: { line: Line }) {
  const { t } = useTranslation();
  const name = useName();
  const inLanguage = useBilingual();
  const versionText = ({ tableVersion, modelVersion, effectiveFrom }: Line) =>
    tableVersion === null
      ? t('dmn.versionDeployed', { version: modelVersion })
      : `${t('dmn.versionApproved', { version: tableVersion })} ${t('dmn.since', { day: effectiveFrom })}`;
  return (
    <section>
      <div className="row wrap">
        <h3>{name(line)}</h3>
        <span className="mono muted">
          {line.decision} · {line.tableHash.slice(0, 10)}
        </span>
        <span className="muted small">
          {t('decisions.decidedBy')} {versionText(line)}
        </span>
        <span className="muted small spread">{instantOf(line.at)}</span>
      </div>
      <table>
        <thead>
          <tr>
            <th>{t('decisions.inputs')}</th>
            <th>{t('decisions.rule')}</th>
            <th>{t('decisions.output')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <Inputs values={line.inputs} />
            </td>
            <td>
              {line.matchedRules.map((matched) => (
                <div key={matched.decision}>
                  <Status kind={matched.rows.length === 0 ? 'wait' : 'done'}>
                    {matched.rows.length === 0
                      ? t('decisions.noRow')
                      : t('decisions.rows', { rows: matched.rows.join(', ') })}
                  </Status>{' '}
                  {matched.decision !== line.decision && (
                    <span className="mono muted">{matched.decision}</span>
                  )}
                </div>
              ))}
            </td>
            <td>
              {line.reasons.map((reason) => (
                <p key={reason.code} className="small">
                  <b>{t('decisions.whyNull')}</b> {inLanguage(reason.message)}
                </p>
              ))}
              {isRecord(line.output) ? (
                <Pairs values={line.output} />
              ) : (
                valueText(line.decision, line.output as JsonValues[string]) || t('decisions.empty')
              )}
            </td>
          </tr>
        </tbody>
      </table>
      <Fired line={line} />
    </section>
  );
}

/** The table as it stood when it decided, with the rows that fired marked; asked when opened. */
function Fired({ line }: { line: Line }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const text = useQuery({ ...decisionTextQuery(line.tableRef), enabled: open });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('decisions.showTable')}</summary>
      {open && (
        <Answer of={text}>
          {({ file }) => <Tables file={file} tried={{ matched: line.matchedRules }} />}
        </Answer>
      )}
    </details>
  );
}

/** What the table could see: what has a name first, the rest behind one more press. */
function Inputs({ values }: { values: Line['inputs'] }) {
  const { t, i18n } = useTranslation();
  const named = Object.entries(values).filter(([name]) => i18n.exists(`value.${name}`));
  return (
    <details>
      <summary>{t('decisions.inputCount', { count: Object.keys(values).length })}</summary>
      <Pairs values={Object.fromEntries(named)} />
    </details>
  );
}

function isRecord(output: unknown): output is Line['inputs'] {
  return typeof output === 'object' && output !== null && !Array.isArray(output);
}

function Pairs({ values }: { values: Line['inputs'] }) {
  const { t, i18n } = useTranslation();
  return Object.entries(values).map(([name, value]) => (
    <div key={name}>
      <span className="muted">{i18n.exists(`value.${name}`) ? t(`value.${name}`) : name}</span>{' '}
      {valueText(name, value)}
    </div>
  ));
}

import { useTranslation } from 'react-i18next';
import type { DecisionFile } from '../../../src/contract/decisions.ts';
import { useName } from '../../frame/session.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';

type Case = DecisionFile['cases'][number];

/** The test table beside a file, with what came of every line and the rows nobody tests. */
export function Cases({ file }: { file: DecisionFile }) {
  const { t } = useTranslation();
  const name = useName();
  if (file.cases.length === 0) {
    return (
      <div className="empty">
        <b>{t('dmn.noCases')}</b>
        <span>{t('dmn.noCasesWhy')}</span>
      </div>
    );
  }
  return file.decisions.map((decision) => {
    const own = file.cases.filter((one) => one.decision === decision.id);
    if (own.length === 0) return null;
    const coverage = file.coverage.find((one) => one.decision === decision.id);
    return (
      <section key={decision.id} aria-label={name(decision)}>
        <div className="row wrap">
          <h3>{name(decision)}</h3>
          <span className="muted small">
            {t('dmn.casesHold', {
              hold: own.filter((one) => one.holds).length,
              cases: own.length,
            })}
          </span>
          {coverage !== undefined && (
            <span className="muted small">
              {t('dmn.rowsReached', {
                reached: coverage.rows.filter((count) => count > 0).length,
                rows: coverage.rows.length,
              })}
            </span>
          )}
        </div>
        <Scroll label={`${t('dmnView.cases')} ${name(decision)}`}>
          <CaseTable cases={own} />
        </Scroll>
      </section>
    );
  });
}

function CaseTable({ cases }: { cases: readonly Case[] }) {
  const { t, i18n } = useTranslation();
  const names = [...new Set(cases.flatMap((one) => one.inputs.map((input) => input.name)))];
  const label = (name: string) => (i18n.exists(`value.${name}`) ? t(`value.${name}`) : name);
  return (
    <table>
      <thead>
        <tr>
          <th className="n">{t('dmn.line')}</th>
          {names.map((name) => (
            <th key={name} title={name}>
              {label(name)}
            </th>
          ))}
          <th>{t('dmn.expected')}</th>
          <th>{t('dmn.came')}</th>
          <th>{t('decisions.rule')}</th>
          <th>{t('dmn.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {cases.map((one) => (
          <tr key={one.line}>
            <td className="n">{one.line}</td>
            {names.map((name) => (
              <td key={name} className="mono">
                {one.inputs.find((input) => input.name === name)?.value ?? ''}
              </td>
            ))}
            <td className="mono">{one.expected}</td>
            <td className={one.holds ? 'muted' : 'mono'}>
              {one.holds ? t('dmn.asWanted') : one.output}
            </td>
            <td>{one.rows.length === 0 ? '–' : one.rows.join(', ')}</td>
            <td>
              <Status kind={one.holds ? 'done' : 'bad'}>
                {t(one.holds ? 'dmn.holds' : 'dmn.fails')}
              </Status>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

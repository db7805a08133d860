import { useTranslation } from 'react-i18next';
import type { DecisionFile } from '../../../src/contract/decisions.ts';
import { useName } from '../../frame/session.ts';
import { BoxView } from './box.tsx';
import { listText } from './readable.ts';
import { FindingText } from './table.tsx';

type Tried = {
  readonly matched: readonly { readonly decision: string; readonly rows: readonly number[] }[];
};

/** Every decision and knowledge model of a file, with what the checks say on its rows. */
export function Tables({ file, tried }: { file: DecisionFile; tried?: Tried }) {
  const { t, i18n } = useTranslation();
  const name = useName();
  const all = [...file.decisions, ...file.knowledge];
  return all.map((one) => {
    const findings = file.findings.filter((finding) => finding.decision === one.id);
    const fired = tried?.matched.find((mark) => mark.decision === one.id)?.rows ?? [];
    const reached = file.coverage.find((coverage) => coverage.decision === one.id)?.rows;
    const needs = one.requires.map((id) => nameOf(file, id, name));
    const isElsewhere = one.box?.kind !== 'table';
    return (
      <section key={one.id} aria-label={name(one)}>
        <div className="row wrap">
          <h3>{name(one)}</h3>
          <span className="mono muted">{one.id}</span>
          {one.type !== null && <span className="muted small">{one.type}</span>}
          {needs.length > 0 && (
            <span className="muted small">
              {t('dmn.needs')} {listText(needs, i18n.language)}
            </span>
          )}
        </div>
        <BoxView
          box={one.box}
          label={name(one)}
          findings={findings}
          fired={fired}
          reached={tried === undefined ? reached : undefined}
        />
        {isElsewhere &&
          findings
            .filter((finding) => finding.rows.length === 0 && finding.table === (one.box?.id ?? ''))
            .map((finding) => (
              <p key={finding.code} className="small">
                <FindingText finding={finding} />
              </p>
            ))}
      </section>
    );
  });
}

function nameOf(
  file: DecisionFile,
  id: string,
  name: (named: { readonly name: string; readonly nameEn: string }) => string,
): string {
  const element = [...file.decisions, ...file.knowledge].find((one) => one.id === id);
  if (element !== undefined) return name(element);
  return file.inputs.find((one) => one.id === id)?.name ?? id;
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KpiIndicator } from '../../../../src/contract/insight/kpi.ts';
import { useBilingual } from '../../../frame/session.ts';
import { Status, type StatusKind } from '../../../parts/status.tsx';
import { instantOf } from '../../../parts/time.ts';
import type { Stack } from '../asked.ts';
import { countText } from '../figures.ts';
import { Term } from '../term.tsx';
import { FreezeForm, TargetForm } from './manage.tsx';

const lights: Readonly<Record<'green' | 'amber' | 'red', StatusKind>> = {
  green: 'done',
  amber: 'soon',
  red: 'bad',
};

/** A traffic light: colour, icon and word; nothing where nothing is to be said. */
export function Light({ of }: { of: KpiIndicator['light'] }) {
  const { t } = useTranslation();
  return of === 'none' ? null : <Status kind={lights[of]}>{t(`kpiLight.${of}`)}</Status>;
}

/** One indicator; its value opens the cases behind it. */
export function Tile({
  of,
  stack,
  mayManage,
}: {
  of: KpiIndicator;
  stack: Stack;
  mayManage: boolean;
}) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const { code, number, value, missing, n, hits, activity, uncounted } = of;
  const shown = stack.choice('kpi') === code;
  return (
    <div className="kpi-tile">
      <div className="row wrap">
        <Term of={code} />
        <span className="muted small spread">{number}</span>
      </div>
      {value === null ? (
        <p className="muted">
          {t('kpi.needs', { what: missing.map((need) => t(`kpiNeed.${need}`)).join(t('kpi.and')) })}
        </p>
      ) : (
        <div className="row wrap">
          <button
            type="button"
            className="link kpi-value"
            aria-pressed={shown}
            onClick={() => stack.choose('kpi', shown ? '' : code)}
          >
            {ownText(value.text)}
          </button>
          <Light of={of.light} />
        </div>
      )}
      {activity !== null && <p className="small">{activity}</p>}
      {value !== null && (
        <p className="muted small">
          {hits === null
            ? t('kpi.of', { n: countText(n) })
            : t('kpi.hits', { hits: countText(hits), n: countText(n) })}
          {uncounted > 0 && ` ${t('kpi.uncounted', { n: countText(uncounted) })}`}
        </p>
      )}
      <Held of={of} />
      {mayManage && value !== null && <Manage of={of} stack={stack} />}
    </div>
  );
}

/** What the owner of the process may do with a figure. */
function Manage({ of, stack }: { of: KpiIndicator; stack: Stack }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'freeze' | 'target' | null>(null);
  return (
    <>
      <div className="row wrap">
        <button
          type="button"
          className="link small"
          aria-expanded={open === 'freeze'}
          onClick={() => setOpen(open === 'freeze' ? null : 'freeze')}
        >
          {t('kpi.freeze')}
        </button>
        {of.baseline?.sameDefinition && (
          <button
            type="button"
            className="link small"
            aria-expanded={open === 'target'}
            onClick={() => setOpen(open === 'target' ? null : 'target')}
          >
            {t('kpi.setTarget')}
          </button>
        )}
      </div>
      {open === 'freeze' && <FreezeForm of={of} stack={stack} onDone={() => setOpen(null)} />}
      {open === 'target' && <TargetForm of={of} stack={stack} onDone={() => setOpen(null)} />}
    </>
  );
}

/** What the value is held against: the frozen baseline, the target and the way between. */
function Held({ of: { baseline, target } }: { of: KpiIndicator }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const percent = (ppm: number) => `${ppm > 0 ? '+' : ''}${(ppm / 10_000).toFixed(1)}%`;
  return (
    <>
      {baseline !== null && (
        <p className="small">
          {t('kpi.baseline', {
            value: ownText(baseline.value.text),
            at: instantOf(baseline.frozenAt),
            n: countText(baseline.counted),
            by: baseline.login,
          })}
          {baseline.filters.length > 0 && ` ${baseline.filters.join(' · ')}`}
          {!baseline.sameDefinition && ` ${t('kpi.otherDefinition')}`}
        </p>
      )}
      {target !== null && (
        <p className="small">
          {t('kpi.target', {
            ...{ value: ownText(target.value.text), date: target.dueDate, by: target.login },
          })}
          {target.gap !== null && ` ${t('kpi.gap', { value: ownText(target.gap.text) })}`}
          {target.expected !== null &&
            ` ${t('kpi.expected', { value: ownText(target.expected.text) })}`}
          {target.promisedPpm !== null &&
            target.reachedPpm !== null &&
            ` ${t('kpi.effect', {
              promised: percent(target.promisedPpm),
              reached: percent(target.reachedPpm),
            })}`}
        </p>
      )}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import type { KpiAnswer } from '../../../../src/contract/insight/kpi.ts';
import { useBilingual } from '../../../frame/session.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { countText } from '../figures.ts';
import { Term } from '../term.tsx';
import { Light } from './tile.tsx';

/** Every unit or month under the same scheme: its score, and its value of each indicator. */
export function Parts({ answer, by }: { answer: KpiAnswer; by: 'units' | 'months' }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const shown = answer.indicators.filter(({ value }) => value !== null);
  const parts = answer[by];
  if (parts.length === 0) return null;
  return (
    <section>
      <h3>{t(`kpiParts.${by}`)}</h3>
      <Scroll label={t(`kpiParts.${by}`)}>
        <table>
          <thead>
            <tr>
              <th>{t(`kpiPart.${by}`)}</th>
              <th className="n">{t('insight.cases')}</th>
              <th className="n">{t('kpi.unitScore')}</th>
              {shown.map(({ code }) => (
                <th key={code} className="n">
                  <Term of={code} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map((unit) => (
              <tr key={unit.part}>
                <td className="nowrap">{unit.part}</td>
                <td className="n">{countText(unit.cases)}</td>
                <td className="n">
                  {unit.scoreHundredths === null ? '—' : (unit.scoreHundredths / 100).toFixed(1)}
                </td>
                {shown.map(({ code }) => {
                  const own = unit.values.find((each) => each.code === code);
                  return (
                    <td key={code} className="n nowrap">
                      {own?.value ? ownText(own.value.text) : '—'}{' '}
                      {own !== undefined && <Light of={own.light} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

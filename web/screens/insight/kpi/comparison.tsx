import { useTranslation } from 'react-i18next';
import type { KpiAnswer } from '../../../../src/contract/insight/kpi.ts';
import type { Before, Counted } from '../../../api/indicators.ts';
import { useBilingual } from '../../../frame/session.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { Status, type StatusKind } from '../../../parts/status.tsx';
import type { Stack } from '../asked.ts';
import { countText } from '../figures.ts';
import { Term } from '../term.tsx';

/** The earlier period the address asks for; null until both of its days are there. */
export function useBefore(stack: Stack): Before | null {
  const [from, to] = [stack.choice('beforeFrom'), stack.choice('beforeTo')];
  if (from === '' || to === '') return null;
  return { from, to, mix: stack.choice('mix') || 'none' };
}

/** Which cases the address lets count. */
export function countedOf(stack: Stack): Counted {
  return stack.choice('counted') === 'all' ? 'all' : 'ended';
}

const verdicts: Readonly<Record<'better' | 'worse' | 'not_told', StatusKind>> = {
  better: 'done',
  worse: 'bad',
  not_told: 'wait',
};

/** Before and after with the same mix of cases, each change with its interval. */
export function Comparison({ answer, stack }: { answer: KpiAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const { comparison, attributes } = answer;
  return (
    <section>
      <h3>{t('kpi.comparison')}</h3>
      <div className="filters">
        {(['beforeFrom', 'beforeTo'] as const).map((name) => (
          <label key={name}>
            {t(`kpi.${name}`)}{' '}
            <input
              className="field-box"
              type="date"
              value={stack.choice(name)}
              onChange={({ target }) => stack.choose(name, target.value)}
            />
          </label>
        ))}
        <label>
          {t('kpi.mix')}{' '}
          <select
            className="field-box"
            value={stack.choice('mix') || 'none'}
            onChange={({ target }) => stack.choose('mix', target.value)}
          >
            <option value="none">{t('kpi.mixNone')}</option>
            <option value="variant">{t('kpi.mixVariant')}</option>
            {attributes.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="muted small">{t('kpi.comparisonRule')}</p>
      {comparison !== null && <Changes of={comparison} />}
    </section>
  );
}

function Changes({ of }: { of: NonNullable<KpiAnswer['comparison']> }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const { beforeLeftOut, afterLeftOut, strata, rounds } = of;
  const sum = (name: 'before' | 'after') =>
    countText(strata.reduce((all, each) => all + each[name], 0));
  return (
    <>
      <p>
        {t('kpi.compared', {
          before: sum('before'),
          after: sum('after'),
          strata: countText(strata.length),
          rounds: countText(rounds),
        })}
        {beforeLeftOut + afterLeftOut > 0 &&
          ` ${t('kpi.leftOut', { before: countText(beforeLeftOut), after: countText(afterLeftOut) })}`}
      </p>
      <Scroll label={t('kpi.comparison')}>
        <table>
          <thead>
            <tr>
              <th>{t('kpi.indicator')}</th>
              <th className="n">{t('kpi.was')}</th>
              <th className="n">{t('kpi.isSameMix')}</th>
              <th className="n">{t('kpi.isAsIs')}</th>
              <th className="n">{t('kpi.difference')}</th>
              <th className="n">{t('kpi.interval')}</th>
              <th>{t('kpi.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {of.changes.map((each) => (
              <tr key={each.code}>
                <td>
                  <Term of={each.code} />
                </td>
                <td className="n">{ownText(each.before.text)}</td>
                <td className="n">{ownText(each.after.text)}</td>
                <td className="n">{ownText(each.afterAsIs.text)}</td>
                <td className="n">{ownText(each.difference.text)}</td>
                <td className="n nowrap">
                  {ownText(each.from.text)} … {ownText(each.to.text)}
                </td>
                <td>
                  <Status kind={verdicts[each.verdict]}>{t(`kpiVerdict.${each.verdict}`)}</Status>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
